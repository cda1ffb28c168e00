#pragma once

#include "engine/dram/dramsim3/pending.h"
#include "engine/dram/dramsim3/timing.h"
#include "engine/dram/simulation.h"

#include <vector>

namespace engine::dram::dramsim3 {

/// At most `size` activates in any `window` cycles. Drops one expired stamp per activate, as DRAMsim3 does.
class ActivationWindow {
public:
    ActivationWindow(std::size_t size, std::uint64_t window)
        : m_stamps(size)
        , m_window(window)
    {
    }

    std::uint64_t ready() const { return m_count < m_stamps.size() ? 0 : m_stamps[m_first]; }

    void add(std::uint64_t now)
    {
        if (m_count > 0 && now >= m_stamps[m_first]) {
            m_first = (m_first + 1) % m_stamps.size();
            --m_count;
        }
        m_stamps[(m_first + m_count) % m_stamps.size()] = now + m_window;
        ++m_count;
    }

private:
    std::vector<std::uint64_t> m_stamps; ///< a ring
    std::size_t m_first = 0;
    std::size_t m_count = 0;
    std::uint64_t m_window;
};

/// Controller, ranks and banks of one channel; the cycle of DRAMsim3, but only cycles in which something
/// happens.
///
/// Source  [DRAMsim3] 2981759; order of events as in Controller::ClockTick
class Channel {
public:
    static constexpr std::uint64_t offerDelay = 1;

    Channel(const Config& config, std::uint8_t number, const RunOptions& options);

    bool hasRoom(const Request& request) const
    {
        const std::vector<Transaction>& buffer = request.write && !m_unified ? m_writes : m_reads;
        return buffer.size() < m_bufferSize;
    }
    void accept(const Request& request, const Location& location, std::uint64_t now);
    std::uint64_t update(std::uint64_t now);
    /// Up to eight writes may stay in the buffer for ever: nothing makes the controller drain them.
    bool isDrained() const;
    std::uint64_t lastDone() const { return m_lastDone; }
    ChannelResult finish(std::uint64_t cycles);

private:
    struct Transaction {
        std::uint64_t address = 0;
        std::uint64_t added = 0;
        std::uint32_t bank = 0; ///< index into m_banks
        std::uint32_t row = 0;
        std::uint32_t column = 0; ///< [burst]
        bool write = false;
    };

    struct Bank {
        std::uint64_t nextActivate = 0;
        std::uint64_t nextRead = 0;
        std::uint64_t nextWrite = 0;
        std::uint64_t nextPrecharge = 0;
        std::uint64_t nextRefresh = 0;
        std::uint64_t openSince = 0;
        std::uint32_t rank = 0;
        std::uint32_t group = 0; ///< index into m_groups
        std::uint32_t row = 0;
        std::uint32_t rowCommands = 0; ///< column commands since the activate
        bool open = false;
        bool conflict = false; ///< requests waited for another row when the last one was closed
        BankCounts counts;
    };

    /// What holds for all banks of a bank group.
    struct Group {
        std::uint64_t nextActivate = 0;
        std::uint64_t nextRead = 0;
        std::uint64_t nextWrite = 0;
    };

    struct Rank {
        std::uint64_t nextPrecharge = 0;
        std::uint32_t openBanks = 0;
        std::uint64_t since = 0; ///< residencies are counted up to here
        ActivationWindow four;
        ActivationWindow thirtyTwo;
        Counts counts;
    };

    enum class Step : std::uint8_t { None, Activate, Precharge, Column };

    struct Choice {
        Step step = Step::None;
        std::uint32_t queue = 0;
        std::uint32_t place = 0; ///< in the queue
        std::uint64_t earliest = ~std::uint64_t { 0 }; ///< when something may be ready, if nothing is
    };

    // channel.cpp: the cycle
    void clockRefresh(std::uint64_t now);
    bool moveTransaction();
    bool isDraining() const { return m_drain > 0; }
    void push(const Transaction& transaction);
    void count(Rank& rank, std::uint64_t now);
    Transaction* queue(std::uint32_t index) { return &m_entries[std::size_t { index } * m_queueSize]; }
    const Transaction* queue(std::uint32_t index) const
    {
        return &m_entries[std::size_t { index } * m_queueSize];
    }
    std::uint32_t queueOf(std::uint32_t bank) const { return m_perBank ? bank : m_banks[bank].rank; }

    // scheduler.cpp: which command
    bool issue(std::uint64_t now);
    bool issueForRefresh(std::uint64_t now);
    Choice search(std::uint64_t now);
    Choice firstReady(std::uint32_t index, std::uint64_t now) const;
    Choice stepFor(std::uint32_t index, std::uint32_t place, std::uint64_t now) const;
    bool mayPrecharge(std::uint32_t index, std::uint32_t place) const;
    bool waitsForRead(std::uint32_t index, std::uint32_t place) const;
    void carryOut(const Choice& choice, std::uint64_t now);

    // issue.cpp: what a command does
    void activate(std::uint32_t bank, std::uint32_t row, std::uint64_t now);
    void precharge(std::uint32_t bank, bool conflict, std::uint64_t now);
    void column(const Transaction& entry, std::uint64_t now);
    void autoPrecharge(std::uint32_t bank, bool write, std::uint64_t now);
    void refresh(std::uint32_t rank, std::uint64_t now);
    void finishColumn(const Transaction& entry, std::uint64_t now);
    void wakeBank(std::uint32_t bank) { m_readyAt[queueOf(bank)] = 0; }
    void tell(CommandKind kind, std::uint32_t bank, std::uint32_t detail, std::uint64_t now) const;

    Timing m_timing;
    std::uint32_t m_rankCount;
    std::uint32_t m_bankCount; ///< of a rank
    std::uint32_t m_groupCount; ///< of a rank
    std::uint32_t m_queueSize;
    std::size_t m_bufferSize;
    std::uint64_t m_refreshStep; ///< between two requests [cycle]
    std::uint8_t m_number;
    bool m_perBank;
    bool m_openPage;
    bool m_unified;
    bool m_dual; ///< a row and a column command in one cycle
    bool m_gddr;

    std::vector<Bank> m_banks; ///< [rank * m_bankCount + bank]
    std::vector<Group> m_groups; ///< [rank * m_groupCount + group]
    std::vector<Rank> m_ranks;
    std::vector<Transaction> m_entries; ///< [queue * m_queueSize + place]
    std::vector<std::uint32_t> m_queueCount;
    std::vector<std::uint64_t> m_readyAt; ///< per queue: nothing in it can be issued before
    std::vector<Transaction> m_reads; ///< oldest first; all requests where the queue is unified
    std::vector<Transaction> m_writes;
    Pending m_pendingReads;
    Pending m_pendingWrites;
    std::uint32_t m_queued = 0; ///< entries in command queues
    std::size_t m_drain = 0; ///< writes still to be moved before reads are looked at again
    std::uint32_t m_index = 0; ///< queue looked at last

    std::uint64_t m_nextRefresh;
    std::uint32_t m_refreshRank = 0; ///< which the next request concerns
    std::vector<std::uint32_t> m_refreshes; ///< ranks that wait for theirs, oldest first
    std::uint32_t m_blocked; ///< rank whose queues are passed over for its refresh; m_rankCount = none

    CommandSink* m_sink;
    ChannelResult m_result;
    std::uint64_t m_lastDone = 0;
};

} // namespace engine::dram::dramsim3
