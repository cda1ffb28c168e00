#include "widgets/chart/chart_motion.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace widgets {

namespace {

constexpr double closest = 1e-5; ///< of the home range

/// An axis as a line of even lengths: logarithms where the axis is logarithmic.
class EvenAxis {
public:
    EvenAxis(QCPAxis& axis, const Interval& home, double least)
        : m_axis(axis)
        , m_home(toEven(home))
        , m_least(least > 0 && !isLog() ? least : closest * m_home.size())
    {
    }

    Interval range() const { return toEven({ m_axis.range().lower, m_axis.range().upper }); }
    const Interval& home() const { return m_home; }
    double at(double pixel) const { return toEven(m_axis.pixelToCoord(pixel)); }

    void set(Interval range)
    {
        const double size = std::clamp(range.size(), std::min(m_least, m_home.size()), m_home.size());
        if (size != range.size()) {
            const double centre = (range.lower + range.upper) / 2;
            range = { centre - size / 2, centre + size / 2 };
        }
        const double shift =
            std::max(0.0, m_home.lower - range.lower) - std::max(0.0, range.upper - m_home.upper);
        m_axis.setRange(fromEven(range.lower + shift), fromEven(range.upper + shift));
    }

    void scale(double factor, double fixed)
    {
        const Interval now = range();
        set({ fixed + (now.lower - fixed) / factor, fixed + (now.upper - fixed) / factor });
    }

private:
    bool isLog() const { return m_axis.scaleType() == QCPAxis::stLogarithmic; }
    double toEven(double value) const { return isLog() ? std::log(value) : value; }
    double fromEven(double value) const { return isLog() ? std::exp(value) : value; }
    Interval toEven(const Interval& range) const { return { toEven(range.lower), toEven(range.upper) }; }

    QCPAxis& m_axis;
    Interval m_home;
    double m_least;
};

EvenAxis horizontal(const KindView& view)
{
    return { *view.frame().plot().xAxis, view.frame().homeX(), view.freedom().leastWidth };
}

EvenAxis vertical(const KindView& view)
{
    return { *view.frame().plot().yAxis, view.frame().homeY(), view.freedom().leastHeight };
}

} // namespace

void zoomView(KindView& view, const QPointF& pixel, double factor, Qt::Orientations directions)
{
    if (directions.testFlag(Qt::Horizontal)) {
        EvenAxis axis = horizontal(view);
        axis.scale(factor, axis.at(pixel.x()));
    }
    if (directions.testFlag(Qt::Vertical)) {
        EvenAxis axis = vertical(view);
        const bool zeroInside =
            !view.frame().logarithmicY() && axis.home().lower < 0 && axis.home().upper > 0;
        const double base = zeroInside ? 0 : axis.home().lower;
        axis.scale(factor, view.freedom().baseFixed ? base : axis.at(pixel.y()));
    }
}

void panView(KindView& view, const QPointF& from, const QPointF& to)
{
    const auto move = [](EvenAxis axis, double fromPixel, double toPixel) {
        const double shift = axis.at(fromPixel) - axis.at(toPixel);
        axis.set({ axis.range().lower + shift, axis.range().upper + shift });
    };
    move(horizontal(view), from.x(), to.x());
    if (view.freedom().panVertical)
        move(vertical(view), from.y(), to.y());
}

void showRanges(KindView& view, const Interval& x, const Interval& y)
{
    view.frame().plot().xAxis->setRange(x.lower, x.upper);
    view.frame().plot().yAxis->setRange(y.lower, y.upper);
}

bool isAtHome(const KindView& view)
{
    return view.frame().rangeX() == view.frame().homeX() && view.frame().rangeY() == view.frame().homeY();
}

} // namespace widgets
