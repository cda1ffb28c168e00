#include "app/main_window.h"

#include "analysis/dataset/dataset.h"
#include "analysis/dataset/example.h"
#include "app/recent_files.h"
#include "widgets/job/job_list.h"
#include "widgets/job/job_strip.h"
#include "widgets/job/log_view.h"
#include "widgets/network/first_look.h"
#include "widgets/network/layer_bar.h"
#include "widgets/network/workspace_tree.h"
#include "widgets/page/inspector.h"
#include "widgets/page/layer_page.h"
#include "widgets/page/page_host.h"
#include "widgets/parts/empty_state.h"
#include "widgets/parts/message_bar.h"
#include "widgets/parts/panel_header.h"
#include "widgets/parts/readout_bar.h"

#include <QDockWidget>
#include <QFileInfo>
#include <QSettings>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolBar>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace app {

using widgets::DatasetItem;

namespace {

constexpr int treeLeast = 200;
constexpr int inspectorLeast = 300; ///< a form with its labels, fields and units

/// The side docks take their share of the window within the widths they read well at.
QList<int> dockWidths(int window)
{
    return { std::clamp(window * 17 / 100, 212, 262), std::clamp(window * 9 / 40, inspectorLeast, 340) };
}

QDockWidget* makeDock(QMainWindow& window, const QString& title, const QString& name, QWidget* body,
                      Qt::DockWidgetArea area)
{
    auto* dock = new QDockWidget(title, &window);
    dock->setObjectName(name);
    dock->setFeatures(QDockWidget::DockWidgetClosable | QDockWidget::DockWidgetMovable);
    dock->setTitleBarWidget(new widgets::PanelHeader(title, widgets::HeaderKind::Dock, dock));
    dock->setWidget(body);
    window.addDockWidget(area, dock);
    return dock;
}

} // namespace

MainWindow::MainWindow()
{
    setAcceptDrops(true);
    setMinimumSize(1200, 760);
    resize(1440, 900);
    setDockNestingEnabled(false);
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);

    m_pages = new widgets::PageHost(m_session);
    m_messages = new widgets::MessageBar;
    m_empty = new widgets::EmptyState;
    m_centre = new QStackedWidget;
    m_centre->addWidget(m_empty);
    m_centre->addWidget(m_pages);
    auto* centre = new QWidget;
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_messages);
    column->addWidget(m_centre, 1);
    setCentralWidget(centre);

    buildDocks();
    buildStatus();
    buildMenus();
    buildToolBar();
    connectSession();
    connectPages();
    restoreLayout();
    updateEmptyState();
    updateActions();
    updateTitle();
}

MainWindow::~MainWindow()
{
    m_session.disconnect(this);
}

void MainWindow::buildDocks()
{
    m_tree = new widgets::WorkspaceTree(m_session);
    m_inspector = new widgets::Inspector(m_session);
    m_jobList = new widgets::JobList(&m_session.jobs());
    m_treeDock =
        makeDock(*this, tr("Workspace"), QStringLiteral("workspace"), m_tree, Qt::LeftDockWidgetArea);
    m_inspectorDock =
        makeDock(*this, tr("Inspector"), QStringLiteral("inspector"), m_inspector, Qt::RightDockWidgetArea);
    m_logDock = makeDock(*this, tr("Log"), QStringLiteral("log"), new widgets::LogView(&m_log),
                         Qt::BottomDockWidgetArea);
    m_logDock->hide();
    m_jobsDock = makeDock(*this, tr("Jobs"), QStringLiteral("jobs"), m_jobList, Qt::BottomDockWidgetArea);
    m_jobsDock->hide();
    m_tree->setMinimumWidth(treeLeast);
    m_inspector->setMinimumWidth(inspectorLeast);
}

void MainWindow::buildStatus()
{
    m_jobs = new widgets::JobStrip(&m_session.jobs());
    m_readout = new widgets::ReadoutBar;
    auto* both = new QWidget;
    auto* column = new QVBoxLayout(both);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_jobs);
    column->addWidget(m_readout);
    statusBar()->setSizeGripEnabled(false);
    statusBar()->setContentsMargins(0, 0, 0, 0);
    statusBar()->addWidget(both, 1);
    const auto toggle = [](QDockWidget* dock) { return [dock] { dock->setVisible(!dock->isVisible()); }; };
    connect(m_jobs, &widgets::JobStrip::logRequested, this, toggle(m_logDock));
    connect(m_jobs, &widgets::JobStrip::warningsRequested, m_logDock, &QDockWidget::show);
    connect(m_jobs, &widgets::JobStrip::problem, this,
            [this](const QString& sentence) { report(analysis::Level::Warning, sentence); });
    connect(m_jobs, &widgets::JobStrip::listRequested, this, toggle(m_jobsDock));
    connect(&m_log, &widgets::LogModel::warningsChanged, m_jobs, &widgets::JobStrip::setWarnings);
}

void MainWindow::connectSession()
{
    using widgets::Session;
    connect(&m_session, &Session::datasetOpened, this, &MainWindow::datasetOpened);
    connect(&m_session, &Session::datasetsChanged, this, [this] {
        updateEmptyState();
        updateActions();
        updateInspector();
    });
    connect(&m_session, &Session::analysesChanged, this, &MainWindow::updateActions);
    connect(&m_session, &Session::analysisChanged, this, [this] { updateActions(); });
    connect(&m_session, &Session::workspaceChanged, this, &MainWindow::updateTitle);
    connect(&m_session.jobs(), &analysis::JobQueue::changed, this,
            [this] { m_actions.cancelAll->setEnabled(m_session.jobs().activeCount() > 0); });
    connect(&m_session, &Session::message, this, &MainWindow::report);
    connect(&m_session, &Session::logged, &m_log,
            [this](analysis::Level level, const QString& text) { m_log.add(level, {}, text); });
    connect(&m_session, &Session::workspaceOpened, this, [this](const QJsonObject& layout) {
        RecentFiles::add(m_session.workspacePath());
        if (m_wantedPage.isEmpty())
            m_wantedPage = layout[QStringLiteral("page")].toString();
        m_keepPage = !m_wantedPage.isEmpty();
    });
    connect(&m_session.selection(), &widgets::SelectionModel::changed, this, &MainWindow::updateView);
    connect(&m_session.selection(), &widgets::SelectionModel::hovered, m_readout,
            &widgets::ReadoutBar::setHover);
}

void MainWindow::connectPages()
{
    using widgets::PageHost;
    connect(m_pages, &PageHost::pageChanged, this, &MainWindow::updateView);
    // The readout shows the path even while another page is in front.
    connect(&m_pages->layerPage(), &widgets::Page::contentChanged, this, &MainWindow::updateView);
    connect(m_pages, &PageHost::exportRequested, this, &MainWindow::exportCurrent);
    connect(m_pages, &PageHost::runRequested, this,
            [this](const QString& id) { startAnalysis(analysis::findAnalysis(id)); });
    connect(m_tree, &widgets::WorkspaceTree::datasetChosen, m_pages, &PageHost::showOverview);
    connect(m_tree, &widgets::WorkspaceTree::tensorChosen, m_pages, &PageHost::showLayer);
    connect(m_tree, &widgets::WorkspaceTree::analysisChosen, m_pages, &PageHost::showAnalysis);
    connect(m_layerBar, &widgets::LayerBar::wordBitsChanged, &m_pages->layerPage(),
            &widgets::LayerPage::setWordBits);
    m_pages->layerPage().setWordBits(m_layerBar->wordBits());
    connect(m_inspector, &widgets::Inspector::runRequested, &m_session, &widgets::Session::run);
    connect(m_inspector, &widgets::Inspector::copyCommandRequested, this, &MainWindow::copyCommand);
    connect(m_empty, &widgets::EmptyState::openRequested, this, &MainWindow::askOpen);
    connect(m_empty, &widgets::EmptyState::recentChosen, this,
            [this](const QString& path) { openFiles({ path }); });
    connect(m_empty, &widgets::EmptyState::exampleChosen, this, &MainWindow::openExample);
    connect(m_empty, &widgets::EmptyState::filesDropped, this, &MainWindow::openFiles);
}

void MainWindow::restoreLayout()
{
    const QSettings settings;
    restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
    m_docksPlaced = restoreState(settings.value(QStringLiteral("window/state")).toByteArray());
}

/// How wide the window is, is known when it is shown.
void MainWindow::showEvent(QShowEvent* event)
{
    QMainWindow::showEvent(event);
    if (!std::exchange(m_docksPlaced, true))
        resizeDocks({ m_treeDock, m_inspectorDock }, dockWidths(width()), Qt::Horizontal);
}

void MainWindow::datasetOpened(int id)
{
    const DatasetItem* item = m_session.dataset(id);
    if (item == nullptr || !item->dataset)
        return;
    if (item->parent == 0 && m_session.workspacePath().isEmpty())
        RecentFiles::add(item->path);
    const bool derived = item->parent != 0;
    const bool first = m_session.selection().current().dataset == nullptr;
    const bool hasActivations = !item->dataset->content.withRole(engine::Role::Activation).empty();
    // Who is setting up or reading an analysis is not taken elsewhere by a file that has just been read.
    const bool stays = m_keepPage || (!first && m_pages->currentAnalysis() != 0);
    const widgets::Selection look = widgets::firstLook(item->dataset);
    const bool hasMore = look.tensor >= 0 || !item->dataset->content.trace.empty();
    if (first || (hasMore && (!stays || hasActivations)))
        m_session.selection().select(look);
    if (derived)
        m_pages->setOverviewDataset(id);
    if (!m_wantedPage.isEmpty())
        showPageWhenReady(m_wantedPage);
    else if (!stays && (look.tensor < 0 || (item->dataset->content.graph && !derived)))
        m_pages->showOverview(id);
    else if (!stays)
        m_pages->showLayer();
    updateInspector();
}

void MainWindow::showPageWhenReady(const QString& pageId)
{
    m_wantedPage = pageId;
    const bool isFree = m_session.datasets().empty()
        && std::ranges::any_of(analysis::catalogue(), [&](const analysis::Analysis& row) {
                            return row.id == pageId && !row.needsInput;
                        });
    // Who names several files wants them all before anything runs on them.
    const bool isOpening = std::ranges::any_of(m_session.datasets(), [](const widgets::DatasetItem& one) {
        return one.state == widgets::DatasetState::Loading;
    });
    if ((!m_session.selection().current().dataset && !isFree) || isOpening)
        return;
    bool shown = m_pages->showPage(pageId);
    for (const analysis::Analysis& row : analysis::catalogue())
        if (!shown && row.id == pageId) {
            startAnalysis(row);
            shown = true;
        }
    if (shown)
        m_wantedPage.clear();
    else
        report(analysis::Level::Problem, tr("There is no page \"%1\"").arg(pageId));
}

bool MainWindow::isSettled() const
{
    return const_cast<MainWindow*>(this)->m_session.jobs().activeCount() == 0 && !m_pages->isBusy();
}

void MainWindow::updateEmptyState()
{
    m_centre->setCurrentWidget(m_session.isEmpty() ? static_cast<QWidget*>(m_empty) : m_pages);
    if (!m_session.isEmpty())
        return;
    m_empty->setFormats(analysis::formatTitles().join(QStringLiteral(", ")));
    QList<widgets::Link> recent;
    for (const QString& path : RecentFiles::load())
        if (recent.size() < 6)
            recent << widgets::Link { QFileInfo(path).fileName(), path, path };
    m_empty->setRecent(recent);
    if (!analysis::exampleWorkspace().isEmpty())
        m_empty->setExamples({ { tr("Digits: a small trained network"), analysis::exampleWorkspace(), {} } });
}

void MainWindow::updateView()
{
    m_readout->setPath(m_pages->layerPage().selectionPath());
    updateInspector();
    updateActions();
}

void MainWindow::updateInspector()
{
    const QString page = m_pages->currentPage() != nullptr ? m_pages->currentPage()->pageId() : QString();
    if (m_session.isEmpty())
        m_inspector->showNothing();
    else if (QWidget* panel = m_pages->currentPage()->inspectorPanel())
        m_inspector->showPanel(panel);
    else if (m_pages->currentAnalysis() != 0)
        m_inspector->showAnalysis(m_pages->currentAnalysis());
    else if (page == QLatin1String("layer") && m_session.selection().current().tensorInfo() != nullptr)
        m_inspector->showTensor(m_session.selection().current(),
                                m_pages->layerPage().isLoading() ? nullptr : m_pages->layerPage().facts());
    else
        m_inspector->showDataset(m_pages->overviewDataset());
}

void MainWindow::report(analysis::Level level, const QString& text)
{
    m_log.add(level, {}, text);
    if (level == analysis::Level::Problem)
        m_messages->post({ level, text });
}

} // namespace app
