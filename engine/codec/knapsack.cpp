#include "engine/codec/knapsack.h"

#include "engine/base/error.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <string>

namespace engine::codec {

namespace {

constexpr double unreachable = std::numeric_limits<double>::infinity();
constexpr std::uint64_t mostTableBytes = std::uint64_t { 1 } << 30;

void check(const BudgetFront::Layers& layers, std::uint64_t quantumBits)
{
    if (quantumBits == 0)
        throw ParameterError("quantum: 0 is not allowed; at least 1 bit is wanted");
    for (std::size_t layer = 0; layer < layers.size(); ++layer) {
        if (layers[layer].empty())
            throw ParameterError("layer " + std::to_string(layer) + ": there is no option to choose from");
        if (layers[layer].size() > std::numeric_limits<std::uint16_t>::max())
            throw ParameterError("layer " + std::to_string(layer) + ": "
                                 + std::to_string(layers[layer].size())
                                 + " options are too many; at most 65535 are allowed");
        for (const LayerOption& option : layers[layer])
            if (!(option.loss >= 0) || !std::isfinite(option.loss))
                throw ParameterError("layer " + std::to_string(layer) + ": a loss of "
                                     + std::to_string(option.loss) + " is not a finite number from 0 up");
    }
}

Selection selectionOf(const BudgetFront::Layers& layers, std::vector<std::size_t> options)
{
    Selection made { std::move(options), 0, 0 };
    for (std::size_t layer = 0; layer < layers.size(); ++layer) {
        made.bits += layers[layer][made.options[layer]].bits;
        made.loss += layers[layer][made.options[layer]].loss;
    }
    return made;
}

/// An option in quanta above the smallest one of its layer.
struct Step {
    std::uint64_t quanta = 0;
    double loss = 0;
    std::uint16_t option = 0;
};

/// Least loss by quanta spent, layer after layer. Each layer's smallest option is free: budgets begin at the
/// smallest total, which keeps the table small.
class Table {
public:
    Table(const BudgetFront::Layers& layers, std::uint64_t quantumBits)
        : m_layers(layers)
    {
        std::uint64_t bytes = 0;
        std::uint64_t total = 0;
        for (const std::vector<LayerOption>& options : layers) {
            m_steps.push_back(stepsOf(options, quantumBits));
            total += m_steps.back().back().quanta;
            bytes += (total + 1) * sizeof(std::uint16_t);
            if (bytes > mostTableBytes)
                throw ParameterError("quantum: " + std::to_string(quantumBits)
                                     + " bit is too small for so many bits; take a larger one");
        }
    }

    /// False when stopped.
    bool fill(const Control& control)
    {
        m_best = { 0 };
        for (std::size_t layer = 0; layer < m_steps.size(); ++layer) {
            if (control.stopped())
                return false;
            addLayer(m_steps[layer]);
            control.report(static_cast<double>(layer + 1) / static_cast<double>(m_steps.size()), "budget");
        }
        return true;
    }

    /// Where less is lost than with any smaller budget.
    std::vector<Selection> corners() const
    {
        std::vector<Selection> found;
        double least = unreachable;
        for (std::size_t quanta = 0; quanta < m_best.size(); ++quanta) {
            if (!(m_best[quanta] < least))
                continue;
            least = m_best[quanta];
            append(found, selectionOf(m_layers, trace(quanta)));
        }
        return found;
    }

private:
    static std::vector<Step> stepsOf(const std::vector<LayerOption>& options, std::uint64_t quantumBits)
    {
        std::vector<Step> steps;
        std::uint64_t smallest = 0;
        for (const std::size_t option : undominated(options)) {
            if (steps.empty())
                smallest = options[option].bits;
            const std::uint64_t above = options[option].bits - smallest;
            const std::uint64_t quanta = (above + quantumBits - 1) / quantumBits;
            // Of those that round to one size the last loses least.
            if (!steps.empty() && steps.back().quanta == quanta)
                steps.pop_back();
            steps.push_back({ quanta, options[option].loss, static_cast<std::uint16_t>(option) });
        }
        return steps;
    }

    void addLayer(const std::vector<Step>& steps)
    {
        const std::size_t before = m_best.size();
        std::vector<double> best(before + steps.back().quanta, unreachable);
        std::vector<std::uint16_t> taken(best.size(), 0);
        for (std::size_t s = 0; s < steps.size(); ++s) {
            const double loss = steps[s].loss;
            double* const target = best.data() + steps[s].quanta;
            std::uint16_t* const choice = taken.data() + steps[s].quanta;
            for (std::size_t i = 0; i < before; ++i) {
                const double candidate = m_best[i] + loss;
                const bool isBetter = candidate < target[i];
                target[i] = isBetter ? candidate : target[i];
                choice[i] = isBetter ? static_cast<std::uint16_t>(s) : choice[i];
            }
        }
        m_best = std::move(best);
        m_taken.push_back(std::move(taken));
    }

    std::vector<std::size_t> trace(std::size_t quanta) const
    {
        std::vector<std::size_t> options(m_steps.size());
        for (std::size_t layer = m_steps.size(); layer-- > 0;) {
            const Step& step = m_steps[layer][m_taken[layer][quanta]];
            options[layer] = step.option;
            quanta -= step.quanta;
        }
        return options;
    }

    /// Rounding can leave a selection that is no smaller than a later one.
    static void append(std::vector<Selection>& found, Selection next)
    {
        while (!found.empty() && found.back().bits >= next.bits)
            found.pop_back();
        found.push_back(std::move(next));
    }

    const BudgetFront::Layers& m_layers;
    std::vector<std::vector<Step>> m_steps; ///< by layer, sizes rising
    std::vector<double> m_best; ///< by quanta spent exactly
    std::vector<std::vector<std::uint16_t>> m_taken; ///< [layer][quanta]: index into its steps
};

/// Slope from one option to the next on the hull of its layer.
struct HullStep {
    double lossPerBit = 0; ///< saved
    std::size_t layer = 0;
    std::size_t option = 0;
};

/// The corners of the lower convex hull of one layer's options.
std::vector<std::size_t> layerHull(const std::vector<LayerOption>& options)
{
    const auto slope = [&](std::size_t a, std::size_t b) {
        return (options[a].loss - options[b].loss) / static_cast<double>(options[b].bits - options[a].bits);
    };
    std::vector<std::size_t> hull;
    for (const std::size_t option : undominated(options)) {
        while (hull.size() > 1 && slope(hull[hull.size() - 2], hull.back()) <= slope(hull.back(), option))
            hull.pop_back();
        hull.push_back(option);
    }
    return hull;
}

/// The hull of a sum of sets is the sum of their hulls: their edges, steepest first.
std::vector<Selection> hullOf(const BudgetFront::Layers& layers)
{
    std::vector<std::size_t> options;
    std::vector<HullStep> steps;
    for (std::size_t layer = 0; layer < layers.size(); ++layer) {
        const std::vector<std::size_t> hull = layerHull(layers[layer]);
        options.push_back(hull.front());
        for (std::size_t i = 1; i < hull.size(); ++i) {
            const LayerOption& from = layers[layer][hull[i - 1]];
            const LayerOption& to = layers[layer][hull[i]];
            steps.push_back(
                { (from.loss - to.loss) / static_cast<double>(to.bits - from.bits), layer, hull[i] });
        }
    }
    std::ranges::stable_sort(steps, std::ranges::greater {}, &HullStep::lossPerBit);
    std::vector<Selection> corners = { selectionOf(layers, options) };
    for (const HullStep& step : steps) {
        options[step.layer] = step.option;
        corners.push_back(selectionOf(layers, options));
    }
    return corners;
}

} // namespace

std::uint64_t usualQuantum(std::uint64_t rawBits)
{
    constexpr std::uint64_t parts = 65536;
    return std::max<std::uint64_t>(1, rawBits / parts);
}

std::vector<std::size_t> undominated(std::span<const LayerOption> options)
{
    std::vector<std::size_t> order(options.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
        return options[a].bits != options[b].bits ? options[a].bits < options[b].bits
                                                  : options[a].loss < options[b].loss;
    });
    std::vector<std::size_t> kept;
    for (const std::size_t option : order)
        if (kept.empty() || options[option].loss < options[kept.back()].loss)
            kept.push_back(option);
    return kept;
}

double hullLoss(std::span<const Selection> hull, std::uint64_t bits)
{
    const auto above = std::ranges::upper_bound(hull, bits, {}, &Selection::bits);
    if (above == hull.begin())
        return unreachable;
    const Selection& from = *(above - 1);
    if (above == hull.end())
        return from.loss;
    const double part = static_cast<double>(bits - from.bits) / static_cast<double>(above->bits - from.bits);
    return from.loss + part * (above->loss - from.loss);
}

BudgetFront::BudgetFront(Layers layers, std::uint64_t quantumBits, const Control& control)
    : m_layers(std::move(layers))
{
    check(m_layers, quantumBits);
    Table table(m_layers, quantumBits);
    if (!table.fill(control))
        return;
    m_points = table.corners();
    m_hull = hullOf(m_layers);
    m_isComplete = true;
}

const Selection* BudgetFront::withinBits(std::uint64_t bits) const
{
    const auto above = std::ranges::upper_bound(m_points, bits, {}, &Selection::bits);
    return above == m_points.begin() ? nullptr : &*(above - 1);
}

const Selection* BudgetFront::withinLoss(double loss) const
{
    const auto found =
        std::ranges::find_if(m_points, [loss](const Selection& point) { return point.loss <= loss; });
    return found == m_points.end() ? nullptr : &*found;
}

} // namespace engine::codec
