#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace engine::dram {

/// A `key = value` line of a configuration file.
struct IniEntry {
    std::string section; ///< without brackets; empty before the first
    std::string key;
    std::string value;
    std::size_t line = 0; ///< counts from 1; 0 = from no file
};

/// Cuts a configuration file of DRAMSim2 or DRAMsim3 into its entries; `;` and `#` start comments. Repeated
/// keys are all kept; line ends may be of either kind, a byte-order mark is passed over.
///
/// Errors  FormatError naming place, line and column of a line that is neither entry, section nor comment.
std::vector<IniEntry> parseIni(std::string_view text, const std::string& place);

} // namespace engine::dram
