#include "widgets/page/budget_page.h"

#include "analysis/activation/budget_pick.h"
#include "widgets/chart/chart_grip.h"
#include "widgets/chart/chart_view.h"
#include "widgets/parts/buttons.h"
#include "widgets/parts/panel_header.h"

#include <QEvent>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace widgets {

namespace {

QString frontId()
{
    return QStringLiteral("front");
}

} // namespace

BudgetPage::BudgetPage(Session& session, const analysis::Analysis& row, QWidget* parent)
    : AnalysisPage(session, row, parent)
{
    auto* charts = new QSplitter(Qt::Horizontal);
    charts->setChildrenCollapsible(false);
    charts->addWidget(buildFront());
    charts->addWidget(body().widget(0));
    charts->setStretchFactor(0, 1);
    charts->setStretchFactor(1, 1);
    body().insertWidget(0, charts);
    for (ChartView* chart : { m_front, &chartView() })
        chart->installEventFilter(this);
}

QWidget* BudgetPage::buildFront()
{
    auto* panel = new QWidget;
    auto* column = new QVBoxLayout(panel);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_frontHeader = new PanelHeader(tr("All budgets"));
    m_measure = iconButton(QStringLiteral("run"), tr("Measure the chosen point: run with this budget"));
    QToolButton* exporting = iconButton(QStringLiteral("export"), tr("Export chart"));
    m_frontHeader->addRight(m_measure);
    m_frontHeader->addRight(exporting);
    m_front = new ChartView;
    m_grip = new ChartGrip(*m_front, tr("Chosen budget: drag it along the front, or press the arrow keys"));
    column->addWidget(m_frontHeader);
    column->addWidget(m_front, 1);
    const auto start = [this] {
        m_frontIsCurrent = true;
        emit exportRequested();
    };
    connect(exporting, &QToolButton::clicked, this, start);
    connect(m_front, &ChartView::exportRequested, this, start);
    connect(m_measure, &QToolButton::clicked, this, &BudgetPage::measure);
    connect(m_grip, &ChartGrip::dragged, this, [this](const QPointF& place) { drag(place.x()); });
    connect(m_grip, &ChartGrip::stepped, this, [this](int right, int up) { step(right + up); });
    return panel;
}

/// A report with the same front is another point of it: our own doing, or that of a page before this one.
void BudgetPage::showReport(const analysis::ReportPtr& report)
{
    const bool first = chartId().isEmpty();
    const bool sameFront = m_original && report && report->budget && report->budget == m_original->budget;
    if (!sameFront) {
        m_original = report;
        m_point = report && report->budget ? analysis::chosenPoint(*report) : 0;
    }
    AnalysisPage::showReport(report);
    showFront();
    if (first && report && report->budget)
        selectChart(QStringLiteral("chosen"));
}

void BudgetPage::showFront()
{
    const bool hasFront = report() && report()->budget;
    m_front->parentWidget()->setVisible(hasFront);
    if (!hasFront)
        return;
    const analysis::BudgetRun& run = *report()->budget;
    const analysis::BudgetPoint& now = run.points[m_point];
    const bool moved = m_point != run.chosen;
    m_front->setChart(*report()->chart(frontId()));
    m_grip->setPlace({ now.cost, run.predicted(now) });
    m_measure->setEnabled(moved);
    m_frontHeader->setRemark(moved ? tr("predicted; not measured at this point") : QString());
}

void BudgetPage::choosePoint(std::size_t point)
{
    if (!m_original || !m_original->budget || m_original->budget->points.empty())
        return;
    const std::size_t wanted = std::min(point, m_original->budget->points.size() - 1);
    if (std::exchange(m_point, wanted) == wanted)
        return;
    const bool moved = wanted != m_original->budget->chosen;
    const bool isAsRun = analysis::chosenPoint(*m_original) == m_original->budget->chosen;
    session().setReport(
        item(),
        moved || !isAsRun ? std::make_shared<const analysis::Report>(analysis::budgetAt(*m_original, wanted))
                          : m_original);
}

void BudgetPage::drag(double cost)
{
    if (m_original && m_original->budget)
        choosePoint(analysis::pickWithinCost(*m_original->budget, cost).value_or(0));
}

void BudgetPage::step(int points)
{
    const auto wanted = static_cast<std::ptrdiff_t>(m_point) + points;
    choosePoint(static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, wanted)));
}

void BudgetPage::measure()
{
    const AnalysisItem* shown = session().analysisItem(item());
    if (shown == nullptr || !m_original || !m_original->budget)
        return;
    analysis::Values values = m_original->parameters; // those of the front that is shown
    // Rounded up, so that the point itself is within it.
    const double cost = m_original->budget->points[m_point].cost;
    values.set(shown->row->parameters, QStringLiteral("budget"), std::nextafter(cost, 2 * cost));
    session().setValues(item(), values);
    session().run(item());
}

std::optional<PageChart> BudgetPage::currentChart() const
{
    if (!report() || !m_frontIsCurrent || report()->chart(frontId()) == nullptr)
        return AnalysisPage::currentChart();
    return pageChart(*report()->chart(frontId()));
}

/// Export is about the chart that was touched last.
bool BudgetPage::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::MouseButtonPress || event->type() == QEvent::FocusIn) {
        m_frontIsCurrent = watched == m_front;
        emit contentChanged();
    }
    return AnalysisPage::eventFilter(watched, event);
}

} // namespace widgets
