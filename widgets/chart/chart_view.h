#pragma once

#include "analysis/chart.h"
#include "analysis/export/writers.h"

#include <QWidget>

#include <memory>

class QCustomPlot;

namespace widgets {

/// How a chart is drawn on paper; the presets of export.md fill it.
struct FigureStyle {
    analysis::FigureSize size;
    double axisPt = 0.5;
    QString fontFamily = QStringLiteral("Liberation Sans");
    bool ticksInside = true;
    bool legendOnTop = true; ///< else inside the axes
    bool hatches = true;
    bool grid = false;
    bool greyscale = false; ///< the proof for black and white print
    bool lightGround = true;
    int rasterDpi = 600; ///< PNG only
};

/// One chart on the screen: follows the theme; hover reads values; wheel zooms (Ctrl x, Shift y), drag pans,
/// Home resets, T toggles the table; right click: copy, copy data, export.
class ChartView : public QWidget {
    Q_OBJECT

public:
    explicit ChartView(QWidget* parent = nullptr);
    ~ChartView() override;

    void setChart(const analysis::Chart& chart);
    const analysis::Chart& chart() const { return m_chart; }
    void setLogarithmic(bool on); ///< the value axis
    void setHighlight(int index); ///< category or bin outlined as selected; -1 = none
    void resetView();

signals:
    void clicked(int index); ///< category of a bar chart, bin of a histogram, point of a series
    void hovered(const QString& text); ///< empty when the pointer leaves
    void exportRequested();
    void tableRequested();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void rebuild();

    analysis::Chart m_chart;
    QCustomPlot* m_plot = nullptr;
    int m_highlight = -1;
};

} // namespace widgets
