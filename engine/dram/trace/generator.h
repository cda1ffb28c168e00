#pragma once

#include "engine/dram/request.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace engine::dram {

/// A synthetic access pattern.
struct Pattern {
    std::uint64_t requests = 100'000;
    std::uint32_t bytes = 64; ///< of a request [byte]
    std::uint64_t base = 0; ///< [byte]
    std::uint64_t range = std::uint64_t { 1 } << 28; ///< addresses stay below base + range [byte]
    std::uint64_t stride = 65536; ///< of `strided` [byte]
    double writeShare = 0.5; ///< of all requests, in 0..1
    std::uint64_t interval = 0; ///< between two requests; 0 = as fast as they are taken [cycle]
    std::uint64_t burst = 64; ///< requests of a burst of `bursty`
    std::uint64_t pause = 3000; ///< between the starts of two bursts [cycle]
    std::uint32_t tileRows = 14; ///< of `tiled`: rows of a tile
    std::uint32_t tileColumns = 56; ///< requests per row of a tile
    std::uint64_t pitch = 4096; ///< between the rows of the matrix that is tiled [byte]
    std::uint64_t seed = 1;
};

/// Makes requests by rule, without memory for them.
struct GeneratorRow {
    std::string_view id; ///< "sequential"
    std::string_view title;
    std::string_view help;
    std::unique_ptr<RequestSource> (*make)(const Pattern&);
};

/// Every generator, in menu order. To add one, append a row in generator.cpp.
std::span<const GeneratorRow> generators();

/// Errors  ParameterError: an unknown id, or a pattern that cannot be (a range smaller than a request, ...).
std::unique_ptr<RequestSource> makeGenerator(std::string_view id, const Pattern& pattern);

} // namespace engine::dram
