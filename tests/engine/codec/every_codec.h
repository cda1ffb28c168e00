#pragma once

#include "engine/base/random.h"
#include "engine/codec/codec.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

/// What the tests of all rows of the catalogue share.
namespace every {

constexpr std::array<int, 5> blockSizes = { 4, 8, 16, 32, 64 };

/// A row of test data for each codec, named after it.
inline void addRows()
{
    QTest::addColumn<QString>("id");
    for (const engine::codec::Entry& entry : engine::codec::catalogue()) {
        const QByteArray id(entry.id.data(), static_cast<qsizetype>(entry.id.size()));
        QTest::newRow(id.constData()) << QString::fromLatin1(id);
    }
}

inline const engine::codec::Entry& entry()
{
    return engine::codec::find(QTest::currentDataTag());
}

/// The block sizes that matter to a codec.
inline std::vector<int> blockSizesOf(const engine::codec::Entry& entry)
{
    return entry.usesBlocks ? std::vector<int>(blockSizes.begin(), blockSizes.end())
                            : std::vector<int> { 16 };
}

inline std::int32_t lowest(const engine::codec::WordFormat& format)
{
    return format.isSigned ? -(1 << (format.bits - 1)) : 0;
}

inline std::int32_t highest(const engine::codec::WordFormat& format)
{
    return lowest(format) + (1 << format.bits) - 1;
}

/// Calls body(format) for words of every length, unsigned and signed, that the codec takes at K = 0.
template <typename Body>
void forEachFormat(const engine::codec::Entry& entry, Body body)
{
    for (int bits = 1; bits <= 16; ++bits) {
        for (const bool isSigned : { false, true }) {
            if (entry.canCode(bits, 0))
                body(engine::codec::WordFormat { bits, isSigned });
        }
    }
}

/// `density` is the part of the words that is drawn; small ones in some places, so that blocks differ.
inline std::vector<std::int32_t> randomWords(engine::Random& random, std::size_t n,
                                             const engine::codec::WordFormat& format, double density)
{
    const std::uint64_t range = std::uint64_t { 1 } << format.bits;
    std::vector<std::int32_t> words(n);
    for (std::int32_t& word : words) {
        const std::uint64_t drawn =
            random.below(random.below(3) == 0 ? range : std::min<std::uint64_t>(range, 4));
        const auto value = static_cast<std::int32_t>(drawn);
        if (random.uniform() < density)
            word = value > highest(format) ? value - (1 << format.bits) : value;
    }
    return words;
}

/// Lengths around the ends of blocks.
inline std::vector<std::size_t> lengthsAround(int blockWords)
{
    const auto s = static_cast<std::size_t>(blockWords);
    return { 0, 1, s - 1, s, s + 1, 3 * s + s / 2 + 1 };
}

/// Where a bit of a stream is: EBPC writes the highest bit of a byte first.
struct BitPlace {
    std::size_t byte = 0;
    std::byte mask {};
};

inline BitPlace placeOf(const engine::codec::Entry& entry, std::uint64_t bit)
{
    const bool highestFirst = entry.id == "bpc" || entry.id == "ebpc";
    const auto shift = static_cast<unsigned>(highestFirst ? 7 - bit % 8 : bit % 8);
    return { static_cast<std::size_t>(bit / 8), std::byte { 1 } << shift };
}

/// One word after the K-lossy step and back, without midpoint.
inline std::int32_t lossy(std::int32_t word, int lossyBits)
{
    return word < 0 ? -(-word >> lossyBits << lossyBits) : word >> lossyBits << lossyBits;
}

/// Empty when all is well, else what is wrong.
inline QString roundTrip(const engine::codec::ActivationCodec& coder, const engine::codec::Words& words,
                         const engine::codec::Options& options)
{
    const engine::codec::Encoded coded = coder.encode(words, options);
    if (coder.count(words, options) != coded.count)
        return QStringLiteral("count() differs from encode()");
    if (coded.bytes.size() != (coded.count.total() + 63) / 64 * 8)
        return QStringLiteral("the stream is not padded to 64-bit words");
    if (coded.count.total() > coder.worstCaseBits(words.values.size(), words.wordBits, options))
        return QStringLiteral("longer than the worst case");
    std::vector<std::int32_t> back(words.values.size(), -1);
    coder.decode(coded.bytes, coded.count.total(), words.format(), options, back);
    for (std::size_t i = 0; i < back.size(); ++i) {
        if (back[i] != lossy(words.values[i], options.lossyBits))
            return QStringLiteral("decode() gives %1 for word %2, which is %3")
                .arg(back[i])
                .arg(i)
                .arg(words.values[i]);
    }
    return {};
}

} // namespace every
