#pragma once

#include "engine/tensor/pyramid.h"
#include "engine/tensor/tensor.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace widgets {

/// Which axis of a tensor plays which part when it is shown as small multiples and one large plane.
/// -1 = no such axis.
struct AxisPlan {
    int row = -1; ///< none below rank 2: one row
    int column = -1; ///< none at rank 0: one value
    int channel = -1; ///< counts the small multiples; none when it is a row or column itself
    int batch = -1;
    std::vector<int> others; ///< neither of these, outermost first

    bool operator==(const AxisPlan&) const = default;
};

/// The customary plan: height and width where the layout names them, else the last two axes that are neither
/// batch nor channel. `rowsAndColumns` overrules it with the user's choice.
AxisPlan planAxes(const engine::Tensor& tensor,
                  const std::optional<std::pair<int, int>>& rowsAndColumns = std::nullopt);

/// Height, width or depth, by the layout.
bool isSpatial(const engine::Tensor& tensor, int axis);

/// Whether the plane is part of a picture, whose cells are square: height and width where the layout names
/// axes, else any two of three or more.
bool isPicture(const engine::Tensor& tensor, const AxisPlan& plan);

/// "Batch", "Output channel"; "Axis 2" when the layout does not say.
QString axisTitle(const engine::Tensor& tensor, int axis);

/// Extent of an axis; 1 for -1.
std::int64_t extentOf(const engine::Tensor& tensor, int axis);

/// `index` has one entry per axis; those of rows and columns do not matter.
engine::PlaneSelector planeFor(const AxisPlan& plan, const std::vector<std::int64_t>& index);

/// Row-major position of an element among those of its image (of the whole tensor without a batch axis that
/// is the outermost one), and of the element itself.
struct FlatPlace {
    std::uint64_t imageStart = 0; ///< flat index of the image's first element
    std::uint64_t imageElements = 0;
    std::uint64_t offset = 0; ///< of the element within the image
};

FlatPlace flatPlace(const engine::Tensor& tensor, const AxisPlan& plan,
                    const std::vector<std::int64_t>& index);

} // namespace widgets
