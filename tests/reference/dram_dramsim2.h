#pragma once

#include "engine/dram/command.h"
#include "engine/dram/dramsim2/config.h"
#include "engine/dram/request.h"

#include <array>
#include <deque>
#include <vector>

namespace reference {

/// DRAMSim2, slow and obvious: every cycle, packets in queues, countdowns. Written after the definition of
/// the model alone, to compare the event-driven engine with.
class DramSim2 {
public:
    explicit DramSim2(const engine::dram::dramsim2::Config& config);

    /// Plays the trace for that many cycles.
    void run(const std::vector<engine::dram::Request>& trace, std::uint64_t cycles);

    struct Rank {
        std::array<std::uint64_t, 3> residency = {}; ///< active, precharged, powered down [cycle]
    };

    /// By channel.
    struct Outcome {
        std::vector<engine::dram::Command> commands;
        std::vector<std::uint64_t> readLatencies; ///< in the order of issue [cycle]
        std::vector<std::uint64_t> writeLatencies;
        std::vector<Rank> ranks;
        std::uint64_t lastDone = 0;
        std::uint64_t accepted = 0;
    };
    const std::vector<Outcome>& outcomes() const { return m_outcomes; }

private:
    enum class State : std::uint8_t { Idle, RowActive, Precharging, Refreshing, PowerDown };
    enum class Last : std::uint8_t { None, AutoPrecharge, Precharge, Refresh };

    struct Packet {
        bool activate = false;
        bool write = false;
        std::uint32_t bank = 0;
        std::uint32_t row = 0;
        std::uint32_t column = 0;
        std::uint64_t added = 0;
    };
    using Queue = std::deque<Packet>;

    struct Transaction {
        std::uint32_t rank = 0;
        Packet column;
    };

    struct Bank {
        State state = State::Idle;
        Last last = Last::None;
        std::uint64_t countdown = 0;
        std::uint32_t row = 0;
        std::uint32_t rowAccesses = 0;
        std::uint64_t nextActivate = 0, nextRead = 0, nextWrite = 0, nextPrecharge = 0, nextPowerUp = 0;
    };

    struct RankState {
        std::vector<Bank> banks;
        std::vector<Queue> queues; ///< one, or one for each bank
        std::vector<std::uint64_t> activates; ///< cycles of issue
        std::int64_t refreshCountdown = 0;
        bool refreshWaiting = false;
        bool poweredDown = false;
    };

    struct Pointer {
        std::uint32_t rank = 0;
        std::uint32_t bank = 0;
        bool operator==(const Pointer& other) const = default;
    };

    struct Arrival {
        std::uint64_t cycle = 0;
        std::uint32_t rank = 0;
    };

    struct Channel {
        std::vector<RankState> ranks;
        std::deque<Transaction> transactions;
        std::vector<Arrival> refreshesOnTheWay;
        Pointer next, nextPrecharge;
        std::int64_t pendingRefresh = -1; ///< rank
        std::uint32_t refreshRank = 0;
        std::uint64_t issued = 0; ///< commands
        Outcome outcome;
    };

    struct Place {
        std::uint32_t channel = 0;
        Transaction transaction;
    };

    Place locate(const engine::dram::Request& request) const;
    bool offer(const engine::dram::Request& request);
    void update(Channel& channel);
    void countDown(Channel& channel) const;
    void deliver(Channel& channel) const;
    void clockRefresh(Channel& channel) const;
    void move(Channel& channel) const;
    void power(RankState& rank) const;
    void account(Channel& channel) const;

    bool schedule(Channel& channel);
    bool scheduleRefresh(Channel& channel);
    bool serveForRefresh(Channel& channel, std::uint32_t rank, std::uint32_t bank);
    bool scheduleNormal(Channel& channel);
    bool takeFrom(Channel& channel, std::uint32_t rank, Queue& queue);
    bool takeOpenPage(Channel& channel, std::uint32_t rank, Queue& queue);
    bool takeClosePage(Channel& channel, std::uint32_t rank, Queue& queue);
    bool closeIdleRow(Channel& channel);
    bool isIssuable(const RankState& rank, const Packet& packet) const;
    Queue& queueOf(RankState& rank, std::uint32_t bank) const;
    void step(Pointer& pointer) const;
    void stepQueue(Pointer& pointer) const;

    void issue(Channel& channel, std::uint32_t rank, const Packet& packet);
    void issueColumn(Channel& channel, std::uint32_t rank, const Packet& packet);
    void holdColumns(Channel& channel, std::uint32_t rank, const Packet& packet) const;
    void issuePrecharge(Channel& channel, std::uint32_t rank, std::uint32_t bank);
    void issueRefresh(Channel& channel, std::uint32_t rank);
    void tell(Channel& channel, engine::dram::CommandKind kind, std::uint32_t rank, std::uint32_t bank,
              std::uint32_t detail) const;

    engine::dram::dramsim2::Device m_d;
    engine::dram::dramsim2::System m_s;
    std::uint32_t m_rankCount;
    bool m_open;
    bool m_perRank;
    std::uint64_t m_now = 0;
    std::uint64_t m_RL, m_WL, m_burst;
    std::vector<Channel> m_channels;
    std::vector<Outcome> m_outcomes;
};

} // namespace reference
