#include "analysis/activation/codec_speed.h"

#include <algorithm>
#include <chrono>

namespace analysis {

namespace {

constexpr std::size_t wantedWords = std::size_t { 1 } << 20;
constexpr int rounds = 3;

/// Streams of the tensor, repeated where there are few, put together as one long run of words.
std::vector<std::int32_t> sampleOf(const WordSource& source)
{
    std::vector<std::int32_t> sample;
    const std::int64_t streams = streamCount(*source.tensor);
    for (std::int64_t stream = 0; sample.size() < wantedWords; stream = (stream + 1) % streams) {
        const std::vector<std::int32_t> words = streamWords(*source.tensor, source.quantiser, stream);
        if (words.empty())
            break;
        sample.insert(sample.end(), words.begin(), words.end());
    }
    return sample;
}

template <typename Work>
double gigabytesPerSecond(double bytes, Work work)
{
    double best = 0;
    for (int round = 0; round < rounds; ++round) {
        const auto start = std::chrono::steady_clock::now();
        work();
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
        best = std::max(best, bytes / std::max(taken.count(), 1e-9) / 1e9);
    }
    return best;
}

} // namespace

const std::array<CodecSpeed::Column, 3> CodecSpeed::columns = { {
    { "count_gbps", "Counting", &CodecSpeed::count },
    { "encode_gbps", "Coding", &CodecSpeed::encode },
    { "decode_gbps", "Decoding", &CodecSpeed::decode },
} };

std::vector<CodecSpeed> codecSpeeds(const CodingTask& task, const WordSource& source,
                                    const engine::Control& control)
{
    const std::vector<std::int32_t> sample = sampleOf(source);
    const engine::codec::Words words { sample, task.wordBits, source.quantiser.isSigned };
    const double bytes = static_cast<double>(sample.size()) * task.wordBits / 8;
    std::vector<std::int32_t> back(sample.size());
    std::vector<CodecSpeed> speeds;
    for (const CodingMethod& method : task.methods) {
        if (control.stopped())
            return {};
        const engine::codec::Options options = optionsFor(method, *source.tensor);
        const engine::codec::Encoded coded = method.codec->encode(words, options);
        speeds.push_back(
            { gigabytesPerSecond(bytes, [&] { static_cast<void>(method.codec->count(words, options)); }),
              gigabytesPerSecond(bytes, [&] { static_cast<void>(method.codec->encode(words, options)); }),
              gigabytesPerSecond(bytes, [&] {
                  method.codec->decode(coded.bytes, coded.count.total(), words.format(), options, back);
              }) });
    }
    return speeds;
}

} // namespace analysis
