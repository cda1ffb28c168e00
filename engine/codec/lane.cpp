#include "engine/codec/lane.h"

#include "engine/codec/bit_planes.h"
#include "engine/codec/zero_rle.h"

#include <algorithm>

namespace engine::codec {

namespace {

constexpr ZeroRle planeRle { 1 };

/// The size of a plane without its flag.
struct PlaneSize {
    BitCount count;
    bool raw = false;
};

PlaneSize sizeOf(const BitRow& plane)
{
    const BitCount runs = planeRle.count(plane);
    if (runs.total() >= plane.bits)
        return { { .payload = plane.bits }, true };
    return { { .payload = runs.payload, .header = runs.header }, false };
}

std::uint64_t nonzeros(std::span<const std::uint16_t> codes)
{
    return codes.size() - static_cast<std::uint64_t>(std::ranges::count(codes, 0));
}

void writeRaw(const BitRow& plane, BitWriter& out)
{
    BitCursor cursor = out.begin(plane.bits);
    for (std::size_t first = 0; first < plane.bits; first += 64)
        cursor.put(plane.words[first / 64],
                   static_cast<unsigned>(std::min<std::size_t>(64, plane.bits - first)));
    out.end(cursor);
}

void readRaw(BitReader& in, std::span<std::uint64_t> plane, std::size_t bits)
{
    require(in, bits);
    for (std::size_t first = 0; first < bits; first += 64)
        plane[first / 64] = in.take(static_cast<unsigned>(std::min<std::size_t>(64, bits - first)));
}

} // namespace

std::uint64_t Lane::worstCaseBits(std::uint64_t words, int wordBits, const Options& options) const
{
    const CodeFormat format = codeFormat({ wordBits, false }, options, true);
    return static_cast<unsigned>(format.codeBits()) * (1 + words);
}

BitCount Lane::countCodes(const Stream& stream, Codes codes) const
{
    const BitPlanes planes(codes, stream.bits());
    BitCount total { .header = stream.bits(), .nonzeros = nonzeros(codes) };
    for (unsigned plane = 0; plane < stream.bits(); ++plane)
        total += sizeOf(planes.row(plane)).count;
    return total;
}

CodeCodec::Written Lane::encodeCodes(const Stream& stream, Codes codes, BitWriter& out) const
{
    const BitPlanes planes(codes, stream.bits());
    BitCount total { .header = stream.bits(), .nonzeros = nonzeros(codes) };
    for (unsigned plane = 0; plane < stream.bits(); ++plane) {
        const BitRow row = planes.row(plane);
        const PlaneSize size = sizeOf(row);
        out.put(size.raw ? 1 : 0, 1);
        if (size.raw)
            writeRaw(row, out);
        else
            planeRle.write(
                row, [](std::size_t) { return 1U; }, out);
        total += size.count;
    }
    return { total };
}

void Lane::decodeCodes(const Stream& stream, BitReader& in, std::span<std::uint16_t> codes) const
{
    BitPlanes planes(codes.size(), stream.bits());
    for (unsigned plane = 0; plane < stream.bits(); ++plane) {
        const std::uint64_t start = in.position();
        const std::span<std::uint64_t> words = planes.words(plane);
        const bool raw = in.take(1) != 0;
        if (raw)
            readRaw(in, words, codes.size());
        else
            planeRle.read(in, codes.size(), [&](std::size_t place, std::uint64_t) {
                words[place / 64] |= std::uint64_t { 1 } << place % 64;
            });
        if (raw != sizeOf(planes.row(plane)).raw)
            refuse(start,
                   "bit plane " + std::to_string(plane)
                       + (raw ? " is raw where run lengths are shorter"
                              : " is written as run lengths that are not shorter than raw"));
    }
    planes.toCodes(codes);
}

} // namespace engine::codec
