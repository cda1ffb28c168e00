#pragma once

#include "engine/base/control.h"
#include "engine/dram/command.h"
#include "engine/dram/request.h"
#include "engine/dram/statistics.h"
#include "engine/dram/windows.h"

#include <cstdint>
#include <vector>

namespace engine::dram {

/// How long to simulate and what to keep besides the sums.
struct RunOptions {
    std::uint64_t cycles = 0; ///< 0 = until the last data has been transferred [cycle]
    std::uint64_t window = 0; ///< length of a window of the series, 0 = automatic [cycle]
    bool wrapAddresses = false; ///< addresses beyond the capacity are taken modulo it instead of refused
    CommandSink* sink = nullptr; ///< hears every command; may be null
    bool powerCommands = false; ///< the sink also hears when a rank enters and leaves power-down
};

/// What one channel did.
struct ChannelResult {
    std::vector<Counts> ranks;
    std::vector<std::vector<BankCounts>> banks; ///< [rank][bank]
    Latencies reads; ///< [cycle]
    Latencies writes; ///< [cycle]
    Windows windows; ///< all ranks of the channel together
    std::uint64_t accepted = 0; ///< requests
    std::uint64_t answered = 0; ///< requests the simulator counts as done; a write may wait in a buffer then
    std::uint64_t merged = 0; ///< requests that were answered without a burst of their own
    std::uint64_t waiting = 0; ///< requests accepted but not carried out when the run ended
    std::uint64_t lastDone = 0; ///< cycle of the last completion
};

/// What a run did. Holds no energies: they follow from the counts (energy.h).
struct RunResult {
    std::uint64_t cycles = 0; ///< simulated: 0 .. cycles - 1
    std::uint64_t requests = 0; ///< accepted from the source
    bool drained = false; ///< every request of the source was carried out
    bool stopped = false; ///< control said stop; what was counted until then is kept
    bool stuck =
        false; ///< the controller held itself up, as the simulator does; a run until drained was given up
    std::vector<ChannelResult> channels;

    Counts counts() const; ///< over all channels and ranks
};

} // namespace engine::dram
