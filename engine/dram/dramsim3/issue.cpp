#include "engine/dram/dramsim3/channel.h"

namespace engine::dram::dramsim3 {

namespace {

void raise(std::uint64_t& time, std::uint64_t to)
{
    time = std::max(time, to);
}

} // namespace

void Channel::activate(std::uint32_t index, std::uint32_t row, std::uint64_t now)
{
    Bank& bank = m_banks[index];
    Rank& rank = m_ranks[bank.rank];
    count(rank, now);
    bank.open = true;
    bank.openSince = now;
    bank.row = row;
    bank.rowCommands = 0;
    raise(bank.nextActivate, now + m_timing.activateAgain);
    raise(bank.nextRead, now + m_timing.activateToRead);
    raise(bank.nextWrite, now + m_timing.activateToWrite);
    raise(bank.nextPrecharge, now + m_timing.activateToPrecharge);
    for (std::uint32_t g = bank.rank * m_groupCount; g < (bank.rank + 1) * m_groupCount; ++g)
        raise(m_groups[g].nextActivate, now + m_timing.activateToActivate[g == bank.group ? 1 : 0]);
    rank.four.add(now);
    if (m_gddr)
        rank.thirtyTwo.add(now);
    ++rank.openBanks;
    ++rank.counts.activates;
    ++bank.counts.activates;
    ++m_result.windows.at(now).activates;
    wakeBank(index);
    tell(CommandKind::Activate, index, row, now);
}

void Channel::precharge(std::uint32_t index, bool conflict, std::uint64_t now)
{
    Bank& bank = m_banks[index];
    Rank& rank = m_ranks[bank.rank];
    count(rank, now);
    bank.open = false;
    bank.conflict = conflict;
    bank.counts.openCycles += now - bank.openSince;
    raise(bank.nextActivate, now + m_timing.prechargeToActivate);
    raise(bank.nextRefresh, now + m_timing.prechargeToActivate);
    raise(rank.nextPrecharge, now + m_timing.prechargeToPrecharge);
    --rank.openBanks;
    ++rank.counts.precharges;
    ++m_result.windows.at(now).precharges;
    wakeBank(index);
    tell(CommandKind::Precharge, index, 0, now);
    if (conflict && m_sink != nullptr)
        m_sink->markConflict();
}

void Channel::column(const Transaction& entry, std::uint64_t now)
{
    Bank& bank = m_banks[entry.bank];
    Rank& rank = m_ranks[bank.rank];
    const Timing& t = m_timing;
    for (std::uint32_t g = 0; g < m_groups.size(); ++g) {
        Group& group = m_groups[g];
        const bool sameRank = g / m_groupCount == bank.rank;
        const std::size_t near = g == bank.group ? 1 : 0;
        if (entry.write) {
            raise(group.nextRead, now + (sameRank ? t.writeToRead[near] : t.writeToReadOther));
            raise(group.nextWrite, now + (sameRank ? t.writeToWrite[near] : t.writeToWriteOther));
        } else {
            raise(group.nextRead, now + (sameRank ? t.readToRead[near] : t.readToReadOther));
            raise(group.nextWrite, now + t.readToWrite);
        }
    }
    raise(bank.nextPrecharge, now + (entry.write ? t.writeToPrecharge : t.readToPrecharge));
    ++(entry.write ? rank.counts.writes : rank.counts.reads);
    ++(entry.write ? bank.counts.writes : bank.counts.reads);
    ++(bank.rowCommands > 0 ? bank.counts.hits : bank.conflict ? bank.counts.conflicts : bank.counts.misses);
    ++bank.rowCommands;
    finishColumn(entry, now);
    wakeBank(entry.bank);
    const CommandKind kind = entry.write ? (m_openPage ? CommandKind::Write : CommandKind::WriteAutoPrecharge)
                                         : (m_openPage ? CommandKind::Read : CommandKind::ReadAutoPrecharge);
    tell(kind, entry.bank, entry.column, now);
    if (!m_openPage)
        autoPrecharge(entry.bank, entry.write, now);
}

void Channel::finishColumn(const Transaction& entry, std::uint64_t now)
{
    Counts& window = m_result.windows.at(now);
    ++(entry.write ? window.writes : window.reads);
    const std::uint64_t done = now + (entry.write ? m_timing.writeDone : m_timing.readDone);
    m_lastDone = std::max(m_lastDone, done);
    Latencies& latencies = entry.write ? m_result.writes : m_result.reads;
    (entry.write ? m_pendingWrites : m_pendingReads).take(entry.address, [&](std::uint64_t added) {
        latencies.add(done - added);
        m_result.answered += entry.write ? 0 : 1;
    });
}

// The row counts as closed from the command on.
void Channel::autoPrecharge(std::uint32_t index, bool write, std::uint64_t now)
{
    Bank& bank = m_banks[index];
    Rank& rank = m_ranks[bank.rank];
    count(rank, now);
    const std::uint64_t again = now + (write ? m_timing.writeAutoToActivate : m_timing.readAutoToActivate);
    bank.open = false;
    bank.conflict = false;
    bank.counts.openCycles += now - bank.openSince;
    raise(bank.nextActivate, again);
    raise(bank.nextRefresh, again);
    --rank.openBanks;
}

void Channel::refresh(std::uint32_t r, std::uint64_t now)
{
    for (std::uint32_t b = r * m_bankCount; b < (r + 1) * m_bankCount; ++b) {
        raise(m_banks[b].nextActivate, now + m_timing.refreshToActivate);
        raise(m_banks[b].nextRefresh, now + m_timing.refreshToActivate);
        wakeBank(b);
    }
    ++m_ranks[r].counts.refreshes;
    ++m_result.windows.at(now).refreshes;
    tell(CommandKind::Refresh, r * m_bankCount, 0, now);
}

void Channel::tell(CommandKind kind, std::uint32_t index, std::uint32_t detail, std::uint64_t now) const
{
    if (m_sink != nullptr)
        m_sink->add({ now, detail, kind, m_number, static_cast<std::uint8_t>(m_banks[index].rank),
                      static_cast<std::uint8_t>(index % m_bankCount) });
}

} // namespace engine::dram::dramsim3
