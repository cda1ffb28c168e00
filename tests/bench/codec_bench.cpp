#include "engine/base/random.h"
#include "engine/codec/block_zvc.h"
#include "engine/codec/codec.h"
#include "engine/codec/raw.h"
#include "tests/bench/peer.h"

#include <memory>
#include <string>

namespace {

namespace codec = engine::codec;

constexpr std::size_t wordCount = std::size_t { 64 } << 20; ///< 8-bit words: 64 MiB of data

const std::vector<std::int32_t>& words()
{
    static const std::vector<std::int32_t> values = [] {
        std::vector<std::int32_t> drawn(wordCount);
        engine::Random random(1);
        for (std::int32_t& word : drawn) {
            if (random.uniform() >= 0.7)
                word = 1 + static_cast<std::int32_t>(random.below(random.below(2) == 0 ? 30 : 255));
        }
        return drawn;
    }();
    return values;
}

struct Case {
    std::string name;
    std::shared_ptr<const codec::ActivationCodec> coder;
    codec::Options options;
};

void addBlockCodecs(std::vector<Case>& to, const std::string& kernel, const codec::BlockKernels& kernels)
{
    using Head = codec::BlockZvc::Head;
    for (const int blockWords : { 32, 8 }) {
        for (const auto& [id, head] :
             { std::pair { "zvc", Head::Mask }, { "bzvc-bypass", Head::WidthAndBypass } })
            to.push_back({ std::string(id) + " S" + std::to_string(blockWords) + " " + kernel,
                           std::make_shared<codec::BlockZvc>(head, kernels),
                           { blockWords } });
    }
}

const std::vector<Case>& cases()
{
    static const std::vector<Case> all = [] {
        std::vector<Case> made = { { "raw", std::make_shared<codec::Raw>(), {} } };
        addBlockCodecs(made, "portable", codec::portableKernels());
        if (codec::bmi2Kernels() != nullptr)
            addBlockCodecs(made, "bmi2", *codec::bmi2Kernels());
        return made;
    }();
    return all;
}

const Case& caseOf(benchmark::State& state)
{
    const Case& tested = cases()[static_cast<std::size_t>(state.range(0))];
    state.SetLabel(tested.name);
    return tested;
}

void encode(benchmark::State& state)
{
    const Case& tested = caseOf(state);
    const codec::Words input { words(), 8, false };
    for (auto step : state) {
        static_cast<void>(step);
        benchmark::DoNotOptimize(tested.coder->encode(input, tested.options));
    }
    bench::setBytes(state, wordCount);
}

void count(benchmark::State& state)
{
    const Case& tested = caseOf(state);
    const codec::Words input { words(), 8, false };
    for (auto step : state) {
        static_cast<void>(step);
        benchmark::DoNotOptimize(tested.coder->count(input, tested.options));
    }
    bench::setBytes(state, wordCount);
}

void decode(benchmark::State& state)
{
    const Case& tested = caseOf(state);
    const codec::Encoded coded = tested.coder->encode({ words(), 8, false }, tested.options);
    std::vector<std::int32_t> output(wordCount);
    for (auto step : state) {
        static_cast<void>(step);
        tested.coder->decode(coded.bytes, coded.count.total(), { 8, false }, tested.options, output);
        benchmark::ClobberMemory();
    }
    bench::setBytes(state, wordCount);
    state.counters["ratio"] = 8.0 * wordCount / static_cast<double>(coded.count.total());
}

void everyCase(benchmark::internal::Benchmark* benchmark)
{
    benchmark->DenseRange(0, static_cast<int>(cases().size()) - 1)->Unit(benchmark::kMillisecond);
}
BENCHMARK(encode)->Apply(everyCase);
BENCHMARK(count)->Apply(everyCase);
BENCHMARK(decode)->Apply(everyCase);

} // namespace
