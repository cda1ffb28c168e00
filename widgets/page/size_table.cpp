#include "widgets/page/size_table.h"

#include "widgets/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace widgets {
namespace {

constexpr int rowHeight = 24;
constexpr int bitsRight = 60; ///< room of the last column [px]
constexpr int mostParts = 6; ///< rows kept, so that nothing below moves

} // namespace

SizeTable::SizeTable(QWidget* parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Size of this block"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&ThemeManager::instance(), &ThemeManager::changed, this, QOverload<>::of(&QWidget::update));
}

void SizeTable::setParts(const QList<SizePart>& parts)
{
    m_parts = parts;
    QStringList lines;
    for (const SizePart& part : parts)
        lines << QStringLiteral("%1 %2 %3").arg(part.name, part.bits, part.kind);
    setAccessibleDescription(lines.join(QStringLiteral("; ")));
    update();
}

QSize SizeTable::sizeHint() const
{
    return { 200, rowHeight * (mostParts + 1) };
}

void SizeTable::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    const auto row = [&](int index, const SizePart& part) {
        const QRect line(0, index * rowHeight, width(), rowHeight);
        const int right = width() - bitsRight - 8;
        painter.drawText(line.adjusted(4, 0, -width() + right - 44, 0), Qt::AlignVCenter | Qt::AlignLeft,
                         painter.fontMetrics().elidedText(part.name, Qt::ElideRight, right - 48));
        painter.drawText(QRect(right - 60, line.top(), 60, rowHeight), Qt::AlignVCenter | Qt::AlignRight,
                         part.bits);
        if (part.kind != QString())
            painter.setPen(theme.text2);
        painter.drawText(QRect(right, line.top(), width() - right - 4, rowHeight),
                         Qt::AlignVCenter | Qt::AlignRight, part.kind);
    };
    painter.fillRect(0, 0, width(), rowHeight, theme.alt);
    painter.setFont(uiFont(12, true));
    painter.setPen(theme.text2);
    row(0, { tr("Part"), tr("Bits"), tr("Kind") });
    for (int i = 0; i < m_parts.size(); ++i) {
        painter.fillRect(0, (i + 1) * rowHeight, width(), 1, theme.grid);
        painter.setFont(uiFont(12, m_parts[i].strong));
        painter.setPen(theme.text);
        row(i + 1, m_parts[i]);
    }
}

} // namespace widgets
