#pragma once

#include "analysis/chart.h"
#include "widgets/chart/chart_look.h"
#include "widgets/chart/painting.h"
#include "widgets/chart/ticks.h"

#include <QRectF>
#include <QString>

#include <functional>
#include <limits>
#include <vector>

class QCPAxis;
class QCustomPlot;

namespace widgets {

struct AxisSetup {
    analysis::Axis axis;
    Interval range; ///< shown when not zoomed
    bool grid = false;
    bool integers = false;
    bool numbered = true; ///< false: no ticks, the view writes its own labels
    bool reversed = false;
    double reserve = 0; ///< room for the view's own labels between axis and title
    double firstTick = -std::numeric_limits<double>::infinity(); ///< none below
};

struct LegendEntry {
    QString name;
    std::function<void(QPainter&, const QRectF&)> swatch;
};

/// The plot one view draws into: axes in the look's pens, coordinates, legend.
class PlotFrame {
public:
    PlotFrame(QCustomPlot& plot, ChartLook look);

    const ChartLook& look() const { return m_look; }
    QCustomPlot& plot() const { return *m_plot; }

    void setHorizontal(const AxisSetup& setup);
    void setVertical(const AxisSetup& setup);
    void hideAxes();
    void addLegend(const std::vector<LegendEntry>& entries);
    /// Room right of the axes; `size` as in newPaintedElement().
    void addColumn(std::function<int()> width, std::function<void(QPainter&, const QRect&)> paint);
    void reserveRight(double pixels);

    QRectF area() const; ///< inside the axes
    double toX(double value) const;
    double toY(double value) const;
    double fromX(double pixel) const;
    double fromY(double pixel) const;
    QPointF toPixel(double x, double y) const { return { toX(x), toY(y) }; }
    Interval rangeX() const;
    Interval rangeY() const;
    Interval homeX() const { return m_homeX; }
    Interval homeY() const { return m_homeY; }
    bool logarithmicY() const { return m_logarithmicY; }

private:
    void setUp(QCPAxis& axis, QCPAxis& opposite, const AxisSetup& setup);

    QCustomPlot* m_plot;
    ChartLook m_look;
    Interval m_homeX;
    Interval m_homeY;
    bool m_logarithmicY = false;
};

} // namespace widgets
