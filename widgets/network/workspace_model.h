#pragma once

#include "widgets/session/session.h"

#include <QStandardItemModel>

namespace widgets {

/// What the workspace tree shows: data sets with their weights and activations, and the analyses. Built anew
/// from the session when something comes or goes; states and progress are updated in place.
class WorkspaceModel : public QStandardItemModel {
    Q_OBJECT

public:
    enum Kind { Heading, DatasetNode, Group, TensorNode, AnalysisNode };
    enum Role {
        KindRole = Qt::UserRole + 1,
        IdRole, ///< of the data set or analysis
        TensorRole, ///< index into content.tensors
        FactRole, ///< the one fact on the right
        BarRole, ///< 0..1 beside the fact; absent for none
        BadgeRole, ///< "stale": the fact is drawn as a badge
        IconRole ///< name of the icon
    };

    explicit WorkspaceModel(Session& session, QObject* parent = nullptr);

    QModelIndex tensorIndex(int dataset, int tensor) const;
    QModelIndex analysisIndex(int analysis) const;

private:
    void rebuild();
    void updateAnalysis(int id);
    QStandardItem* datasetItem(const DatasetItem& dataset) const;
    QStandardItem* tensorGroup(const DatasetItem& dataset, const QString& title, engine::Role role) const;
    QModelIndex find(const std::function<bool(const QModelIndex&)>& matches) const;

    Session& m_session;
};

} // namespace widgets
