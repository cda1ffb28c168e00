#include "widgets/page/pane.h"

#include "widgets/parts/elided_label.h"
#include "widgets/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace widgets {

QVBoxLayout* makePane(QWidget& pane)
{
    pane.setAutoFillBackground(true);
    pane.setBackgroundRole(QPalette::Base);
    auto* column = new QVBoxLayout(&pane);
    column->setContentsMargins(12, 10, 12, 8);
    column->setSpacing(6);
    return column;
}

QHBoxLayout* captionRow(QLabel* caption, ElidedLabel* detail)
{
    caption->setFont(uiFont(12));
    detail->setFont(uiFont(12));
    detail->setForegroundRole(QPalette::PlaceholderText);
    detail->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(caption);
    row->addWidget(detail, 1);
    return row;
}

} // namespace widgets
