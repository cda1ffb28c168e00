#pragma once

#include "engine/dram/dramsim3/config.h"

#include <algorithm>
#include <array>

namespace engine::dram::dramsim3 {

/// The distances between commands that follow from a configuration [cycle]; of a pair, [0] is for another
/// bank group of the rank, [1] for the same.
struct Timing {
    explicit Timing(const Config& c);

    using Pair = std::array<std::uint64_t, 2>;

    std::uint64_t readDone = 0; ///< from issue to the last beat of data
    std::uint64_t writeDone = 0;
    Pair readToRead = {};
    std::uint64_t readToReadOther = 0; ///< another rank
    std::uint64_t readToWrite = 0; ///< any rank
    std::uint64_t readToPrecharge = 0;
    std::uint64_t readAutoToActivate = 0;
    Pair writeToRead = {};
    std::uint64_t writeToReadOther = 0;
    Pair writeToWrite = {};
    std::uint64_t writeToWriteOther = 0;
    std::uint64_t writeToPrecharge = 0;
    std::uint64_t writeAutoToActivate = 0;
    Pair activateToActivate = {};
    std::uint64_t activateAgain = 0; ///< the same bank
    std::uint64_t activateToRead = 0;
    std::uint64_t activateToWrite = 0;
    std::uint64_t activateToPrecharge = 0;
    std::uint64_t prechargeToActivate = 0;
    std::uint64_t prechargeToPrecharge = 0; ///< 0 where the protocol has no such rule
    std::uint64_t refreshToActivate = 0;
};

} // namespace engine::dram::dramsim3
