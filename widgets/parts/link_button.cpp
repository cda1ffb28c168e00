#include "widgets/parts/link_button.h"

#include <QPainter>

namespace widgets {

LinkButton::LinkButton(const QString& text, QWidget* parent)
    : QAbstractButton(parent)
{
    setText(text);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

QSize LinkButton::sizeHint() const
{
    return { fontMetrics().horizontalAdvance(text()) + 2, std::max(24, fontMetrics().height() + 4) };
}

QSize LinkButton::minimumSizeHint() const
{
    return { std::min(24, sizeHint().width()), sizeHint().height() };
}

void LinkButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QString shown = fontMetrics().elidedText(text(), Qt::ElideMiddle, width());
    painter.setPen(palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled, foregroundRole()));
    painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter, shown);
    if (!isEnabled())
        return;
    const int baseline = (height() + fontMetrics().ascent() - fontMetrics().descent()) / 2;
    painter.drawLine(0, baseline + 2, std::min(width(), fontMetrics().horizontalAdvance(shown)) - 1,
                     baseline + 2);
}

} // namespace widgets
