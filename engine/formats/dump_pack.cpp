#include "engine/formats/dump_pack.h"

#include "engine/base/error.h"
#include "engine/base/float16.h"

#include <zlib.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace engine::formats {

namespace {

/// The axis along which chunks follow one another; all inner ones are whole.
std::size_t splitAxis(const Shape& image, const std::vector<std::int64_t>& chunk)
{
    std::size_t axis = image.rank() - 1;
    while (axis > 0 && chunk[axis] == image[axis])
        --axis;
    return axis;
}

void encodeHalf(std::span<const float> values, std::span<std::byte> out)
{
    std::vector<std::uint16_t> halves(values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        halves[i] = toHalf(values[i]);
    std::memcpy(out.data(), halves.data(), out.size());
}

void encodeBytes(std::span<const float> values, const Quantisation& quantisation, std::span<std::byte> out)
{
    const double zeroPoint = static_cast<double>(quantisation.zeroPoint);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double word = std::nearbyint(static_cast<double>(values[i]) / quantisation.scale) + zeroPoint;
        const double clipped = word > 0 ? std::min(word, 255.0) : 0; // NaN is not greater
        out[i] = static_cast<std::byte>(static_cast<unsigned char>(clipped));
    }
}

} // namespace

std::vector<std::int64_t> dumpChunk(const Shape& image, std::uint64_t limit)
{
    std::vector<std::int64_t> chunk = image.extents();
    std::uint64_t below = image.elements();
    for (std::size_t axis = 0; axis < chunk.size() && below > limit; ++axis) {
        below /= static_cast<std::uint64_t>(image[axis]);
        chunk[axis] =
            static_cast<std::int64_t>(std::max<std::uint64_t>(1, limit / std::max<std::uint64_t>(below, 1)));
    }
    return chunk;
}

std::vector<ChunkRun> chunkRuns(const Shape& image, const std::vector<std::int64_t>& chunk)
{
    if (image.rank() == 0)
        return { { {}, 0, 1 } };
    const std::size_t axis = splitAxis(image, chunk);
    std::uint64_t below = 1;
    for (std::size_t inner = axis + 1; inner < image.rank(); ++inner)
        below *= static_cast<std::uint64_t>(image[inner]);
    std::vector<ChunkRun> runs;
    std::vector<std::int64_t> start(image.rank(), 0);
    std::uint64_t first = 0;
    while (first < image.elements()) {
        const std::int64_t length = std::min(chunk[axis], image[axis] - start[axis]);
        runs.push_back({ start, first, static_cast<std::uint64_t>(length) * below });
        first += runs.back().count;
        start[axis] += length;
        for (std::size_t carry = axis; carry > 0 && start[carry] >= image[carry]; --carry) {
            start[carry] = 0;
            ++start[carry - 1];
        }
    }
    return runs;
}

std::vector<std::byte> encodeElements(std::span<const float> values, const ActivationInfo& info)
{
    std::vector<std::byte> result(values.size() * byteSize(info.type));
    if (info.type == DType::F16)
        encodeHalf(values, result);
    else if (info.type == DType::U8)
        encodeBytes(values, *info.quantisation, result);
    else
        std::ranges::copy(std::as_bytes(values), result.begin());
    return result;
}

std::vector<std::byte> packBytes(std::span<const std::byte> bytes, std::size_t elementBytes, int level)
{
    std::vector<std::byte> shuffled(bytes.size());
    const std::size_t count = bytes.size() / elementBytes;
    for (std::size_t k = 0; k < elementBytes; ++k) {
        for (std::size_t i = 0; i < count; ++i)
            shuffled[k * count + i] = bytes[i * elementBytes + k];
    }
    std::vector<std::byte> packed(::compressBound(shuffled.size()));
    uLongf length = packed.size();
    if (::compress2(reinterpret_cast<Bytef*>(packed.data()), &length,
                    reinterpret_cast<const Bytef*>(shuffled.data()), shuffled.size(), level)
        != Z_OK)
        throw Error("packing the activations: zlib has no memory");
    packed.resize(length);
    return packed;
}

} // namespace engine::formats
