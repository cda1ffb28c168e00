#pragma once

#include <QString>
#include <QWidget>

namespace widgets {

class ChartView;

/// A dashed line with its label at one bar of a chart, over it and transparent to the mouse.
class ChartMarker : public QWidget {
    Q_OBJECT

public:
    explicit ChartMarker(ChartView* chart);

    void setMark(int element, const QString& label); ///< -1 = none

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    ChartView* m_chart;
    int m_element = -1;
    QString m_label;
};

} // namespace widgets
