#pragma once

#include "analysis/chart.h"
#include "widgets/chart/figure_style.h"
#include "widgets/chart/ticks.h"

#include <QPointF>
#include <QWidget>

#include <memory>
#include <optional>

class QCustomPlot;

namespace widgets {

class KindView;
class ValueTip;
struct Hit;

/// One chart on the screen: follows the theme; hover reads values; wheel zooms (Ctrl x, Shift y), drag pans,
/// Home resets, T toggles the table; right click: copy, copy data, export. Arrow keys move the highlight,
/// Enter clicks it.
class ChartView : public QWidget {
    Q_OBJECT

public:
    explicit ChartView(QWidget* parent = nullptr);
    ~ChartView() override;

    /// A new state of the chart shown (same id) keeps a zoom, where it still fits.
    void setChart(const analysis::Chart& chart);
    const analysis::Chart& chart() const { return m_chart; }
    void setLogarithmic(bool on); ///< the value axis
    void setHighlight(int index); ///< category, bin, point or cell outlined as selected; -1 = none
    int highlight() const { return m_highlight; }
    void resetView();
    void showRangeX(const Interval& range); ///< within the whole; does not say rangeMoved()

    /// Room left and right of the axes, to bring the axes of several charts in line [px].
    int leftMargin() const;
    int rightMargin() const;
    void setLeastMargins(int left, int right); ///< until another chart is set

    void copyPicture() const; ///< as shown, in the light theme, at twice the size
    void copyData() const; ///< tab-separated and as CSV

    /// What is drawn: axes and series. Null between two charts only.
    const KindView& view() const { return *m_view; }

    QSize sizeHint() const override { return { 480, 300 }; }
    QSize minimumSizeHint() const override { return { 160, 120 }; }

signals:
    void
    clicked(int index); ///< category of a bar chart, bin of a histogram, running number of a point or cell
    void hovered(const QString& text); ///< empty when the pointer leaves
    void exportRequested();
    void tableRequested();
    void laidOut(); ///< axes may have another place, or other ranges
    void rangeMoved(); ///< the user zoomed or panned

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void addActions();
    void rebuild();
    void rebuildInPlace();
    void placePlot();
    void replot();
    void replotMoved();
    void describe();
    void showHit(const Hit& hit, const QPoint& pointer);
    void clearHover();
    void moveHighlight(Qt::Key key);

    analysis::Chart m_chart;
    QCustomPlot* m_plot = nullptr;
    std::unique_ptr<KindView> m_view;
    ValueTip* m_tip;
    QString m_hoverText;
    std::optional<QPointF> m_press; ///< where the left button went down
    QPointF m_last;
    bool m_dragging = false;
    int m_highlight = -1;
};

} // namespace widgets
