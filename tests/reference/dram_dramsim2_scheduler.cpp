#include "tests/reference/dram_dramsim2.h"

#include <algorithm>

namespace reference {

using engine::dram::CommandKind;
using engine::dram::dramsim2::Scheduling;

namespace {

void raise(std::uint64_t& time, std::uint64_t to)
{
    time = std::max(time, to);
}

} // namespace

bool DramSim2::schedule(Channel& channel)
{
    const bool issued = (channel.pendingRefresh >= 0 && scheduleRefresh(channel)) || scheduleNormal(channel)
        || (m_open && closeIdleRow(channel));
    if (!issued)
        return false;
    ++channel.issued;
    if (m_d.AL == 0 || channel.issued % 2 == 0)
        step(channel.next);
    return true;
}

bool DramSim2::scheduleRefresh(Channel& channel)
{
    const auto r = static_cast<std::uint32_t>(channel.pendingRefresh);
    RankState& rank = channel.ranks[r];
    for (std::uint32_t b = 0; b < m_d.banks; ++b) {
        if (rank.banks[b].state == State::RowActive)
            return serveForRefresh(channel, r, b);
        if (rank.banks[b].nextActivate > m_now)
            return false;
    }
    if (rank.banks[0].state == State::PowerDown)
        return false;
    issueRefresh(channel, r);
    return true;
}

bool DramSim2::serveForRefresh(Channel& channel, std::uint32_t rank, std::uint32_t bank)
{
    RankState& state = channel.ranks[rank];
    Queue& queue = queueOf(state, bank);
    const auto match = std::find_if(queue.begin(), queue.end(), [&](const Packet& packet) {
        return packet.bank == bank && packet.row == state.banks[bank].row;
    });
    if (match != queue.end() && !match->activate) {
        if (!isIssuable(state, *match))
            return false;
        const Packet packet = *match;
        queue.erase(match);
        issue(channel, rank, packet);
        return true;
    }
    if (!m_open || m_now < state.banks[bank].nextPrecharge)
        return false;
    issuePrecharge(channel, rank, bank);
    return true;
}

bool DramSim2::scheduleNormal(Channel& channel)
{
    const Pointer start = channel.next;
    do {
        const Pointer at = channel.next;
        RankState& rank = channel.ranks[at.rank];
        if (channel.pendingRefresh != at.rank && takeFrom(channel, at.rank, queueOf(rank, at.bank)))
            return true;
        stepQueue(channel.next);
    } while (channel.next != start);
    return false;
}

bool DramSim2::takeFrom(Channel& channel, std::uint32_t rank, Queue& queue)
{
    return m_open ? takeOpenPage(channel, rank, queue) : takeClosePage(channel, rank, queue);
}

bool DramSim2::takeOpenPage(Channel& channel, std::uint32_t rank, Queue& queue)
{
    for (std::size_t i = 0; i < queue.size(); ++i) {
        const Packet packet = queue[i];
        const auto end = queue.begin() + static_cast<std::ptrdiff_t>(i);
        const bool depends = std::any_of(queue.begin(), end, [&](const Packet& earlier) {
            return !earlier.activate && earlier.bank == packet.bank && earlier.row == packet.row;
        });
        if (depends || !isIssuable(channel.ranks[rank], packet))
            continue;
        const bool withActivate = !packet.activate && i > 0 && queue[i - 1].activate;
        if (withActivate)
            ++channel.ranks[rank].banks[packet.bank].rowAccesses;
        queue.erase(withActivate ? end - 1 : end, end + 1);
        issue(channel, rank, packet);
        return true;
    }
    return false;
}

bool DramSim2::takeClosePage(Channel& channel, std::uint32_t rank, Queue& queue)
{
    const std::size_t examined = m_perRank ? queue.size() : std::min<std::size_t>(1, queue.size());
    for (std::size_t i = 0; i < examined; ++i) {
        const Packet packet = queue[i];
        if (!isIssuable(channel.ranks[rank], packet) || (!packet.activate && i > 0 && queue[i - 1].activate))
            continue;
        queue.erase(queue.begin() + static_cast<std::ptrdiff_t>(i));
        issue(channel, rank, packet);
        return true;
    }
    return false;
}

bool DramSim2::closeIdleRow(Channel& channel)
{
    const Pointer start = channel.nextPrecharge;
    do {
        const Pointer at = channel.nextPrecharge;
        const Bank& bank = channel.ranks[at.rank].banks[at.bank];
        const Queue& queue = queueOf(channel.ranks[at.rank], at.bank);
        const bool isWanted = std::any_of(queue.begin(), queue.end(), [&](const Packet& packet) {
            return packet.bank == at.bank && packet.row == bank.row;
        });
        if (bank.state == State::RowActive && (!isWanted || bank.rowAccesses == m_s.rowAccesses)
            && m_now >= bank.nextPrecharge) {
            issuePrecharge(channel, at.rank, at.bank);
            return true;
        }
        step(channel.nextPrecharge);
    } while (channel.nextPrecharge != start);
    return false;
}

bool DramSim2::isIssuable(const RankState& rank, const Packet& packet) const
{
    const Bank& bank = rank.banks[packet.bank];
    if (packet.activate) {
        const auto within = std::count_if(rank.activates.begin(), rank.activates.end(),
                                          [&](std::uint64_t at) { return m_now < at + m_d.tFAW; });
        return (bank.state == State::Idle || bank.state == State::Refreshing) && m_now >= bank.nextActivate
            && within < 4;
    }
    return bank.state == State::RowActive && bank.row == packet.row && bank.rowAccesses < m_s.rowAccesses
        && m_now >= (packet.write ? bank.nextWrite : bank.nextRead);
}

void DramSim2::step(Pointer& pointer) const
{
    if (m_s.scheduling == Scheduling::RankThenBank) {
        if (++pointer.rank == m_rankCount) {
            pointer.rank = 0;
            pointer.bank = (pointer.bank + 1) % m_d.banks;
        }
    } else if (++pointer.bank == m_d.banks) {
        pointer.bank = 0;
        pointer.rank = (pointer.rank + 1) % m_rankCount;
    }
}

void DramSim2::stepQueue(Pointer& pointer) const
{
    if (m_perRank)
        pointer.rank = (pointer.rank + 1) % m_rankCount;
    else
        step(pointer);
}

void DramSim2::issue(Channel& channel, std::uint32_t rank, const Packet& packet)
{
    if (!packet.activate) {
        issueColumn(channel, rank, packet);
        return;
    }
    RankState& state = channel.ranks[rank];
    for (std::uint32_t b = 0; b < m_d.banks; ++b) {
        if (b != packet.bank)
            raise(state.banks[b].nextActivate, m_now + m_d.tRRD);
    }
    Bank& bank = state.banks[packet.bank];
    bank.state = State::RowActive;
    bank.last = Last::None;
    bank.countdown = 0;
    bank.row = packet.row;
    raise(bank.nextActivate, m_now + m_d.tRC);
    raise(bank.nextPrecharge, m_now + m_d.tRAS);
    raise(bank.nextRead, m_now + m_d.tRCD - m_d.AL);
    raise(bank.nextWrite, m_now + m_d.tRCD - m_d.AL);
    state.activates.push_back(m_now);
    tell(channel, CommandKind::Activate, rank, packet.bank, packet.row);
}

void DramSim2::issueColumn(Channel& channel, std::uint32_t rank, const Packet& packet)
{
    holdColumns(channel, rank, packet);
    Bank& bank = channel.ranks[rank].banks[packet.bank];
    const std::uint64_t readToPrecharge = m_d.AL + m_burst + std::max(m_d.tRTP, m_d.tCCD) - m_d.tCCD;
    const std::uint64_t writeToPrecharge = m_WL + m_burst + m_d.tWR;
    const std::uint64_t toPrecharge = packet.write ? writeToPrecharge : readToPrecharge;
    if (m_open) {
        raise(bank.nextPrecharge, m_now + toPrecharge);
    } else {
        raise(bank.nextActivate,
              m_now + m_d.tRP + (packet.write ? writeToPrecharge : std::uint64_t { m_d.AL } + m_d.tRTP));
        bank.nextRead = bank.nextWrite = bank.nextActivate;
        bank.last = Last::AutoPrecharge;
        bank.countdown = toPrecharge;
    }
    const std::uint64_t done = m_now + (packet.write ? m_WL + m_burst : m_d.tCMD + m_RL + m_burst);
    Outcome& outcome = channel.outcome;
    outcome.lastDone = std::max(outcome.lastDone, done);
    (packet.write ? outcome.writeLatencies : outcome.readLatencies).push_back(done - packet.added);
    const CommandKind open = packet.write ? CommandKind::Write : CommandKind::Read;
    const CommandKind closing =
        packet.write ? CommandKind::WriteAutoPrecharge : CommandKind::ReadAutoPrecharge;
    tell(channel, m_open ? open : closing, rank, packet.bank, packet.column);
}

void DramSim2::holdColumns(Channel& channel, std::uint32_t rank, const Packet& packet) const
{
    const std::uint64_t columnSame = std::max<std::uint64_t>(m_d.tCCD, m_burst);
    const std::uint64_t columnOther = m_burst + m_d.tRTRS;
    const std::uint64_t readToWrite = m_RL + m_burst + m_d.tRTRS - m_WL;
    const std::uint64_t writeToReadSame = m_WL + m_burst + m_d.tWTR;
    const std::uint64_t writeToReadOther = m_WL + m_burst + m_d.tRTRS - m_RL;
    for (std::uint32_t r = 0; r < m_rankCount; ++r) {
        for (Bank& bank : channel.ranks[r].banks) {
            const bool same = r == rank;
            if (!same && bank.state != State::RowActive)
                continue;
            if (packet.write) {
                raise(bank.nextRead, m_now + (same ? writeToReadSame : writeToReadOther));
                raise(bank.nextWrite, m_now + (same ? columnSame : columnOther));
            } else {
                raise(bank.nextRead, m_now + (same ? columnSame : columnOther));
                raise(bank.nextWrite, m_now + readToWrite);
            }
        }
    }
}

void DramSim2::issuePrecharge(Channel& channel, std::uint32_t rank, std::uint32_t bank)
{
    Bank& state = channel.ranks[rank].banks[bank];
    state.state = State::Precharging;
    state.last = Last::Precharge;
    state.countdown = m_d.tRP;
    state.rowAccesses = 0;
    raise(state.nextActivate, m_now + m_d.tRP);
    tell(channel, CommandKind::Precharge, rank, bank, 0);
}

void DramSim2::issueRefresh(Channel& channel, std::uint32_t rank)
{
    for (Bank& bank : channel.ranks[rank].banks) {
        bank.state = State::Refreshing;
        bank.last = Last::Refresh;
        bank.countdown = m_d.tRFC;
        bank.nextActivate = m_now + m_d.tRFC;
    }
    channel.pendingRefresh = -1;
    channel.refreshesOnTheWay.push_back({ m_now + m_d.tCMD, rank });
    tell(channel, CommandKind::Refresh, rank, 0, 0);
}

void DramSim2::tell(Channel& channel, CommandKind kind, std::uint32_t rank, std::uint32_t bank,
                    std::uint32_t detail) const
{
    const auto number = static_cast<std::uint8_t>(&channel - m_channels.data());
    channel.outcome.commands.push_back(
        { m_now, detail, kind, number, static_cast<std::uint8_t>(rank), static_cast<std::uint8_t>(bank) });
}

} // namespace reference
