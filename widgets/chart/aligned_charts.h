#pragma once

#include <QWidget>

namespace analysis {
struct Chart;
}

namespace widgets {

class ChartView;

/// Two charts over one another with the same horizontal axis: their axes stand in line, and zooming one zooms
/// the other. In place of one chart with two value axes.
class AlignedCharts : public QWidget {
    Q_OBJECT

public:
    explicit AlignedCharts(QWidget* parent = nullptr);

    void setCharts(const analysis::Chart& upper, const analysis::Chart& lower);
    ChartView& upper() const { return *m_upper; }
    ChartView& lower() const { return *m_lower; }

private:
    void align();
    void follow(const ChartView& leader, ChartView& other);

    ChartView* m_upper;
    ChartView* m_lower;
};

} // namespace widgets
