// What the packing page does again when K or the block size is moved: a map of 112 x 112 x 96 words.
#include "engine/base/random.h"
#include "engine/codec/packing_steps.h"

#include <benchmark/benchmark.h>

namespace codec = engine::codec;

namespace {

std::vector<std::int32_t> map()
{
    engine::Random random(1);
    std::vector<std::int32_t> words(112 * 112 * 96);
    for (std::int32_t& word : words)
        word = random.uniform() < 0.6 ? 0 : static_cast<std::int32_t>(random.below(1U << random.below(9)));
    return words;
}

const std::vector<std::int32_t>& values()
{
    static const std::vector<std::int32_t> made = map();
    return made;
}

codec::Options options(const benchmark::State& state)
{
    return { .blockWords = static_cast<int>(state.range(0)), .lossyBits = static_cast<int>(state.range(1)) };
}

void index(benchmark::State& state)
{
    const codec::Words words { values(), 8, false };
    const auto format = codec::packingFormat("bzvc-bypass", words.format(), options(state));
    for (auto _ : state)
        benchmark::DoNotOptimize(codec::indexBlocks(format, words));
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(values().size()));
}

void encode(benchmark::State& state)
{
    const codec::Words words { values(), 8, false };
    const auto coder = codec::find("bzvc-bypass").make();
    for (auto _ : state)
        benchmark::DoNotOptimize(coder->encode(words, options(state)));
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(values().size()));
}

void trace(benchmark::State& state)
{
    const codec::Words words { values(), 8, false };
    const auto format = codec::packingFormat("bzvc-bypass", words.format(), options(state));
    const codec::BlockIndex blocks = codec::indexBlocks(format, words);
    for (auto _ : state) {
        const codec::PackedBlock block = codec::traceBlock(format, blocks, words, blocks.blocks() / 2);
        benchmark::DoNotOptimize(codec::mergeTree(block, {}));
        benchmark::DoNotOptimize(codec::compressorSteps(block, {}));
    }
}

} // namespace

BENCHMARK(index)->Args({ 4, 0 })->Args({ 16, 0 })->Args({ 16, 2 })->Args({ 64, 0 })->Unit(
    benchmark::kMillisecond);
BENCHMARK(encode)->Args({ 4, 0 })->Args({ 16, 0 })->Args({ 64, 0 })->Unit(benchmark::kMillisecond);
BENCHMARK(trace)->Args({ 16, 0 })->Args({ 64, 0 })->Unit(benchmark::kMicrosecond);
