#pragma once

#include "engine/dram/drampower/supplement.h"
#include "engine/dram/dramsim2/config.h"
#include "engine/dram/dramsim3/config.h"
#include "engine/dram/keys.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace engine::dram {

/// Which simulator's cycle is followed.
enum class Model : std::uint8_t { DramSim2, DramSim3 };

/// A memory the program knows by name.
struct Preset {
    std::string_view name; ///< as its file is called: "DDR3_micron_32M_8B_x8_sg15"
    Model model;
    std::string_view keys; ///< what the file says: "NUM_BANKS=8 NUM_ROWS=32768 ..."
};

/// Every preset, in menu order. To add one, append a row in presets.cpp.
std::span<const Preset> presets();

/// Null when there is none of this name.
const Preset* findPreset(std::string_view name);

/// Errors  ParameterError when the preset is one of the other model.
Read<dramsim2::Device> dramsim2Device(const Preset& preset);
Read<dramsim3::Config> dramsim3Config(const Preset& preset, bool fixKeys = false);

/// What DRAMPower wants besides.
drampower::Supplement supplementOf(const Preset& preset);

} // namespace engine::dram
