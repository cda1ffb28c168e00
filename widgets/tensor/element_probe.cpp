#include "widgets/tensor/element_probe.h"

#include "widgets/theme/theme.h"

#include <QCoreApplication>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>

namespace widgets {
namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("widgets::ElementProbe", text);
}

/// "c6", "o6", "b0"; "a2 = 5" where the layout does not say.
QString indexWord(const engine::Tensor& tensor, const AxisPlan& plan, int axis, std::int64_t index)
{
    if (axis == plan.batch)
        return QStringLiteral("b%1").arg(index);
    if (tensor.layout.size() == tensor.shape.rank())
        return QChar::fromLatin1(tensor.layout[static_cast<std::size_t>(axis)]).toLower()
            + QString::number(index);
    if (axis == plan.channel)
        return QStringLiteral("c%1").arg(index);
    return QStringLiteral("a%1 = %2").arg(axis).arg(index);
}

} // namespace

QString roleWord(engine::Role role)
{
    switch (role) {
    case engine::Role::Activation:
        return translated(QT_TRANSLATE_NOOP("widgets::ElementProbe", "act"));
    case engine::Role::Weight:
        return translated(QT_TRANSLATE_NOOP("widgets::ElementProbe", "weight"));
    case engine::Role::Image:
        return translated(QT_TRANSLATE_NOOP("widgets::ElementProbe", "image"));
    case engine::Role::Label:
        return translated(QT_TRANSLATE_NOOP("widgets::ElementProbe", "label"));
    case engine::Role::Other:
        break;
    }
    return translated(QT_TRANSLATE_NOOP("widgets::ElementProbe", "tensor"));
}

ElementProbe::ElementProbe(std::shared_ptr<const TensorFacts> facts, AxisPlan plan,
                           std::vector<std::int64_t> index, int blockWords)
    : m_facts(std::move(facts))
    , m_plan(std::move(plan))
    , m_index(std::move(index))
    , m_blockWords(static_cast<std::uint64_t>(std::max(1, blockWords)))
{
}

std::vector<std::int64_t> ElementProbe::indexOf(const MapCell& cell) const
{
    std::vector<std::int64_t> index = m_index;
    if (m_plan.row >= 0)
        index[static_cast<std::size_t>(m_plan.row)] = cell.row;
    if (m_plan.column >= 0)
        index[static_cast<std::size_t>(m_plan.column)] = cell.column;
    return index;
}

std::optional<ElementValue> ElementProbe::value(const MapCell& cell, std::optional<float> seen) const
{
    if (isEmpty())
        return std::nullopt;
    const engine::Tensor& tensor = m_facts->tensor;
    if (!tensor.source->mapped().empty())
        return elementValue(engine::readElement(tensor, indexOf(cell)), m_facts->quantiser,
                            tensor.quantisation);
    if (!seen)
        return std::nullopt;
    return elementValue(static_cast<double>(*seen), m_facts->quantiser, tensor.quantisation);
}

QString ElementProbe::path(const std::optional<MapCell>& cell) const
{
    if (isEmpty())
        return {};
    const engine::Tensor& tensor = m_facts->tensor;
    QStringList parts { QString::fromStdString(tensor.layer.empty() ? tensor.name : tensor.layer),
                        roleWord(tensor.role) };
    std::vector<int> fixed = m_plan.others;
    fixed.insert(fixed.begin(), { m_plan.batch, m_plan.channel });
    for (const int axis : fixed) {
        // An axis of one says nothing, but channels are always named.
        if (axis >= 0 && (axis == m_plan.channel || extentOf(tensor, axis) > 1))
            parts.append(indexWord(tensor, m_plan, axis, m_index[static_cast<std::size_t>(axis)]));
    }
    if (cell)
        parts.append(QStringLiteral("(r%1, c%2)").arg(cell->row).arg(cell->column));
    return parts.join(QStringLiteral(" \u203A "));
}

std::optional<Hover> ElementProbe::hover(const MapCell& cell, std::optional<float> seen) const
{
    const std::optional<ElementValue> element = value(cell, seen);
    if (!element)
        return std::nullopt;
    Hover hover;
    hover.path = path(cell);
    hover.value = element->real;
    hover.code = element->code;
    hover.codeBits = element->codeBits;
    const FlatPlace place = flatPlace(m_facts->tensor, m_plan, indexOf(cell));
    hover.element = static_cast<qint64>(place.imageStart + place.offset);
    if (const auto found = block(cell)) {
        hover.note =
            translated(QT_TRANSLATE_NOOP("widgets::ElementProbe", "block %1, word %2, nz %3/%4, e = %5"))
                .arg(found->number)
                .arg(found->word)
                .arg(found->nonzeros)
                .arg(found->words)
                .arg(found->width);
    }
    return hover;
}

QString ElementProbe::placeText(const MapCell& cell) const
{
    QString text = translated(QT_TRANSLATE_NOOP("widgets::ElementProbe", "row %1, column %2"))
                       .arg(formatCount(cell.row), formatCount(cell.column));
    if (const auto found = block(cell)) {
        text += translated(QT_TRANSLATE_NOOP("widgets::ElementProbe", "; word %1 of block %2"))
                    .arg(found->word)
                    .arg(formatCount(static_cast<qint64>(found->number)));
    }
    return text;
}

ValueTip::Content ElementProbe::tip(const MapCell& cell, std::optional<float> seen) const
{
    const std::optional<ElementValue> element = value(cell, seen);
    ValueTip::Content content { missingText(), {}, placeText(cell) };
    if (!element || std::isnan(element->stored))
        return content;
    content.value = readableNumber(element->real);
    const QString bits = formatBits(element->pattern(), element->patternBits());
    if (element->code)
        content.code = formatCount(*element->code) + QStringLiteral(" = ") + bits;
    else if (m_facts->tensor.type == engine::DType::F32)
        content.code = formatHex(element->pattern(), 32);
    return content;
}

bool ElementProbe::hasBlocks() const
{
    return !isEmpty() && m_facts->quantiser && m_facts->tensor.role != engine::Role::Weight
        && m_facts->tensor.shape.rank() > 0 && !m_facts->tensor.source->mapped().empty();
}

std::optional<ElementProbe::Block> ElementProbe::block(const MapCell& cell) const
{
    if (!hasBlocks())
        return std::nullopt;
    const engine::Tensor& tensor = m_facts->tensor;
    const FlatPlace place = flatPlace(tensor, m_plan, indexOf(cell));
    Block block { place.offset / m_blockWords, place.offset % m_blockWords, m_blockWords, 0, 1 };
    const std::uint64_t first = block.number * m_blockWords;
    block.words = std::min(m_blockWords, place.imageElements - first);
    const std::size_t bytes = engine::byteSize(tensor.type);
    const auto from = static_cast<std::size_t>(place.imageStart + first) * bytes;
    for (std::size_t i = 0; i < block.words; ++i) {
        const std::byte* element = tensor.source->mapped().data() + from + i * bytes;
        const std::int32_t word = (*m_facts->quantiser)(engine::toDouble(tensor.type, element));
        block.nonzeros += word != 0 ? 1 : 0;
        const auto magnitude = static_cast<std::uint32_t>(std::abs(word));
        // Signed words are zigzagged before they are coded: one bit more.
        const int width = static_cast<int>(std::bit_width(word < 0 ? 2 * magnitude - 1
                                                              : m_facts->quantiser->isSigned ? 2 * magnitude
                                                                                             : magnitude));
        block.width = std::max(block.width, width);
    }
    return block;
}

bool ElementProbe::rowsAreContiguous() const
{
    const int rank = static_cast<int>(m_facts->tensor.shape.rank());
    return m_plan.column == rank - 1 && (m_plan.row == rank - 2 || rank == 1);
}

std::vector<CellRange> ElementProbe::blockCells(const MapCell& cell) const
{
    if (!hasBlocks() || !rowsAreContiguous())
        return {};
    const FlatPlace place = flatPlace(m_facts->tensor, m_plan, indexOf(cell));
    const std::int64_t columns = extentOf(m_facts->tensor, m_plan.column);
    const std::int64_t rows = extentOf(m_facts->tensor, m_plan.row);
    const auto inPlane = static_cast<std::int64_t>(place.offset) - (cell.row * columns + cell.column);
    const auto start = static_cast<std::int64_t>(place.offset / m_blockWords * m_blockWords);
    const auto words = static_cast<std::int64_t>(m_blockWords);
    std::vector<CellRange> cells;
    const std::int64_t end = std::min(start + words - inPlane, rows * columns);
    for (std::int64_t at = std::max<std::int64_t>(0, start - inPlane); at < end;) {
        const std::int64_t column = at % columns;
        const std::int64_t count = std::min(columns - column, end - at);
        cells.push_back({ at / columns, column, 1, count });
        at += count;
    }
    return cells;
}

} // namespace widgets
