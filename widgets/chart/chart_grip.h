#pragma once

#include <QPointF>
#include <QWidget>

namespace widgets {

class ChartView;

/// A handle on a chart that the user drags with the pointer, or moves with the arrow keys: the chosen point
/// of a front, the end of an interval. It stays at its place on the axes when the chart zooms.
class ChartGrip : public QWidget {
    Q_OBJECT

public:
    /// `name` is for screen readers and the tool tip: "Chosen budget".
    ChartGrip(ChartView& chart, const QString& name);

    /// In axis coordinates. Shows the grip.
    void setPlace(const QPointF& place);
    const QPointF& place() const { return m_place; }

signals:
    /// The user wants it there; setPlace() moves it, as far as the owner likes.
    void dragged(const QPointF& place);
    void stepped(int right, int up); ///< arrow keys, in steps

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void follow();

    ChartView& m_chart;
    QPointF m_place;
    QPointF m_grabbed; ///< where in the grip the pointer took hold
    bool m_shown = false; ///< has a place
};

} // namespace widgets
