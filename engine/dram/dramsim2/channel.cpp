#include "engine/dram/dramsim2/channel.h"

#include "engine/dram/player.h"

#include <bit>

namespace engine::dram::dramsim2 {

Channel::Channel(const Config& config, std::uint8_t number, const RunOptions& options)
    : m_device(config.device)
    , m_system(config.system)
    , m_timing(config.device)
    , m_bankCount(config.device.banks)
    , m_rankCount(config.ranks())
    , m_number(number)
    , m_openPage(config.system.rowPolicy == RowPolicy::Open)
    , m_perRank(config.system.queues == Queues::PerRank)
    , m_holdEachBank(!m_openPage && m_timing.autoPrechargeOutrunsColumns())
    , m_banks(std::size_t { m_rankCount } * m_bankCount)
    , m_slots(m_banks.size())
    , m_ranks(m_rankCount)
    , m_limits(m_rankCount)
    , m_busy((m_banks.size() + 63) / 64)
    , m_sink(options.sink)
    , m_powerCommands(options.powerCommands)
{
    const std::size_t queues = m_perRank ? m_ranks.size() : m_banks.size();
    m_entries.resize(queues * m_system.commandQueue);
    for (std::size_t i = m_entries.size(); i > 0; --i)
        m_freeEntries.push_back(static_cast<std::int32_t>(i - 1));
    m_transactions.resize(std::bit_ceil(std::size_t { m_system.transactionQueue }));
    const auto step = static_cast<std::uint64_t>(static_cast<float>(m_device.refreshPeriod) / m_device.tCK
                                                 / static_cast<float>(m_rankCount));
    for (std::size_t i = 0; i < m_ranks.size(); ++i)
        m_ranks[i].refreshDue = step * (i + 1);
    for (std::uint32_t i = 0; i < m_banks.size(); ++i) {
        m_banks[i].rank = i / m_bankCount;
        m_banks[i].number = i % m_bankCount;
        m_slots[i].rank = m_banks[i].rank;
    }
    m_result.windows = Windows(options.window);
}

void Channel::accept(const Request& request, const Location& location, std::uint64_t now)
{
    waiting(m_waiting++) = { now, location.rank * m_bankCount + location.bank, location.row, location.column,
                             request.write };
    m_moveBlocked = false;
    ++m_result.accepted;
}

std::uint64_t Channel::update(std::uint64_t now)
{
    clockRefresh(now);
    std::uint64_t ready = never;
    const bool issued = schedule(now, ready);
    const bool moved = moveTransaction(now);
    const bool switched = m_system.lowPower && clockPower(now);
    return issued || moved || switched ? now + 1 : nextWake(now, ready);
}

void Channel::clockRefresh(std::uint64_t now)
{
    Rank& rank = m_ranks[m_refreshRank];
    if (now >= rank.refreshDue) {
        m_pendingRefresh = static_cast<std::int32_t>(m_refreshRank);
        rank.refreshWaiting = true;
        rank.refreshSeen = never;
        rank.refreshDue += m_timing.refreshPeriod;
        m_refreshRank = m_refreshRank + 1 < m_rankCount ? m_refreshRank + 1 : 0;
        m_readyAt = now; // An older request that is still pending is lost, and its rank served again.
    } else if (rank.poweredDown && rank.refreshDue - now <= m_device.tXP) {
        // Wakes in time.
        rank.refreshWaiting = true;
        rank.refreshSeen = never;
    }
}

bool Channel::moveTransaction(std::uint64_t now)
{
    if (m_moveBlocked)
        return false;
    if (m_perRank && std::none_of(m_ranks.begin(), m_ranks.end(), [this](const Rank& rank) {
            return rank.packets + 2 <= m_system.commandQueue;
        })) {
        m_moveBlocked = true;
        return false;
    }
    for (std::uint32_t i = 0; i < m_waiting; ++i) {
        const Transaction transaction = waiting(i);
        const std::uint32_t packets =
            m_perRank ? rankOf(transaction.bank).packets : m_banks[transaction.bank].packets;
        if (packets + 2 > m_system.commandQueue)
            continue;
        for (std::uint32_t older = i; older > 0; --older)
            waiting(older) = waiting(older - 1);
        ++m_oldest;
        --m_waiting;
        push(transaction, now);
        return true;
    }
    m_moveBlocked = true;
    return false;
}

void Channel::push(const Transaction& transaction, std::uint64_t now)
{
    Bank& bank = m_banks[transaction.bank];
    const std::int32_t at = m_freeEntries.back();
    m_freeEntries.pop_back();
    m_entries[static_cast<std::size_t>(at)] = { transaction.added,  m_sequence++, transaction.row,
                                                transaction.column, bank.tail,    none,
                                                transaction.write,  false };
    if (bank.tail == none) {
        bank.head = at;
        m_readyAt = now;
    } else {
        m_entries[static_cast<std::size_t>(bank.tail)].next = at;
    }
    bank.tail = at;
    if (m_openPage && bank.open && bank.candidate == none && bank.row == transaction.row) {
        bank.candidate = at;
        m_readyAt = now;
    }
    bank.packets += 2;
    rankOf(transaction.bank).packets += 2;
    ++m_queued;
    m_busy[transaction.bank / 64] |= std::uint64_t { 1 } << (transaction.bank % 64);
    updateSlot(transaction.bank);
}

bool Channel::clockPower(std::uint64_t now)
{
    bool switched = false;
    for (std::uint32_t r = 0; r < m_rankCount; ++r) {
        Rank& rank = m_ranks[r];
        const bool wanted = rank.packets > 0 || refreshWaits(rank, now);
        if (!wanted && !rank.poweredDown && rank.openBanks == 0 && now >= rank.idleAt
            && now >= rank.activeUntil) {
            count(rank, now);
            rank.poweredDown = switched = true;
            rank.nextPowerUp = now + m_device.tCKE;
            tellPower(CommandKind::PowerDownEnter, r, now);
        } else if (wanted && rank.poweredDown && now >= rank.nextPowerUp) {
            count(rank, now);
            rank.poweredDown = false;
            switched = true;
            rank.nextActivate = 0;
            for (std::uint32_t b = r * m_bankCount; b < (r + 1) * m_bankCount; ++b) {
                m_banks[b].nextActivate = now + m_device.tXP;
                updateSlot(b);
            }
            tellPower(CommandKind::PowerDownExit, r, now);
        }
    }
    if (switched)
        m_readyAt = now;
    return switched;
}

std::uint64_t Channel::nextWake(std::uint64_t now, std::uint64_t ready) const
{
    if (m_pendingRefresh != none)
        return now + 1;
    const Rank& due = m_ranks[m_refreshRank];
    std::uint64_t wake = std::min(ready, due.refreshDue);
    if (!m_system.lowPower)
        return wake;
    if (due.poweredDown && !refreshWaits(due, now))
        wake = std::min(wake, due.refreshDue - std::min<std::uint64_t>(due.refreshDue, m_device.tXP));
    for (const Rank& rank : m_ranks) {
        const bool wanted = rank.packets > 0 || refreshWaits(rank, now);
        if (rank.poweredDown && wanted)
            wake = std::min(wake, rank.nextPowerUp);
        else if (!rank.poweredDown && rank.packets == 0 && rank.openBanks == 0) {
            const std::uint64_t seen =
                rank.refreshWaiting && rank.refreshSeen != never ? rank.refreshSeen : 0;
            wake = std::min(wake, std::max({ rank.idleAt, rank.activeUntil, seen }));
        }
    }
    return std::max(wake, now + 1);
}

// Adds the cycles since the last change of what the rank is in.
void Channel::count(Rank& rank, std::uint64_t now)
{
    const std::uint64_t active =
        rank.openBanks > 0 ? now : std::clamp(rank.activeUntil, rank.since, std::max(rank.since, now));
    const auto add = [this, &rank](RankState state, std::uint64_t first, std::uint64_t last) {
        rank.counts.residency[static_cast<std::size_t>(state)] += last - first;
        m_result.windows.reside(state, first, last);
    };
    add(RankState::Active, rank.since, active);
    add(rank.poweredDown ? RankState::PowerDown : RankState::Precharged, active, now);
    rank.since = now;
}

ChannelResult Channel::finish(std::uint64_t cycles)
{
    for (Rank& rank : m_ranks) {
        count(rank, cycles);
        m_result.ranks.push_back(rank.counts);
    }
    for (std::size_t r = 0; r < m_ranks.size(); ++r) {
        std::vector<BankCounts>& banks = m_result.banks.emplace_back();
        for (std::size_t b = 0; b < m_bankCount; ++b) {
            Bank& bank = m_banks[r * m_bankCount + b];
            if (bank.open)
                bank.counts.openCycles += cycles - bank.openSince;
            banks.push_back(bank.counts);
        }
    }
    m_result.waiting = m_waiting + m_queued;
    m_result.answered = m_result.accepted - m_result.waiting;
    m_result.lastDone = m_lastDone;
    return m_result;
}

} // namespace engine::dram::dramsim2
