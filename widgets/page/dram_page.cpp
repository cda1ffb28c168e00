#include "widgets/page/dram_page.h"

#include "widgets/chart/chart_view.h"
#include "widgets/dram/command_stepper.h"
#include "widgets/dram/timeline_panel.h"
#include "widgets/page/inspector_facts.h"
#include "widgets/parts/buttons.h"
#include "widgets/parts/panel_header.h"
#include "widgets/parts/segmented.h"
#include "widgets/theme/theme.h"

#include <QEvent>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

namespace widgets {

namespace {

constexpr int tables = 1; ///< of the choice
constexpr int overTime = 0;
constexpr int perRank = 1;
constexpr std::size_t mostSlices = 48;

QString changeText(double from, double to)
{
    if (!(from > 0) || from == to)
        return QStringLiteral("±0 %");
    return (to < from ? QStringLiteral("▼ ") : QStringLiteral("▲ ")) + formatPercent(std::abs(to / from - 1));
}

} // namespace

DramPage::DramPage(Session& session, const analysis::Analysis& row, QWidget* parent)
    : AnalysisPage(session, row, parent)
    , m_choice(new Segmented(tr("What is shown")))
    , m_timeline(new TimelinePanel(session.jobs()))
    , m_stepper(new CommandStepper)
{
    m_choice->add(tr("Charts"));
    m_choice->add(tr("Tables"));
    header().addRight(m_choice);
    arrange();
    connect(m_choice, &Segmented::chosen, this, [this](int choice) {
        m_charts->setVisible(choice != tables);
        body().widget(1)->setVisible(choice == tables);
    });
    m_timeline->setStrip(tr("Command by command"), m_stepper);
    connect(m_timeline, &TimelinePanel::commandChosen, m_stepper, &CommandStepper::showCommand);
    connect(m_stepper, &CommandStepper::commandChosen, m_timeline, &TimelinePanel::showCommand);
    connect(m_stepper, &CommandStepper::keepCommandsRequested, this, &DramPage::keepCommands);
    connect(m_timeline, &TimelinePanel::hovered, this, &DramPage::hover);
    // Commands and what each does to the banks want the whole page.
    connect(m_timeline, &TimelinePanel::stripOpened, this, [this](bool open) {
        m_energyPanel->setVisible(!open);
        m_chartPanel->setVisible(!open);
    });
    connect(m_timeline, &TimelinePanel::keepRequested, this, &DramPage::keepCommands);
    connect(&chartView(), &ChartView::tableRequested, this, [this] {
        m_choice->setCurrent(tables);
        emit m_choice->chosen(tables);
    });
    chartView().installEventFilter(this);
    m_energy->installEventFilter(this);
}

QWidget* DramPage::buildEnergyPanel()
{
    auto* panel = new QWidget;
    auto* column = new QVBoxLayout(panel);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_energyHeader = new PanelHeader(tr("Energy per rank"));
    QToolButton* exporting = iconButton(QStringLiteral("export"), tr("Export chart"));
    m_slices = new Segmented(tr("Energies"));
    m_slices->add(tr("Over time"));
    m_slices->add(tr("Per rank"));
    m_energyHeader->addRight(m_slices);
    m_energyHeader->addRight(exporting);
    connect(m_slices, &Segmented::chosen, this, [this] { showEnergy(); });
    m_energy = new ChartView;
    column->addWidget(m_energyHeader);
    column->addWidget(m_energy, 1);
    const auto start = [this] {
        m_energyIsCurrent = true;
        emit exportRequested();
    };
    connect(exporting, &QToolButton::clicked, this, start);
    connect(m_energy, &ChartView::exportRequested, this, start);
    return panel;
}

/// The chart panel of the page moves under the energies, beside the timeline.
void DramPage::arrange()
{
    auto* below = new QSplitter(Qt::Horizontal);
    below->setChildrenCollapsible(false);
    m_chartPanel = body().widget(0);
    below->addWidget(m_chartPanel);
    below->addWidget(m_timeline);
    below->setStretchFactor(0, 2);
    below->setStretchFactor(1, 3);
    auto* whole = new QSplitter(Qt::Vertical);
    whole->setChildrenCollapsible(false);
    m_energyPanel = buildEnergyPanel();
    whole->addWidget(m_energyPanel);
    whole->addWidget(below);
    whole->setStretchFactor(0, 2);
    whole->setStretchFactor(1, 3);
    m_charts = whole;
    body().insertWidget(0, whole);
    body().widget(1)->hide();
}

QString DramPage::summary(const analysis::Report& report) const
{
    QStringList parts;
    for (const char* name : { "total", "cycles", "bandwidth", "avg_read_latency" })
        if (const analysis::Scalar* scalar = report.scalar(QString::fromLatin1(name)))
            if (!scalar->none)
                parts << scalar->title + QStringLiteral(" ") + scalarNumber(*scalar) + QStringLiteral(" ")
                        + analysis::shownUnit(scalar->unit);
    return parts.join(QStringLiteral("   "));
}

void DramPage::showReport(const analysis::ReportPtr& report)
{
    const bool first = chartId().isEmpty();
    AnalysisPage::showReport(report);
    m_timeline->setRun(report ? report->dram : nullptr);
    m_stepper->setRun(report ? report->dram : nullptr);
    if (!report)
        return;
    if (first) {
        const auto& ranks = std::get<analysis::BarChart>(report->chart(QStringLiteral("energy"))->kind);
        m_slices->setCurrent(ranks.categories.size() > 1 ? perRank : overTime);
        selectChart(QStringLiteral("energy-time"));
    }
    showEnergy();
}

void DramPage::showEnergy()
{
    const AnalysisItem* shown = session().analysisItem(item());
    if (!report() || shown == nullptr)
        return;
    const bool changed = shown->simulated != nullptr;
    m_slices->setSegmentEnabled(overTime, !changed, tr("A and B are compared per rank"));
    if (changed) {
        const QString total = QStringLiteral("total");
        const analysis::Scalar& a = *shown->simulated->scalar(total);
        const analysis::Scalar& b = *report()->scalar(total);
        m_energyHeader->setTitle(tr("Energy per rank"));
        m_energyHeader->setRemark(tr("A as simulated %1 %3   B changed currents %2 %3   %4")
                                      .arg(scalarNumber(a), scalarNumber(b), analysis::shownUnit(b.unit),
                                           changeText(a.value, b.value)));
        m_energy->setChart(analysis::compareEnergy(*shown->simulated, *report()));
        return;
    }
    const analysis::Chart chart = m_slices->current() == overTime
        ? analysis::energySlices(*report(), mostSlices)
        : *report()->chart(QStringLiteral("energy"));
    m_energyHeader->setTitle(chart.title);
    m_energyHeader->setRemark({});
    m_energy->setChart(chart);
}

std::optional<PageChart> DramPage::currentChart() const
{
    std::optional<PageChart> chart = AnalysisPage::currentChart();
    if (!chart)
        return chart;
    if (m_energyIsCurrent)
        chart = pageChart(m_energy->chart());
    const AnalysisItem* shown = session().analysisItem(item());
    if (shown != nullptr && shown->simulated) {
        chart->command.clear(); // no command line changes currents
        chart->provenance.analysis +=
            QStringLiteral("; ") + analysis::changedText(shown->simulated->dram->memory, shown->supplies);
    }
    return chart;
}

void DramPage::keepCommands()
{
    const AnalysisItem* shown = session().analysisItem(item());
    if (shown == nullptr)
        return;
    analysis::Values values = shown->values;
    values.set(shown->row->parameters, QStringLiteral("timeline"), true);
    session().setValues(item(), values);
    emit runRequested();
}

void DramPage::hover(const QString& text)
{
    std::optional<Hover> hovered;
    if (!text.isEmpty()) {
        hovered.emplace();
        hovered->path = text;
        hovered->hasValue = false;
    }
    session().selection().hover(hovered);
}

bool DramPage::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::MouseButtonPress)
        m_energyIsCurrent = watched == m_energy;
    return AnalysisPage::eventFilter(watched, event);
}

} // namespace widgets
