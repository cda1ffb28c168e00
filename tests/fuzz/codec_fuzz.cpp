#include "engine/base/error.h"
#include "engine/codec/codec.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string_view>
#include <vector>

// One executable per codec: TESSERA_FUZZ_CODEC is its id.

namespace codec = engine::codec;

namespace {

constexpr std::size_t mostWords = 4096;
constexpr std::string_view id = TESSERA_FUZZ_CODEC;
constexpr bool highestBitFirst = id == "bpc" || id == "ebpc";

/// The head of an input says how the rest of it is to be decoded.
class Head {
public:
    explicit Head(std::span<const std::byte>& input)
        : m_input(input)
    {
    }

    /// 0..below-1; zeros once the input is used up.
    int take(int below)
    {
        if (m_input.empty())
            return 0;
        const int value = std::to_integer<int>(m_input.front());
        m_input = m_input.subspan(1);
        return value % below;
    }

private:
    std::span<const std::byte>& m_input;
};

struct Case {
    codec::WordFormat format;
    codec::Options options;
    std::size_t words = 0;
    std::uint64_t bits = 0;
};

/// Word length, K, S and map may be outside what a codec takes; the number of words is bounded.
Case takeCase(std::span<const std::byte>& input)
{
    Head head(input);
    Case result;
    result.format.bits = head.take(18);
    result.format.isSigned = head.take(2) != 0;
    result.options.lossyBits = head.take(result.format.bits + 1);
    result.options.blockWords = 4 << head.take(6);
    result.options.midpoint = head.take(2) != 0;
    result.options.mapRows = head.take(40);
    result.options.mapColumns = head.take(40);
    result.words = static_cast<std::size_t>(head.take(256) * head.take(17));
    result.words = std::min(mostWords, result.words);
    const auto cut = static_cast<std::uint64_t>(head.take(64));
    const std::uint64_t all = std::uint64_t { input.size() } * 8;
    result.bits = all - std::min(all, cut);
    return result;
}

[[noreturn]] void report(const char* what)
{
    std::fprintf(stderr, "%s: %s\n", TESSERA_FUZZ_CODEC, what);
    std::abort();
}

/// EBPC begins with the highest bit of a byte.
bool sameBits(std::span<const std::byte> a, std::span<const std::byte> b, std::uint64_t bits)
{
    const auto whole = static_cast<std::ptrdiff_t>(bits / 8);
    if (!std::equal(a.begin(), a.begin() + whole, b.begin()))
        return false;
    if (bits % 8 == 0)
        return true;
    const auto last = static_cast<std::size_t>(whole);
    const std::byte differ = a[last] ^ b[last];
    const auto padding = static_cast<unsigned>(8 - bits % 8);
    return (highestBitFirst ? differ >> padding : differ << padding) == std::byte { 0 };
}

/// A midpoint changes words, not the codes they came from: the same stream must come out.
void check(const codec::ActivationCodec& coder, const Case& tried, std::span<const std::byte> stream)
{
    std::vector<std::int32_t> words(tried.words);
    coder.decode(stream, tried.bits, tried.format, tried.options, words);
    const codec::Words input { words, tried.format.bits, tried.format.isSigned };
    const codec::Encoded again = coder.encode(input, tried.options);
    if (again.count.total() != tried.bits)
        report("accepted a stream that encode() gives another length");
    if (!sameBits(again.bytes, stream, tried.bits))
        report("accepted a stream that encode() gives otherwise");
    if (coder.count(input, tried.options) != again.count)
        report("count() differs from encode()");
    if (again.count.total() > coder.worstCaseBits(words.size(), tried.format.bits, tried.options))
        report("longer than the worst case");
    if (tried.format.isSigned || tried.format.bits > 8)
        return;
    std::vector<std::uint8_t> bytes(tried.words);
    coder.decodeBytes(stream, tried.bits, tried.format.bits, tried.options, bytes);
    if (!std::ranges::equal(bytes, words))
        report("decodeBytes() differs from decode()");
    if (coder.encodeBytes(bytes, tried.format.bits, tried.options).bytes != again.bytes)
        report("encodeBytes() differs from encode()");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const auto coder = codec::find(id).make();
    std::span<const std::byte> input = std::as_bytes(std::span(data, size));
    const Case tried = takeCase(input);
    try {
        check(*coder, tried, input);
    } catch (const engine::FormatError&) {
        return 0;
    } catch (const engine::ParameterError&) {
        return 0;
    }
    return 0;
}
