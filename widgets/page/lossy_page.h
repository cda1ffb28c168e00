#pragma once

#include "widgets/page/analysis_page.h"

namespace widgets {

class AlignedCharts;
class PanelHeader;

/// What dropped bits cost: size against K over accuracy against K, in line; any other chart beside them; the
/// tables below. With many layers the selected one and the largest are drawn in colour, the others grey.
class LossyPage : public AnalysisPage {
    Q_OBJECT

public:
    LossyPage(Session& session, const analysis::Analysis& row, QWidget* parent = nullptr);

    std::optional<PageChart> currentChart() const override;
    AlignedCharts& sweep() const { return *m_sweep; }

protected:
    void showReport(const analysis::ReportPtr& report) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* buildSweep();
    void showSweep();
    void choose(int element);

    AlignedCharts* m_sweep = nullptr;
    PanelHeader* m_sweepHeader = nullptr;
    const QObject* m_current = nullptr; ///< the chart that export is about
};

} // namespace widgets
