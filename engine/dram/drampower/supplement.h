#pragma once

#include "engine/dram/ini.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace engine::dram::drampower {

/// What the bank-wise model wants and the files of the simulators do not have; device files may give it.
/// Currents in mA.
struct Supplement {
    std::optional<double> rho; ///< in 0..1
    std::optional<double> Ibeta;
    double VPP = 0; ///< [V]
    double IPP0 = 0, IPP2N = 0, IPP2P = 0, IPP3N = 0, IPP4R = 0, IPP4W = 0, IPP5 = 0, IPP6 = 0;
};

/// The keys of a supplement, all of them optional: rho, IBETA, VPP, IPP0, ...
std::vector<std::string_view> supplementKeys();

/// Reads them out of a device file; other keys are passed over.
/// Errors  FormatError naming `place`, line and key.
Supplement readSupplement(std::span<const IniEntry> entries, const std::string& place);

} // namespace engine::dram::drampower
