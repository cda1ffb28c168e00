#include "analysis/catalogue.h"
#include "analysis/dataset/dataset.h"
#include "analysis/dataset/example.h"
#include "app/focus_order.h"
#include "app/main_window.h"
#include "app/recent_files.h"
#include "engine/base/error.h"
#include "widgets/chart/export_dialog.h"
#include "widgets/chart/render.h"
#include "widgets/job/job_strip.h"
#include "widgets/page/page_host.h"

#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QDir>
#include <QDockWidget>
#include <QFileDialog>
#include <QFileInfo>
#include <QJsonObject>
#include <QMessageBox>
#include <QMimeData>
#include <QSettings>
#include <QStatusBar>
#include <QToolBar>

namespace app {

using widgets::DatasetItem;

namespace {

QString lastFolder()
{
    const QString folder = QSettings().value(QStringLiteral("open/folder")).toString();
    return QFileInfo(folder).isDir() ? folder : QDir::homePath();
}

} // namespace

void MainWindow::openFiles(const QStringList& paths)
{
    for (const QString& path : paths) {
        if (path.endsWith(QStringLiteral(".tessera")) && !maySaveFirst())
            continue;
        m_session.open(path);
        if (path != analysis::exampleWorkspace()) // nobody's own folder
            QSettings().setValue(QStringLiteral("open/folder"), QFileInfo(path).absolutePath());
    }
}

void MainWindow::openExample()
{
    const QString path = analysis::exampleWorkspace();
    if (path.isEmpty())
        report(analysis::Level::Problem, tr("The example workspace is not installed."));
    else
        openFiles({ path });
}

void MainWindow::askOpen()
{
    auto* dialog =
        new QFileDialog(this, tr("Open"), lastFolder(),
                        QStringLiteral("%1;;%2").arg(analysis::openFilter(), tr("Workspace (*.tessera)")));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &MainWindow::openFiles);
    dialog->open();
}

void MainWindow::askFolder()
{
    auto* dialog = new QFileDialog(this, tr("Open folder of pictures"), lastFolder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) { openFiles({ path }); });
    dialog->open();
}

bool MainWindow::save(bool askName)
{
    QString path = m_session.workspacePath();
    const bool writable =
        !path.isEmpty() && path != analysis::exampleWorkspace() && QFileInfo(path).isWritable();
    if (askName || !writable) {
        const QString suggested = lastFolder() + QLatin1Char('/')
            + (path.isEmpty() ? QStringLiteral("workspace.tessera") : QFileInfo(path).fileName());
        path =
            QFileDialog::getSaveFileName(this, tr("Save workspace"), suggested, tr("Workspace (*.tessera)"));
        if (path.isEmpty())
            return false;
        if (!path.endsWith(QStringLiteral(".tessera")))
            path += QStringLiteral(".tessera");
    }
    try {
        m_session.saveWorkspace(path, { { QStringLiteral("page"), m_pages->currentPage()->pageId() } });
        RecentFiles::add(path);
        return true;
    } catch (const engine::Error& error) {
        report(analysis::Level::Problem, QString::fromUtf8(error.what()));
        return false;
    }
}

bool MainWindow::maySaveFirst()
{
    // A workspace that has no file of the user's yet is a quick look, not work to be lost.
    const QString path = m_session.workspacePath();
    if (!m_session.isModified() || path.isEmpty() || path == analysis::exampleWorkspace())
        return true;
    const auto answer =
        QMessageBox::question(this, tr("Save workspace"), tr("The workspace has changed. Save it first?"),
                              QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel);
    return answer == QMessageBox::Discard || (answer == QMessageBox::Save && save(false));
}

int MainWindow::subjectDataset() const
{
    if (const auto* item =
            m_session.find(const_cast<MainWindow*>(this)->m_session.selection().current().dataset))
        return item->id;
    return m_pages->overviewDataset();
}

/// A network alone says nothing about its maps: they come with pictures.
bool MainWindow::lacksPictures(const widgets::AnalysisItem& item, const analysis::Dataset& subject)
{
    const auto images = item.values.all().find(QStringLiteral("images"));
    return images != item.values.all().end() && images->second == analysis::Value(QString())
        && subject.content.withRole(engine::Role::Activation).empty();
}

void MainWindow::startAnalysis(const analysis::Analysis& row)
{
    int subject = subjectDataset();
    const DatasetItem* item = m_session.dataset(subject);
    const DatasetItem* other = m_session.dataset(m_pages->overviewDataset());
    const auto suits = [&row](const DatasetItem* one) {
        return one != nullptr && one->dataset && row.accepts(*one->dataset);
    };
    if (!suits(item) && suits(other))
        item = m_session.dataset(subject = other->id);
    for (const widgets::DatasetItem& one : m_session.datasets())
        if (!suits(item) && suits(&one))
            item = m_session.dataset(subject = one.id);
    // A capture of captured activations means the network they came from.
    if (item != nullptr && row.input == analysis::InputKind::Network && item->parent != 0)
        item = m_session.dataset(subject = item->parent);
    if (!suits(item) && !row.needsInput)
        subject = widgets::noSubject;
    else if (!suits(item)) {
        report(analysis::Level::Problem,
               item == nullptr ? tr("%1: open a data set first").arg(row.title)
                               : tr("%1: %2 holds no %3; open such a file, or choose it in the workspace")
                                     .arg(row.title, item->title, analysis::inputNoun(row.input)));
        return;
    }
    const int id = m_session.analysisFor(row, subject);
    m_pages->showAnalysis(id);
    const widgets::AnalysisItem* made = m_session.analysisItem(id);
    // What needs no more input runs at once; the form is there to change it.
    if (!made->report && row.input != analysis::InputKind::Network && subject != widgets::noSubject
        && !lacksPictures(*made, *item->dataset))
        m_session.run(id);
}

void MainWindow::runCurrent()
{
    if (const int id = m_pages->currentAnalysis(); id != 0)
        m_session.run(id);
}

void MainWindow::exportCurrent()
{
    if (m_pages->currentPage()->hasFigure())
        return m_pages->currentPage()->exportFigure();
    const auto chart = m_pages->currentPage()->currentChart();
    if (!chart)
        return;
    auto* dialog =
        new widgets::ExportDialog(chart->chart, chart->provenance, chart->fileName, chart->command, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &widgets::ExportDialog::exported, this,
            [this](const QString& path, const QString& summary) {
                report(analysis::Level::Note, tr("Exported %1, %2").arg(path, summary));
                m_jobs->announce(tr("Exported %1, %2").arg(QFileInfo(path).fileName(), summary), path);
            });
    dialog->open();
}

void MainWindow::copyChart()
{
    if (const auto chart = m_pages->currentPage()->currentChart())
        QApplication::clipboard()->setImage(widgets::renderFigure(chart->chart, {}, 300));
}

void MainWindow::copyCommand()
{
    if (const auto* item = m_session.analysisItem(m_pages->currentAnalysis())) {
        const DatasetItem* subject = m_session.dataset(item->subject);
        const DatasetItem* file =
            subject != nullptr && subject->parent != 0 ? m_session.dataset(subject->parent) : subject;
        if (file == nullptr && item->subject != widgets::noSubject)
            return;
        const QStringList paths = file != nullptr ? QStringList { file->path } : QStringList {};
        QApplication::clipboard()->setText(analysis::asCommand(*item->row, paths, item->values));
    }
}

void MainWindow::updateActions()
{
    const widgets::Page* page = m_pages->currentPage();
    const bool open = !m_session.isEmpty();
    const auto* item = m_session.analysisItem(m_pages->currentAnalysis());
    m_actions.exportChart->setEnabled(open && (page->hasChart() || page->hasFigure()));
    m_actions.copyChart->setEnabled(open && page->hasChart());
    m_actions.copyTable->setEnabled(open && page->canCopyTable());
    m_actions.copyCommand->setEnabled(item != nullptr);
    m_actions.run->setEnabled(item != nullptr && item->state != widgets::AnalysisState::Running);
    m_actions.run->setToolTip(item != nullptr ? tr("Run %1 (Ctrl+R)").arg(item->row->title)
                                              : tr("Choose an analysis in the Analyze menu first"));
    m_actions.closeDataset->setEnabled(open);
    m_actions.save->setEnabled(open);
    m_actions.saveAs->setEnabled(open);
    m_actions.example->setEnabled(!analysis::exampleWorkspace().isEmpty());
    m_actions.back->setEnabled(m_session.selection().canGoBack());
    m_actions.forward->setEnabled(m_session.selection().canGoForward());
    for (QAction* action : m_analyze)
        action->setEnabled(open || !analysis::findAnalysis(action->data().toString()).needsInput);
}

void MainWindow::updateTitle()
{
    const QString path = m_session.workspacePath();
    const QString name = path.isEmpty() ? tr("New workspace") : QFileInfo(path).completeBaseName();
    const QString star = m_session.isModified() && !path.isEmpty() ? QStringLiteral("*") : QString();
    // Qt would add the program's name only to the newer of X11's two titles.
    setWindowTitle(tr("%1%2 – %3").arg(name, star, QApplication::applicationDisplayName()));
}

void MainWindow::about()
{
    auto* box = new QMessageBox(
        QMessageBox::NoIcon, tr("About Tessera"),
        tr("<b>Tessera %1</b><p>Compression, data movement and compute-in-memory of neural "
           "networks, every bit traceable on the screen.</p><p>GPL-3.0-or-later. Built with Qt, "
           "QCustomPlot, HDF5, oneDNN, ONNX and Eigen.</p>")
            .arg(QStringLiteral(TESSERA_VERSION)),
        QMessageBox::Close, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

bool MainWindow::focusNextPrevChild(bool next)
{
    const QList<QWidget*> areas { m_toolBar, m_treeDock, centralWidget(), m_inspectorDock,
                                  m_logDock, m_jobsDock, statusBar() };
    QWidget* target = nextInAreas(areas, focusWidget(), next);
    if (target == nullptr)
        return false;
    target->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    QStringList paths;
    for (const QUrl& url : event->mimeData()->urls())
        if (url.isLocalFile())
            paths << url.toLocalFile();
    openFiles(paths);
    event->acceptProposedAction();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!maySaveFirst()) {
        event->ignore();
        return;
    }
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("window/state"), saveState());
    m_session.jobs().cancelAll();
    event->accept();
}

} // namespace app
