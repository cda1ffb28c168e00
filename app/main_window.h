#pragma once

#include "widgets/job/log_model.h"
#include "widgets/session/session.h"

#include <QMainWindow>

#include <vector>

class QDockWidget;
class QStackedWidget;
class QToolBar;

namespace widgets {
class EmptyState;
class Inspector;
class JobList;
class JobStrip;
class LayerBar;
class MessageBar;
class PageHost;
class ReadoutBar;
class WorkspaceTree;
} // namespace widgets

namespace app {

/// The window: workspace tree, pages, inspector, jobs strip and readout around one session.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    MainWindow();
    ~MainWindow() override;

    widgets::Session& session() { return m_session; }

    void openFiles(const QStringList& paths);
    void openExample();
    /// Shows a page as soon as there is something to show on it.
    void showPageWhenReady(const QString& pageId);
    /// Nothing is being opened, computed or drawn any more.
    bool isSettled() const;

protected:
    void showEvent(QShowEvent* event) override;
    /// Toolbar, left dock, view, inspector, docks below, job strip.
    bool focusNextPrevChild(bool next) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    struct Actions {
        QAction* open = nullptr;
        QAction* openFolder = nullptr;
        QMenu* recent = nullptr;
        QAction* example = nullptr;
        QAction* save = nullptr;
        QAction* saveAs = nullptr;
        QAction* exportChart = nullptr;
        QAction* closeDataset = nullptr;
        QAction* copyChart = nullptr;
        QAction* copyTable = nullptr;
        QAction* copyCommand = nullptr;
        QAction* run = nullptr;
        QAction* cancelAll = nullptr;
        QAction* back = nullptr;
        QAction* forward = nullptr;
    };

    void buildDocks();
    void buildStatus();
    void buildToolBar();
    void buildMenus();
    void buildFileMenu();
    void buildEditMenu();
    void buildViewMenu();
    void buildAnalyzeMenu();
    void buildHelpMenu();
    void connectSession();
    void connectPages();
    void restoreLayout();

    void askOpen();
    void askFolder();
    void fillRecent();
    bool save(bool askName);
    bool maySaveFirst();
    void exportCurrent();
    void copyChart();
    void copyCommand();
    void runCurrent();
    void startAnalysis(const analysis::Analysis& row);
    static bool lacksPictures(const widgets::AnalysisItem& item, const analysis::Dataset& subject);
    void updateActions();
    void updateTitle();
    void updateEmptyState();
    void updateView();
    void updateInspector();
    void datasetOpened(int id);
    void report(analysis::Level level, const QString& text);
    void about();
    int subjectDataset() const;

    widgets::Session m_session;
    widgets::LogModel m_log;
    Actions m_actions;
    std::vector<QAction*> m_analyze; ///< one per row of the catalogue
    QToolBar* m_toolBar = nullptr;
    QStackedWidget* m_centre = nullptr;
    widgets::EmptyState* m_empty = nullptr;
    widgets::PageHost* m_pages = nullptr;
    widgets::MessageBar* m_messages = nullptr;
    widgets::WorkspaceTree* m_tree = nullptr;
    widgets::Inspector* m_inspector = nullptr;
    widgets::LayerBar* m_layerBar = nullptr;
    widgets::JobStrip* m_jobs = nullptr;
    widgets::ReadoutBar* m_readout = nullptr;
    widgets::JobList* m_jobList = nullptr;
    QDockWidget* m_jobsDock = nullptr;
    QDockWidget* m_logDock = nullptr;
    QDockWidget* m_treeDock = nullptr;
    QDockWidget* m_inspectorDock = nullptr;
    QString m_wantedPage;
    bool m_docksPlaced = false; ///< as they were when the program was last closed, or by the width
    bool m_keepPage = false; ///< a workspace said which page is in front
};

} // namespace app
