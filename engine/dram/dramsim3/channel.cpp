#include "engine/dram/dramsim3/channel.h"

#include "engine/dram/player.h"

namespace engine::dram::dramsim3 {

namespace {

// A buffer with more writes than these is drained as soon as the command queues are empty.
constexpr std::size_t idleWrites = 8;

} // namespace

Channel::Channel(const Config& config, std::uint8_t number, const RunOptions& options)
    : m_timing(config)
    , m_rankCount(static_cast<std::uint32_t>(config.ranks()))
    , m_bankCount(static_cast<std::uint32_t>(config.banks()))
    , m_groupCount(static_cast<std::uint32_t>(config.groups()))
    , m_queueSize(static_cast<std::uint32_t>(config.cmdQueueSize))
    , m_bufferSize(static_cast<std::size_t>(config.transQueueSize))
    , m_refreshStep(static_cast<std::uint64_t>(config.tREFI) / m_rankCount)
    , m_number(number)
    , m_perBank(config.queues == Queues::PerBank)
    , m_openPage(config.rowPolicy == RowPolicy::Open)
    , m_unified(config.unifiedQueue)
    , m_dual(config.isHbm())
    , m_gddr(config.isGddr())
    , m_banks(std::size_t { m_rankCount } * m_bankCount)
    , m_groups(std::size_t { m_rankCount } * m_groupCount)
    , m_ranks(m_rankCount,
              { .four = { 4, static_cast<std::uint64_t>(config.tFAW) },
                .thirtyTwo = { 32, static_cast<std::uint64_t>(config.t32AW) },
                .counts = {} })
    , m_queueCount(m_perBank ? m_banks.size() : m_ranks.size())
    , m_readyAt(m_queueCount.size(), never)
    , m_pendingReads(m_bufferSize + m_queueCount.size() * m_queueSize)
    , m_pendingWrites(m_bufferSize + m_queueCount.size() * m_queueSize)
    , m_nextRefresh(m_refreshStep)
    , m_blocked(m_rankCount)
    , m_sink(options.sink)
{
    m_entries.resize(m_queueCount.size() * m_queueSize);
    for (std::uint32_t i = 0; i < m_banks.size(); ++i) {
        m_banks[i].rank = i / m_bankCount;
        m_banks[i].group = i / (m_bankCount / m_groupCount);
    }
    m_reads.reserve(m_bufferSize);
    m_writes.reserve(m_bufferSize);
    m_result.windows = Windows(options.window);
}

bool Channel::isDrained() const
{
    if (!m_reads.empty() || m_queued > 0)
        return false;
    return m_writes.empty()
        || (m_drain == 0 && m_writes.size() <= idleWrites && m_writes.size() < m_bufferSize);
}

void Channel::accept(const Request& request, const Location& location, std::uint64_t now)
{
    const Transaction transaction {
        request.address, now,          location.rank * m_bankCount + location.bank, location.row,
        location.column, request.write
    };
    ++m_result.accepted;
    if (request.write) {
        ++m_result.answered;
        if (m_pendingWrites.contains(request.address)) {
            ++m_result.merged;
            return;
        }
        m_pendingWrites.add(request.address, now);
        (m_unified ? m_reads : m_writes).push_back(transaction);
        return;
    }
    if (m_pendingWrites.contains(request.address)) {
        // Answered from the write buffer.
        ++m_result.merged;
        ++m_result.answered;
        m_result.reads.add(1);
        m_lastDone = std::max(m_lastDone, now + 1);
        return;
    }
    const bool first = !m_pendingReads.contains(request.address);
    m_pendingReads.add(request.address, now);
    if (first)
        m_reads.push_back(transaction);
    else
        ++m_result.merged;
}

std::uint64_t Channel::update(std::uint64_t now)
{
    clockRefresh(now);
    const bool issued = issue(now);
    const std::size_t draining = m_drain;
    const bool moved = moveTransaction();
    if (issued || moved || m_drain != draining || !m_refreshes.empty())
        return now + 1;
    std::uint64_t wake = m_nextRefresh;
    for (const std::uint64_t ready : m_readyAt)
        wake = std::min(wake, ready);
    return std::max(wake, now + 1);
}

void Channel::clockRefresh(std::uint64_t now)
{
    if (now < m_nextRefresh)
        return;
    m_refreshes.push_back(m_refreshRank);
    m_refreshRank = (m_refreshRank + 1) % m_rankCount;
    m_nextRefresh += m_refreshStep;
}

bool Channel::moveTransaction()
{
    if (m_drain == 0 && !m_unified
        && (m_writes.size() >= m_bufferSize || (m_writes.size() > idleWrites && m_queued == 0)))
        m_drain = m_writes.size();
    std::vector<Transaction>& buffer = isDraining() ? m_writes : m_reads;
    for (auto at = buffer.begin(); at != buffer.end(); ++at) {
        if (m_queueCount[queueOf(at->bank)] >= m_queueSize)
            continue;
        if (at->write && !m_unified) {
            if (m_pendingReads.contains(at->address)) {
                // The read goes first.
                m_drain = 0;
                return false;
            }
            --m_drain;
        }
        push(*at);
        buffer.erase(at);
        return true;
    }
    return false;
}

void Channel::push(const Transaction& transaction)
{
    const std::uint32_t index = queueOf(transaction.bank);
    queue(index)[m_queueCount[index]++] = transaction;
    m_readyAt[index] = 0;
    ++m_queued;
}

// Adds the cycles since the last change of what the rank is in.
void Channel::count(Rank& rank, std::uint64_t now)
{
    const RankState state = rank.openBanks > 0 ? RankState::Active : RankState::Precharged;
    rank.counts.residency[static_cast<std::size_t>(state)] += now - rank.since;
    m_result.windows.reside(state, rank.since, now);
    rank.since = now;
}

ChannelResult Channel::finish(std::uint64_t cycles)
{
    for (Rank& rank : m_ranks) {
        count(rank, cycles);
        m_result.ranks.push_back(rank.counts);
    }
    for (std::size_t i = 0; i < m_banks.size(); ++i) {
        if (i % m_bankCount == 0)
            m_result.banks.emplace_back();
        if (m_banks[i].open)
            m_banks[i].counts.openCycles += cycles - m_banks[i].openSince;
        m_result.banks.back().push_back(m_banks[i].counts);
    }
    m_result.waiting = m_reads.size() + m_writes.size() + m_queued;
    m_result.lastDone = m_lastDone;
    return m_result;
}

} // namespace engine::dram::dramsim3
