#include "widgets/theme/style_paint.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QListView>
#include <QPainter>
#include <QStyleOption>
#include <QTreeView>

namespace widgets::paint {

namespace {

QFont weighted(QFont font, bool semibold)
{
    font.setWeight(semibold ? QFont::DemiBold : QFont::Normal);
    return font;
}

} // namespace

bool isComboList(const QWidget* widget)
{
    return widget != nullptr && widget->inherits("QComboBoxListView");
}

void headerSection(QPainter& painter, const QStyleOption& option)
{
    const Theme& theme = Theme::current();
    const bool hot = has(option, QStyle::State_Enabled) && has(option, QStyle::State_MouseOver);
    painter.fillRect(option.rect, hot ? theme.hover : theme.alt);
    const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(&option);
    if (header != nullptr && header->orientation == Qt::Vertical)
        painter.fillRect(QRect(option.rect.right(), option.rect.top(), 1, option.rect.height()),
                         theme.border);
    else
        painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                         theme.border);
}

void headerLabel(QPainter& painter, const QStyleOptionHeader& option)
{
    const Theme& theme = Theme::current();
    constexpr int arrowSpace = 16;
    const bool sorted = option.sortIndicator != QStyleOptionHeader::None;
    const bool right = option.textAlignment.testFlag(Qt::AlignRight);
    QRect place = option.rect.adjusted(8, 0, -8, -1);
    const int room = place.width() - (sorted ? arrowSpace : 0);
    QStringList lines = option.text.split(QLatin1Char('\n'));
    int width = 0;
    for (QString& line : lines) {
        line = option.fontMetrics.elidedText(line, Qt::ElideRight, room);
        width = std::max(width, option.fontMetrics.horizontalAdvance(line));
    }
    painter.setPen(has(option, QStyle::State_Enabled) ? theme.text2 : theme.dis);
    painter.drawText(place, int(Qt::AlignVCenter | (right ? Qt::AlignRight : Qt::AlignLeft)),
                     lines.join(QLatin1Char('\n')));
    if (!sorted)
        return;
    const int left = right ? place.right() - width - arrowSpace + 1 : place.left() + width + 2;
    // Qt names the indicator after the way the arrow points on Windows: SortDown means ascending.
    const bool ascending = option.sortIndicator == QStyleOptionHeader::SortDown;
    arrow(painter, QRect(left, place.top(), arrowSpace - 2, place.height()),
          ascending ? Qt::UpArrow : Qt::DownArrow, theme.text2, 7);
}

void tab(QPainter& painter, const QStyleOptionTab& option)
{
    const Theme& theme = Theme::current();
    const QRect& rect = option.rect;
    const bool selected = has(option, QStyle::State_Selected);
    const bool hot = has(option, QStyle::State_Enabled) && has(option, QStyle::State_MouseOver);
    painter.fillRect(rect, selected ? theme.panel : hot ? theme.hover : theme.win);
    if (!selected) {
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.border);
        return;
    }
    painter.fillRect(QRect(rect.left(), rect.top(), 1, rect.height()), theme.border);
    painter.fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), theme.border);
    painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 2), theme.accent);
}

void tabLabel(QPainter& painter, const QStyleOptionTab& option, const QStyle& style, const QWidget* widget)
{
    const Theme& theme = Theme::current();
    const bool selected = has(option, QStyle::State_Selected);
    const bool enabled = has(option, QStyle::State_Enabled);
    const QRect place = style.subElementRect(QStyle::SE_TabBarTabText, &option, widget);
    painter.save();
    painter.setFont(weighted(painter.font(), selected));
    painter.setPen(!enabled ? theme.dis : selected ? theme.text : theme.text2);
    painter.drawText(place, Qt::AlignCenter | Qt::TextShowMnemonic, option.text);
    if (has(option, QStyle::State_HasFocus) && has(option, QStyle::State_KeyboardFocusChange)) {
        const QRect ring = option.rect.adjusted(4, 5, -4, -4);
        box(painter, ring, {}, theme.accent, 2);
    }
    painter.restore();
}

void row(QPainter& painter, const QStyleOptionViewItem& option, const QWidget* widget)
{
    const Theme& theme = Theme::current();
    const bool enabled = has(option, QStyle::State_Enabled);
    if (has(option, QStyle::State_Selected)) {
        const bool active = enabled && has(option, QStyle::State_Active);
        painter.fillRect(option.rect, active ? theme.sel : theme.selin);
        const bool marked = !isComboList(widget)
            && (qobject_cast<const QTreeView*>(widget) != nullptr
                || qobject_cast<const QListView*>(widget) != nullptr);
        if (marked && enabled && option.rect.left() <= 0)
            painter.fillRect(QRect(0, option.rect.top(), 3, option.rect.height()), theme.accent);
    } else if (enabled && has(option, QStyle::State_MouseOver)) {
        painter.fillRect(option.rect, theme.hover);
    } else if (option.backgroundBrush.style() != Qt::NoBrush) {
        painter.fillRect(option.rect, option.backgroundBrush);
    }
}

void branch(QPainter& painter, const QStyleOption& option)
{
    if (!has(option, QStyle::State_Children))
        return;
    const bool open = has(option, QStyle::State_Open);
    arrow(painter, option.rect, open ? Qt::DownArrow : Qt::RightArrow, Theme::current().text2, 9);
}

} // namespace widgets::paint
