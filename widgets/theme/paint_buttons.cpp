#include "widgets/theme/style_paint.h"
#include "widgets/theme/theme.h"

#include <QAbstractButton>
#include <QIcon>
#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>
#include <QToolButton>

namespace widgets::paint {

namespace {

struct Faces {
    QColor face, outline;
};

QColor mixed(const QColor& from, const QColor& to, double part)
{
    return QColor::fromRgbF(float(from.redF() + (to.redF() - from.redF()) * part),
                            float(from.greenF() + (to.greenF() - from.greenF()) * part),
                            float(from.blueF() + (to.blueF() - from.blueF()) * part));
}

Faces primaryFaces(const QStyleOption& option)
{
    const Theme& theme = Theme::current();
    if (!has(option, QStyle::State_Enabled))
        return { theme.btn, theme.border };
    if (has(option, QStyle::State_Sunken))
        return { mixed(theme.accent, Qt::black, 0.15), {} };
    if (has(option, QStyle::State_MouseOver))
        return { mixed(theme.accent, theme.panel, 0.12), {} };
    return { theme.accent, {} };
}

Faces plainFaces(const QStyleOption& option)
{
    const Theme& theme = Theme::current();
    const bool on = has(option, QStyle::State_On);
    if (!has(option, QStyle::State_Enabled))
        return { on ? theme.selin : theme.btn, theme.border };
    if (on)
        return { theme.sel, theme.accent };
    if (has(option, QStyle::State_Sunken))
        return { theme.selin, theme.ctl };
    return { has(option, QStyle::State_MouseOver) ? theme.hover : theme.btn, theme.ctl };
}

Faces flatFaces(const QStyleOption& option)
{
    const Theme& theme = Theme::current();
    const bool enabled = has(option, QStyle::State_Enabled);
    if (has(option, QStyle::State_On))
        return { enabled ? theme.sel : theme.selin, enabled ? theme.accent : theme.border };
    if (enabled && has(option, QStyle::State_Sunken))
        return { theme.selin, {} };
    if (enabled && has(option, QStyle::State_MouseOver))
        return { theme.hover, {} };
    return {};
}

/// One of several joined buttons: rounded at the outer ends only, neighbours share a line.
void segment(QPainter& painter, const QStyleOption& option, const QString& place)
{
    const Faces faces = plainFaces(option);
    const bool first = place == QLatin1String("first") || place == QLatin1String("only");
    const bool last = place == QLatin1String("last") || place == QLatin1String("only");
    const QRectF visible = option.rect;
    painter.save();
    painter.setClipRect(visible, Qt::IntersectClip);
    box(painter, visible.adjusted(first ? 0 : -6, 0, last ? 0 : 6, 0), faces.face, faces.outline);
    painter.setRenderHint(QPainter::Antialiasing, false);
    if (!first && has(option, QStyle::State_On))
        painter.fillRect(QRectF(visible.left(), visible.top(), 1, visible.height()), faces.outline);
    if (!last)
        painter.fillRect(QRectF(visible.right() - 1, visible.top(), 1, visible.height()), faces.outline);
    painter.restore();
}

constexpr int markSide = 15; ///< of check and radio marks [px]

QRect centred(const QRect& rect, int side)
{
    return { rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2, side, side };
}

struct Caption {
    const QIcon& icon;
    int side; ///< [px]
    const QString& text;
};

/// Icon and text as one block in the middle of `place`, with the painter's pen.
void caption(QPainter& painter, const QRect& place, const QStyleOption& option, const Caption& content)
{
    const int side = content.icon.isNull() ? 0 : content.side;
    const int gap = side > 0 && !content.text.isEmpty() ? 6 : 0;
    const int width = painter.fontMetrics().size(Qt::TextShowMnemonic, content.text).width();
    int left = place.left() + std::max(0, (place.width() - side - gap - width) / 2);
    if (side > 0) {
        const QRect square(left, place.top() + (place.height() - side) / 2, side, side);
        content.icon.paint(&painter, square, Qt::AlignCenter,
                           has(option, QStyle::State_Enabled) ? QIcon::Normal : QIcon::Disabled,
                           has(option, QStyle::State_On) ? QIcon::On : QIcon::Off);
        left += side + gap;
    }
    painter.drawText(QRect(left, place.top(), place.right() - left + 1, place.height()),
                     Qt::AlignVCenter | Qt::AlignLeft | Qt::TextShowMnemonic, content.text);
}

} // namespace

void box(QPainter& painter, const QRectF& rect, const QColor& face, const QColor& outline, double radius)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(face.isValid() ? QBrush(face) : QBrush(Qt::NoBrush));
    if (outline.isValid()) {
        painter.setPen(QPen(outline, 1));
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius - 0.5, radius - 0.5);
    } else if (face.isValid()) {
        painter.setPen(Qt::NoPen);
        painter.drawRoundedRect(rect, radius, radius);
    }
    painter.restore();
}

void arrow(QPainter& painter, const QRect& rect, Qt::ArrowType type, const QColor& colour, int width)
{
    const double half = width / 2.0;
    const double rise = half / 2 + 0.25;
    QPolygonF shape { { -half, -rise }, { half, -rise }, { 0, rise } };
    const int turns = type == Qt::LeftArrow ? 90
        : type == Qt::UpArrow               ? 180
        : type == Qt::RightArrow            ? 270
                                            : 0;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(QRectF(rect).center());
    painter.rotate(turns);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawPolygon(shape);
    painter.restore();
}

bool has(const QStyleOption& option, QStyle::StateFlag flag)
{
    return option.state.testFlag(flag);
}

bool isTrue(const QWidget* widget, const char* property)
{
    return widget != nullptr && widget->property(property).toBool();
}

void pushButton(QPainter& painter, const QStyleOption& option, const QWidget* widget)
{
    const auto* button = qstyleoption_cast<const QStyleOptionButton*>(&option);
    const bool flat = button != nullptr && button->features.testFlag(QStyleOptionButton::Flat);
    const Faces faces = flat        ? flatFaces(option)
        : isTrue(widget, "primary") ? primaryFaces(option)
                                    : plainFaces(option);
    box(painter, option.rect, faces.face, faces.outline);
}

void pushButtonLabel(QPainter& painter, const QStyleOptionButton& option, const QWidget* widget)
{
    const Theme& theme = Theme::current();
    const bool enabled = has(option, QStyle::State_Enabled);
    QRect inner = option.rect.adjusted(4, 0, -4, 0);
    if (option.features.testFlag(QStyleOptionButton::HasMenu)) {
        arrow(painter, QRect(inner.right() - 13, inner.top(), 12, inner.height()), Qt::DownArrow,
              enabled ? theme.text2 : theme.dis);
        inner.adjust(0, 0, -14, 0);
    }
    const bool primary = enabled && isTrue(widget, "primary");
    painter.setPen(!enabled ? theme.dis : primary ? theme.onAccent : theme.text);
    caption(painter, inner, option, { option.icon, option.iconSize.width(), option.text });
}

void toolButtonLabel(QPainter& painter, const QStyleOptionToolButton& option, const QWidget* widget)
{
    const bool enabled = has(option, QStyle::State_Enabled);
    const QPalette& colours = widget != nullptr ? widget->palette() : option.palette;
    painter.setPen(enabled ? colours.color(QPalette::Active, QPalette::ButtonText) : Theme::current().dis);
    painter.setFont(option.font);
    caption(painter, option.rect.adjusted(2, 0, -2, 0), option,
            { option.icon, option.iconSize.width(), option.text });
}

void toolButton(QPainter& painter, const QStyleOption& option, const QWidget* widget)
{
    const QString place = widget != nullptr ? widget->property("segment").toString() : QString();
    if (!place.isEmpty()) {
        segment(painter, option, place);
        return;
    }
    const Faces faces = has(option, QStyle::State_AutoRaise) ? flatFaces(option)
        : isTrue(widget, "primary")                          ? primaryFaces(option)
                                                             : plainFaces(option);
    box(painter, option.rect, faces.face, faces.outline);
}

void checkMark(QPainter& painter, const QStyleOption& option)
{
    const Theme& theme = Theme::current();
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool marked = has(option, QStyle::State_On) || has(option, QStyle::State_NoChange);
    const QColor accent = enabled ? theme.accent : theme.border;
    const QRectF square = centred(option.rect, markSide);
    const QColor plain = has(option, QStyle::State_MouseOver) && enabled ? theme.hover : theme.panel;
    box(painter, square, marked ? accent : plain, marked ? accent : enabled ? theme.ctl : theme.border, 2);
    if (!marked)
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(square.topLeft());
    painter.setPen(QPen(enabled ? theme.onAccent : theme.dis, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    if (has(option, QStyle::State_NoChange))
        painter.drawLine(QPointF(4, 7.5), QPointF(11, 7.5));
    else
        painter.drawPolyline(QPolygonF { { 3.6, 7.7 }, { 6.4, 10.5 }, { 11.6, 4.6 } });
    painter.restore();
}

void radioMark(QPainter& painter, const QStyleOption& option)
{
    const Theme& theme = Theme::current();
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool on = has(option, QStyle::State_On);
    const QRectF circle = centred(option.rect, markSide);
    const QColor accent = enabled ? theme.accent : theme.dis;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(on ? accent : enabled ? theme.ctl : theme.border, 1));
    painter.setBrush(has(option, QStyle::State_MouseOver) && enabled ? theme.hover : theme.panel);
    painter.drawEllipse(circle.adjusted(0.5, 0.5, -0.5, -0.5));
    if (on) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(accent);
        painter.drawEllipse(circle.adjusted(4, 4, -4, -4));
    }
    painter.restore();
}

} // namespace widgets::paint
