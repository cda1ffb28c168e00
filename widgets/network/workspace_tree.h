#pragma once

#include "widgets/session/session.h"

#include <QTreeView>

#include <set>

namespace widgets {

class WorkspaceModel;

/// The left dock: what is open. Choosing a tensor sets the selection, choosing an analysis asks for its page.
class WorkspaceTree : public QTreeView {
    Q_OBJECT

public:
    explicit WorkspaceTree(Session& session, QWidget* parent = nullptr);

signals:
    void datasetChosen(int id); ///< its overview is wanted
    void tensorChosen(); ///< the selection has been set
    void analysisChosen(int id);

protected:
    void drawBranches(QPainter* painter, const QRect& rect, const QModelIndex& index) const override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void choose(const QModelIndex& index);
    void followSelection(const Selection& now);
    void restoreOpen();
    void removeCurrent();

    Session& m_session;
    WorkspaceModel* m_model;
    std::set<QString> m_closed; ///< rows the user has closed, by path of names
    std::set<QString> m_opened; ///< rows the user has opened that are closed at first
};

} // namespace widgets
