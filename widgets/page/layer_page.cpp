#include "widgets/page/layer_page.h"

#include "widgets/chart/chart_view.h"
#include "widgets/page/layer_header.h"
#include "widgets/page/layer_panels.h"
#include "widgets/page/loading_veil.h"
#include "widgets/page/map_export.h"
#include "widgets/page/pictures_pane.h"
#include "widgets/parts/empty_state.h"
#include "widgets/parts/message_bar.h"
#include "widgets/tensor/axes_selector.h"
#include "widgets/tensor/first_slice.h"
#include "widgets/tensor/picture_grid.h"
#include "widgets/tensor/value_map.h"

#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>

#include <algorithm>

namespace widgets {
namespace {

constexpr int noticeableMs = 150; ///< shorter loading shows no badge

std::int64_t clampIndex(std::int64_t index, const engine::Tensor& tensor, int axis)
{
    return std::clamp<std::int64_t>(index, 0, std::max<std::int64_t>(0, extentOf(tensor, axis) - 1));
}

} // namespace

LayerPage::LayerPage(SelectionModel& selection, analysis::JobQueue& jobs, QWidget* parent)
    : Page(parent)
    , m_selection(selection)
    , m_header(new LayerHeader)
    , m_messages(new MessageBar)
    , m_stack(new QStackedWidget)
    , m_splitter(new QSplitter(Qt::Vertical))
    , m_view(new LayerView)
    , m_histogram(new HistogramPanel)
    , m_channels(new ChannelPanel)
    , m_capture(new NothingYet(tr("No activations captured yet."), tr("Capture activations…"),
                               QStringLiteral("run")))
    , m_nothing(new NothingYet(QString(), QString(), QString()))
    , m_pictures(new PicturesPane)
    , m_veil(new LoadingVeil(m_stack))
    , m_loadingDelay(new QTimer(this))
{
    m_loader.setQueue(&jobs);
    m_loadingDelay->setSingleShot(true);
    m_loadingDelay->setInterval(noticeableMs);
    build();
    connectHeader();
    connectViews();
    startTensor(selection.current());
}

void LayerPage::follow(const Selection& now, const Selection& before)
{
    if (now.dataset != before.dataset && before.dataset && now.dataset == nullptr)
        m_loader.forget(before.dataset);
    if (now.dataset != before.dataset || now.tensor != before.tensor) {
        m_axesChoice.reset();
        startTensor(now);
        return;
    }
    const engine::Tensor* tensor = now.tensorInfo();
    if (tensor == nullptr) {
        m_pictures->grid().setSelected(now.batch);
        return;
    }
    if (now.batch != before.batch && m_plan.batch >= 0)
        m_index[static_cast<std::size_t>(m_plan.batch)] = clampIndex(now.batch, *tensor, m_plan.batch);
    if (now.channel != before.channel && now.channel >= 0 && m_plan.channel >= 0) {
        m_index[static_cast<std::size_t>(m_plan.channel)] = clampIndex(now.channel, *tensor, m_plan.channel);
        m_choosesSlice = false;
    }
    if (now.batch != before.batch || now.channel != before.channel)
        request();
    else if (now.bit != before.bit && m_header->mode() == MapMode::Bits)
        applyColours();
    applyElement();
}

void LayerPage::startTensor(const Selection& now)
{
    m_messages->clear();
    const engine::Tensor* tensor = now.tensorInfo();
    if (tensor == nullptr || tensor->shape.elements() == 0 || !tensor->source) {
        m_loader.cancel();
        m_loadingDelay->stop();
        showNothing(now);
        return;
    }
    m_plan = planAxes(*tensor, m_axesChoice);
    m_index.assign(tensor->shape.rank(), 0);
    if (m_plan.batch >= 0)
        m_index[static_cast<std::size_t>(m_plan.batch)] = clampIndex(now.batch, *tensor, m_plan.batch);
    if (m_plan.channel >= 0)
        m_index[static_cast<std::size_t>(m_plan.channel)] = clampIndex(now.channel, *tensor, m_plan.channel);
    m_choosesSlice = now.channel < 0;
    request();
}

void LayerPage::request()
{
    const Selection& now = m_selection.current();
    const engine::Tensor* tensor = now.tensorInfo();
    if (tensor == nullptr)
        return;
    m_header->axes().setTensor(*tensor, m_plan, m_index);
    m_loader.load(
        { now.dataset, static_cast<std::size_t>(now.tensor), planeFor(m_plan, m_index), m_wordBits });
}

bool LayerPage::goesToContent(const TensorFacts& facts)
{
    if (!std::exchange(m_choosesSlice, false))
        return false;
    std::vector<std::int64_t> slice = firstSlice(facts, m_plan, m_index);
    if (slice == m_index)
        return false;
    m_index = std::move(slice);
    return true;
}

void LayerPage::accept(const TensorPlane& plane)
{
    if (goesToContent(*plane.facts)) {
        request();
        return;
    }
    m_loadingDelay->stop();
    const bool newFacts = plane.facts != m_shown.facts;
    m_shown = plane;
    m_shownDataset = m_selection.current().dataset;
    m_shownTensor = m_selection.current().tensor;
    m_veil->hide();
    m_pictures->grid().clear();
    m_header->setMode(m_header->mode()); // the title was another over pictures
    m_header->setControlsEnabled(true);
    m_view->setLoading(false);
    if (newFacts) {
        if (!plane.facts->remark.isEmpty())
            m_messages->post({ analysis::Level::Warning, plane.facts->remark });
        m_histogram->setFacts(plane.facts);
        m_channels->setFacts(plane.facts);
    }
    applyColours();
    m_view->setContent(content(), m_blockWords);
    m_stack->setCurrentWidget(m_splitter); // now that it is known which panels there are
    applyElement();
    emit contentChanged();
}

void LayerPage::applyColours()
{
    if (!m_shown.facts)
        return;
    const TensorFacts& facts = *m_shown.facts;
    ColourSpec spec;
    spec.mode = m_header->mode();
    spec.statistic = m_header->statistic();
    spec.quantiser = facts.quantiser;
    spec.minimum = facts.statistics.whole.minimum;
    spec.maximum = facts.statistics.whole.maximum;
    spec.limit = m_header->clip() < 1 ? magnitudePercentile(facts, m_header->clip()) : 0;
    spec.bit = spec.mode == MapMode::Bits ? m_selection.current().bit : -1;
    m_header->setSigned(spec.hasNegatives());
    m_header->setBits(facts.quantiser ? facts.quantiser->bits : 32, m_selection.current().bit);
    m_view->setColours(spec);
}

void LayerPage::applyElement()
{
    if (!showsSelection())
        return;
    const Selection& now = m_selection.current();
    const CellRange all { 0, 0, m_shown.pyramid->rows(), m_shown.pyramid->columns() };
    const MapCell cell { now.row, now.column };
    const std::optional<MapCell> selected = all.contains(cell) ? std::optional(cell) : std::nullopt;
    m_view->setSelected(selected, now.bit);
    m_histogram->setSelected(selected ? m_view->probe().value(cell, m_view->map().valueAt(cell))
                                      : std::nullopt);
    const int axis = engine::channelAxis(m_shown.facts->tensor);
    const bool byRow = axis >= 0 && axis == m_plan.row;
    const bool byColumn = axis >= 0 && axis == m_plan.column;
    m_channels->setSelected(m_plan.channel >= 0        ? m_index[static_cast<std::size_t>(m_plan.channel)]
                                : byRow && selected    ? cell.row
                                : byColumn && selected ? cell.column
                                                       : -1);
}

QString LayerPage::selectionPath() const
{
    if (!showsSelection())
        return {};
    const Selection& now = m_selection.current();
    const bool hasElement = now.row >= 0 && now.column >= 0;
    return m_view->probe().path(hasElement ? std::optional(MapCell { now.row, now.column }) : std::nullopt);
}

void LayerPage::chooseIndex(int axis, qint64 index)
{
    Selection next = m_selection.current();
    if (axis == m_plan.channel)
        next.channel = index;
    else if (axis == m_plan.batch)
        next.batch = index;
    else {
        m_index[static_cast<std::size_t>(axis)] = index;
        m_choosesSlice = false;
        request();
        return;
    }
    m_selection.select(next);
}

void LayerPage::chooseChannel(qint64 channel)
{
    if (!showsSelection())
        return;
    const engine::Tensor& tensor = m_shown.facts->tensor;
    if (m_plan.channel >= 0) {
        chooseIndex(m_plan.channel, clampIndex(channel, tensor, m_plan.channel));
        return;
    }
    // The channels are rows or columns of the one plane there is.
    Selection next = m_selection.current();
    const bool asRow = engine::channelAxis(tensor) == m_plan.row;
    (asRow ? next.row : next.column) = channel;
    (asRow ? next.column : next.row) = std::max<qint64>(0, asRow ? next.column : next.row);
    m_selection.select(next);
}

void LayerPage::chooseCell(const MapCell& cell, int bit)
{
    if (!showsSelection() || m_loader.isLoading())
        return; // the picture may be that of another plane
    Selection next = m_selection.current();
    if (m_plan.channel >= 0)
        next.channel = m_index[static_cast<std::size_t>(m_plan.channel)];
    next.row = cell.row;
    next.column = cell.column;
    if (bit >= 0)
        next.bit = bit;
    setSubject(Subject::Map);
    m_selection.select(next);
}

void LayerPage::setWordBits(int bits)
{
    if (bits == m_wordBits)
        return;
    m_wordBits = bits;
    if (m_shown.facts || m_loader.isLoading())
        request();
}

void LayerPage::setBlockWords(int words)
{
    m_blockWords = words;
    if (showsSelection())
        m_view->setContent(content(), m_blockWords);
}

void LayerPage::setSubject(Subject subject)
{
    if (std::exchange(m_subject, subject) != subject)
        emit contentChanged();
}

std::optional<PageChart> LayerPage::currentChart() const
{
    if (!hasChart())
        return std::nullopt;
    PageChart page = describeLayer(*m_selection.current().dataset, *m_shown.facts, m_view->caption());
    if (m_subject == Subject::Map)
        page.chart = mapChart(m_shown, m_view->map().colourSpec());
    else
        page.chart =
            (m_subject == Subject::Histogram ? static_cast<const ChartPanel*>(m_histogram) : m_channels)
                ->chart()
                .chart();
    return page;
}

} // namespace widgets
