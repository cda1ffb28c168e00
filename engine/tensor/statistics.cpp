#include "engine/tensor/statistics.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace engine {

namespace {

using Float4 = float __attribute__((vector_size(16)));
using Int4 = std::int32_t __attribute__((vector_size(16)));

constexpr std::size_t lanes = 4;
constexpr std::size_t vectors = 8; ///< independent enough to hide the latency of add, min and max
constexpr std::size_t block = lanes * vectors;
constexpr std::size_t piece = 64 * block; ///< looked at again, slowly, when it holds something not finite
constexpr std::size_t mostChannels = std::size_t { 1 } << 16;

void addOne(Statistics& to, float value)
{
    ++to.count;
    if (!std::isfinite(value)) {
        ++to.nonFinite;
        return;
    }
    const double x = value;
    to.zeros += x == 0 ? 1 : 0;
    to.minimum = std::min(to.minimum, x);
    to.maximum = std::max(to.maximum, x);
    to.sum += x;
    to.absoluteSum += std::abs(x);
}

/// Accumulators of one piece; sums go to double after every block, so that their error stays within
/// 2^-22 of the absolute sum.
struct Accumulator {
    std::array<Float4, 4> low {};
    std::array<Float4, 4> high {};
    std::array<Int4, 4> zeros {};
    std::array<double, lanes> sums {};
    std::array<double, lanes> absoluteSums {};

    explicit Accumulator(float first)
    {
        const Float4 start = { first, first, first, first };
        low.fill(start);
        high.fill(start);
    }

    void addBlock(const float* from)
    {
        const Int4 signless = { 0x7FFFFFFF, 0x7FFFFFFF, 0x7FFFFFFF, 0x7FFFFFFF };
        std::array<Float4, vectors> x {};
        std::array<Float4, vectors> magnitude {};
        for (std::size_t i = 0; i < vectors; ++i) {
            __builtin_memcpy(&x[i], from + i * lanes, sizeof(Float4));
            magnitude[i] = Float4(Int4(x[i]) & signless);
            low[i % 4] = x[i] < low[i % 4] ? x[i] : low[i % 4];
            high[i % 4] = x[i] > high[i % 4] ? x[i] : high[i % 4];
            zeros[i % 4] -= Int4(x[i] == Float4 {});
        }
        addTo(sums, x);
        addTo(absoluteSums, magnitude);
    }

    static void addTo(std::array<double, lanes>& to, const std::array<Float4, vectors>& x)
    {
        const Float4 sum = ((x[0] + x[1]) + (x[2] + x[3])) + ((x[4] + x[5]) + (x[6] + x[7]));
        for (std::size_t lane = 0; lane < lanes; ++lane)
            to[lane] += static_cast<double>(sum[lane]);
    }

    double absoluteSum() const
    {
        return (absoluteSums[0] + absoluteSums[1]) + (absoluteSums[2] + absoluteSums[3]);
    }

    Statistics result(std::size_t count) const
    {
        Statistics all;
        all.count = count;
        all.sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
        all.absoluteSum = absoluteSum();
        for (std::size_t i = 0; i < 4; ++i) {
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                all.minimum = std::min(all.minimum, static_cast<double>(low[i][lane]));
                all.maximum = std::max(all.maximum, static_cast<double>(high[i][lane]));
                all.zeros += static_cast<std::uint64_t>(zeros[i][lane]);
            }
        }
        return all;
    }
};

void addPiece(Statistics& to, std::span<const float> values)
{
    Accumulator accumulator(values.front());
    std::size_t i = 0;
    for (; i + block <= values.size(); i += block)
        accumulator.addBlock(values.data() + i);
    // Anything not finite shows in the sum of magnitudes; so does a sum beyond float's range.
    if (i != 0 && std::isfinite(accumulator.absoluteSum())) {
        to.add(accumulator.result(i));
        values = values.subspan(i);
    }
    for (const float value : values)
        addOne(to, value);
}

/// Deals a row-major stream of values out to the slices along one axis.
class ChannelDealer {
public:
    ChannelDealer(const Shape& shape, std::size_t axis)
        : m_channels(static_cast<std::size_t>(shape[axis]))
    {
        for (std::size_t i = axis + 1; i < shape.rank(); ++i)
            m_inner *= static_cast<std::size_t>(shape[i]);
    }

    void deal(std::uint64_t first, std::span<const float> values, std::vector<Statistics>& to) const
    {
        std::size_t channel = static_cast<std::size_t>(first / m_inner) % m_channels;
        std::size_t room = m_inner - static_cast<std::size_t>(first % m_inner);
        while (!values.empty()) {
            const std::size_t run = std::min(room, values.size());
            to[channel].add(values.first(run));
            values = values.subspan(run);
            room = m_inner;
            channel = channel + 1 == m_channels ? 0 : channel + 1;
        }
    }

private:
    std::size_t m_channels;
    std::size_t m_inner = 1;
};

int axisNamed(const Tensor& tensor, char letter)
{
    const std::size_t at = tensor.layout.find(letter);
    return tensor.layout.size() == tensor.shape.rank() && at != std::string::npos ? static_cast<int>(at) : -1;
}

} // namespace

void Statistics::add(std::span<const float> values)
{
    if (values.size() < block) {
        for (const float value : values)
            addOne(*this, value);
        return;
    }
    for (; !values.empty(); values = values.subspan(std::min(piece, values.size())))
        addPiece(*this, values.first(std::min(piece, values.size())));
}

void Statistics::add(const Statistics& other)
{
    count += other.count;
    zeros += other.zeros;
    nonFinite += other.nonFinite;
    minimum = std::min(minimum, other.minimum);
    maximum = std::max(maximum, other.maximum);
    sum += other.sum;
    absoluteSum += other.absoluteSum;
}

double Statistics::zeroFraction() const
{
    return count == 0 ? 0 : static_cast<double>(zeros) / static_cast<double>(count);
}

double Statistics::mean() const
{
    return count == nonFinite ? 0 : sum / static_cast<double>(count - nonFinite);
}

double Statistics::absoluteMean() const
{
    return count == nonFinite ? 0 : absoluteSum / static_cast<double>(count - nonFinite);
}

int channelAxis(const Tensor& tensor)
{
    if (tensor.shape.rank() < 2)
        return -1;
    const bool weight = tensor.role == Role::Weight;
    for (const char letter : { weight ? 'O' : 'C', weight ? 'O' : 'F' }) {
        if (const int axis = axisNamed(tensor, letter); axis >= 0)
            return axis;
    }
    return tensor.role == Role::Activation || tensor.role == Role::Image ? 1 : 0;
}

TensorStatistics statistics(const Tensor& tensor, const Control& control)
{
    TensorStatistics result;
    const int axis = channelAxis(tensor);
    const auto wanted = static_cast<std::size_t>(axis < 0 ? 0 : tensor.shape[static_cast<std::size_t>(axis)]);
    if (wanted == 0 || wanted > mostChannels) {
        result.complete = forEachPiece(
            tensor, control, [&](std::uint64_t, std::span<const float> values) { result.whole.add(values); });
        return result;
    }
    const ChannelDealer dealer(tensor.shape, static_cast<std::size_t>(axis));
    result.channels.resize(wanted);
    result.complete = forEachPiece(tensor, control, [&](std::uint64_t first, std::span<const float> values) {
        dealer.deal(first, values, result.channels);
    });
    for (const Statistics& channel : result.channels)
        result.whole.add(channel);
    return result;
}

} // namespace engine
