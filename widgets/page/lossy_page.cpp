#include "widgets/page/lossy_page.h"

#include "analysis/activation/subject.h"
#include "widgets/chart/aligned_charts.h"
#include "widgets/chart/chart_view.h"
#include "widgets/chart/kind_view.h"
#include "widgets/parts/buttons.h"
#include "widgets/parts/panel_header.h"

#include <QEvent>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <numeric>

namespace widgets {

namespace {

constexpr std::size_t mostLoud = 8; ///< lines the category colours can tell apart
constexpr std::size_t loudest = 4; ///< of more lines, beside the selected one

double startOf(const analysis::LineChart::Series& series)
{
    return series.y.empty() ? 0 : series.y.front();
}

/// The lines to be told apart: all of a few, else the largest at K = 0 and the selected one.
std::vector<std::size_t> loudLines(const analysis::LineChart& sizes, const QString& selected)
{
    std::vector<std::size_t> order(sizes.series.size());
    std::iota(order.begin(), order.end(), std::size_t { 0 });
    if (order.size() <= mostLoud)
        return order;
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
        return startOf(sizes.series[a]) > startOf(sizes.series[b]);
    });
    const auto found = std::ranges::find(sizes.series, selected, &analysis::LineChart::Series::name);
    order.resize(loudest);
    const auto wanted = static_cast<std::size_t>(found - sizes.series.begin());
    if (found != sizes.series.end() && std::ranges::find(order, wanted) == order.end())
        order.push_back(wanted);
    return order;
}

/// "Accuracy" becomes "accuracy"; "SQNR" stays.
QString inSentence(QString title)
{
    if (title.size() > 1 && title[1].isLower())
        title[0] = title[0].toLower();
    return title;
}

analysis::Chart emphasised(analysis::Chart chart, const std::vector<std::size_t>& loud)
{
    auto& lines = std::get<analysis::LineChart>(chart.kind);
    for (std::size_t i = 0; i < lines.series.size(); ++i) {
        const auto found = std::ranges::find(loud, i);
        lines.series[i].quiet = found == loud.end();
        lines.series[i].colour = lines.series[i].quiet ? -1 : static_cast<int>(found - loud.begin());
    }
    return chart;
}

} // namespace

LossyPage::LossyPage(Session& session, const analysis::Analysis& row, QWidget* parent)
    : AnalysisPage(session, row, parent)
{
    auto* charts = new QSplitter(Qt::Horizontal);
    charts->setChildrenCollapsible(false);
    charts->addWidget(buildSweep());
    charts->addWidget(body().widget(0));
    charts->setStretchFactor(0, 3);
    charts->setStretchFactor(1, 2);
    body().insertWidget(0, charts);
    body().setStretchFactor(0, 3);
    body().setStretchFactor(1, 1);
    for (ChartView* chart : { &m_sweep->upper(), &m_sweep->lower(), &chartView() })
        chart->installEventFilter(this);
    m_current = &m_sweep->upper();
    connect(&session.selection(), &SelectionModel::changed, this, &LossyPage::showSweep);
}

QWidget* LossyPage::buildSweep()
{
    auto* panel = new QWidget;
    auto* column = new QVBoxLayout(panel);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_sweepHeader = new PanelHeader(tr("Size and accuracy against K"));
    QToolButton* exporting = iconButton(QStringLiteral("export"), tr("Export chart"));
    m_sweepHeader->addRight(exporting);
    m_sweep = new AlignedCharts;
    column->addWidget(m_sweepHeader);
    column->addWidget(m_sweep, 1);
    connect(exporting, &QToolButton::clicked, this, [this] {
        if (m_current == &chartView())
            m_current = &m_sweep->upper();
        emit exportRequested();
    });
    for (ChartView* chart : { &m_sweep->upper(), &m_sweep->lower() }) {
        connect(chart, &ChartView::exportRequested, this, &LossyPage::exportRequested);
        connect(chart, &ChartView::clicked, this, &LossyPage::choose);
    }
    return panel;
}

/// The running number of a point is that of its line times the points of a line.
void LossyPage::choose(int element)
{
    const auto& lines = std::get<analysis::LineChart>(m_sweep->upper().chart().kind);
    if (lines.series.empty() || lines.series.front().x.empty())
        return;
    const auto line = static_cast<std::size_t>(element) / lines.series.front().x.size();
    if (line < lines.series.size())
        selectLayer(lines.series[line].name);
}

void LossyPage::showReport(const analysis::ReportPtr& report)
{
    const bool first = chartId().isEmpty();
    AnalysisPage::showReport(report);
    if (first && report && report->chart(QStringLiteral("path")) != nullptr)
        selectChart(QStringLiteral("path"));
    showSweep();
}

void LossyPage::showSweep()
{
    const analysis::Chart* sizes = report() ? report()->chart(QStringLiteral("bits")) : nullptr;
    const analysis::Chart* judged = report() ? report()->chart(QStringLiteral("accuracy")) : nullptr;
    m_sweep->setVisible(sizes != nullptr && judged != nullptr);
    if (sizes == nullptr || judged == nullptr)
        return;
    const engine::Tensor* tensor = session().selection().current().tensorInfo();
    const auto& lines = std::get<analysis::LineChart>(sizes->kind);
    const std::vector<std::size_t> loud =
        loudLines(lines, tensor != nullptr ? analysis::subjectName(*tensor) : QString());
    const QString judgedBy = inSentence(std::get<analysis::LineChart>(judged->kind).y.title);
    m_sweepHeader->setTitle(tr("Size and %1 against K").arg(judgedBy));
    m_sweepHeader->setRemark(loud.size() < lines.series.size()
                                 ? tr("%1 of %2 layers in colour; click a line for its layer")
                                       .arg(loud.size())
                                       .arg(lines.series.size())
                                 : QString());
    m_sweep->setCharts(emphasised(*sizes, loud), emphasised(*judged, loud));
    emit contentChanged();
}

std::optional<PageChart> LossyPage::currentChart() const
{
    if (!report() || !m_sweep->isVisibleTo(this) || m_current == &chartView())
        return AnalysisPage::currentChart();
    return pageChart(m_current == &m_sweep->lower() ? m_sweep->lower().chart() : m_sweep->upper().chart());
}

/// Export is about the chart that was touched last.
bool LossyPage::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::MouseButtonPress || event->type() == QEvent::FocusIn) {
        m_current = watched;
        emit contentChanged();
    }
    return AnalysisPage::eventFilter(watched, event);
}

} // namespace widgets
