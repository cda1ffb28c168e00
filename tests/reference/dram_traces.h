#pragma once

#include "engine/dram/request.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace reference {

/// The request traces the golden figures of the DRAM engine were made with.
constexpr std::array<std::string_view, 6> dramTraces = { "seq_read",        "seq_write",   "rand_rw",
                                                         "stride_conflict", "bursty_idle", "conv_tile" };

/// Drawn anew: equal to golden/dram/gen_traces.py. Empty for an unknown name.
std::vector<engine::dram::Request> dramTrace(std::string_view name);

/// The trace as the file the simulators were given ("mase" dialect).
std::string maseText(const std::vector<engine::dram::Request>& requests);

} // namespace reference
