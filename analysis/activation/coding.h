#pragma once

#include "analysis/activation/words.h"
#include "engine/codec/codec.h"

#include <QByteArray>

#include <memory>
#include <vector>

namespace analysis {

/// A codec with its settings that takes part in a comparison.
struct CodingMethod {
    const engine::codec::Entry* entry = nullptr;
    std::shared_ptr<const engine::codec::ActivationCodec> codec;
    engine::codec::Options options = {};
};

/// A codec of the catalogue with settings. Errors  engine::ParameterError listing the codecs there are.
CodingMethod codingMethod(std::string_view id, const engine::codec::Options& options = {});

/// What to code layers with.
struct CodingTask {
    std::vector<CodingMethod> methods;
    int wordBits = 8; ///< [bit]
    bool hash = false; ///< write the streams, hash them and read them back, instead of only counting
    std::int64_t streamLimit = 0; ///< streams (images) of a layer at most; 0 = all
};

/// A section of the streams of a layer, as hardware would write it.
struct SectionDigest {
    QByteArray name;
    QByteArray sha256; ///< of all streams, padded to words, one after the other [hex]
};

/// What one codec made of one layer, all images together.
struct CodedLayer {
    engine::codec::BitCount bits;
    std::uint64_t elements = 0;
    std::int64_t streams = 0;
    double ratioSum = 0; ///< of the compression ratios of the streams
    double ratioSquares = 0;
    QByteArray sha256 = {}; ///< of all streams, padded, one after the other [hex]; empty without hash
    std::vector<SectionDigest> sections = {}; ///< of a codec that makes several streams; empty without hash

    /// Standard deviation of the ratio over the streams (of the sample, n - 1); 0 for one.
    double ratioDeviation() const;
    CodedLayer& operator+=(const CodedLayer& other); ///< sizes only
};

/// Raw over coded bits; 1 for nothing at all.
double compressionRatio(std::uint64_t elements, int wordBits, std::uint64_t codedBits);

/// The settings of a method for a tensor: those of the method with the planes of the tensor, where its
/// channels are planes.
engine::codec::Options optionsFor(const CodingMethod& method, const engine::Tensor& tensor);

/// One layer with every codec of the task; images in parallel. Empty when stopped.
/// Errors  std::logic_error when a lossless stream does not give its words back.
std::vector<CodedLayer> codeLayer(const CodingTask& task, const WordSource& source,
                                  const engine::Control& control);

} // namespace analysis
