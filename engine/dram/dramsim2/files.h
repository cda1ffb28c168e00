#pragma once

#include "engine/dram/dramsim2/config.h"
#include "engine/dram/keys.h"

#include <string>
#include <string_view>

namespace engine::dram::dramsim2 {

/// Reads a device file of DRAMSim2. Every key must be there; unknown ones are told.
/// Errors  FormatError naming `place`, line and key.
Read<Device> readDevice(std::string_view text, const std::string& place);
Read<Device> readDevice(std::span<const IniEntry> entries, const std::string& place);

/// Reads a system file of DRAMSim2; debugging keys have no effect here. Unknown words fall back
/// as in the simulator (scheme1, close_page, per_rank_per_bank, bank_then_rank) and are told.
/// Errors  FormatError naming `place`, line and key.
Read<System> readSystem(std::string_view text, const std::string& place);

/// The currents and the supply as a form or a slider changes them: key, value, unit, meaning.
struct Current {
    std::string_view key;
    std::uint32_t Device::*member;
    std::string_view meaning;
};
std::span<const Current> currents();

} // namespace engine::dram::dramsim2
