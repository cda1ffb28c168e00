#pragma once

#include "engine/dram/address.h"
#include "engine/dram/request.h"
#include "engine/dram/trace/cursor.h"

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace engine::dram {

/// A way to write one request per line.
struct TraceFormat {
    std::string_view id; ///< "dramsim2-mase"
    std::string_view title; ///< "DRAMSim2, mase"
    std::string_view prefix; ///< of file names that are of this format for certain; empty = none
    std::string_view suffix; ///< likewise
    bool cycles; ///< lines carry the cycle of arrival; else requests arrive as fast as they are taken
    /// One line, neither blank nor comment; the cursor stands at its start. Throws LineError.
    Request (*parse)(Cursor&, const AddressMap&);
    std::string (*format)(const Request&, const AddressMap&); ///< without the line end
};

/// Every format, in menu order. To add one, append a row in format.cpp.
std::span<const TraceFormat> traceFormats();

/// Errors  ParameterError naming those there are.
const TraceFormat& findTraceFormat(std::string_view id);

/// The format of a file: by its name as the simulators go by it, else the first that can read its first
/// 4096 bytes, else the one that can read most of their lines.
/// Errors  FormatError when none can read the first line; IoError.
const TraceFormat& recogniseTrace(const std::filesystem::path& path);

/// Blank, or a comment of any of the formats.
bool isTraceComment(std::string_view line);

} // namespace engine::dram
