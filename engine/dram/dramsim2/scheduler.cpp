#include "engine/dram/dramsim2/channel.h"
#include "engine/dram/player.h"

#include <bit>

namespace engine::dram::dramsim2 {

bool Channel::schedule(std::uint64_t now, std::uint64_t& next)
{
    if (m_pendingRefresh != none && issueForRefresh(now)) {
        advance();
        m_readyAt = now;
        return true;
    }
    if (now < m_readyAt) {
        next = m_readyAt;
        return false;
    }
    const Search search = lookThrough(now);
    next = search.next;
    m_readyAt = search.next;
    if (search.best != none) {
        const auto index = static_cast<std::uint32_t>(search.best);
        m_next.rank = m_banks[index].rank;
        if (!m_perRank)
            m_next.bank = m_banks[index].number;
        if (m_banks[index].open)
            issueColumn(index, now);
        else
            issueActivate(index, now);
    } else if (search.close != none) {
        const auto index = static_cast<std::uint32_t>(search.close);
        m_nextClose = { m_banks[index].rank, m_banks[index].number };
        issuePrecharge(index, now);
    } else {
        return false;
    }
    m_readyAt = now;
    advance();
    return true;
}

// What a rank as a whole keeps its banks from.
void Channel::limitRanks()
{
    for (std::uint32_t r = 0; r < m_rankCount; ++r) {
        const Rank& rank = m_ranks[r];
        if (m_pendingRefresh == static_cast<std::int32_t>(r) || rank.poweredDown)
            m_limits[r] = { never, never, never, never, 0 };
        else
            m_limits[r] = { never, std::max(rank.nextActivate, rank.activateAgain[rank.oldestActivate]),
                            rank.nextRead, rank.nextWrite, 0 };
    }
}

void Channel::updateSlot(std::uint32_t index)
{
    const Bank& bank = m_banks[index];
    Slot& slot = m_slots[index];
    const bool served = !bank.open || (bank.candidate != none && bank.accesses < m_system.rowAccesses);
    const std::int32_t at = bank.open ? bank.candidate : bank.head;
    if (!served) {
        slot.kind = m_openPage ? Slot::Close : Slot::Nothing;
        slot.ready = bank.nextPrecharge;
        return;
    }
    if (at == none) {
        slot.kind = Slot::Nothing;
        return;
    }
    const Entry& entry = m_entries[static_cast<std::size_t>(at)];
    slot.sequence = entry.sequence;
    if (!bank.open) {
        slot.kind = Slot::Activate;
        slot.ready = std::max({ bank.nextActivate, bank.idleAt, bank.activeUntil });
    } else {
        slot.kind = entry.write ? Slot::Write : Slot::Read;
        slot.ready = entry.write ? bank.nextWrite : bank.nextRead;
    }
}

Channel::Search Channel::lookThrough(std::uint64_t now)
{
    limitRanks();
    Search search;
    const Slot* slots = m_slots.data();
    const Limits* limits = m_limits.data();
    std::uint64_t next = never;
    for (std::size_t word = 0; word < m_busy.size(); ++word) {
        for (std::uint64_t bits = m_busy[word]; bits != 0; bits &= bits - 1) {
            const auto index =
                static_cast<std::uint32_t>(word * 64) + static_cast<std::uint32_t>(std::countr_zero(bits));
            const Slot& slot = slots[index];
            const std::uint64_t ready = std::max(slot.ready, limits[slot.rank][slot.kind]);
            if (ready > now)
                next = std::min(next, ready);
            else
                consider(search, index);
        }
    }
    search.next = next;
    return search;
}

void Channel::consider(Search& search, std::uint32_t index) const
{
    const Slot& slot = m_slots[index];
    const std::uint32_t number = index - slot.rank * m_bankCount;
    if (slot.kind == Slot::Close) {
        const std::uint64_t key = distance(slot.rank, number, m_nextClose);
        if (key < search.closeKey) {
            search.closeKey = key;
            search.close = static_cast<std::int32_t>(index);
        }
        return;
    }
    std::uint64_t key = queueKey(slot.rank, number, m_next);
    if (m_perRank)
        key = (key << 56) + slot.sequence; // Within a queue the oldest packet goes first.
    if (key < search.bestKey) {
        search.bestKey = key;
        search.best = static_cast<std::int32_t>(index);
    }
}

std::uint64_t Channel::queueKey(std::uint32_t rank, std::uint32_t bank, const Pointer& pointer) const
{
    if (m_perRank)
        return rank >= pointer.rank ? rank - pointer.rank : rank + m_rankCount - pointer.rank;
    return distance(rank, bank, pointer);
}

std::uint32_t Channel::distance(std::uint32_t rank, std::uint32_t bank, const Pointer& from) const
{
    const std::uint32_t all = m_rankCount * m_bankCount;
    const bool rankFirst = m_system.scheduling == Scheduling::RankThenBank;
    const std::uint32_t here = rankFirst ? bank * m_rankCount + rank : rank * m_bankCount + bank;
    const std::uint32_t start =
        rankFirst ? from.bank * m_rankCount + from.rank : from.rank * m_bankCount + from.bank;
    return here >= start ? here - start : here + all - start;
}

void Channel::advance()
{
    if (m_device.AL > 0) {
        m_skipAdvance = !m_skipAdvance;
        if (m_skipAdvance)
            return;
    }
    if (m_system.scheduling == Scheduling::RankThenBank) {
        if (++m_next.rank == m_rankCount) {
            m_next.rank = 0;
            m_next.bank = m_next.bank + 1 < m_bankCount ? m_next.bank + 1 : 0;
        }
    } else if (++m_next.bank == m_bankCount) {
        m_next.bank = 0;
        m_next.rank = m_next.rank + 1 < m_rankCount ? m_next.rank + 1 : 0;
    }
}

bool Channel::issueForRefresh(std::uint64_t now)
{
    const auto r = static_cast<std::uint32_t>(m_pendingRefresh);
    for (std::uint32_t b = 0; b < m_bankCount; ++b) {
        bool blocked = false;
        if (prepareForRefresh(r * m_bankCount + b, now, blocked))
            return true;
        if (blocked)
            return false;
    }
    if (m_ranks[r].poweredDown)
        return false;
    issueRefresh(r, now);
    return true;
}

// Closes the row of a bank, or serves the entry it was opened for. True when a command was issued.
bool Channel::prepareForRefresh(std::uint32_t index, std::uint64_t now, bool& blocked)
{
    Bank& bank = m_banks[index];
    const Rank& rank = rankOf(index);
    if (bank.open) {
        blocked = true;
        if (bank.candidate != none && m_entries[static_cast<std::size_t>(bank.candidate)].activated) {
            const bool write = m_entries[static_cast<std::size_t>(bank.candidate)].write;
            const std::uint64_t ready =
                write ? std::max(bank.nextWrite, rank.nextWrite) : std::max(bank.nextRead, rank.nextRead);
            if (ready > now || bank.accesses >= m_system.rowAccesses)
                return false;
            issueColumn(index, now);
            return true;
        }
        if (!m_openPage || bank.nextPrecharge > now)
            return false;
        issuePrecharge(index, now);
        return true;
    }
    blocked = now < bank.activeUntil || std::max(bank.nextActivate, rank.nextActivate) > now;
    return false;
}

} // namespace engine::dram::dramsim2
