#include "engine/formats/hdf5_filters.h"

#include "engine/base/error.h"
#include "engine/formats/guard.h"

#include <zlib.h>

#include <algorithm>
#include <cstring>

namespace engine::formats {

namespace {

using Bytes = std::vector<std::byte>;

constexpr std::size_t sumBytes = 4;

Bytes inflate(const Bytes& packed, std::uint64_t limit)
{
    Bytes result(limit);
    uLongf length = result.size();
    const int status = ::uncompress(reinterpret_cast<Bytef*>(result.data()), &length,
                                    reinterpret_cast<const Bytef*>(packed.data()), packed.size());
    if (status != Z_OK)
        throw FormatError(status == Z_BUF_ERROR ? "is longer than it may be" : "is damaged or cut off");
    result.resize(length);
    return result;
}

/// First bytes of all elements stand together, then all second ones; what does not fill an element stays
/// last.
Bytes unshuffle(const Bytes& shuffled, std::size_t elementBytes)
{
    const std::size_t count = shuffled.size() / elementBytes;
    Bytes result(shuffled.size());
    for (std::size_t k = 0; k < elementBytes; ++k) {
        const std::byte* from = shuffled.data() + k * count;
        std::byte* to = result.data() + k;
        for (std::size_t i = 0; i < count; ++i)
            to[i * elementBytes] = from[i];
    }
    std::copy(shuffled.begin() + static_cast<std::ptrdiff_t>(count * elementBytes), shuffled.end(),
              result.begin() + static_cast<std::ptrdiff_t>(count * elementBytes));
    return result;
}

/// Some versions of the library summed the bytes of each pair the other way round.
std::uint32_t swappedPairs(std::uint32_t sum)
{
    return (sum & 0x00FF00FFU) << 8 | (sum & 0xFF00FF00U) >> 8;
}

Bytes checkSum(Bytes summed)
{
    if (summed.size() < sumBytes)
        throw FormatError("is cut off");
    std::uint32_t stored = 0;
    std::memcpy(&stored, summed.data() + summed.size() - sumBytes, sumBytes);
    summed.resize(summed.size() - sumBytes);
    const std::uint32_t sum = fletcher32(summed);
    if (stored != sum && stored != swappedPairs(sum))
        throw FormatError("does not agree with its checksum");
    return summed;
}

Bytes undo(int filter, Bytes bytes, std::uint64_t shuffleBytes, std::uint64_t limit)
{
    switch (filter) {
    case hdf5Deflate:
        return inflate(bytes, limit);
    case hdf5Shuffle:
        return shuffleBytes > 1 && shuffleBytes <= bytes.size() ? unshuffle(bytes, shuffleBytes) : bytes;
    case hdf5Fletcher32:
        return checkSum(std::move(bytes));
    default:
        return unpackLzf(bytes, limit);
    }
}

} // namespace

std::vector<std::byte> unpackHdf5Chunk(const Hdf5Dataset& dataset, std::vector<std::byte> stored,
                                       std::uint32_t skippedFilters, std::uint64_t chunkBytes,
                                       const std::string& place)
{
    checkUnpackedSize(stored.size(), chunkBytes, place);
    const auto sums = static_cast<std::uint64_t>(std::ranges::count(dataset.filters, hdf5Fletcher32));
    try {
        for (std::size_t i = dataset.filters.size(); i-- > 0;) {
            const bool skipped = i < 32 && (skippedFilters >> i & 1U) != 0;
            if (!skipped)
                stored = undo(dataset.filters[i], std::move(stored), dataset.shuffleBytes,
                              chunkBytes + sums * sumBytes);
        }
    } catch (const FormatError& error) {
        throw FormatError(place + " " + error.what());
    }
    if (stored.size() != chunkBytes)
        throw FormatError(place + " has " + std::to_string(stored.size()) + " bytes of "
                          + std::to_string(chunkBytes));
    return stored;
}

std::vector<std::byte> unpackLzf(std::span<const std::byte> packed, std::uint64_t limit)
{
    Bytes result;
    result.reserve(limit);
    std::size_t at = 0;
    const auto next = [&]() -> std::size_t {
        if (at >= packed.size())
            throw FormatError("is cut off");
        return std::to_integer<std::size_t>(packed[at++]);
    };
    while (at < packed.size()) {
        const std::size_t control = next();
        const bool literal = control < 32;
        std::size_t length = literal ? control + 1 : control >> 5;
        if (!literal && length == 7)
            length += next();
        length += literal ? 0 : 2;
        if (length > limit - result.size())
            throw FormatError("is longer than it may be");
        if (literal) {
            for (std::size_t i = 0; i < length; ++i)
                result.push_back(static_cast<std::byte>(next()));
            continue;
        }
        const std::size_t distance = ((control & 31U) << 8 | next()) + 1;
        if (distance > result.size())
            throw FormatError("is damaged");
        // May overlap what it writes, so byte by byte.
        for (std::size_t i = 0; i < length; ++i)
            result.push_back(result[result.size() - distance]);
    }
    return result;
}

std::uint32_t fletcher32(std::span<const std::byte> bytes)
{
    constexpr std::size_t pairsBeforeCarry = 360;
    std::uint32_t first = 0;
    std::uint32_t second = 0;
    const auto fold = [](std::uint32_t sum) { return (sum & 0xFFFFU) + (sum >> 16); };
    const std::size_t pairs = (bytes.size() + 1) / 2;
    for (std::size_t i = 0; i < pairs; ++i) {
        const auto high = std::to_integer<std::uint32_t>(bytes[2 * i]);
        const auto low = 2 * i + 1 < bytes.size() ? std::to_integer<std::uint32_t>(bytes[2 * i + 1]) : 0U;
        first += high << 8 | low;
        second += first;
        if ((i + 1) % pairsBeforeCarry == 0) {
            first = fold(first);
            second = fold(second);
        }
    }
    first = fold(fold(first));
    second = fold(fold(second));
    return second << 16 | first;
}

} // namespace engine::formats
