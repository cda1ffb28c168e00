#include "app/main_window.h"
#include "widgets/network/workspace_tree.h"
#include "widgets/page/inspector.h"
#include "widgets/page/overview_page.h"
#include "widgets/page/page_host.h"
#include "widgets/table/data_table.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QHeaderView>
#include <QLabel>
#include <QScrollBar>
#include <QSettings>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

/// What the window shows at the sizes it is used at.
class WindowLayoutTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
        QApplication::setOrganizationName(QStringLiteral("Tessera"));
        QApplication::setApplicationName(QStringLiteral("tessera-layout-test"));
        widgets::ThemeManager::instance().apply(widgets::ThemeChoice::Light);
    }

    void init()
    {
        QTest::failOnWarning(
            QRegularExpression(QStringLiteral("^(?!This plugin does not support propagateSizeHints)")));
    }

    void everyColumnOfTheOverviewIsSeen_data() { docksKeepTheirWidths_data(); }

    void everyColumnOfTheOverviewIsSeen()
    {
        QFETCH(const QSize, size);
        app::MainWindow window;
        window.resize(size);
        window.show();
        window.openExample();
        QTRY_COMPARE_WITH_TIMEOUT(window.session().datasets().size(), std::size_t { 4 }, 20000);
        QTRY_VERIFY_WITH_TIMEOUT(window.isSettled(), 20000);
        window.showPageWhenReady(QStringLiteral("overview"));
        const auto* page = window.findChild<widgets::OverviewPage*>();
        const auto* table = page->findChild<widgets::DataTable*>();
        QTRY_VERIFY(table->isVisible());
        if (size.width() >= 1280) // below, the table scrolls
            QTRY_COMPARE(table->horizontalScrollBar()->maximum(), 0);
        QVERIFY(table->horizontalHeader()->count() >= 8);
    }

    void docksKeepTheirWidths_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::newRow("smallest") << QSize(1200, 760);
        QTest::newRow("1280") << QSize(1280, 800);
        QTest::newRow("1440") << QSize(1440, 900);
        QTest::newRow("1600") << QSize(1600, 1000);
    }

    void docksKeepTheirWidths()
    {
        QFETCH(const QSize, size);
        app::MainWindow window;
        window.resize(size);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        window.openExample();
        QTRY_COMPARE_WITH_TIMEOUT(window.session().datasets().size(), std::size_t { 4 }, 20000);
        QTRY_VERIFY_WITH_TIMEOUT(window.isSettled(), 20000);
        const auto* inspector = window.findChild<widgets::Inspector*>();
        const auto* tree = window.findChild<widgets::WorkspaceTree*>();
        const int inspectorWidth = inspector->width();
        for (const char* page : { "overview", "layer", "codec", "capture" }) {
            window.showPageWhenReady(QString::fromLatin1(page));
            QTRY_VERIFY(window.isSettled());
            QCoreApplication::processEvents();
            QCOMPARE(window.size(), size);
            QCOMPARE(inspector->width(), inspectorWidth);
            QVERIFY2(inspector->width() >= 300 && inspector->width() <= 340, page);
            QVERIFY2(tree->width() >= 200 && tree->width() <= 262, page);
            QTRY_VERIFY2(badLabel(inspector).isEmpty(), qPrintable(badLabel(inspector)));
        }
    }

private:
    /// The text of a label that has less room than it needs, or a row higher than its text.
    static QString badLabel(const QWidget* parent)
    {
        for (const QLabel* label : parent->findChildren<QLabel*>()) {
            if (!label->isVisible() || label->text().isEmpty())
                continue;
            const int height = label->wordWrap() ? label->heightForWidth(label->width()) : 0;
            const int width = label->wordWrap() ? 0 : label->sizeHint().width();
            const int most = label->wordWrap() ? height + label->fontMetrics().height() / 2 : QWIDGETSIZE_MAX;
            if (label->height() < height || label->height() > most || label->width() < width)
                return label->text();
        }
        return {};
    }

    QTemporaryDir m_folder;
};

QTEST_MAIN(WindowLayoutTest)
#include "window_layout_test.moc"
