#include "tests/widgets/tensor/views.h"
#include "tests/widgets/widget_test.h"
#include "widgets/page/overview_page.h"
#include "widgets/page/pictures_pane.h"
#include "widgets/tensor/picture_grid.h"

#include <QImage>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using widgets::OverviewPage;
using widgets::Session;

class OverviewPageTest : public QObject {
    Q_OBJECT

private slots:
    void init() { failOnWarnings(); }

    void pictureFoldersShowTheirPictures()
    {
        QTemporaryDir folder;
        QImage picture(12, 8, QImage::Format_RGB32);
        for (const int number : { 0, 1, 2 }) {
            picture.fill(QColor(80 * number, 30, 200));
            QVERIFY(picture.save(folder.filePath(QStringLiteral("p%1.png").arg(number))));
        }
        Session session;
        OverviewPage page(session);
        page.resize(700, 500);
        page.show();
        auto* pane = page.findChild<widgets::PicturesPane*>();
        QVERIFY(pane != nullptr && !pane->isVisible());
        QSignalSpy opened(&session, &Session::datasetOpened);
        session.open(folder.path());
        QTRY_COMPARE(opened.size(), 1);
        const int id = session.datasets().front().id;
        QCOMPARE(page.dataset(), id); // there is nothing better to show
        QVERIFY(pane->isVisible());
        QCOMPARE(pane->grid().count(), 3);
        QTRY_VERIFY((pane->grid().grab(), pane->grid().isComplete()));
        const QImage shown = pane->grid().viewport()->grab().toImage();
        QCOMPARE(shown.pixelColor(pane->grid().rectOf(2).center() - QPoint(0, 8)), QColor(160, 30, 200));
        views::click(*pane->grid().viewport(), pane->grid().rectOf(2).center());
        QCOMPARE(session.selection().current().batch, 2);
        QCOMPARE(session.selection().current().dataset, session.datasets().front().dataset);
        QCOMPARE(pane->grid().selected(), 2);
        session.closeDataset(id);
        QVERIFY(!pane->isVisible());
        QCOMPARE(pane->grid().count(), 0);
    }
};

QTEST_MAIN(OverviewPageTest)
#include "overview_page_test.moc"
