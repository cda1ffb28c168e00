#include "analysis/catalogue.h"
#include "app/main_window.h"
#include "app/recent_files.h"
#include "widgets/network/layer_bar.h"
#include "widgets/page/page_host.h"
#include "widgets/parts/buttons.h"
#include "widgets/theme/theme.h"

#include <QActionGroup>
#include <QApplication>
#include <QDockWidget>
#include <QFileInfo>
#include <QMenuBar>
#include <QPushButton>
#include <QSettings>
#include <QToolBar>

namespace app {

using widgets::icon;

void MainWindow::buildMenus()
{
    buildFileMenu();
    buildEditMenu();
    buildViewMenu();
    buildAnalyzeMenu();
    buildHelpMenu();
}

void MainWindow::buildFileMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&File"));
    m_actions.open = menu->addAction(icon(QStringLiteral("open")), tr("&Open…"), QKeySequence::Open, this,
                                     &MainWindow::askOpen);
    m_actions.openFolder = menu->addAction(tr("Open &folder of pictures…"), QKeySequence(tr("Ctrl+Shift+O")),
                                           this, &MainWindow::askFolder);
    m_actions.recent = menu->addMenu(tr("Open &recent"));
    connect(m_actions.recent, &QMenu::aboutToShow, this, &MainWindow::fillRecent);
    m_actions.example = menu->addAction(tr("Open e&xample"), this, &MainWindow::openExample);
    menu->addSeparator();
    m_actions.save = menu->addAction(icon(QStringLiteral("save")), tr("&Save workspace"), QKeySequence::Save,
                                     this, [this] { save(false); });
    m_actions.saveAs = menu->addAction(tr("Save workspace &as…"), QKeySequence(tr("Ctrl+Shift+S")), this,
                                       [this] { save(true); });
    menu->addAction(tr("&New workspace"), QKeySequence::New, this, [this] {
        if (maySaveFirst())
            m_session.clear();
    });
    menu->addSeparator();
    m_actions.exportChart = menu->addAction(icon(QStringLiteral("export")), tr("&Export chart…"),
                                            QKeySequence(tr("Ctrl+E")), this, &MainWindow::exportCurrent);
    menu->addSeparator();
    m_actions.closeDataset = menu->addAction(tr("&Close data set"), QKeySequence(tr("Ctrl+W")), this,
                                             [this] { m_session.closeDataset(subjectDataset()); });
    menu->addAction(tr("&Quit"), QKeySequence(tr("Ctrl+Q")), this, &QWidget::close);
}

void MainWindow::buildEditMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&Edit"));
    m_actions.copyChart = menu->addAction(icon(QStringLiteral("copy")), tr("Copy c&hart"),
                                          QKeySequence(tr("Ctrl+Shift+C")), this, &MainWindow::copyChart);
    m_actions.copyTable = menu->addAction(tr("Copy &table"), QKeySequence(tr("Ctrl+Alt+C")), this,
                                          [this] { m_pages->currentPage()->copyTable(); });
    m_actions.copyCommand = menu->addAction(tr("Copy as co&mmand"), QKeySequence(tr("Ctrl+Alt+M")), this,
                                            &MainWindow::copyCommand);
}

void MainWindow::buildViewMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&View"));
    menu->addAction(tr("&Overview"), QKeySequence(tr("Ctrl+1")), this,
                    [this] { m_pages->showPage(QStringLiteral("overview")); });
    menu->addAction(tr("&Layer"), QKeySequence(tr("Ctrl+2")), this,
                    [this] { m_pages->showPage(QStringLiteral("layer")); });
    menu->addAction(tr("&Packing"), QKeySequence(tr("Ctrl+3")), this,
                    [this] { m_pages->showPage(QStringLiteral("packing")); });
    menu->addAction(tr("&Next page"), QKeySequence(tr("Ctrl+PgDown")), this,
                    [this] { m_pages->setCurrentIndex((m_pages->currentIndex() + 1) % m_pages->count()); });
    menu->addAction(tr("&Previous page"), QKeySequence(tr("Ctrl+PgUp")), this, [this] {
        m_pages->setCurrentIndex((m_pages->currentIndex() + m_pages->count() - 1) % m_pages->count());
    });
    menu->addSeparator();
    m_actions.back = menu->addAction(icon(QStringLiteral("back")), tr("&Back"), QKeySequence(tr("Alt+Left")),
                                     &m_session.selection(), &widgets::SelectionModel::back);
    m_actions.forward =
        menu->addAction(icon(QStringLiteral("forward")), tr("&Forward"), QKeySequence(tr("Alt+Right")),
                        &m_session.selection(), &widgets::SelectionModel::forward);
    menu->addAction(tr("&Deselect one level"), QKeySequence(Qt::Key_Escape), &m_session.selection(),
                    &widgets::SelectionModel::clearLevel);
    menu->addSeparator();
    QMenu* themes = menu->addMenu(tr("&Theme"));
    auto* group = new QActionGroup(this);
    using widgets::ThemeChoice;
    const std::pair<ThemeChoice, QString> choices[] = { { ThemeChoice::System, tr("&System") },
                                                        { ThemeChoice::Light, tr("&Light") },
                                                        { ThemeChoice::Dark, tr("&Dark") } };
    for (const auto& [choice, title] : choices) {
        QAction* action = themes->addAction(title, this, [choice = choice] {
            widgets::ThemeManager::instance().apply(choice);
            QSettings().setValue(QStringLiteral("appearance/theme"), static_cast<int>(choice));
        });
        action->setCheckable(true);
        action->setChecked(widgets::ThemeManager::instance().choice() == choice);
        group->addAction(action);
    }
    menu->addSeparator();
    for (QDockWidget* dock : { m_treeDock, m_inspectorDock, m_logDock, m_jobsDock })
        menu->addAction(dock->toggleViewAction());
    m_treeDock->toggleViewAction()->setShortcut(QKeySequence(Qt::Key_F9));
    m_inspectorDock->toggleViewAction()->setShortcut(QKeySequence(Qt::Key_F10));
    m_logDock->toggleViewAction()->setShortcut(QKeySequence(Qt::Key_F12));
    QAction* full = menu->addAction(tr("F&ull screen"), QKeySequence(Qt::Key_F11), this,
                                    [this](bool on) { on ? showFullScreen() : showNormal(); });
    full->setCheckable(true);
}

void MainWindow::buildAnalyzeMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&Analyze"));
    m_actions.run = menu->addAction(icon(QStringLiteral("run")), tr("&Run"), QKeySequence(tr("Ctrl+R")), this,
                                    &MainWindow::runCurrent);
    m_actions.cancelAll =
        menu->addAction(icon(QStringLiteral("stop")), tr("&Stop all jobs"), QKeySequence(tr("Ctrl+.")),
                        &m_session.jobs(), &analysis::JobQueue::cancelAll);
    m_actions.cancelAll->setEnabled(false);
    menu->addSeparator();
    for (const analysis::Analysis& row : analysis::catalogue()) {
        QAction* action =
            menu->addAction(row.title + QStringLiteral("…"), this, [this, &row] { startAnalysis(row); });
        action->setStatusTip(row.help);
        action->setToolTip(row.help);
        action->setData(row.id);
        m_analyze.push_back(action);
    }
    menu->setToolTipsVisible(true);
}

void MainWindow::buildHelpMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&Help"));
    menu->addAction(tr("&About Tessera"), this, &MainWindow::about);
    menu->addAction(tr("About &Qt"), qApp, &QApplication::aboutQt);
}

void MainWindow::buildToolBar()
{
    m_toolBar = addToolBar(tr("Tools"));
    QToolBar* bar = m_toolBar;
    bar->setObjectName(QStringLiteral("tools"));
    bar->setMovable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    const auto addButton = [bar](QPushButton* button, QAction* action) {
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        connect(action, &QAction::changed, button, [button, action] {
            button->setEnabled(action->isEnabled());
            button->setToolTip(action->toolTip());
        });
        button->setFocusPolicy(Qt::TabFocus);
        bar->addWidget(button);
    };
    addButton(widgets::plainButton(tr("Open…"), QStringLiteral("open")), m_actions.open);
    addButton(widgets::primaryButton(tr("Run"), QStringLiteral("run")), m_actions.run);
    addButton(widgets::plainButton(tr("Export…"), QStringLiteral("export")), m_actions.exportChart);
    bar->addSeparator();
    m_layerBar = new widgets::LayerBar(m_session.selection());
    connect(m_layerBar, &widgets::LayerBar::chosen, m_pages, [this] {
        if (m_pages->currentAnalysis() == 0)
            m_pages->showLayer();
    });
    bar->addWidget(m_layerBar);
}

void MainWindow::fillRecent()
{
    m_actions.recent->clear();
    for (const QString& path : RecentFiles::load()) {
        QAction* action = m_actions.recent->addAction(QFileInfo(path).fileName(), this,
                                                      [this, path] { openFiles({ path }); });
        action->setToolTip(path);
        action->setEnabled(QFileInfo::exists(path));
    }
    m_actions.recent->setToolTipsVisible(true);
    if (m_actions.recent->isEmpty()) {
        m_actions.recent->addAction(tr("Nothing yet"))->setEnabled(false);
        return;
    }
    m_actions.recent->addSeparator();
    m_actions.recent->addAction(tr("Clear the list"), this, [] { RecentFiles::clear(); });
}

} // namespace app
