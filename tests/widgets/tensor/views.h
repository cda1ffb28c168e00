#pragma once

#include <QApplication>
#include <QMouseEvent>
#include <QTest>
#include <QWheelEvent>
#include <QWidget>

/// Input as a user makes it; QTest's own mouse moves carry no buttons and it has no wheel.
namespace views {

inline void wheel(QWidget& widget, const QPointF& at, int notches,
                  Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    QWheelEvent event(at, widget.mapToGlobal(at), {}, { 0, 120 * notches }, Qt::NoButton, modifiers,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(&widget, &event);
}

inline void mouse(QWidget& widget, QEvent::Type type, const QPointF& at, Qt::MouseButton button,
                  Qt::MouseButtons buttons)
{
    QMouseEvent event(type, at, widget.mapToGlobal(at), button, buttons, Qt::NoModifier);
    QApplication::sendEvent(&widget, &event);
}

inline void drag(QWidget& widget, const QPointF& from, const QPointF& to)
{
    mouse(widget, QEvent::MouseButtonPress, from, Qt::LeftButton, Qt::LeftButton);
    for (int i = 1; i <= 8; ++i)
        mouse(widget, QEvent::MouseMove, from + (to - from) * (i / 8.0), Qt::NoButton, Qt::LeftButton);
    mouse(widget, QEvent::MouseButtonRelease, to, Qt::LeftButton, Qt::NoButton);
}

inline void click(QWidget& widget, const QPointF& at)
{
    mouse(widget, QEvent::MouseButtonPress, at, Qt::LeftButton, Qt::LeftButton);
    mouse(widget, QEvent::MouseButtonRelease, at, Qt::LeftButton, Qt::NoButton);
}

inline void hover(QWidget& widget, const QPointF& at)
{
    mouse(widget, QEvent::MouseMove, at, Qt::NoButton, Qt::NoButton);
}

} // namespace views
