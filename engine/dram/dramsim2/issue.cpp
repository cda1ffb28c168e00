#include "engine/dram/dramsim2/channel.h"

namespace engine::dram::dramsim2 {

void Channel::issueActivate(std::uint32_t index, std::uint64_t now)
{
    Bank& bank = m_banks[index];
    Rank& rank = rankOf(index);
    count(rank, now);
    Entry& entry = m_entries[static_cast<std::size_t>(bank.head)];
    entry.activated = true;
    bank.open = true;
    bank.fresh = true;
    bank.openSince = now;
    bank.row = entry.row;
    bank.candidate = bank.head;
    bank.nextActivate = std::max(bank.nextActivate, now + m_device.tRC);
    bank.nextPrecharge = std::max(bank.nextPrecharge, now + m_device.tRAS);
    bank.nextRead = std::max(bank.nextRead, now + m_timing.activateToColumn);
    bank.nextWrite = std::max(bank.nextWrite, now + m_timing.activateToColumn);
    rank.nextActivate = std::max(rank.nextActivate, now + m_device.tRRD);
    rank.activateAgain[rank.oldestActivate] = now + m_device.tFAW;
    rank.oldestActivate = (rank.oldestActivate + 1) % 4;
    ++rank.openBanks;
    ++rank.counts.activates;
    ++bank.counts.activates;
    ++m_result.windows.at(now).activates;
    takePackets(bank, 1);
    rank.packets -= 1;
    updateSlot(index);
    tell(CommandKind::Activate, index, entry.row, now);
}

void Channel::issueColumn(std::uint32_t index, std::uint64_t now)
{
    Bank& bank = m_banks[index];
    Rank& rank = rankOf(index);
    const std::int32_t at = bank.candidate;
    const Entry entry = m_entries[static_cast<std::size_t>(at)];
    recordColumn(bank, entry, now);
    ++(entry.write ? rank.counts.writes : rank.counts.reads);
    holdColumns(bank.rank, now, entry.write);

    const std::uint32_t packets = entry.activated ? 1 : 2;
    takePackets(bank, packets);
    rank.packets -= packets;
    if (!entry.activated)
        ++bank.accesses;
    if (m_openPage) {
        std::int32_t next = entry.next;
        while (next != none && m_entries[static_cast<std::size_t>(next)].row != bank.row)
            next = m_entries[static_cast<std::size_t>(next)].next;
        bank.candidate = next;
        bank.nextPrecharge = std::max(
            bank.nextPrecharge, now + (entry.write ? m_timing.writeToPrecharge : m_timing.readToPrecharge));
    } else {
        closeAfter(bank, rank, now, entry.write);
    }
    removeEntry(bank, at);
    if (!bank.open && bank.head == none)
        m_busy[index / 64] &= ~(std::uint64_t { 1 } << (index % 64));
    updateSlot(index);
    const CommandKind kind = entry.write ? (m_openPage ? CommandKind::Write : CommandKind::WriteAutoPrecharge)
                                         : (m_openPage ? CommandKind::Read : CommandKind::ReadAutoPrecharge);
    tell(kind, index, entry.column, now);
}

void Channel::recordColumn(Bank& bank, const Entry& entry, std::uint64_t now)
{
    const std::uint64_t done = now + (entry.write ? m_timing.writeDone : m_timing.readDone);
    m_lastDone = std::max(m_lastDone, done);
    (entry.write ? m_result.writes : m_result.reads).add(done - entry.added);
    Counts& window = m_result.windows.at(now);
    ++(entry.write ? window.writes : window.reads);
    ++(entry.write ? bank.counts.writes : bank.counts.reads);
    ++(!bank.fresh ? bank.counts.hits : bank.conflict ? bank.counts.conflicts : bank.counts.misses);
    bank.fresh = false;
}

// What a column command keeps all banks from: the data bus and the turnarounds.
void Channel::holdColumns(std::uint32_t r, std::uint64_t now, bool write)
{
    const std::uint64_t sameRead = now + (write ? m_timing.writeToReadSame : m_timing.columnSame);
    const std::uint64_t sameWrite = now + (write ? m_timing.columnSame : m_timing.readToWrite);
    const std::uint64_t otherRead = now + (write ? m_timing.writeToReadOther : m_timing.columnOther);
    const std::uint64_t otherWrite = now + (write ? m_timing.columnOther : m_timing.readToWrite);
    if (m_holdEachBank) {
        for (std::uint32_t b = 0; b < m_bankCount; ++b)
            holdBank(r * m_bankCount + b, sameRead, sameWrite);
    } else {
        m_ranks[r].nextRead = std::max(m_ranks[r].nextRead, sameRead);
        m_ranks[r].nextWrite = std::max(m_ranks[r].nextWrite, sameWrite);
    }
    for (std::uint32_t index = 0; m_rankCount > 1 && index < m_banks.size(); ++index) {
        const Bank& bank = m_banks[index];
        if (bank.rank != r && (bank.open || now < bank.activeUntil))
            holdBank(index, otherRead, otherWrite);
    }
}

void Channel::holdBank(std::uint32_t index, std::uint64_t read, std::uint64_t write)
{
    Bank& bank = m_banks[index];
    bank.nextRead = std::max(bank.nextRead, read);
    bank.nextWrite = std::max(bank.nextWrite, write);
    updateSlot(index);
}

// Auto-precharge: the row stays open until the precharge starts.
void Channel::closeAfter(Bank& bank, Rank& rank, std::uint64_t now, bool write)
{
    count(rank, now);
    const std::uint64_t start = now + (write ? m_timing.writeToPrecharge : m_timing.readToPrecharge);
    bank.open = false;
    bank.candidate = none;
    bank.activeUntil = start;
    bank.idleAt = start + m_device.tRP;
    bank.nextActivate = std::max(bank.nextActivate,
                                 now + (write ? m_timing.writeAutoToActivate : m_timing.readAutoToActivate));
    bank.nextRead = bank.nextWrite = bank.nextActivate;
    bank.counts.openCycles += start - bank.openSince;
    bank.conflict = false;
    --rank.openBanks;
    rank.activeUntil = std::max(rank.activeUntil, start);
    rank.idleAt = std::max(rank.idleAt, bank.idleAt);
}

void Channel::removeEntry(Bank& bank, std::int32_t at)
{
    const Entry& entry = m_entries[static_cast<std::size_t>(at)];
    if (entry.previous == none)
        bank.head = entry.next;
    else
        m_entries[static_cast<std::size_t>(entry.previous)].next = entry.next;
    if (entry.next == none)
        bank.tail = entry.previous;
    else
        m_entries[static_cast<std::size_t>(entry.next)].previous = entry.previous;
    m_freeEntries.push_back(at);
    --m_queued;
}

void Channel::takePackets(Bank& bank, std::uint32_t packets)
{
    bank.packets -= packets;
    m_moveBlocked = false;
}

void Channel::issuePrecharge(std::uint32_t index, std::uint64_t now)
{
    Bank& bank = m_banks[index];
    Rank& rank = rankOf(index);
    count(rank, now);
    bank.open = false;
    bank.candidate = none;
    bank.accesses = 0;
    bank.conflict = bank.head != none;
    bank.idleAt = now + m_device.tRP;
    bank.nextActivate = std::max(bank.nextActivate, bank.idleAt);
    bank.counts.openCycles += now - bank.openSince;
    rank.idleAt = std::max(rank.idleAt, bank.idleAt);
    --rank.openBanks;
    ++rank.counts.precharges;
    ++m_result.windows.at(now).precharges;
    if (bank.head == none)
        m_busy[index / 64] &= ~(std::uint64_t { 1 } << (index % 64));
    updateSlot(index);
    tell(CommandKind::Precharge, index, 0, now);
    if (bank.conflict && m_sink != nullptr)
        m_sink->markConflict();
}

void Channel::issueRefresh(std::uint32_t r, std::uint64_t now)
{
    Rank& rank = m_ranks[r];
    count(rank, now);
    const std::uint64_t end = now + m_device.tRFC;
    for (std::uint32_t b = 0; b < m_bankCount; ++b) {
        Bank& bank = m_banks[r * m_bankCount + b];
        bank.nextActivate = end;
        bank.idleAt = end;
        bank.activeUntil = 0;
        updateSlot(r * m_bankCount + b);
    }
    rank.activeUntil = end;
    rank.idleAt = end;
    rank.refreshSeen = now + m_device.tCMD;
    ++rank.counts.refreshes;
    ++m_result.windows.at(now).refreshes;
    m_pendingRefresh = none;
    tell(CommandKind::Refresh, r * m_bankCount, 0, now);
}

void Channel::tellPower(CommandKind kind, std::uint32_t rank, std::uint64_t now) const
{
    if (m_powerCommands)
        tell(kind, rank * m_bankCount, 0, now);
}

void Channel::tell(CommandKind kind, std::uint32_t index, std::uint32_t detail, std::uint64_t now) const
{
    if (m_sink != nullptr)
        m_sink->add({ now, detail, kind, m_number, static_cast<std::uint8_t>(m_banks[index].rank),
                      static_cast<std::uint8_t>(m_banks[index].number) });
}

} // namespace engine::dram::dramsim2
