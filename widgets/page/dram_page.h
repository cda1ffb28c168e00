#pragma once

#include "widgets/page/analysis_page.h"

namespace widgets {

class CommandStepper;
class Segmented;
class TimelinePanel;

/// What a simulated memory cost: energy by category on top, over time and by latency at the left, its
/// commands by bank at the right; the tables instead, on demand. With changed currents the energies are
/// shown against those of the run.
class DramPage : public AnalysisPage {
    Q_OBJECT

public:
    DramPage(Session& session, const analysis::Analysis& row, QWidget* parent = nullptr);

    std::optional<PageChart> currentChart() const override;
    TimelinePanel& timelinePanel() const { return *m_timeline; }

protected:
    void showReport(const analysis::ReportPtr& report) override;
    QString summary(const analysis::Report& report) const override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* buildEnergyPanel();
    void arrange();
    void keepCommands();
    void showEnergy();
    void hover(const QString& text);

    ChartView* m_energy = nullptr;
    PanelHeader* m_energyHeader = nullptr;
    QWidget* m_charts = nullptr;
    QWidget* m_energyPanel = nullptr;
    QWidget* m_chartPanel = nullptr;
    Segmented* m_choice = nullptr; ///< charts or tables
    Segmented* m_slices = nullptr; ///< energies over time or per rank
    TimelinePanel* m_timeline = nullptr;
    CommandStepper* m_stepper = nullptr;
    bool m_energyIsCurrent = true; ///< the chart that export is about
};

} // namespace widgets
