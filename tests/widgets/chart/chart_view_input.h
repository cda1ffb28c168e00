#pragma once

#include "widgets/chart/chart_view.h"
#include "widgets/chart/kind_view.h"

#include <QCoreApplication>
#include <QMouseEvent>
#include <QTest>
#include <QWheelEvent>

/// Pointer and wheel as a user moves them over a chart.
namespace input {

using widgets::ChartView;
using widgets::PlotFrame;

inline const PlotFrame& frameOf(const ChartView& view)
{
    return view.view().frame();
}

inline QPoint barAt(const ChartView& view, int category)
{
    return view.view().outline(category).center().toPoint();
}

inline void wheel(ChartView& view, const QPointF& at, QPoint turned,
                  Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    QWheelEvent event(at, view.mapToGlobal(at), {}, turned, Qt::NoButton, modifiers, Qt::NoScrollPhase,
                      false);
    QCoreApplication::sendEvent(&view, &event);
}

/// QTest::mouseMove carries no buttons.
inline void drag(ChartView& view, const QPointF& from, const QPointF& to)
{
    QTest::mousePress(&view, Qt::LeftButton, {}, from.toPoint());
    for (const double part : { 0.3, 0.6, 1.0 }) {
        const QPointF at = from + part * (to - from);
        QMouseEvent move(QEvent::MouseMove, at, view.mapToGlobal(at), Qt::NoButton, Qt::LeftButton,
                         Qt::NoModifier);
        QCoreApplication::sendEvent(&view, &move);
    }
    QTest::mouseRelease(&view, Qt::LeftButton, {}, to.toPoint());
}

inline void hover(ChartView& view, const QPoint& at)
{
    QMouseEvent move(QEvent::MouseMove, at, view.mapToGlobal(QPointF(at)), Qt::NoButton, Qt::NoButton,
                     Qt::NoModifier);
    QCoreApplication::sendEvent(&view, &move);
}

} // namespace input
