#include "widgets/tensor/first_slice.h"

#include "engine/tensor/plane.h"

#include <algorithm>
#include <span>

namespace widgets {
namespace {

constexpr std::int64_t mostValues = 1 << 18; ///< looked at
constexpr double fullEnough = 0.5; ///< of the tensor's own share of non-zero values

/// Counts what a view would not colour as zero.
class NonzeroCounter {
public:
    explicit NonzeroCounter(const TensorFacts& facts)
        : m_facts(facts)
    {
    }

    std::int64_t count(const engine::PlaneReader& reader, std::int64_t rows)
    {
        const engine::PlaneReader::Rows read = reader.read({ 0, 0, rows, reader.columns() }, m_buffer);
        const auto columns = static_cast<std::size_t>(reader.columns());
        std::int64_t found = 0;
        for (std::int64_t row = 0; row < rows; ++row)
            found += inRow({ read.first + static_cast<std::size_t>(row) * read.stride, columns });
        return found;
    }

private:
    std::int64_t inRow(std::span<const float> values)
    {
        if (!m_facts.quantiser)
            return std::ranges::count_if(values, [](float value) { return value != 0; });
        m_words.resize(values.size());
        (*m_facts.quantiser)(values, m_words);
        return std::ranges::count_if(m_words, [](std::int32_t word) { return word != 0; });
    }

    const TensorFacts& m_facts;
    engine::PlaneReader::Buffer m_buffer;
    std::vector<std::int32_t> m_words;
};

/// Steps on as an odometer does, channels first. False after the last slice.
bool advance(std::vector<std::int64_t>& index, const std::vector<int>& axes, const engine::Tensor& tensor)
{
    for (const int axis : axes) {
        if (++index[static_cast<std::size_t>(axis)] < extentOf(tensor, axis))
            return true;
        index[static_cast<std::size_t>(axis)] = 0;
    }
    return false;
}

} // namespace

std::vector<std::int64_t> firstSlice(const TensorFacts& facts, const AxisPlan& plan,
                                     const std::vector<std::int64_t>& index)
{
    const engine::Tensor& tensor = facts.tensor;
    if (plan.channel < 0 || tensor.source->mapped().empty() || tensor.shape.elements() == 0)
        return index;
    std::vector<int> axes { plan.channel };
    axes.insert(axes.end(), plan.others.rbegin(), plan.others.rend());
    const double wanted = fullEnough * (1 - facts.zeroFraction());
    NonzeroCounter counter(facts);
    std::vector<std::int64_t> slice = index;
    std::vector<std::int64_t> best = index;
    double bestShare = 0;
    std::int64_t left = mostValues;
    do {
        const engine::PlaneReader reader(tensor, planeFor(plan, slice));
        const std::int64_t rows = std::clamp<std::int64_t>(left / reader.columns(), 1, reader.rows());
        const auto all = static_cast<double>(rows * reader.columns());
        const double share = static_cast<double>(counter.count(reader, rows)) / all;
        if (share > bestShare) {
            best = slice;
            bestShare = share;
        }
        left -= rows * reader.columns();
    } while (bestShare < wanted && left > 0 && advance(slice, axes, tensor));
    return best;
}

} // namespace widgets
