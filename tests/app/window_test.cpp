#include "analysis/dataset/example.h"
#include "app/main_window.h"
#include "widgets/chart/export_dialog.h"
#include "widgets/job/strip_notice.h"
#include "widgets/network/layer_bar.h"
#include "widgets/network/workspace_tree.h"
#include "widgets/page/analysis_page.h"
#include "widgets/page/inspector.h"
#include "widgets/page/layer_page.h"
#include "widgets/page/overview_page.h"
#include "widgets/page/page_host.h"
#include "widgets/parts/elided_label.h"
#include "widgets/parts/readout_bar.h"
#include "widgets/theme/theme.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDropEvent>
#include <QElapsedTimer>
#include <QFile>
#include <QLineEdit>
#include <QMenuBar>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QTest>
#include <QToolBar>

using widgets::AnalysisState;
using widgets::DatasetState;

namespace {

QAction* findAction(const app::MainWindow& window, const QString& text)
{
    for (QAction* action : window.findChildren<QAction*>())
        if (QString(action->text()).remove(QLatin1Char('&')) == text)
            return action;
    return nullptr;
}

bool allReady(app::MainWindow& window)
{
    const auto& datasets = window.session().datasets();
    return !datasets.empty()
        && std::all_of(datasets.begin(), datasets.end(),
                       [](const widgets::DatasetItem& item) { return item.state == DatasetState::Ready; });
}

const widgets::AnalysisItem* analysisOf(app::MainWindow& window, const QString& id)
{
    for (const widgets::AnalysisItem& item : window.session().analyses())
        if (item.row->id == id)
            return &item;
    return nullptr;
}

} // namespace

/// What a user does, with real clicks and keys: open the example, look, run, export, save, come back.
class WindowTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
        QApplication::setOrganizationName(QStringLiteral("Tessera"));
        QApplication::setApplicationName(QStringLiteral("tessera-test"));
        widgets::ThemeManager::instance().apply(widgets::ThemeChoice::Light);
        QVERIFY(!analysis::exampleWorkspace().isEmpty());
    }

    void init()
    {
        // The offscreen platform says this of every dialog.
        QTest::failOnWarning(
            QRegularExpression(QStringLiteral("^(?!This plugin does not support propagateSizeHints)")));
        m_window = std::make_unique<app::MainWindow>();
        m_window->resize(1280, 800);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }

    void cleanup() { m_window.reset(); }

    void theExampleFillsEveryView()
    {
        openExample();
        QVERIFY(m_window->session().selection().current().tensorInfo() != nullptr);
        QCOMPARE(m_window->windowTitle(), QStringLiteral("digits – tessera-test"));
        QVERIFY(!findAction(*m_window, QStringLiteral("Stop all jobs"))->isEnabled());
        for (const char* id : { "sparsity", "entropy", "codec" }) {
            QTRY_VERIFY(analysisOf(*m_window, QString::fromLatin1(id)) != nullptr
                        && analysisOf(*m_window, QString::fromLatin1(id))->state == AnalysisState::Done);
        }
        QTRY_COMPARE(analysisOf(*m_window, QStringLiteral("capture"))->state, AnalysisState::Done);
        QTRY_VERIFY(m_window->isSettled());
        const auto* pages = m_window->findChild<widgets::PageHost*>();
        QVERIFY(pages->currentPage()->currentChart().has_value());
    }

    void codecFromTheMenuThenExportAsPdf()
    {
        openExample();
        m_window->showPageWhenReady(QStringLiteral("codec"));
        QTRY_COMPARE(analysisOf(*m_window, QStringLiteral("codec"))->state, AnalysisState::Done);
        QAction* exporting = findAction(*m_window, QStringLiteral("Export chart…"));
        QVERIFY(exporting != nullptr && exporting->isEnabled());
        exporting->trigger();
        auto* dialog = m_window->findChild<widgets::ExportDialog*>();
        QVERIFY(dialog != nullptr);
        const QString path = m_folder.filePath(QStringLiteral("ratio.pdf"));
        dialog->findChild<QLineEdit*>(QStringLiteral("file"))->setText(path);
        QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("export")), Qt::LeftButton);
        QTRY_VERIFY(QFile::exists(path));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray pdf = file.readAll();
        QVERIFY(pdf.startsWith("%PDF-"));
        QVERIFY(!pdf.contains("/DCTDecode"));
        const auto* notice = m_window->findChild<widgets::StripNotice*>();
        QTRY_VERIFY(notice->isVisible());
        QCOMPARE(notice->path(), path);
        const QString sentence = notice->findChild<widgets::ElidedLabel*>()->text();
        QVERIFY2(sentence.startsWith(QStringLiteral("Exported ratio.pdf, 88.9 × ")), qPrintable(sentence));
        QVERIFY2(sentence.endsWith(QStringLiteral(" mm, PDF")), qPrintable(sentence));
    }

    void copyAsCommandNamesTheRun()
    {
        openExample();
        m_window->showPageWhenReady(QStringLiteral("entropy"));
        QTRY_COMPARE(analysisOf(*m_window, QStringLiteral("entropy"))->state, AnalysisState::Done);
        findAction(*m_window, QStringLiteral("Copy as command"))->trigger();
        const QString command = QApplication::clipboard()->text();
        QVERIFY2(command.startsWith(QStringLiteral("tessera-cli entropy ")), qPrintable(command));
        QVERIFY2(command.contains(QStringLiteral("digits-activations.h5")), qPrintable(command));
    }

    void choosingALayerMovesEveryView()
    {
        openExample();
        auto* layers = m_window->findChild<widgets::LayerBar*>()->findChild<QComboBox*>();
        const int before = m_window->session().selection().current().tensor;
        layers->setFocus();
        QTest::keyClick(layers, Qt::Key_Down);
        QTRY_VERIFY(m_window->session().selection().current().tensor != before);
        QTRY_VERIFY(m_window->isSettled());
        const QString name =
            QString::fromStdString(m_window->session().selection().current().tensorInfo()->layer);
        auto* readout = m_window->findChild<widgets::ReadoutBar*>();
        QTRY_VERIFY2(readout->text().contains(name),
                     qPrintable(readout->text() + QStringLiteral(" lacks ") + name));
        findAction(*m_window, QStringLiteral("Back"))->trigger();
        QCOMPARE(m_window->session().selection().current().tensor, before);
    }

    void filesAreDroppedOnTheWindow()
    {
        QMimeData mime;
        const QString broken = m_folder.filePath(QStringLiteral("not a network.onnx"));
        QFile file(broken);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("something else");
        file.close();
        mime.setUrls({ QUrl::fromLocalFile(broken) });
        QDragEnterEvent enter(QPoint(400, 400), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(400, 400), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &drop);
        QTRY_VERIFY(!m_window->session().datasets().empty()
                    && m_window->session().datasets().front().state == DatasetState::Failed);
    }

    void bothThemesRepaintEverything()
    {
        openExample();
        QTRY_VERIFY(m_window->isSettled());
        const QImage light = m_window->grab().toImage();
        widgets::ThemeManager::instance().apply(widgets::ThemeChoice::Dark);
        const QImage dark = m_window->grab().toImage();
        widgets::ThemeManager::instance().apply(widgets::ThemeChoice::Light);
        QVERIFY(qGray(light.pixel(10, 10)) > 200);
        QVERIFY(qGray(dark.pixel(10, 10)) < 60);
        const QPoint paper = QPoint(dark.width() / 2, dark.height() - 80);
        QVERIFY(qGray(dark.pixel(paper)) < 100);
    }

    /// It comes with the program: changes to it are not asked about, and not written over it.
    void theExampleIsNobodysWork()
    {
        openExample();
        const widgets::AnalysisItem* codec = analysisOf(*m_window, QStringLiteral("codec"));
        QVERIFY(codec != nullptr);
        analysis::Values values = codec->values;
        values.set(codec->row->parameters, QStringLiteral("word"), qint64(6));
        m_window->session().setValues(codec->id, values);
        QVERIFY(m_window->session().isModified());
        QVERIFY(m_window->close());
    }

    void tabGoesThroughTheAreasInOrder()
    {
        openExample();
        m_window->showPageWhenReady(QStringLiteral("codec"));
        QTRY_VERIFY(m_window->isSettled());
        m_window->activateWindow();
        const QList<QWidget*> areas { m_window->findChild<QToolBar*>(),
                                      m_window->findChild<widgets::WorkspaceTree*>(),
                                      m_window->findChild<widgets::PageHost*>(),
                                      m_window->findChild<widgets::Inspector*>(), m_window->statusBar() };
        areas[0]->findChild<QPushButton*>()->setFocus();
        const auto areaOfFocus = [&] {
            for (qsizetype i = 0; i < areas.size(); ++i)
                if (areas[i] == m_window->focusWidget() || areas[i]->isAncestorOf(m_window->focusWidget()))
                    return i;
            return areas.size();
        };
        QList<qsizetype> seen { 0 };
        for (int i = 0; i < 80 && seen.size() <= areas.size(); ++i) {
            QTest::keyClick(m_window->focusWidget(), Qt::Key_Tab);
            if (areaOfFocus() != seen.last())
                seen << areaOfFocus();
        }
        QCOMPARE(seen, QList<qsizetype>({ 0, 1, 2, 3, 4, 0 }));
        QTest::keyClick(m_window->focusWidget(), Qt::Key_Backtab);
        QCOMPARE(areaOfFocus(), 4);
    }

    void closingWhileBusyEndsSoon()
    {
        openExample();
        for (const widgets::AnalysisItem& item : m_window->session().analyses())
            m_window->session().run(item.id);
        QElapsedTimer clock;
        clock.start();
        m_window->close();
        m_window.reset();
        QVERIFY2(clock.elapsed() < 5000, qPrintable(QString::number(clock.elapsed())));
    }

private:
    void openExample()
    {
        m_window->openExample();
        QTRY_VERIFY_WITH_TIMEOUT(allReady(*m_window), 20000);
        // The capture adds a data set of its own, which becomes the selection.
        QTRY_COMPARE_WITH_TIMEOUT(m_window->session().datasets().size(), std::size_t { 4 }, 20000);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->isSettled(), 20000);
    }

    QTemporaryDir m_folder;
    std::unique_ptr<app::MainWindow> m_window;
};

QTEST_MAIN(WindowTest)
#include "window_test.moc"
