#pragma once

#include "engine/dram/dramsim2/config.h"

#include <algorithm>

namespace engine::dram::dramsim2 {

/// The distances between commands that follow from a device [cycle].
struct Timing {
    explicit Timing(const Device& d)
        : readLatency(d.CL + d.AL)
        , writeLatency(readLatency - 1)
        , burst(d.BL / 2)
        , readToPrecharge(d.AL + burst + std::max(d.tRTP, d.tCCD) - d.tCCD)
        , writeToPrecharge(writeLatency + burst + d.tWR)
        , readToWrite(readLatency + burst + d.tRTRS - writeLatency)
        , readAutoToActivate(d.AL + d.tRTP + d.tRP)
        , writeAutoToActivate(writeLatency + burst + d.tWR + d.tRP)
        , writeToReadSame(writeLatency + burst + d.tWTR)
        , writeToReadOther(writeLatency + burst + d.tRTRS - readLatency)
        , columnSame(std::max<std::uint64_t>(d.tCCD, burst))
        , columnOther(burst + d.tRTRS)
        , activateToColumn(d.tRCD - d.AL)
        , readDone(d.tCMD + readLatency + burst)
        , writeDone(writeLatency + burst)
        , refreshPeriod(static_cast<std::uint64_t>(static_cast<float>(d.refreshPeriod) / d.tCK))
    {
    }

    /// An auto-precharge sets its own bank free of what column commands hold back. Seldom does that matter:
    /// with these times the bank could be used again before its rank.
    bool autoPrechargeOutrunsColumns() const
    {
        return std::min(readAutoToActivate, writeAutoToActivate) + activateToColumn
            < std::max({ columnSame, readToWrite, writeToReadSame });
    }

    std::uint64_t readLatency;
    std::uint64_t writeLatency;
    std::uint64_t burst;
    std::uint64_t readToPrecharge;
    std::uint64_t writeToPrecharge;
    std::uint64_t readToWrite;
    std::uint64_t readAutoToActivate;
    std::uint64_t writeAutoToActivate;
    std::uint64_t writeToReadSame;
    std::uint64_t writeToReadOther;
    std::uint64_t columnSame; ///< read to read and write to write in one rank
    std::uint64_t columnOther; ///< the same across ranks
    std::uint64_t activateToColumn;
    std::uint64_t readDone; ///< from issue to the last beat of data
    std::uint64_t writeDone;
    std::uint64_t refreshPeriod;
};

} // namespace engine::dram::dramsim2
