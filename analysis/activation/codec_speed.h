#pragma once

#include "analysis/activation/coding.h"

#include <array>

namespace analysis {

/// How fast one codec runs here, one thread, in bytes of uncompressed words (w / 8 bytes a word).
struct CodecSpeed {
    double count = 0; ///< sizes only [GB/s]
    double encode = 0; ///< [GB/s]
    double decode = 0; ///< [GB/s]

    struct Column {
        const char* name;
        const char* title;
        double CodecSpeed::*value;
    };
    static const std::array<Column, 3> columns;
};

/// Speeds of every method on the streams of one tensor, up to about a million words of it; the fastest of
/// several rounds counts. Empty when stopped.
std::vector<CodecSpeed> codecSpeeds(const CodingTask& task, const WordSource& source,
                                    const engine::Control& control);

} // namespace analysis
