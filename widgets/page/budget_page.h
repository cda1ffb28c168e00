#pragma once

#include "widgets/page/analysis_page.h"

class QToolButton;

namespace widgets {

class ChartGrip;
class PanelHeader;

/// Every budget at once: the front with the chosen point on it, which can be dragged or stepped with the
/// arrow keys; what each layer gets at that point beside it and in the table. A run measures what a point
/// promises.
class BudgetPage : public AnalysisPage {
    Q_OBJECT

public:
    BudgetPage(Session& session, const analysis::Analysis& row, QWidget* parent = nullptr);

    std::optional<PageChart> currentChart() const override;
    std::size_t point() const { return m_point; } ///< of the front
    void choosePoint(std::size_t point);

protected:
    void showReport(const analysis::ReportPtr& report) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* buildFront();
    void showFront();
    void drag(double cost);
    void step(int points);
    void measure();

    ChartView* m_front = nullptr;
    ChartGrip* m_grip = nullptr;
    PanelHeader* m_frontHeader = nullptr;
    QToolButton* m_measure = nullptr;
    analysis::ReportPtr m_original; ///< as it was run
    std::size_t m_point = 0;
    bool m_frontIsCurrent = true; ///< the chart that export is about
};

} // namespace widgets
