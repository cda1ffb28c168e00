#pragma once

#include "engine/dram/dramsim2/config.h"
#include "engine/dram/request.h"

#include <string>
#include <vector>

namespace dramtest {

/// A memory nobody built and a short trace for it, drawn from `seed`; the configuration passes its check.
struct RandomCase {
    engine::dram::dramsim2::Config config;
    std::vector<engine::dram::Request> trace;
    std::uint64_t cycles = 0; ///< to simulate, well beyond the trace or in the midst of it
};

RandomCase randomCase(std::uint64_t seed);

/// For a message: what distinguishes the case.
std::string describe(const RandomCase& drawn);

} // namespace dramtest
