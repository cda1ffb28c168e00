#include "widgets/chart/aligned_charts.h"

#include "widgets/chart/chart_view.h"
#include "widgets/chart/kind_view.h"

#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace widgets {

AlignedCharts::AlignedCharts(QWidget* parent)
    : QWidget(parent)
    , m_upper(new ChartView)
    , m_lower(new ChartView)
{
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_upper);
    splitter->addWidget(m_lower);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(splitter);
    // Queued: the margins of both are known only after each has been laid out.
    for (ChartView* chart : { m_upper, m_lower })
        connect(chart, &ChartView::laidOut, this, &AlignedCharts::align, Qt::QueuedConnection);
    connect(m_upper, &ChartView::rangeMoved, this, [this] { follow(*m_upper, *m_lower); });
    connect(m_lower, &ChartView::rangeMoved, this, [this] { follow(*m_lower, *m_upper); });
}

void AlignedCharts::setCharts(const analysis::Chart& upper, const analysis::Chart& lower)
{
    m_upper->setChart(upper);
    m_lower->setChart(lower);
}

void AlignedCharts::align()
{
    const int left = std::max(m_upper->leftMargin(), m_lower->leftMargin());
    const int right = std::max(m_upper->rightMargin(), m_lower->rightMargin());
    for (ChartView* chart : { m_upper, m_lower })
        if (chart->leftMargin() != left || chart->rightMargin() != right)
            chart->setLeastMargins(left, right);
}

void AlignedCharts::follow(const ChartView& leader, ChartView& other)
{
    other.showRangeX(leader.view().frame().rangeX());
}

} // namespace widgets
