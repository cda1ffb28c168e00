#include "widgets/packing/stream_place.h"

#include "analysis/activation/subject.h"
#include "widgets/tensor/axis_plan.h"
#include "widgets/theme/theme.h"

#include <QCoreApplication>

#include <algorithm>

namespace widgets {
namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("widgets::PackingView", text);
}

std::uint64_t wordsPerImage(const engine::Tensor& tensor)
{
    const auto streams = static_cast<std::uint64_t>(std::max<std::int64_t>(1, analysis::streamCount(tensor)));
    return tensor.shape.elements() / streams;
}

std::vector<std::int64_t> unravel(const engine::Tensor& tensor, std::uint64_t element)
{
    std::vector<std::int64_t> index(tensor.shape.rank());
    for (std::size_t axis = index.size(); axis-- > 0;) {
        const auto extent = static_cast<std::uint64_t>(tensor.shape[axis]);
        index[axis] = static_cast<std::int64_t>(element % extent);
        element /= extent;
    }
    return index;
}

std::int64_t part(const std::vector<std::int64_t>& index, int axis, std::int64_t otherwise)
{
    return axis < 0 ? otherwise : index[static_cast<std::size_t>(axis)];
}

std::vector<std::int64_t> indexAt(const engine::Tensor& tensor, const StreamPlace& place)
{
    return unravel(tensor, static_cast<std::uint64_t>(place.image) * wordsPerImage(tensor) + place.word);
}

/// "row 31, column 4".
QString cellText(const AxisPlan& plan, const std::vector<std::int64_t>& index)
{
    const QString row = plan.row < 0
        ? QString()
        : translated(QT_TRANSLATE_NOOP("widgets::PackingView", "row %1, ")).arg(part(index, plan.row, 0));
    return row
        + translated(QT_TRANSLATE_NOOP("widgets::PackingView", "column %1")).arg(part(index, plan.column, 0));
}

} // namespace

std::int64_t imageOf(const engine::Tensor& tensor, const Selection& selection)
{
    const std::int64_t streams = analysis::streamCount(tensor);
    if (streams <= 1)
        return 0;
    const AxisPlan plan = planAxes(tensor);
    const std::int64_t image = plan.batch == 0 ? selection.batch : plan.row == 0 ? selection.row : 0;
    return std::clamp<std::int64_t>(image, 0, streams - 1);
}

std::optional<StreamPlace> placeOf(const engine::Tensor& tensor, const Selection& selection)
{
    if (selection.row < 0 || selection.column < 0)
        return std::nullopt;
    const AxisPlan plan = planAxes(tensor);
    std::uint64_t element = 0;
    for (int axis = 0; axis < static_cast<int>(tensor.shape.rank()); ++axis) {
        const std::int64_t extent = extentOf(tensor, axis);
        const std::int64_t at = axis == plan.row ? selection.row
            : axis == plan.column                ? selection.column
            : axis == plan.channel               ? std::max<std::int64_t>(0, selection.channel)
            : axis == plan.batch                 ? selection.batch
                                                 : 0;
        if (at >= extent)
            return std::nullopt;
        element = element * static_cast<std::uint64_t>(extent) + static_cast<std::uint64_t>(at);
    }
    return placeOfElement(tensor, element);
}

StreamPlace placeOfElement(const engine::Tensor& tensor, std::uint64_t element)
{
    const std::uint64_t words = std::max<std::uint64_t>(1, wordsPerImage(tensor));
    return { static_cast<std::int64_t>(element / words), element % words };
}

std::optional<Selection> elementAt(const engine::Tensor& tensor, const Selection& base,
                                   const StreamPlace& place)
{
    const AxisPlan plan = planAxes(tensor);
    if (!plan.others.empty() || place.word >= wordsPerImage(tensor))
        return std::nullopt;
    const std::vector<std::int64_t> index = indexAt(tensor, place);
    Selection next = base;
    next.batch = part(index, plan.batch, base.batch);
    next.channel = part(index, plan.channel, base.channel);
    next.row = part(index, plan.row, 0);
    next.column = part(index, plan.column, 0);
    return next;
}

QString wordsPlaceText(const engine::Tensor& tensor, const StreamPlace& first, std::uint64_t count)
{
    const AxisPlan plan = planAxes(tensor);
    if (!plan.others.empty() || count == 0)
        return translated(QT_TRANSLATE_NOOP("widgets::PackingView", "Elements %1–%2"))
            .arg(formatCount(static_cast<qint64>(first.word)),
                 formatCount(static_cast<qint64>(first.word + count) - 1));
    const std::vector<std::int64_t> from = indexAt(tensor, first);
    const std::vector<std::int64_t> to = indexAt(tensor, { first.image, first.word + count - 1 });
    const auto cell = [&](const std::vector<std::int64_t>& index) { return cellText(plan, index); };
    QString text = plan.channel < 0
        ? QString()
        : axisTitle(tensor, plan.channel) + QStringLiteral(" %1, ").arg(part(from, plan.channel, 0));
    const bool sameChannel = part(from, plan.channel, 0) == part(to, plan.channel, 0);
    if (sameChannel && part(from, plan.row, 0) == part(to, plan.row, 0)) {
        const QString row = plan.row < 0
            ? QString()
            : translated(QT_TRANSLATE_NOOP("widgets::PackingView", "row %1, ")).arg(part(from, plan.row, 0));
        text += row
            + translated(QT_TRANSLATE_NOOP("widgets::PackingView", "columns %1–%2"))
                  .arg(part(from, plan.column, 0))
                  .arg(part(to, plan.column, 0));
    } else {
        text += cell(from) + QStringLiteral(" – ");
        if (!sameChannel)
            text += axisTitle(tensor, plan.channel).toLower()
                + QStringLiteral(" %1, ").arg(part(to, plan.channel, 0));
        text += cell(to);
    }
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

} // namespace widgets
