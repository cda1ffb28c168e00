#include "widgets/parts/badge.h"

#include "widgets/theme/theme.h"

#include <QFontMetrics>
#include <QPainter>

namespace widgets {

namespace {

constexpr int badgeHeight = 16;
constexpr int tagSide = 17;

struct BadgeColours {
    QColor ground, text;
};

BadgeColours coloursOf(BadgeKind kind)
{
    const Theme& theme = Theme::current();
    switch (kind) {
    case BadgeKind::Neutral:
        return { theme.selin, theme.text2 };
    case BadgeKind::Warn:
        return { theme.warnGround, theme.warn };
    case BadgeKind::Err:
        return { theme.errGround, theme.err };
    case BadgeKind::Ok:
        return { theme.okGround, theme.ok };
    }
    return {};
}

void drawTag(QPainter& painter, const QRect& rect, const BadgeColours& colours, const QString& text)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.ground);
    painter.drawRoundedRect(rect, 2, 2);
    painter.setPen(colours.text);
    painter.drawText(rect, Qt::AlignCenter, text);
    painter.restore();
}

} // namespace

QSize badgeSize(const QString& text)
{
    const QFontMetrics metrics(uiFont(11));
    return { metrics.horizontalAdvance(text) + 12, std::max(badgeHeight, metrics.height() + 1) };
}

void drawBadge(QPainter& painter, const QPoint& topLeft, const QString& text, BadgeKind kind)
{
    painter.save();
    painter.setFont(uiFont(11));
    drawTag(painter, QRect(topLeft, badgeSize(text)), coloursOf(kind), text);
    painter.restore();
}

void drawSlotTag(QPainter& painter, const QPoint& topLeft, Slot slot)
{
    const Theme& theme = Theme::current();
    painter.save();
    painter.setFont(uiFont(11, true));
    drawTag(painter, QRect(topLeft, QSize(tagSide, tagSide)),
            { slot == Slot::A ? theme.a : theme.b, theme.onTag },
            slot == Slot::A ? QStringLiteral("A") : QStringLiteral("B"));
    painter.restore();
}

Badge::Badge(const QString& text, BadgeKind kind, QWidget* parent)
    : QWidget(parent)
    , m_text(text)
    , m_kind(kind)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(text);
}

void Badge::setBadge(const QString& text, BadgeKind kind)
{
    m_text = text;
    m_kind = kind;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void Badge::clear()
{
    setBadge({}, BadgeKind::Neutral);
}

void Badge::reserve(const QString& text)
{
    m_reserved = badgeSize(text);
    updateGeometry();
}

QSize Badge::sizeHint() const
{
    return (m_text.isEmpty() ? QSize(0, badgeHeight) : badgeSize(m_text)).expandedTo(m_reserved);
}

void Badge::paintEvent(QPaintEvent*)
{
    if (m_text.isEmpty())
        return;
    QPainter painter(this);
    drawBadge(painter, QPoint(0, (height() - badgeSize(m_text).height()) / 2), m_text, m_kind);
}

} // namespace widgets
