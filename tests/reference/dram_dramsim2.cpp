#include "tests/reference/dram_dramsim2.h"

#include <algorithm>
#include <cmath>

namespace reference {

using engine::dram::Request;
using engine::dram::dramsim2::Queues;
using engine::dram::dramsim2::RowPolicy;
using engine::dram::dramsim2::Scheduling;

namespace {

unsigned ceilLog2(std::uint64_t count)
{
    unsigned bits = 0;
    while ((std::uint64_t { 1 } << bits) < count)
        ++bits;
    return bits;
}

} // namespace

DramSim2::DramSim2(const engine::dram::dramsim2::Config& config)
    : m_d(config.device)
    , m_s(config.system)
    , m_open(m_s.rowPolicy == RowPolicy::Open)
    , m_perRank(m_s.queues == Queues::PerRank)
    , m_RL(std::uint64_t { m_d.CL } + m_d.AL)
    , m_WL(m_RL - 1)
    , m_burst(m_d.BL / 2)
{
    const std::uint64_t megabytes =
        std::uint64_t { m_d.rows } * m_d.cols * m_d.banks * m_s.busBits / 8 / 1024 / 1024;
    m_rankCount =
        static_cast<std::uint32_t>(std::max<std::uint64_t>(1, m_s.capacity / m_s.channels / megabytes));
    const float period = static_cast<float>(m_d.refreshPeriod) / m_d.tCK;
    RankState rank;
    rank.banks.resize(m_d.banks);
    rank.queues.resize(m_perRank ? 1 : m_d.banks);
    Channel channel;
    for (std::uint32_t i = 0; i < m_rankCount; ++i) {
        rank.refreshCountdown = static_cast<std::int64_t>(period / static_cast<float>(m_rankCount)) * (i + 1);
        channel.ranks.push_back(rank);
    }
    channel.outcome.ranks.resize(m_rankCount);
    m_channels.resize(m_s.channels, channel);
}

void DramSim2::run(const std::vector<Request>& trace, std::uint64_t cycles)
{
    std::size_t next = 0;
    for (m_now = 0; m_now < cycles; ++m_now) {
        if (next < trace.size() && m_now >= trace[next].cycle && offer(trace[next]))
            ++next;
        for (Channel& channel : m_channels)
            update(channel);
    }
    for (const Channel& channel : m_channels)
        m_outcomes.push_back(channel.outcome);
}

// Fields are peeled from the lowest bits of the address in bursts.
DramSim2::Place DramSim2::locate(const Request& request) const
{
    static const char* const schemes[] = { "bcwrk", "rbcwk", "wcbrk", "cwbrk", "brcwk", "crbwk", "kbrcw" };
    const std::uint64_t burstBytes = m_s.busBits / 8 * m_d.BL;
    std::uint64_t rest = request.address >> ceilLog2(burstBytes);
    const auto peel = [&rest](unsigned bits) {
        const std::uint64_t value = rest & ((std::uint64_t { 1 } << bits) - 1);
        rest >>= bits;
        return static_cast<std::uint32_t>(value);
    };
    Place place;
    Packet& column = place.transaction.column;
    column.write = request.write;
    column.added = m_now;
    for (const char* field = schemes[m_s.mapping - 1]; *field != 0; ++field) {
        if (*field == 'b')
            column.bank = peel(ceilLog2(m_d.banks));
        else if (*field == 'w')
            column.row = peel(ceilLog2(m_d.rows));
        else if (*field == 'c')
            column.column = peel(ceilLog2(m_d.cols) - (ceilLog2(burstBytes) - ceilLog2(m_s.busBits / 8)));
        else if (*field == 'r')
            place.transaction.rank = peel(ceilLog2(m_rankCount));
        else
            place.channel = peel(ceilLog2(m_s.channels));
    }
    return place;
}

bool DramSim2::offer(const Request& request)
{
    const Place place = locate(request);
    Channel& channel = m_channels[place.channel];
    if (channel.transactions.size() >= m_s.transactionQueue)
        return false;
    channel.transactions.push_back(place.transaction);
    ++channel.outcome.accepted;
    return true;
}

void DramSim2::update(Channel& channel)
{
    countDown(channel);
    deliver(channel);
    clockRefresh(channel);
    schedule(channel);
    move(channel);
    if (m_s.lowPower) {
        for (RankState& rank : channel.ranks)
            power(rank);
    }
    account(channel);
    for (RankState& rank : channel.ranks)
        --rank.refreshCountdown;
}

void DramSim2::countDown(Channel& channel) const
{
    for (RankState& rank : channel.ranks) {
        for (Bank& bank : rank.banks) {
            if (bank.countdown == 0 || --bank.countdown > 0)
                continue;
            if (bank.last == Last::AutoPrecharge) {
                bank.state = State::Precharging;
                bank.last = Last::Precharge;
                bank.countdown = m_d.tRP;
            } else {
                bank.state = State::Idle;
            }
        }
    }
}

void DramSim2::deliver(Channel& channel) const
{
    for (const Arrival& arrival : channel.refreshesOnTheWay) {
        if (arrival.cycle == m_now)
            channel.ranks[arrival.rank].refreshWaiting = false;
    }
}

void DramSim2::clockRefresh(Channel& channel) const
{
    RankState& rank = channel.ranks[channel.refreshRank];
    if (rank.refreshCountdown == 0) {
        channel.pendingRefresh = channel.refreshRank;
        rank.refreshWaiting = true;
        rank.refreshCountdown = static_cast<std::int64_t>(static_cast<float>(m_d.refreshPeriod) / m_d.tCK);
        channel.refreshRank = (channel.refreshRank + 1) % m_rankCount;
    } else if (rank.poweredDown && rank.refreshCountdown <= std::int64_t { m_d.tXP }) {
        rank.refreshWaiting = true;
    }
}

void DramSim2::move(Channel& channel) const
{
    for (auto at = channel.transactions.begin(); at != channel.transactions.end(); ++at) {
        Queue& queue = queueOf(channel.ranks[at->rank], at->column.bank);
        if (queue.size() + 2 > m_s.commandQueue)
            continue;
        Packet activate = at->column;
        activate.activate = true;
        queue.push_back(activate);
        queue.push_back(at->column);
        channel.transactions.erase(at);
        return;
    }
}

void DramSim2::power(RankState& rank) const
{
    const bool isEmpty =
        std::all_of(rank.queues.begin(), rank.queues.end(), [](const Queue& queue) { return queue.empty(); });
    if (isEmpty && !rank.refreshWaiting) {
        const bool allIdle = std::all_of(rank.banks.begin(), rank.banks.end(),
                                         [](const Bank& bank) { return bank.state == State::Idle; });
        if (!allIdle)
            return;
        rank.poweredDown = true;
        for (Bank& bank : rank.banks) {
            bank.state = State::PowerDown;
            bank.nextPowerUp = m_now + m_d.tCKE;
        }
    } else if (rank.poweredDown && m_now >= rank.banks[0].nextPowerUp) {
        rank.poweredDown = false;
        for (Bank& bank : rank.banks) {
            bank.state = State::Idle;
            bank.nextActivate = m_now + m_d.tXP;
        }
    }
}

void DramSim2::account(Channel& channel) const
{
    for (std::uint32_t r = 0; r < m_rankCount; ++r) {
        const RankState& rank = channel.ranks[r];
        const bool active = std::any_of(rank.banks.begin(), rank.banks.end(), [](const Bank& bank) {
            return bank.state == State::RowActive || bank.state == State::Refreshing;
        });
        ++channel.outcome.ranks[r].residency[active ? 0 : rank.poweredDown ? 2 : 1];
    }
}

DramSim2::Queue& DramSim2::queueOf(RankState& rank, std::uint32_t bank) const
{
    return rank.queues[m_perRank ? 0 : bank];
}

} // namespace reference
