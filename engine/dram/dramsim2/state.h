#pragma once

#include "engine/dram/statistics.h"

#include <array>
#include <cstdint>

namespace engine::dram::dramsim2 {

constexpr std::int32_t none = -1;

/// A request in a command queue: an activate packet, until it is issued, and a column packet.
struct Entry {
    std::uint64_t added = 0; ///< cycle of acceptance
    std::uint64_t sequence = 0; ///< place in its queue: lower is older
    std::uint32_t row = 0;
    std::uint32_t column = 0; ///< [burst]
    std::int32_t previous = none; ///< in the list of its bank
    std::int32_t next = none;
    bool write = false;
    bool activated = false; ///< its activate packet has been issued
};

struct Bank {
    std::uint32_t rank = 0;
    std::uint32_t number = 0; ///< within the rank
    std::uint64_t nextActivate = 0;
    std::uint64_t nextRead = 0;
    std::uint64_t nextWrite = 0;
    std::uint64_t nextPrecharge = 0;
    std::uint64_t activeUntil = 0; ///< end of the open row that an auto-precharge closes
    std::uint64_t idleAt = 0; ///< end of a precharge or refresh
    std::uint64_t openSince = 0;
    std::uint32_t row = 0;
    std::uint32_t accesses =
        0; ///< column commands since the activate that had taken no activate of their own
    std::int32_t head = none; ///< oldest entry
    std::int32_t tail = none;
    std::int32_t candidate = none; ///< oldest entry for the open row
    std::uint32_t packets = 0; ///< of this bank
    bool open = false; ///< a row is open and no auto-precharge is under way
    bool fresh = false; ///< no column command since the activate
    bool conflict = false; ///< requests waited for another row when the last one was closed
    BankCounts counts;
};

/// What the scheduler may do next with a bank, and what holds it back of the bank's own. Kept beside the
/// banks so that the search through all of them stays within a few cache lines.
struct Slot {
    enum Kind : std::uint32_t { Nothing, Activate, Read, Write, Close };
    static constexpr std::size_t kinds = 5;

    std::uint64_t ready = 0; ///< not before, as far as the bank is concerned [cycle]
    std::uint64_t sequence = 0; ///< of the entry that is served
    std::uint32_t rank = 0;
    Kind kind = Nothing;
};

struct Rank {
    std::uint64_t nextActivate = 0; ///< tRRD, for all banks
    std::uint64_t nextRead = 0; ///< for all banks
    std::uint64_t nextWrite = 0;
    std::array<std::uint64_t, 4>
        activateAgain = {}; ///< when each of the last four activates leaves the tFAW window
    std::uint32_t oldestActivate = 0; ///< index into activateAgain
    std::uint32_t packets = 0; ///< of all its banks
    std::uint32_t openBanks = 0;
    bool poweredDown = false;
    bool refreshWaiting = false;
    std::uint64_t refreshSeen = 0; ///< when an issued refresh reaches the rank, which ends refreshWaiting
    std::uint64_t nextPowerUp = 0;
    std::uint64_t refreshDue = 0;
    std::uint64_t activeUntil = 0; ///< latest end of an auto-precharged row or a refresh
    std::uint64_t idleAt = 0; ///< when every bank that is not open is idle
    std::uint64_t since = 0; ///< residencies are counted up to here
    Counts counts;
};

} // namespace engine::dram::dramsim2
