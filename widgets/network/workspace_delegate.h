#pragma once

#include <QStyledItemDelegate>

namespace widgets {

/// Draws a row of the workspace tree: icon, elided name, and on the right the one fact with its bar or badge.
class WorkspaceDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace widgets
