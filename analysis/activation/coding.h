#pragma once

#include "analysis/activation/words.h"
#include "engine/codec/codec.h"

#include <QByteArray>

#include <memory>
#include <vector>

namespace analysis {

/// A codec that takes part in a comparison.
struct CodingMethod {
    const engine::codec::Entry* entry = nullptr;
    std::unique_ptr<engine::codec::ActivationCodec> codec;
};

/// What to code layers with.
struct CodingTask {
    std::vector<CodingMethod> methods;
    engine::codec::Options options;
    int wordBits = 8; ///< [bit]
    bool hash = false; ///< write the streams and hash them, instead of only counting
    std::int64_t streamLimit = 0; ///< streams (images) of a layer at most; 0 = all
};

/// What one codec made of one layer, all images together.
struct CodedLayer {
    engine::codec::BitCount bits;
    std::uint64_t elements = 0;
    QByteArray sha256 = {}; ///< of all streams, padded, one after the other [hex]; empty without hash
};

/// One layer with every codec of the task; images in parallel. Empty when stopped.
std::vector<CodedLayer> codeLayer(const CodingTask& task, const WordSource& source,
                                  const engine::Control& control);

} // namespace analysis
