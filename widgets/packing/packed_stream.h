#pragma once

#include "analysis/dataset/dataset.h"
#include "engine/codec/packing.h"
#include "engine/tensor/quantise.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace widgets {

/// The words of one image of a tensor, kept while what packs them is changed.
struct StreamWords {
    analysis::DatasetPtr dataset;
    int tensor = -1; ///< index into content.tensors
    std::int64_t image = 0;
    engine::Quantiser quantiser;
    std::vector<std::int32_t> values;
    std::uint64_t elements = 0; ///< of the image; more than there are values where it is too large

    const engine::Tensor& info() const { return dataset->content.tensors[static_cast<std::size_t>(tensor)]; }
    engine::codec::Words words() const { return { values, quantiser.bits, quantiser.isSigned }; }
    bool isCut() const { return values.size() < elements; }
};

/// Most words of an image that are packed for being looked at.
constexpr std::uint64_t mostStreamWords = std::uint64_t { 1 } << 24;

/// Null when stopped.
/// Errors  those of analysis::wordSource().
std::shared_ptr<const StreamWords> readStreamWords(const analysis::DatasetPtr& dataset, int tensor,
                                                   std::int64_t image, int wordBits,
                                                   const engine::Control& control);

/// What the user can set.
struct PackingChoice {
    QString codec = QStringLiteral("bzvc-bypass");
    engine::codec::Options options = {};
};

/// A packed image: the bits, and where its blocks are.
struct PackedStream {
    std::shared_ptr<const StreamWords> source;
    PackingChoice choice;
    engine::codec::PackingFormat format;
    engine::codec::BlockIndex index;
    std::vector<std::byte> bytes;

    std::uint64_t bits() const { return index.starts.back(); } ///< of the stream [bit]
    std::uint64_t rawBits() const; ///< of the words uncompressed [bit]
    bool bit(std::uint64_t at) const;
    engine::codec::PackedBlock block(std::uint64_t number) const;
    /// One with words to show: neither nearly empty nor raw, where there is such a block.
    std::uint64_t firstLook() const;
};

/// Errors  engine::ParameterError for options that do not fit the words.
std::shared_ptr<const PackedStream> packStream(const std::shared_ptr<const StreamWords>& source,
                                               const PackingChoice& choice);

} // namespace widgets
