#include "widgets/parts/value_tip.h"

#include "widgets/theme/theme.h"

#include <QFontMetrics>
#include <QPainter>

#include <array>

namespace widgets {

namespace {

constexpr int offset = 12;
constexpr int padding = 8;

QSize textSize(const QFont& font, const QString& text)
{
    return QFontMetrics(font).size(0, text);
}

} // namespace

ValueTip::ValueTip(QWidget* view)
    : QWidget(view)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
}

void ValueTip::showAt(const QPoint& pointer, const QRect& avoid, const Content& content)
{
    if (content != m_content) {
        m_content = content;
        update();
    }
    setGeometry(placeFor(pointer, avoid));
    show();
    raise();
}

QRect ValueTip::placeFor(const QPoint& pointer, const QRect& avoid) const
{
    const QSize size = sizeHint();
    const QRect area = parentWidget()->rect();
    const QRect cell =
        avoid.isValid() ? avoid.united(QRect(pointer, QSize(1, 1))) : QRect(pointer, QSize(1, 1));
    const int right = pointer.x() + offset;
    const int left = pointer.x() - offset - size.width();
    const int below = std::max(pointer.y() + offset, cell.bottom() + 3);
    const int above = std::min(pointer.y() - offset, cell.top() - 2) - size.height();
    const int x = right + size.width() <= area.right() ? right : left;
    for (const int y : { below, above }) {
        const QRect place(QPoint(std::clamp(x, 0, std::max(0, area.width() - size.width())), y), size);
        if (area.contains(place))
            return place;
    }
    // No room above or below the cell: beside it.
    const int beside = cell.right() + offset + size.width() <= area.right()
        ? cell.right() + offset
        : cell.left() - offset - size.width();
    return { QPoint(std::max(0, beside), std::clamp(below, 0, std::max(0, area.height() - size.height()))),
             size };
}

QSize ValueTip::sizeHint() const
{
    const QSize value = textSize(uiFont(12, true), m_content.value);
    const QSize code = m_content.code.isEmpty() ? QSize() : textSize(monoFont(11), m_content.code);
    const QSize place = m_content.place.isEmpty() ? QSize(0, 0) : textSize(uiFont(12), m_content.place);
    const int first = value.width() + (m_content.code.isEmpty() ? 0 : 8 + code.width());
    return { std::max(first, place.width()) + 2 * padding, value.height() + place.height() + padding };
}

void ValueTip::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.text);
    painter.drawRoundedRect(rect(), 2, 2);
    painter.setPen(theme.panel);
    const QFont valueFont = uiFont(12, true);
    const QSize value = textSize(valueFont, m_content.value);
    const QRect line(padding, padding / 2, width() - 2 * padding, value.height());
    painter.setFont(valueFont);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, m_content.value);
    painter.setFont(monoFont(11));
    painter.drawText(line.adjusted(value.width() + 8, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                     m_content.code);
    painter.setFont(uiFont(12));
    painter.drawText(QRect(line.left(), line.bottom() + 1, line.width(), height() - line.bottom()),
                     Qt::AlignLeft | Qt::AlignTop, m_content.place);
}

} // namespace widgets
