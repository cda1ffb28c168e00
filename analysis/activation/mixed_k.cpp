#include "analysis/activation/mixed_k.h"

#include <algorithm>
#include <limits>

namespace analysis {

namespace {

struct Move {
    std::size_t layer = 0;
    int lossyBits = 0;
    double rate = 0; ///< bits saved for what is lost; infinite when nothing is
    double noiseRate = 0; ///< bits saved for noise
};

bool isBetter(const Move& one, const Move& other)
{
    return one.rate == other.rate ? one.noiseRate > other.noiseRate : one.rate > other.rate;
}

double rateOf(double saved, double lost)
{
    return lost > 0 ? saved / lost : std::numeric_limits<double>::infinity();
}

std::optional<Move> moveTo(const LayerChoices& choices, std::size_t layer, std::size_t from, std::size_t to)
{
    if (choices.bits[to] >= choices.bits[from])
        return std::nullopt;
    const auto saved = static_cast<double>(choices.bits[from] - choices.bits[to]);
    return Move { layer, static_cast<int>(to), rateOf(saved, choices.loss[to] - choices.loss[from]),
                  rateOf(saved, choices.noise[to] - choices.noise[from]) };
}

/// How many K of each layer may be chosen.
std::vector<std::size_t> everyK(std::span<const LayerChoices> layers)
{
    std::vector<std::size_t> counts;
    for (const LayerChoices& choices : layers)
        counts.push_back(choices.bits.size());
    return counts;
}

/// Nothing when no layer can save a bit with a K below its end.
std::optional<Move> bestMove(std::span<const LayerChoices> layers, std::span<const int> lossyBits,
                             std::span<const std::size_t> ends)
{
    std::optional<Move> best;
    for (std::size_t layer = 0; layer < layers.size(); ++layer) {
        const auto from = static_cast<std::size_t>(lossyBits[layer]);
        for (std::size_t to = from + 1; to < ends[layer]; ++to)
            if (const auto move = moveTo(layers[layer], layer, from, to);
                move && (!best || isBetter(*move, *best)))
                best = move;
    }
    return best;
}

class Search {
public:
    Search(std::span<const LayerChoices> layers, double allowed, const MeasureLoss& measure)
        : m_layers(layers)
        , m_allowed(allowed)
        , m_measure(measure)
    {
        m_found.path = greedyPath(layers);
        m_found.chosen = m_found.path.front();
    }

    MixedSearch run()
    {
        if (tryOut(m_found.path.front())) {
            halve();
            moveOn();
        }
        return std::move(m_found);
    }

private:
    /// Takes a point that loses no more than is allowed. False when it loses more, or when stopped.
    bool tryOut(MixedK point)
    {
        double loss = point.predicted;
        if (m_measure) {
            point.measured = measured(point.lossyBits);
            m_found.complete = m_found.complete && point.measured.has_value();
            if (!point.measured)
                return false;
            loss = *point.measured;
            if (std::ranges::find(m_found.tried, point.lossyBits, &MixedK::lossyBits) == m_found.tried.end())
                m_found.tried.push_back(point);
        }
        if (loss > m_allowed)
            return false;
        m_found.chosen = std::move(point);
        return true;
    }

    std::optional<double> measured(std::span<const int> lossyBits) const
    {
        for (const MixedK& known : m_found.tried)
            if (std::ranges::equal(known.lossyBits, lossyBits))
                return known.measured;
        return m_measure(lossyBits);
    }

    void halve()
    {
        std::size_t good = 0;
        std::size_t bad = m_found.path.size();
        while (m_found.complete && bad - good > 1) {
            const std::size_t middle = good + (bad - good) / 2;
            (tryOut(m_found.path[middle]) ? good : bad) = middle;
        }
    }

    void moveOn()
    {
        std::vector<std::size_t> ends = everyK(m_layers);
        while (m_found.complete) {
            const auto move = bestMove(m_layers, m_found.chosen.lossyBits, ends);
            if (!move)
                return;
            std::vector<int> lossyBits = m_found.chosen.lossyBits;
            lossyBits[move->layer] = move->lossyBits;
            if (!tryOut(mixedK(m_layers, std::move(lossyBits))))
                ends[move->layer] = static_cast<std::size_t>(move->lossyBits);
        }
    }

    std::span<const LayerChoices> m_layers;
    double m_allowed;
    const MeasureLoss& m_measure;
    MixedSearch m_found;
};

} // namespace

std::vector<double> risingFrom(std::span<const double> values)
{
    std::vector<double> rising;
    double most = 0;
    for (const double value : values) {
        most = std::max(most, value - values.front());
        rising.push_back(most);
    }
    return rising;
}

MixedK mixedK(std::span<const LayerChoices> layers, std::vector<int> lossyBits)
{
    MixedK made { .lossyBits = std::move(lossyBits), .measured = {} };
    for (std::size_t layer = 0; layer < layers.size(); ++layer) {
        const auto k = static_cast<std::size_t>(made.lossyBits[layer]);
        made.bits += layers[layer].bits[k];
        made.predicted += layers[layer].loss[k];
    }
    return made;
}

std::vector<MixedK> greedyPath(std::span<const LayerChoices> layers)
{
    const std::vector<std::size_t> ends = everyK(layers);
    std::vector<int> lossyBits(layers.size(), 0);
    std::vector<MixedK> path = { mixedK(layers, lossyBits) };
    while (const auto move = bestMove(layers, lossyBits, ends)) {
        lossyBits[move->layer] = move->lossyBits;
        path.push_back(mixedK(layers, lossyBits));
    }
    return path;
}

MixedSearch searchMixedK(std::span<const LayerChoices> layers, double allowed, const MeasureLoss& measure)
{
    return Search(layers, allowed, measure).run();
}

} // namespace analysis
