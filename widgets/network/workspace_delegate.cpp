#include "widgets/network/workspace_delegate.h"

#include "widgets/network/workspace_model.h"
#include "widgets/theme/theme.h"

#include <QIcon>
#include <QPainter>

namespace widgets {

namespace {

constexpr int rowHeight = 24;
constexpr int gap = 8;
constexpr QSize barSize { 40, 10 };
constexpr int factWidth = 40; ///< of "100 %"

/// Ground for a badge by what it says; plain for progress.
QColor badgeGround(const QString& text)
{
    const Theme& theme = Theme::current();
    if (text == WorkspaceModel::tr("failed") || text == WorkspaceModel::tr("missing"))
        return theme.errGround;
    if (text == WorkspaceModel::tr("stale") || text == WorkspaceModel::tr("changed"))
        return theme.warnGround;
    return theme.selin;
}

QColor badgeText(const QString& text)
{
    const Theme& theme = Theme::current();
    const QColor ground = badgeGround(text);
    return ground == theme.errGround ? theme.err : ground == theme.warnGround ? theme.warn : theme.text2;
}

/// Draws the bar at the right end of `rect`; returns what is left.
QRect paintBar(QPainter& painter, QRect rect, double fraction)
{
    const Theme& theme = Theme::current();
    QRect bar({}, barSize);
    bar.moveCenter(rect.center());
    bar.moveRight(rect.right());
    painter.fillRect(bar, theme.selin);
    const int filled = static_cast<int>(fraction * barSize.width() + 0.5);
    painter.fillRect(QRect(bar.topLeft(), QSize(filled, barSize.height())), theme.categories[0]);
    rect.setRight(bar.left() - gap);
    return rect;
}

/// Draws the fact at the right end of `rect`; returns what is left.
QRect paintFact(QPainter& painter, QRect rect, const QString& fact, bool badge)
{
    const Theme& theme = Theme::current();
    painter.setFont(uiFont(badge ? 11 : 12));
    const int width = painter.fontMetrics().horizontalAdvance(fact) + (badge ? 12 : 0);
    const QRect area(rect.right() - width + 1, rect.top(), width, rect.height());
    if (badge) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(badgeGround(fact));
        painter.drawRoundedRect(area.adjusted(0, 3, 0, -3), 2, 2);
    }
    const bool done = fact == QStringLiteral("✓");
    painter.setPen(badge ? badgeText(fact) : done ? theme.ok : theme.text2);
    painter.drawText(area, Qt::AlignCenter, fact);
    rect.setRight(area.left() - gap);
    return rect;
}

} // namespace

void WorkspaceDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const
{
    const Theme& theme = Theme::current();
    const bool selected = (option.state & QStyle::State_Selected) != 0;
    const bool hovered = (option.state & QStyle::State_MouseOver) != 0;
    const bool active = option.widget == nullptr || option.widget->isActiveWindow();
    painter->save();
    if (selected)
        painter->fillRect(option.rect, active ? theme.sel : theme.selin);
    else if (hovered)
        painter->fillRect(option.rect, theme.hover);

    QRect rect = option.rect.adjusted(2, 0, -gap, 0);
    const QString iconName = index.data(WorkspaceModel::IconRole).toString();
    if (!iconName.isEmpty()) {
        icon(iconName).paint(painter, QRect(rect.left(), rect.center().y() - 7, 16, 16));
        rect.setLeft(rect.left() + 22);
    }
    // The name comes first: in a narrow tree the bar gives way, the number stays.
    const int nameWidth = QFontMetrics(uiFont(13)).horizontalAdvance(index.data().toString());
    const QVariant bar = index.data(WorkspaceModel::BarRole);
    if (bar.isValid() && rect.width() >= nameWidth + barSize.width() + factWidth + 2 * gap)
        rect = paintBar(*painter, rect, bar.toDouble());
    if (const QString fact = index.data(WorkspaceModel::FactRole).toString(); !fact.isEmpty())
        rect = paintFact(*painter, rect, fact, index.data(WorkspaceModel::BadgeRole).toBool());

    const bool heading = index.data(WorkspaceModel::KindRole).toInt() == WorkspaceModel::Heading;
    painter->setFont(uiFont(13, heading));
    painter->setPen(theme.text);
    const QString name =
        painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideMiddle, rect.width());
    painter->drawText(rect, Qt::AlignVCenter | Qt::AlignLeft, name);
    painter->restore();
}

QSize WorkspaceDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return { 120, rowHeight };
}

} // namespace widgets
