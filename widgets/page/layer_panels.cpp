#include "widgets/page/layer_panels.h"

#include "widgets/chart/chart_view.h"
#include "widgets/page/chart_marker.h"
#include "widgets/parts/buttons.h"
#include "widgets/parts/panel_header.h"
#include "widgets/parts/segmented.h"
#include "widgets/theme/theme.h"

#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace widgets {

ChartPanel::ChartPanel(const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_header(new PanelHeader(title))
    , m_chart(new ChartView)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_chart, 1);
    m_chart->setAccessibleName(title);
    setMinimumSize(200, 120); // a splitter gives a hidden panel no width, which its chart could not draw in
    connect(m_chart, &ChartView::exportRequested, this, &ChartPanel::exportRequested);
}

void ChartPanel::addMoreButton()
{
    QToolButton* more = iconButton(QStringLiteral("more"), tr("More about this chart"));
    auto* menu = new QMenu(more);
    menu->addActions(m_chart->actions());
    more->setMenu(menu);
    more->setPopupMode(QToolButton::InstantPopup);
    m_header->addRight(more);
}

HistogramPanel::HistogramPanel(QWidget* parent)
    : ChartPanel(tr("Histogram"), parent)
    , m_scale(new Segmented(tr("Counts")))
    , m_marker(new ChartMarker(&chart()))
{
    m_scale->add(tr("lin"), tr("Linear counts"));
    m_scale->add(tr("log"), tr("Logarithmic counts"));
    m_scale->setCurrent(1);
    header().addRight(m_scale);
    addMoreButton();
    connect(m_scale, &Segmented::chosen, this, [this](int index) { chart().setLogarithmic(index == 1); });
}

void HistogramPanel::setFacts(const std::shared_ptr<const TensorFacts>& facts)
{
    if (facts == m_facts)
        return;
    m_facts = facts;
    m_marker->setMark(-1, {});
    if (!facts)
        return;
    analysis::Chart made = valueHistogram(*facts);
    auto& histogram = std::get<analysis::HistogramChart>(made.kind);
    histogram.count.logarithmic = m_scale->current() == 1;
    header().setRemark(histogramRemark(histogram, *facts));
    chart().setChart(made);
}

void HistogramPanel::setSelected(const std::optional<ElementValue>& value)
{
    const auto* histogram = std::get_if<analysis::HistogramChart>(&chart().chart().kind);
    const bool known = value && histogram != nullptr && m_facts;
    const double place = !known ? 0
        : m_facts->quantiser    ? static_cast<double>(value->code.value_or(0))
                                : value->stored;
    const int bin = known ? binOf(*histogram, place) : -1;
    const QString text =
        known && m_facts->quantiser ? formatCount(value->code.value_or(0)) : readableNumber(place);
    m_marker->setMark(bin, tr("selected %1").arg(text));
    chart().setHighlight(bin);
}

ChannelPanel::ChannelPanel(QWidget* parent)
    : ChartPanel(channelZerosTitle(analysis::ZeroKind::Values), parent)
    , m_sort(compactButton(tr("by value"), QStringLiteral("sort")))
{
    header().setRemark(tr("click = open channel"));
    m_sort->setToolTip(tr("Sort by value or by index"));
    header().addRight(m_sort);
    addMoreButton();
    connect(m_sort, &QPushButton::clicked, this, [this] {
        m_byValue = !m_byValue;
        rebuild();
    });
    connect(&chart(), &ChartView::clicked, this, [this](int bar) {
        if (m_zeros && bar >= 0 && static_cast<std::size_t>(bar) < m_zeros->order.size())
            emit channelClicked(m_zeros->order[static_cast<std::size_t>(bar)]);
    });
}

void ChannelPanel::setFacts(const std::shared_ptr<const TensorFacts>& facts)
{
    if (facts == m_facts)
        return;
    m_facts = facts;
    rebuild();
}

void ChannelPanel::rebuild()
{
    m_sort->setText(m_byValue ? tr("by value") : tr("by index"));
    m_zeros = m_facts ? channelZeros(*m_facts, m_byValue) : std::nullopt;
    setVisible(m_zeros.has_value());
    if (!m_zeros)
        return;
    header().setTitle(m_zeros->chart.title);
    chart().setAccessibleName(m_zeros->chart.title);
    chart().setChart(m_zeros->chart);
    setSelected(m_channel);
}

void ChannelPanel::setSelected(std::int64_t channel)
{
    m_channel = channel;
    if (m_zeros)
        chart().setHighlight(m_zeros->barOf(channel));
}

} // namespace widgets
