#include "widgets/network/workspace_tree.h"

#include "widgets/network/workspace_delegate.h"
#include "widgets/network/workspace_model.h"
#include "widgets/theme/theme.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>
#include <QPainter>

namespace widgets {

namespace {

QString rowPath(QModelIndex index)
{
    QString path;
    for (; index.isValid(); index = index.parent())
        path.prepend(QLatin1Char('/') + index.data().toString());
    return path;
}

WorkspaceModel::Kind kindOf(const QModelIndex& index)
{
    return static_cast<WorkspaceModel::Kind>(index.data(WorkspaceModel::KindRole).toInt());
}

/// Weights and the like stay closed until asked for; activations are what people come for.
bool opensAtFirst(const QModelIndex& index)
{
    return kindOf(index) != WorkspaceModel::Group
        || index.data().toString().startsWith(WorkspaceModel::tr("Activations"));
}

} // namespace

WorkspaceTree::WorkspaceTree(Session& session, QWidget* parent)
    : QTreeView(parent)
    , m_session(session)
    , m_model(new WorkspaceModel(session, this))
{
    setModel(m_model);
    setItemDelegate(new WorkspaceDelegate(this));
    setHeaderHidden(true);
    setIndentation(13);
    setUniformRowHeights(true);
    setMouseTracking(true);
    setFrameShape(QFrame::NoFrame);
    setEditTriggers(NoEditTriggers);
    setAccessibleName(tr("Workspace"));
    connect(this, &QTreeView::collapsed, this, [this](const QModelIndex& index) {
        m_closed.insert(rowPath(index));
        m_opened.erase(rowPath(index));
    });
    connect(this, &QTreeView::expanded, this, [this](const QModelIndex& index) {
        m_closed.erase(rowPath(index));
        m_opened.insert(rowPath(index));
    });
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &WorkspaceTree::restoreOpen,
            Qt::QueuedConnection);
    connect(this, &QTreeView::clicked, this, &WorkspaceTree::choose);
    connect(this, &QTreeView::activated, this, &WorkspaceTree::choose);
    connect(&session.selection(), &SelectionModel::changed, this,
            [this](const Selection& now) { followSelection(now); });
    restoreOpen();
}

void WorkspaceTree::restoreOpen()
{
    const QSignalBlocker quiet(this);
    std::vector<QModelIndex> open;
    for (int row = 0; row < m_model->rowCount(); ++row)
        open.push_back(m_model->index(row, 0));
    while (!open.empty()) {
        const QModelIndex at = open.back();
        open.pop_back();
        const QString path = rowPath(at);
        setExpanded(at, m_opened.contains(path) || (opensAtFirst(at) && !m_closed.contains(path)));
        for (int row = 0; row < m_model->rowCount(at); ++row)
            open.push_back(m_model->index(row, 0, at));
    }
    followSelection(m_session.selection().current());
}

void WorkspaceTree::choose(const QModelIndex& index)
{
    const int id = index.data(WorkspaceModel::IdRole).toInt();
    switch (kindOf(index)) {
    case WorkspaceModel::TensorNode: {
        const DatasetItem* item = m_session.dataset(id);
        if (item == nullptr)
            return;
        m_session.selection().select(
            { .dataset = item->dataset, .tensor = index.data(WorkspaceModel::TensorRole).toInt() });
        emit tensorChosen();
        break;
    }
    case WorkspaceModel::DatasetNode:
        emit datasetChosen(id);
        break;
    case WorkspaceModel::AnalysisNode:
        emit analysisChosen(id);
        break;
    case WorkspaceModel::Heading:
    case WorkspaceModel::Group:
        break;
    }
}

void WorkspaceTree::followSelection(const Selection& now)
{
    const DatasetItem* item = now.dataset ? m_session.find(now.dataset) : nullptr;
    if (item == nullptr || now.tensor < 0)
        return;
    const QModelIndex index = m_model->tensorIndex(item->id, now.tensor);
    if (!index.isValid() || index == currentIndex())
        return;
    // Opening the way to the selection is not the user's opening of a group.
    const QSignalBlocker quiet(this);
    setCurrentIndex(index);
    scrollTo(index);
}

void WorkspaceTree::drawBranches(QPainter* painter, const QRect& rect, const QModelIndex& index) const
{
    const Theme& theme = Theme::current();
    const bool selected = selectionModel()->isSelected(index);
    if (selected) {
        painter->fillRect(rect, isActiveWindow() ? theme.sel : theme.selin);
        painter->fillRect(QRect(0, rect.top(), 3, rect.height()), theme.accent);
    }
    if (!m_model->hasChildren(index))
        return;
    const QRectF caret(rect.right() - 10, rect.center().y() - 4, 9, 9);
    icon(isExpanded(index) ? QStringLiteral("down") : QStringLiteral("forward"))
        .paint(painter, caret.toRect());
}

void WorkspaceTree::removeCurrent()
{
    const QModelIndex index = currentIndex();
    const int id = index.data(WorkspaceModel::IdRole).toInt();
    if (kindOf(index) == WorkspaceModel::DatasetNode)
        m_session.closeDataset(id);
    else if (kindOf(index) == WorkspaceModel::AnalysisNode)
        m_session.removeAnalysis(id);
}

void WorkspaceTree::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Delete)
        removeCurrent();
    else
        QTreeView::keyPressEvent(event);
}

void WorkspaceTree::contextMenuEvent(QContextMenuEvent* event)
{
    const QModelIndex index = indexAt(event->pos());
    const bool isDataset = index.isValid() && kindOf(index) == WorkspaceModel::DatasetNode;
    const bool isAnalysis = index.isValid() && kindOf(index) == WorkspaceModel::AnalysisNode;
    if (!isDataset && !isAnalysis)
        return;
    setCurrentIndex(index);
    const int id = index.data(WorkspaceModel::IdRole).toInt();
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (isDataset) {
        menu->addAction(tr("Reload"), this, [this, id] { m_session.reload(id); });
        menu->addAction(tr("Close"), this, [this, id] { m_session.closeDataset(id); });
    } else {
        menu->addAction(tr("Run"), this, [this, id] { m_session.run(id); });
        menu->addAction(tr("Remove"), this, [this, id] { m_session.removeAnalysis(id); });
    }
    menu->popup(event->globalPos());
}

} // namespace widgets
