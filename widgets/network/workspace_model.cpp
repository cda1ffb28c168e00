#include "widgets/network/workspace_model.h"

#include "widgets/theme/theme.h"

#include <cmath>

namespace widgets {

namespace {

QStandardItem* node(const QString& text, WorkspaceModel::Kind kind, const QString& icon)
{
    auto* item = new QStandardItem(text);
    item->setEditable(false);
    item->setData(kind, WorkspaceModel::KindRole);
    item->setData(icon, WorkspaceModel::IconRole);
    item->setData(text, Qt::AccessibleTextRole);
    return item;
}

QString percent(double fraction)
{
    return formatNumber(fraction * 100, 0) + QStringLiteral(" %");
}

/// Zero fraction of the activation of each tensor's layer, from the overview; NaN where it is not known.
std::vector<double> zeroFractions(const DatasetItem& dataset)
{
    const engine::Dataset& content = dataset.dataset->content;
    std::vector<double> zeros(content.tensors.size(), std::nan(""));
    if (!dataset.overview)
        return zeros;
    const int activation = dataset.overview->column(QStringLiteral("zero_fraction"));
    const int weight = dataset.overview->column(QStringLiteral("weight_zeros"));
    for (std::size_t i = 0; i < content.layers.size() && i < dataset.overview->rows.size(); ++i) {
        const engine::Layer& layer = content.layers[i];
        const auto& row = dataset.overview->rows[i];
        const auto figure = [&row](int column) {
            return column < 0 ? nullptr : std::get_if<double>(&row[static_cast<std::size_t>(column)]);
        };
        if (const double* found = figure(activation); layer.activation && found != nullptr)
            zeros[*layer.activation] = *found;
        if (const double* found = figure(weight); layer.weights.size() == 1 && found != nullptr)
            zeros[layer.weights.front()] = *found;
    }
    return zeros;
}

QString stateText(const DatasetItem& dataset)
{
    switch (dataset.state) {
    case DatasetState::Loading:
        return WorkspaceModel::tr("loading");
    case DatasetState::Changed:
        return WorkspaceModel::tr("changed");
    case DatasetState::Missing:
        return WorkspaceModel::tr("missing");
    case DatasetState::Failed:
        return WorkspaceModel::tr("failed");
    case DatasetState::Ready:
        break;
    }
    return QString::fromStdString(dataset.dataset->content.format);
}

QString datasetIcon(const DatasetItem& dataset)
{
    if (dataset.parent != 0)
        return QStringLiteral("derived");
    if (dataset.dataset && dataset.dataset->content.images && !dataset.dataset->content.graph)
        return QStringLiteral("image");
    if (dataset.dataset && !dataset.dataset->content.trace.empty())
        return QStringLiteral("log");
    return dataset.dataset && !dataset.dataset->content.graph ? QStringLiteral("tensor")
                                                              : QStringLiteral("network");
}

void showState(QStandardItem& item, const AnalysisItem& analysis)
{
    QString fact;
    bool badge = true;
    switch (analysis.state) {
    case AnalysisState::Idle:
        badge = false;
        break;
    case AnalysisState::Running:
        fact = analysis.fraction > 0 ? percent(analysis.fraction) : QStringLiteral("…");
        break;
    case AnalysisState::Done:
        badge = analysis.report->partial;
        fact = badge ? WorkspaceModel::tr("partial") : QStringLiteral("✓");
        break;
    case AnalysisState::Stale:
        fact = WorkspaceModel::tr("stale");
        break;
    case AnalysisState::Failed:
        fact = WorkspaceModel::tr("failed");
        break;
    }
    item.setData(fact, WorkspaceModel::FactRole);
    item.setData(badge, WorkspaceModel::BadgeRole);
    item.setToolTip(analysis.error);
}

} // namespace

WorkspaceModel::WorkspaceModel(Session& session, QObject* parent)
    : QStandardItemModel(parent)
    , m_session(session)
{
    connect(&session, &Session::datasetsChanged, this, &WorkspaceModel::rebuild);
    connect(&session, &Session::analysesChanged, this, &WorkspaceModel::rebuild);
    connect(&session, &Session::analysisChanged, this, &WorkspaceModel::updateAnalysis);
    rebuild();
}

QStandardItem* WorkspaceModel::tensorGroup(const DatasetItem& dataset, const QString& title,
                                           engine::Role role) const
{
    const engine::Dataset& content = dataset.dataset->content;
    const std::vector<std::size_t> members = content.withRole(role);
    if (members.empty())
        return nullptr;
    QStandardItem* group =
        node(title + QStringLiteral(" (%1)").arg(members.size()), Group, QStringLiteral("tensor"));
    const std::vector<double> zeros = zeroFractions(dataset);
    bool anyZeros = false;
    for (const std::size_t index : members) {
        const engine::Tensor& tensor = content.tensors[index];
        const bool byLayer = role == engine::Role::Activation && !tensor.layer.empty();
        QStandardItem* child =
            node(QString::fromStdString(byLayer ? tensor.layer : tensor.name), TensorNode, {});
        child->setData(dataset.id, IdRole);
        child->setData(static_cast<int>(index), TensorRole);
        child->setToolTip(QString::fromStdString(tensor.name + "  " + engine::toString(tensor.shape)));
        if (!std::isnan(zeros[index])) {
            anyZeros = true;
            child->setData(percent(zeros[index]), FactRole);
            child->setData(zeros[index], BarRole);
        }
        group->appendRow(child);
    }
    if (anyZeros)
        group->setData(tr("zeros"), FactRole);
    return group;
}

QStandardItem* WorkspaceModel::datasetItem(const DatasetItem& dataset) const
{
    const QString title = dataset.parent != 0 ? tr("Captured activations") : dataset.title;
    QStandardItem* item = node(title, DatasetNode, datasetIcon(dataset));
    item->setData(dataset.id, IdRole);
    item->setData(dataset.parent != 0 ? tr("derived") : stateText(dataset), FactRole);
    item->setData(dataset.state != DatasetState::Ready, BadgeRole);
    item->setToolTip(dataset.problem.isEmpty() ? dataset.path : dataset.problem);
    if (!dataset.dataset)
        return item;
    const bool derived = dataset.parent != 0;
    const std::pair<QString, engine::Role> groups[] = {
        { tr("Weights"), engine::Role::Weight },      { tr("Activations"), engine::Role::Activation },
        { tr("Pictures"), engine::Role::Image },      { tr("Labels"), engine::Role::Label },
        { tr("Other tensors"), engine::Role::Other },
    };
    for (const auto& [groupTitle, role] : groups) {
        if (derived && role != engine::Role::Activation)
            continue;
        if (QStandardItem* group = tensorGroup(dataset, groupTitle, role)) {
            group->setData(dataset.id, IdRole);
            item->appendRow(group);
        }
    }
    return item;
}

void WorkspaceModel::rebuild()
{
    clear();
    QStandardItem* datasets = node(tr("Data sets"), Heading, {});
    QStandardItem* analyses = node(tr("Analyses"), Heading, {});
    std::map<int, QStandardItem*> byId;
    for (const DatasetItem& dataset : m_session.datasets()) {
        QStandardItem* item = datasetItem(dataset);
        byId[dataset.id] = item;
        const auto parent = byId.find(dataset.parent);
        (parent != byId.end() ? parent->second : datasets)->appendRow(item);
    }
    for (const AnalysisItem& analysis : m_session.analyses()) {
        const DatasetItem* subject = m_session.dataset(analysis.subject);
        QStandardItem* item = node(
            analysis.row->title + (subject != nullptr ? QStringLiteral(", ") + subject->title : QString()),
            AnalysisNode, QStringLiteral("analysis"));
        item->setData(analysis.id, IdRole);
        showState(*item, analysis);
        analyses->appendRow(item);
    }
    appendRow(datasets);
    if (analyses->hasChildren())
        appendRow(analyses);
    else
        delete analyses;
}

void WorkspaceModel::updateAnalysis(int id)
{
    const AnalysisItem* analysis = m_session.analysisItem(id);
    const QModelIndex index = analysisIndex(id);
    if (analysis != nullptr && index.isValid())
        showState(*itemFromIndex(index), *analysis);
}

QModelIndex WorkspaceModel::find(const std::function<bool(const QModelIndex&)>& matches) const
{
    std::vector<QModelIndex> open;
    for (int row = 0; row < rowCount(); ++row)
        open.push_back(index(row, 0));
    while (!open.empty()) {
        const QModelIndex at = open.back();
        open.pop_back();
        if (matches(at))
            return at;
        for (int row = 0; row < rowCount(at); ++row)
            open.push_back(index(row, 0, at));
    }
    return {};
}

QModelIndex WorkspaceModel::tensorIndex(int dataset, int tensor) const
{
    return find([=](const QModelIndex& at) {
        return at.data(KindRole).toInt() == TensorNode && at.data(IdRole).toInt() == dataset
            && at.data(TensorRole).toInt() == tensor;
    });
}

QModelIndex WorkspaceModel::analysisIndex(int analysis) const
{
    return find([=](const QModelIndex& at) {
        return at.data(KindRole).toInt() == AnalysisNode && at.data(IdRole).toInt() == analysis;
    });
}

} // namespace widgets
