#include "widgets/page/overview_page.h"

#include "analysis/network/inspect.h"
#include "widgets/network/first_look.h"
#include "widgets/page/pictures_pane.h"
#include "widgets/parts/empty_state.h"
#include "widgets/parts/panel_header.h"
#include "widgets/table/table_view.h"
#include "widgets/tensor/picture_grid.h"
#include "widgets/theme/theme.h"

#include <QFileInfo>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace widgets {

namespace {

/// What is summed up in the header: layers, parameters, multiply-accumulates.
QString summary(const engine::Dataset& content)
{
    QStringList parts { OverviewPage::tr("%n layers", nullptr, static_cast<int>(content.layers.size())) };
    parts << OverviewPage::tr("%1 parameters").arg(formatCount(static_cast<qint64>(content.parameters())));
    if (content.macs() > 0 && content.macsAreKnown())
        parts << OverviewPage::tr("%1 MACs for one image")
                     .arg(formatCount(static_cast<qint64>(content.macs())));
    return parts.join(QStringLiteral(", "));
}

} // namespace

OverviewPage::OverviewPage(Session& session, QWidget* parent)
    : Page(parent)
    , m_session(session)
    , m_header(new PanelHeader(tr("Layers"), HeaderKind::View, this))
    , m_table(new TableView(tr("Layers of the network"), this))
    , m_stack(new QStackedWidget(this))
    , m_pictures(new PicturesPane(this))
    , m_trace(new NothingYet(tr("A trace of memory requests. A simulated memory tells what they cost."),
                             tr("DRAM energy"), QStringLiteral("run"), this))
    , m_nothing(new NothingYet(QString(), QString(), QString(), this))
{
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_trace);
    m_stack->addWidget(m_nothing);
    m_stack->addWidget(m_pictures);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_stack, 1);
    connect(m_table, &TableView::rowChosen, this, [this](int row) { chooseRow(row, false); });
    connect(m_table, &TableView::rowActivated, this, [this](int row) { chooseRow(row, true); });
    connect(&m_pictures->grid(), &PictureGrid::pictureClicked, this, &OverviewPage::choosePicture);
    connect(m_trace, &NothingYet::actionRequested, this, [this] {
        if (const DatasetItem* item = m_session.dataset(m_dataset); item != nullptr && item->dataset) {
            m_session.selection().select({ .dataset = item->dataset });
            emit runRequested(QStringLiteral("dram"));
        }
    });
    connect(&session, &Session::datasetsChanged, this, &OverviewPage::refresh);
    connect(&session.selection(), &SelectionModel::changed, this,
            [this](const Selection& now) { followSelection(now); });
    refresh();
}

void OverviewPage::setDataset(int id)
{
    m_dataset = id;
    m_chosen = id != 0;
    refresh();
}

int OverviewPage::bestDataset() const
{
    int best = 0;
    int bestScore = -1;
    for (const DatasetItem& item : m_session.datasets()) {
        if (!item.dataset)
            continue;
        const engine::Dataset& content = item.dataset->content;
        if (content.layers.empty() && !content.images && content.trace.empty())
            continue;
        const int score = (content.graph ? 4 : 0) + (content.layers.empty() ? 0 : 2)
            + (content.withRole(engine::Role::Activation).empty() ? 0 : 1);
        if (score > bestScore) {
            best = item.id;
            bestScore = score;
        }
    }
    return best;
}

void OverviewPage::refresh()
{
    if (!m_chosen || m_session.dataset(m_dataset) == nullptr) {
        m_chosen = false;
        m_dataset = bestDataset();
    }
    const DatasetItem* item = m_session.dataset(m_dataset);
    if (item == nullptr || !item->dataset) {
        m_header->setTitle(tr("Layers"));
        m_header->setRemark({});
        m_nothing->setSentence(item == nullptr               ? tr("Choose a data set on the left.")
                                   : item->problem.isEmpty() ? tr("Opening…")
                                                             : item->problem);
        m_stack->setCurrentWidget(m_nothing);
    } else if (item->dataset->content.layers.empty()) {
        showOther(*item);
    } else {
        showTable(*item);
    }
    const bool pictures = m_stack->currentWidget() == m_pictures;
    m_pictures->grid().setDataset(pictures ? item->dataset : nullptr);
    followSelection(m_session.selection().current());
    emit contentChanged();
}

void OverviewPage::showOther(const DatasetItem& item)
{
    const engine::Dataset& content = item.dataset->content;
    const bool hasPictures = content.images != nullptr;
    m_header->setTitle(item.title);
    m_header->setRemark(hasPictures ? tr("Open a network and capture its activations on them.") : QString());
    m_nothing->setSentence(
        tr("This data set holds no layers; its tensors are in the workspace on the left."));
    if (hasPictures)
        m_stack->setCurrentWidget(m_pictures);
    else
        m_stack->setCurrentWidget(content.trace.empty() ? m_nothing : m_trace);
}

void OverviewPage::showTable(const DatasetItem& item)
{
    m_header->setTitle(item.title);
    m_header->setRemark(summary(item.dataset->content));
    m_table->setTable(
        item.overview ? item.overview
                      : std::make_shared<const analysis::Table>(analysis::layerTable(item.dataset->content)));
    m_stack->setCurrentWidget(m_table);
}

void OverviewPage::followSelection(const Selection& now)
{
    const DatasetItem* item = m_session.dataset(m_dataset);
    if (item == nullptr || !item->dataset || now.dataset != item->dataset)
        return;
    if (m_stack->currentWidget() == m_pictures) {
        m_pictures->grid().setSelected(now.batch);
        return;
    }
    m_table->selectRow(now.layer >= 0 ? now.layer : layerOf(item->dataset->content, now.tensor));
}

void OverviewPage::chooseRow(int row, bool activate)
{
    const DatasetItem* item = m_session.dataset(m_dataset);
    if (item == nullptr || !item->dataset || row < 0)
        return;
    const LayerTensors tensors = layerTensors(item->dataset->content, row);
    const int tensor = tensors.activation >= 0 ? tensors.activation : tensors.weight;
    m_session.selection().select({ .dataset = item->dataset, .layer = row, .tensor = tensor });
    if (activate && tensor >= 0)
        emit layerActivated();
}

void OverviewPage::choosePicture(qint64 picture)
{
    const DatasetItem* item = m_session.dataset(m_dataset);
    if (item == nullptr || !item->dataset)
        return;
    Selection next = firstLook(item->dataset);
    next.batch = picture;
    m_session.selection().select(next);
}

std::optional<PageChart> OverviewPage::currentChart() const
{
    return std::nullopt;
}

bool OverviewPage::canCopyTable() const
{
    return m_stack->currentWidget() == m_table;
}

void OverviewPage::copyTable()
{
    m_table->copy(CopyFormat::Tsv);
}

} // namespace widgets
