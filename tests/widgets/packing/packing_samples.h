#pragma once

#include "tests/widgets/tensor/tensors.h"
#include "widgets/packing/packing_scene.h"

#include <cstdint>
#include <memory>
#include <vector>

/// Packed streams for the tests of the packing view.
namespace packing {

using widgets::PackedStream;
using widgets::PackingChoice;
using widgets::StreamWords;

/// Block 0 is the example of the definition, block 1 is all zero, block 2 is raw, block 3 mixed.
inline std::vector<std::int32_t> exampleWords()
{
    std::vector<std::int32_t> words { 29, 7, 1, 0, 0, 0, 0, 0, 1, 4, 3, 0, 0, 0, 0, 0 };
    words.resize(32, 0);
    for (int i = 0; i < 16; ++i)
        words.push_back(200 + i);
    for (int i = 0; i < 16; ++i)
        words.push_back(i % 3 == 0 ? i * 5 : 0);
    return words;
}

inline std::shared_ptr<const StreamWords> source(std::vector<std::int32_t> values, int wordBits = 8)
{
    auto dataset = std::make_shared<analysis::Dataset>();
    dataset->path = QStringLiteral("/example/acts.h5");
    std::vector<float> floats(values.begin(), values.end());
    dataset->content.tensors.push_back(
        tensors::make({ 1, 4, 4, static_cast<std::int64_t>(values.size()) / 16 }, engine::Role::Activation,
                      "NCHW", std::move(floats)));
    auto words = std::make_shared<StreamWords>();
    words->dataset = dataset;
    words->tensor = 0;
    words->quantiser.bits = wordBits;
    words->elements = values.size();
    words->values = std::move(values);
    return words;
}

inline std::shared_ptr<const PackedStream> stream(const PackingChoice& choice = {})
{
    return widgets::packStream(source(exampleWords()), choice);
}

inline widgets::PackingScene scene(std::uint64_t block, const PackingChoice& choice = {},
                                   const engine::codec::PackingPort& port = {},
                                   widgets::PackingDirection direction = widgets::PackingDirection::Compress)
{
    return { stream(choice), block, port, direction };
}

} // namespace packing
