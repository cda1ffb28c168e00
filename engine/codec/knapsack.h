#pragma once

#include "engine/base/control.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace engine::codec {

/// One way to store a layer.
struct LayerOption {
    std::uint64_t bits = 0;
    double loss = 0; ///< not negative
};

/// One option of each layer.
struct Selection {
    std::vector<std::size_t> options; ///< index into the options of each layer
    std::uint64_t bits = 0; ///< exact sum
    double loss = 0; ///< sum
};

/// All budgets at once: the least loss for every total size, exactly, by dynamic programming.
///
/// Sizes are rounded up to a quantum for the table only: a selection never exceeds its budget, and with a
/// quantum of 1 it is the best there is. With a larger one a layer counts less than one quantum too much, so
/// what is found is at least as good as the best for a budget smaller by one quantum per layer.
/// Memory 2 bytes per layer and quantum of the largest total, less what no selection can fall below.
/// Errors  the constructor throws ParameterError for a layer without options, a negative or not finite loss,
/// a
///         quantum of 0, and a table beyond 1 GiB.
/// Source  [Wang 2022] 3.4; the programme is Tessera's definition.
class BudgetFront {
public:
    using Layers = std::vector<std::vector<LayerOption>>;

    /// Stopped: isComplete() is false and there is no point.
    BudgetFront(Layers layers, std::uint64_t quantumBits, const Control& control);

    bool isComplete() const { return m_isComplete; }
    const Layers& layers() const { return m_layers; }
    /// The corners of the front, sizes rising and losses falling; empty only when stopped.
    std::span<const Selection> points() const { return m_points; }
    /// The corners of its lower convex hull, sizes exact: no selection lies below the line that joins them.
    std::span<const Selection> hull() const { return m_hull; }

    /// Least loss with at most so many bits; null when even the smallest selection is larger.
    const Selection* withinBits(std::uint64_t bits) const;
    /// Fewest bits with at most so much loss; null when even the least loss is larger.
    const Selection* withinLoss(double loss) const;

private:
    Layers m_layers;
    std::vector<Selection> m_points;
    std::vector<Selection> m_hull;
    bool m_isComplete = false;
};

/// 1/65536 of the raw size, at least 1.
std::uint64_t usualQuantum(std::uint64_t rawBits);

/// Of one layer: those that are neither larger nor lose more than another, sizes rising; of equals the first.
std::vector<std::size_t> undominated(std::span<const LayerOption> options);

/// The loss that the hull promises for a budget: no selection within it loses less. Infinite below the first
/// corner, that of the last beyond it.
double hullLoss(std::span<const Selection> hull, std::uint64_t bits);

} // namespace engine::codec
