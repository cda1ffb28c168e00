#include "engine/base/random.h"
#include "engine/codec/block_zvc.h"
#include "engine/codec/codec.h"
#include "tests/bench/peer.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

// What is measured: one thread, 64 MiB of 8-bit words of which 70 % are zero, in processor time.
//   encode     words in bytes to a stream, into memory that an earlier stream has left, as memcpy is measured
//   too encode_new the same into fresh memory: the first touch of its pages is counted count      words in
//   bytes to the size of the stream decode     the stream to words in bytes encode_words, count_words,
//   decode_words   words in 32-bit integers, as the analyses hold them
// "bytes" is the rate in bytes of 8-bit words, "of_memcpy" the same as a fraction of what memcpy does in this
// run.

namespace {

namespace codec = engine::codec;

constexpr std::size_t wordCount = std::size_t { 64 } << 20; ///< 8-bit words: 64 MiB of data

const std::vector<std::uint8_t>& bytes()
{
    static const std::vector<std::uint8_t> values = [] {
        std::vector<std::uint8_t> drawn(wordCount);
        engine::Random random(1);
        for (std::uint8_t& word : drawn) {
            if (random.uniform() >= 0.7)
                word = static_cast<std::uint8_t>(1 + random.below(random.below(2) == 0 ? 30 : 255));
        }
        return drawn;
    }();
    return values;
}

const std::vector<std::int32_t>& words()
{
    static const std::vector<std::int32_t> values(bytes().begin(), bytes().end());
    return values;
}

struct Case {
    std::string name;
    std::shared_ptr<const codec::ActivationCodec> coder;
    codec::Options options;
};

/// Every set of kernels of the block codecs.
void addKernels(std::vector<Case>& to)
{
    using Head = codec::BlockZvc::Head;
    for (const codec::BlockKernels* kernels : codec::blockKernels()) {
        for (const int blockWords : { 8, 32, 64 }) {
            for (const auto& [id, head] :
                 { std::pair { "zvc", Head::Mask }, { "bzvc-bypass", Head::WidthAndBypass } })
                to.push_back(
                    { std::string(id) + " S" + std::to_string(blockWords) + " " + std::string(kernels->name),
                      std::make_shared<codec::BlockZvc>(head, *kernels),
                      { blockWords } });
        }
    }
}

/// Every codec of the catalogue, of a map of 56 x 56 where that matters.
const std::vector<Case>& cases()
{
    static const std::vector<Case> all = [] {
        std::vector<Case> made;
        for (const codec::Entry& entry : codec::catalogue()) {
            const codec::Options options { .blockWords = 32, .mapRows = 56, .mapColumns = 56 };
            made.push_back({ std::string(entry.id) + (entry.usesBlocks ? " S32" : ""),
                             std::shared_ptr<const codec::ActivationCodec>(entry.make()), options });
        }
        addKernels(made);
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
    codec::Encoded coded = tested.coder->encodeBytes(bytes(), 8, tested.options);
    for (auto step : state) {
        static_cast<void>(step);
        coded = tested.coder->encodeBytesInto(std::move(coded.bytes), bytes(), 8, tested.options);
        benchmark::ClobberMemory();
    }
    bench::setBytes(state, wordCount);
    state.counters["ratio"] = 8.0 * wordCount / static_cast<double>(coded.count.total());
}

void encodeNew(benchmark::State& state)
{
    const Case& tested = caseOf(state);
    for (auto step : state) {
        static_cast<void>(step);
        benchmark::DoNotOptimize(tested.coder->encodeBytes(bytes(), 8, tested.options));
    }
    bench::setBytes(state, wordCount);
}

void count(benchmark::State& state)
{
    const Case& tested = caseOf(state);
    for (auto step : state) {
        static_cast<void>(step);
        benchmark::DoNotOptimize(tested.coder->countBytes(bytes(), 8, tested.options));
    }
    bench::setBytes(state, wordCount);
}

void decode(benchmark::State& state)
{
    const Case& tested = caseOf(state);
    const codec::Encoded coded = tested.coder->encodeBytes(bytes(), 8, tested.options);
    std::vector<std::uint8_t> output(wordCount);
    for (auto step : state) {
        static_cast<void>(step);
        tested.coder->decodeBytes(coded.bytes, coded.count.total(), 8, tested.options, output);
        benchmark::ClobberMemory();
    }
    bench::setBytes(state, wordCount);
}

void encodeWords(benchmark::State& state)
{
    const Case& tested = caseOf(state);
    const codec::Words input { words(), 8, false };
    for (auto step : state) {
        static_cast<void>(step);
        benchmark::DoNotOptimize(tested.coder->encode(input, tested.options));
    }
    bench::setBytes(state, wordCount);
}

void countWords(benchmark::State& state)
{
    const Case& tested = caseOf(state);
    const codec::Words input { words(), 8, false };
    for (auto step : state) {
        static_cast<void>(step);
        benchmark::DoNotOptimize(tested.coder->count(input, tested.options));
    }
    bench::setBytes(state, wordCount);
}

void decodeWords(benchmark::State& state)
{
    const Case& tested = caseOf(state);
    const codec::Encoded coded = tested.coder->encodeBytes(bytes(), 8, tested.options);
    std::vector<std::int32_t> output(wordCount);
    for (auto step : state) {
        static_cast<void>(step);
        tested.coder->decode(coded.bytes, coded.count.total(), { 8, false }, tested.options, output);
        benchmark::ClobberMemory();
    }
    bench::setBytes(state, wordCount);
}

void everyCase(benchmark::internal::Benchmark* benchmark)
{
    benchmark->DenseRange(0, static_cast<int>(cases().size()) - 1)->Unit(benchmark::kMillisecond);
}

BENCHMARK(encode)->Apply(everyCase);
BENCHMARK(encodeNew)->Name("encode_new")->Apply(everyCase);
BENCHMARK(count)->Apply(everyCase);
BENCHMARK(decode)->Apply(everyCase);
BENCHMARK(encodeWords)->Name("encode_words")->Apply(everyCase);
BENCHMARK(countWords)->Name("count_words")->Apply(everyCase);
BENCHMARK(decodeWords)->Name("decode_words")->Apply(everyCase);

void copy(benchmark::State& state)
{
    std::vector<std::uint8_t> output(wordCount);
    for (auto step : state) {
        static_cast<void>(step);
        std::memcpy(output.data(), bytes().data(), wordCount);
        benchmark::ClobberMemory();
    }
    state.SetLabel("memcpy");
    bench::setBytes(state, wordCount);
}
BENCHMARK(copy)->Name("memcpy")->Unit(benchmark::kMillisecond);

} // namespace
