#include "widgets/tensor/axis_plan.h"

#include "engine/tensor/statistics.h"

#include <QCoreApplication>

#include <algorithm>
#include <string_view>

namespace widgets {
namespace {

bool namesAxes(const engine::Tensor& tensor)
{
    return !tensor.layout.empty() && tensor.layout.size() == tensor.shape.rank();
}

int axisNamed(const engine::Tensor& tensor, char letter)
{
    const std::size_t at = namesAxes(tensor) ? tensor.layout.find(letter) : std::string::npos;
    return at == std::string::npos ? -1 : static_cast<int>(at);
}

int batchAxis(const engine::Tensor& tensor, int channel)
{
    if (namesAxes(tensor))
        return axisNamed(tensor, 'N');
    const bool batched = tensor.role == engine::Role::Activation || tensor.role == engine::Role::Image;
    return batched && tensor.shape.rank() >= 2 && channel != 0 ? 0 : -1;
}

std::pair<int, int> customaryAxes(const engine::Tensor& tensor, int channel, int batch)
{
    const int rank = static_cast<int>(tensor.shape.rank());
    if (rank < 2)
        return { -1, rank - 1 };
    const int height = axisNamed(tensor, 'H');
    const int width = axisNamed(tensor, 'W');
    if (height >= 0 && width >= 0)
        return { height, width };
    std::vector<int> free;
    for (int axis = 0; axis < rank; ++axis) {
        if (axis != channel && axis != batch)
            free.push_back(axis);
    }
    if (free.size() >= 2)
        return { free[free.size() - 2], free.back() };
    // One plane holds it all: channels against the axis left over, or images against features.
    const int other = free.size() == 1 ? free[0] : batch;
    return { std::min(channel, other), std::max(channel, other) };
}

QString titleOf(char letter)
{
    struct Row {
        char letter;
        const char* title;
    };
    static constexpr Row rows[] = {
        { 'N', QT_TRANSLATE_NOOP("widgets::AxisPlan", "Batch") },
        { 'C', QT_TRANSLATE_NOOP("widgets::AxisPlan", "Channel") },
        { 'O', QT_TRANSLATE_NOOP("widgets::AxisPlan", "Output channel") },
        { 'I', QT_TRANSLATE_NOOP("widgets::AxisPlan", "Input channel") },
        { 'H', QT_TRANSLATE_NOOP("widgets::AxisPlan", "Height") },
        { 'W', QT_TRANSLATE_NOOP("widgets::AxisPlan", "Width") },
        { 'D', QT_TRANSLATE_NOOP("widgets::AxisPlan", "Depth") },
        { 'F', QT_TRANSLATE_NOOP("widgets::AxisPlan", "Feature") },
        { 'T', QT_TRANSLATE_NOOP("widgets::AxisPlan", "Time") },
        { 'L', QT_TRANSLATE_NOOP("widgets::AxisPlan", "Position") },
    };
    for (const Row& row : rows) {
        if (row.letter == letter)
            return QCoreApplication::translate("widgets::AxisPlan", row.title);
    }
    return {};
}

} // namespace

AxisPlan planAxes(const engine::Tensor& tensor, const std::optional<std::pair<int, int>>& rowsAndColumns)
{
    const int channel = engine::channelAxis(tensor);
    const int batch = batchAxis(tensor, channel);
    const auto [row, column] = rowsAndColumns.value_or(customaryAxes(tensor, channel, batch));
    AxisPlan plan;
    plan.row = row;
    plan.column = column;
    const auto isFree = [&plan](int axis) { return axis >= 0 && axis != plan.row && axis != plan.column; };
    plan.channel = isFree(channel) ? channel : -1;
    plan.batch = isFree(batch) ? batch : -1;
    for (int axis = 0; axis < static_cast<int>(tensor.shape.rank()); ++axis) {
        if (isFree(axis) && axis != plan.channel && axis != plan.batch)
            plan.others.push_back(axis);
    }
    return plan;
}

bool isSpatial(const engine::Tensor& tensor, int axis)
{
    constexpr std::string_view spatial = "HWD";
    return axis >= 0 && namesAxes(tensor)
        && spatial.find(tensor.layout[static_cast<std::size_t>(axis)]) != std::string_view::npos;
}

bool isPicture(const engine::Tensor& tensor, const AxisPlan& plan)
{
    if (plan.row < 0 || plan.column < 0)
        return false;
    if (!namesAxes(tensor))
        return tensor.shape.rank() >= 3;
    return isSpatial(tensor, plan.row) && isSpatial(tensor, plan.column);
}

QString axisTitle(const engine::Tensor& tensor, int axis)
{
    if (namesAxes(tensor)) {
        const QString known = titleOf(tensor.layout[static_cast<std::size_t>(axis)]);
        if (!known.isEmpty())
            return known;
    }
    return QCoreApplication::translate("widgets::AxisPlan", "Axis %1").arg(axis);
}

std::int64_t extentOf(const engine::Tensor& tensor, int axis)
{
    return axis < 0 ? 1 : tensor.shape[static_cast<std::size_t>(axis)];
}

engine::PlaneSelector planeFor(const AxisPlan& plan, const std::vector<std::int64_t>& index)
{
    engine::PlaneSelector selector;
    selector.columnAxis = static_cast<std::size_t>(std::max(plan.column, 0));
    selector.rowAxis = plan.row < 0 ? selector.columnAxis : static_cast<std::size_t>(plan.row);
    selector.fixed = index;
    return selector;
}

FlatPlace flatPlace(const engine::Tensor& tensor, const AxisPlan& plan,
                    const std::vector<std::int64_t>& index)
{
    std::uint64_t flat = 0;
    for (std::size_t axis = 0; axis < tensor.shape.rank(); ++axis)
        flat =
            flat * static_cast<std::uint64_t>(tensor.shape[axis]) + static_cast<std::uint64_t>(index[axis]);
    FlatPlace place;
    place.imageElements = tensor.shape.elements();
    const bool batched = plan.batch == 0 || (plan.row == 0 && tensor.role == engine::Role::Activation);
    if (batched && tensor.shape.rank() > 0)
        place.imageElements = tensor.shape.elementsPerItem();
    place.imageStart = place.imageElements == 0 ? 0 : flat / place.imageElements * place.imageElements;
    place.offset = flat - place.imageStart;
    return place;
}

} // namespace widgets
