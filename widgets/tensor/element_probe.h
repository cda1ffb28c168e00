#pragma once

#include "widgets/parts/value_tip.h"
#include "widgets/selection.h"
#include "widgets/tensor/axis_plan.h"
#include "widgets/tensor/element_text.h"
#include "widgets/tensor/map_viewport.h"
#include "widgets/tensor/tensor_facts.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace widgets {

/// "act", "weight": a role as paths name it.
QString roleWord(engine::Role role);

/// Tells everything about one element of a plane: value, word, where it is, and which block of words it
/// belongs to.
class ElementProbe {
public:
    /// Words of a block in row-major order of one image, as the activation codecs take them.
    struct Block {
        std::uint64_t number = 0;
        std::uint64_t word = 0; ///< of the element, in the block
        std::uint64_t words = 0; ///< fewer than the block size at the image's end
        int nonzeros = 0;
        int width = 0; ///< of the largest word [bit]
    };

    ElementProbe() = default;
    ElementProbe(std::shared_ptr<const TensorFacts> facts, AxisPlan plan, std::vector<std::int64_t> index,
                 int blockWords);

    bool isEmpty() const { return !m_facts; }

    /// `seen` is what the map shows there; used where the elements do not lie in memory.
    std::optional<ElementValue> value(const MapCell& cell, std::optional<float> seen) const;
    std::optional<Hover> hover(const MapCell& cell, std::optional<float> seen) const;
    ValueTip::Content tip(const MapCell& cell, std::optional<float> seen) const;

    /// "layer1.1.conv1 > act > c6 > (r19, c25)".
    QString path(const std::optional<MapCell>& cell) const;
    /// Nothing for weights, for float values, and where the elements do not lie in memory.
    std::optional<Block> block(const MapCell& cell) const;
    /// The cells of the block on this plane, row by row; empty when rows are not contiguous.
    std::vector<CellRange> blockCells(const MapCell& cell) const;

private:
    std::vector<std::int64_t> indexOf(const MapCell& cell) const;
    QString placeText(const MapCell& cell) const;
    bool hasBlocks() const;
    bool rowsAreContiguous() const;

    std::shared_ptr<const TensorFacts> m_facts;
    AxisPlan m_plan;
    std::vector<std::int64_t> m_index;
    std::uint64_t m_blockWords = 16;
};

} // namespace widgets
