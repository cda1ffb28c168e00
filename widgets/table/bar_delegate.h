#pragma once

#include <QStyledItemDelegate>

namespace widgets {

/// Draws every cell of a table: text, inline bar (payload plain, overhead hatched), the badge of a partial
/// row, the line below, the row under the pointer. The bar never covers the number.
class BarDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    static constexpr int barWidth = 56; ///< where there is room [px]
    static constexpr int barHeight = 10; ///< [px]
    static constexpr int margin = 8; ///< at both ends of a cell, and between number and bar [px]

    using QStyledItemDelegate::QStyledItemDelegate;

    void setBarWidth(int width) { m_barWidth = width; } ///< [px]
    void setHoveredRow(int row) { m_hovered = row; } ///< -1 for none

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    /// The whole text of a cell that shows a part of it.
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;

private:
    int textRoom(const QStyleOptionViewItem& option, const QModelIndex& index) const;

    int m_barWidth = barWidth;
    int m_hovered = -1;
};

} // namespace widgets
