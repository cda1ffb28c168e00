#pragma once

#include "widgets/chart/category_labels.h"
#include "widgets/chart/plot_frame.h"

#include <QCoreApplication>
#include <QStringList>

#include <array>
#include <memory>
#include <optional>

namespace widgets {

/// What is under the pointer, or selected: a category, a bin, a point, a cell.
struct Hit {
    int element = -1;
    QString value; ///< "14.43 µJ"; a line for each series
    QString place; ///< "layer1.0.conv1, raw"

    QString text() const ///< in one line
    {
        QString line = place.isEmpty() ? value : place + QStringLiteral(": ") + value;
        return line.replace(QLatin1Char('\n'), QStringLiteral(", "));
    }
};

/// How far the user may move the axes.
struct Freedom {
    bool panVertical = true;
    bool baseFixed = false; ///< the lower end of the value axis stays: bars start at 0
    double leastWidth = 0; ///< in view at the closest zoom [x axis]; 0 = a 100 000th of the whole
    double leastHeight = 0;
};

/// One chart kind in a plot. It refers to the chart, draws through the frame, and answers questions about
/// pixels; it handles no events. To add a kind: an alternative of analysis::ChartKind, a subclass, and its
/// makeView() in factory.h.
class KindView {
    Q_DECLARE_TR_FUNCTIONS(widgets::KindView)

public:
    explicit KindView(PlotFrame frame);
    KindView(const KindView&) = delete;
    KindView& operator=(const KindView&) = delete;
    virtual ~KindView() = default;

    virtual bool isEmpty() const = 0; ///< no finite value
    virtual int count() const = 0; ///< elements the arrow keys walk over
    virtual Hit hitAt(const QPointF& pixel) const = 0;
    virtual Hit hit(int element) const = 0;
    virtual QRectF outline(int element) const = 0; ///< around the element [layout px]
    virtual bool covers(const QRectF& pixels) const = 0; ///< data would be hidden by something put there
    virtual QString summary() const = 0; ///< one sentence, for screen readers
    virtual QStringList dump() const = 0; ///< what is drawn, one line per series, free of the medium

    virtual Freedom freedom() const { return {}; }
    /// The element an arrow key leads to.
    virtual int neighbour(int element, Qt::Key key) const;
    /// Names below the axis, and how many have no room; nothing where numbers stand.
    virtual CategoryLabels labels() const { return {}; }
    /// Whether a legend inside the axes has a free corner; true when there is none to place.
    bool legendFits() const;

    void setHighlight(int element) { m_highlight = element; }
    void setHover(int element) { m_hover = element; }
    int highlight() const { return m_highlight; }
    const PlotFrame& frame() const { return m_frame; }
    PlotFrame& frame() { return m_frame; }

protected:
    /// Selected: 2 px outline; hovered: dashed 1 px.
    virtual void paintMark(QPainter& painter, int element, bool selected) const;

    void addPainting(const char* layer, Clip clip, Paint paint);
    void addReference(const analysis::Reference& reference);
    /// Above the axes, or in a free corner inside, as the look wants it.
    void addLegend(std::vector<LegendEntry> entries);
    /// Something of the chart is there already: data, or a legend inside the axes.
    bool isTaken(const QRectF& pixels) const;
    /// The words of an empty chart instead of axes.
    void showEmpty();

private:
    void paintReference(QPainter& painter) const;
    QSizeF referenceSize() const;
    std::array<QRectF, 4> referencePlaces() const;
    std::optional<QRectF> freeReference() const;
    std::optional<QPointF> freeCorner() const;

    PlotFrame m_frame;
    std::vector<LegendEntry> m_insideLegend;
    std::optional<analysis::Reference> m_reference;
    int m_highlight = -1;
    int m_hover = -1;
};

/// "3.2 µJ"
QString withUnit(double value, const analysis::Axis& axis);

} // namespace widgets
