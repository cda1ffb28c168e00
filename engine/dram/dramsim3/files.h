#pragma once

#include "engine/dram/dramsim3/config.h"
#include "engine/dram/keys.h"

#include <string>
#include <string_view>

namespace engine::dram::dramsim3 {

/// Reads a configuration file of DRAMsim3. Missing keys take the simulator's defaults and are told where they
/// matter; so are keys it does not read. With `fixKeys` the misspelled ones count as what they mean: REFI as
/// tREFI, tRTP_L as tRTP.
///
/// Errors  FormatError naming `place`, line and key; for what is not simulated here (self refresh, other
///         refresh policies), the sentence says so.
Read<Config> readConfig(std::string_view text, const std::string& place, bool fixKeys = false);
Read<Config> readConfig(std::vector<IniEntry> entries, const std::string& place, bool fixKeys = false);

/// The currents a form or a slider changes.
struct Current {
    std::string_view key;
    double Config::*member;
    std::string_view meaning;
};
std::span<const Current> currents();

} // namespace engine::dram::dramsim3
