#include "engine/tensor/statistics.h"

#include <algorithm>
#include <cmath>

namespace engine {

namespace {

/// The empty histogram for values in [minimum, maximum].
Histogram rangeFor(DType type, const Statistics& known, std::size_t bins)
{
    Histogram result;
    if (known.count == known.nonFinite || bins == 0)
        return result;
    if (isInteger(type)) {
        const double values = known.maximum - known.minimum + 1;
        const double width = std::max(1.0, std::ceil(values / static_cast<double>(bins)));
        const double used = std::ceil(values / width);
        result.first = known.minimum - 0.5;
        result.last = result.first + used * width;
        result.bins.resize(static_cast<std::size_t>(used));
        return result;
    }
    result.first = known.minimum;
    result.last = known.maximum;
    if (result.first == result.last) {
        const double margin = result.first == 0 ? 0.5 : std::abs(result.first) / 2;
        result.first -= margin;
        result.last += margin;
    }
    result.bins.resize(bins);
    return result;
}

/// Counts without branches, into several tables in turn: neighbours often fall into the same bin, and a
/// count must not wait for the one before.
class BinCounter {
public:
    explicit BinCounter(const Histogram& range)
        : m_first(range.first)
        , m_perUnit(range.bins.empty() ? 0 : 1 / range.width())
        , m_bins(range.bins.size())
        , m_counts(ways * slots())
    {
    }

    void add(std::span<const float> values)
    {
        const double top = m_bins == 0 ? 0 : static_cast<double>(m_bins - 1);
        std::uint64_t* counts = m_counts.data();
        std::size_t way = 0;
        for (const float value : values) {
            const double place = (static_cast<double>(value) - m_first) * m_perUnit;
            const double inside = place > 0 ? (place < top ? place : top) : 0; // 0 for NaN too
            std::size_t bin = m_bins == 0 ? dropped() : static_cast<std::size_t>(inside);
            bin = value == 0 ? zeros() : bin;
            bin = std::isfinite(value) ? bin : nonFinite();
            ++counts[way + bin];
            way = way == (ways - 1) * slots() ? 0 : way + slots();
        }
    }

    void moveTo(Histogram& result) const
    {
        for (std::size_t way = 0; way < m_counts.size(); way += slots()) {
            for (std::size_t bin = 0; bin < m_bins; ++bin)
                result.bins[bin] += m_counts[way + bin];
            result.zeros += m_counts[way + zeros()];
            result.nonFinite += m_counts[way + nonFinite()];
        }
    }

private:
    static constexpr std::size_t ways = 4;

    std::size_t zeros() const { return m_bins; }
    std::size_t nonFinite() const { return m_bins + 1; }
    std::size_t dropped() const { return m_bins + 2; } ///< there are no bins
    std::size_t slots() const { return m_bins + 3; }

    double m_first;
    double m_perUnit;
    std::size_t m_bins;
    std::vector<std::uint64_t> m_counts;
};

} // namespace

Histogram histogram(const Tensor& tensor, const Statistics& known, std::size_t bins, const Control& control)
{
    Histogram result = rangeFor(tensor.type, known, bins);
    BinCounter counter(result);
    forEachPiece(tensor, control, [&](std::uint64_t, std::span<const float> values) { counter.add(values); });
    counter.moveTo(result);
    return result;
}

} // namespace engine
