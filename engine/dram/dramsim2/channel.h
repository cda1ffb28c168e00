#pragma once

#include "engine/dram/dramsim2/state.h"
#include "engine/dram/dramsim2/timing.h"
#include "engine/dram/simulation.h"

#include <vector>

namespace engine::dram::dramsim2 {

/// Controller, ranks and banks of one channel; the cycle of DRAMSim2, but only cycles in which something
/// happens.
///
/// Each bank has at most one candidate: closed, the activate of its oldest entry; open, the column command of
/// the oldest entry for that row, or the precharge of a row nobody waits for. Source  [DRAMSim2] 753819a;
/// order of events as in MemoryController::update
class Channel {
public:
    static constexpr std::uint64_t offerDelay = 0;

    Channel(const Config& config, std::uint8_t number, const RunOptions& options);

    bool hasRoom(const Request&) const { return m_waiting < m_system.transactionQueue; }
    void accept(const Request& request, const Location& location, std::uint64_t now);
    std::uint64_t update(std::uint64_t now);
    bool isDrained() const { return m_waiting == 0 && m_queued == 0; }
    std::uint64_t lastDone() const { return m_lastDone; }
    ChannelResult finish(std::uint64_t cycles);

private:
    struct Transaction {
        std::uint64_t added = 0;
        std::uint32_t bank = 0; ///< index into m_banks
        std::uint32_t row = 0;
        std::uint32_t column = 0;
        bool write = false;
    };

    struct Pointer {
        std::uint32_t rank = 0;
        std::uint32_t bank = 0;
    };

    /// The best of the commands that may be issued now, and when the next one may.
    struct Search {
        std::uint64_t bestKey = ~std::uint64_t { 0 };
        std::int32_t best = none; ///< bank with an activate or column command
        std::uint64_t closeKey = ~std::uint64_t { 0 };
        std::int32_t close = none; ///< bank whose row nobody waits for
        std::uint64_t next = ~std::uint64_t { 0 };
    };

    // channel.cpp: the cycle
    void clockRefresh(std::uint64_t now);
    bool moveTransaction(std::uint64_t now);
    void push(const Transaction& transaction, std::uint64_t now);
    Transaction& waiting(std::uint64_t place)
    {
        return m_transactions[(m_oldest + place) & (m_transactions.size() - 1)];
    }
    bool clockPower(std::uint64_t now);
    std::uint64_t nextWake(std::uint64_t now, std::uint64_t ready) const;
    void count(Rank& rank, std::uint64_t now);
    bool refreshWaits(const Rank& rank, std::uint64_t now) const
    {
        return rank.refreshWaiting && now < rank.refreshSeen;
    }

    // scheduler.cpp: which command
    bool schedule(std::uint64_t now, std::uint64_t& next);
    bool issueForRefresh(std::uint64_t now);
    bool prepareForRefresh(std::uint32_t index, std::uint64_t now, bool& blocked);
    Search lookThrough(std::uint64_t now);
    void consider(Search& search, std::uint32_t index) const;
    void limitRanks();
    void updateSlot(std::uint32_t index);
    std::uint64_t queueKey(std::uint32_t rank, std::uint32_t bank, const Pointer& pointer) const;
    std::uint32_t distance(std::uint32_t rank, std::uint32_t bank, const Pointer& from) const;
    void advance();

    // issue.cpp: what a command does
    void issueActivate(std::uint32_t index, std::uint64_t now);
    void issueColumn(std::uint32_t index, std::uint64_t now);
    void issuePrecharge(std::uint32_t index, std::uint64_t now);
    void issueRefresh(std::uint32_t rank, std::uint64_t now);
    void holdColumns(std::uint32_t rank, std::uint64_t now, bool write);
    void holdBank(std::uint32_t index, std::uint64_t read, std::uint64_t write);
    void closeAfter(Bank& bank, Rank& rank, std::uint64_t now, bool write);
    void recordColumn(Bank& bank, const Entry& entry, std::uint64_t now);
    void removeEntry(Bank& bank, std::int32_t entry);
    void takePackets(Bank& bank, std::uint32_t packets);
    void tellPower(CommandKind kind, std::uint32_t rank, std::uint64_t now) const;
    void tell(CommandKind kind, std::uint32_t index, std::uint32_t detail, std::uint64_t now) const;

    Rank& rankOf(std::uint32_t index) { return m_ranks[m_banks[index].rank]; }

    Device m_device;
    System m_system;
    Timing m_timing;
    std::uint32_t m_bankCount; ///< of a rank
    std::uint32_t m_rankCount;
    std::uint8_t m_number;
    bool m_openPage;
    bool m_perRank;
    bool m_holdEachBank; ///< what a column command holds back is kept per bank, not per rank

    using Limits = std::array<std::uint64_t, Slot::kinds>;

    std::vector<Bank> m_banks; ///< [rank * m_bankCount + bank]
    std::vector<Slot> m_slots; ///< of each bank
    std::vector<Rank> m_ranks;
    std::vector<Limits> m_limits; ///< of each rank and kind of command; only valid within schedule()
    std::vector<std::uint64_t> m_busy; ///< a bit per bank: has entries or an open row
    std::vector<Entry> m_entries;
    std::vector<std::int32_t> m_freeEntries;
    std::vector<Transaction> m_transactions; ///< a ring, its length a power of two
    std::uint64_t m_oldest = 0; ///< counts on for ever; the ring is indexed modulo its length
    std::uint32_t m_waiting = 0; ///< transactions in the ring
    bool m_moveBlocked = true; ///< no transaction can move until a queue gets room or one is accepted
    std::uint64_t m_readyAt = 0; ///< no command can be issued before, unless for a refresh
    std::uint64_t m_sequence = 0;
    std::uint32_t m_queued = 0; ///< entries in command queues

    Pointer m_next; ///< of the round robin
    Pointer m_nextClose; ///< of the search for rows to close
    bool m_skipAdvance = false; ///< the toggle of devices with additive latency
    std::uint32_t m_refreshRank = 0; ///< whose refresh is due next
    std::int32_t m_pendingRefresh = none; ///< rank

    CommandSink* m_sink;
    bool m_powerCommands;
    ChannelResult m_result;
    std::uint64_t m_lastDone = 0;
};

} // namespace engine::dram::dramsim2
