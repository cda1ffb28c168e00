#include "widgets/selection.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using widgets::Selection;
using widgets::SelectionModel;

namespace {

analysis::DatasetPtr dataset(int tensors)
{
    auto made = std::make_shared<analysis::Dataset>();
    for (int i = 0; i < tensors; ++i) {
        engine::Tensor tensor;
        tensor.name = QStringLiteral("t%1").arg(i).toStdString();
        made->content.tensors.push_back(tensor);
    }
    return made;
}

Selection at(const analysis::DatasetPtr& data, int layer, int tensor)
{
    Selection selection;
    selection.dataset = data;
    selection.layer = layer;
    selection.tensor = tensor;
    return selection;
}

} // namespace

class SelectionTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void tellsNowAndBefore()
    {
        SelectionModel model;
        QSignalSpy spy(&model, &SelectionModel::changed);
        const Selection first = at(dataset(2), 0, 1);
        model.select(first);
        model.select(first);
        QCOMPARE(spy.size(), 1);
        QVERIFY(spy[0][0].value<Selection>() == first);
        QVERIFY(spy[0][1].value<Selection>() == Selection {});
    }

    void findsTheTensor()
    {
        const auto data = dataset(2);
        QVERIFY(!Selection {}.tensorInfo());
        QVERIFY(!at(data, 0, -1).tensorInfo());
        QVERIFY(!at(data, 0, 2).tensorInfo());
        QCOMPARE(at(data, 0, 1).tensorInfo()->name, std::string("t1"));
    }

    void escapeClearsOneLevelAtATime()
    {
        SelectionModel model;
        Selection selection = at(dataset(2), 3, 1);
        selection.channel = 6;
        selection.row = 19;
        selection.column = 25;
        selection.bit = 2;
        model.select(selection);
        QStringList left;
        for (int i = 0; i < 6; ++i) {
            model.clearLevel();
            const Selection& now = model.current();
            left.append(QStringLiteral("%1 %2 %3 %4 %5")
                            .arg(now.layer)
                            .arg(now.tensor)
                            .arg(now.channel)
                            .arg(now.row)
                            .arg(now.bit));
        }
        const QStringList expected { QStringLiteral("3 1 6 19 -1"),    QStringLiteral("3 1 6 -1 -1"),
                                     QStringLiteral("3 1 -1 -1 -1"),   QStringLiteral("3 -1 -1 -1 -1"),
                                     QStringLiteral("-1 -1 -1 -1 -1"), QStringLiteral("-1 -1 -1 -1 -1") };
        QCOMPARE(left, expected);
        QVERIFY(model.current().dataset != nullptr);
    }

    void historyKeepsLayersNotElements()
    {
        SelectionModel model;
        const auto data = dataset(3);
        model.select(at(data, 0, 0));
        Selection moved = model.current();
        moved.row = moved.column = 4;
        model.select(moved);
        QVERIFY(!model.canGoBack());
        model.select(at(data, 1, 1));
        model.select(at(data, 2, 2));
        model.back();
        QCOMPARE(model.current().tensor, 1);
        model.back();
        QCOMPARE(model.current().row, 4);
        QVERIFY(!model.canGoBack());
        model.forward();
        QCOMPARE(model.current().tensor, 1);
        QVERIFY(model.canGoForward());
        model.select(at(data, 0, 0));
        QVERIFY(!model.canGoForward());
    }

    void forgetsAClosedDataset()
    {
        SelectionModel model;
        const auto closing = dataset(1);
        const auto staying = dataset(1);
        model.select(at(closing, 0, 0));
        model.select(at(staying, 0, 0));
        model.select(at(closing, 1, 0));
        model.forget(closing);
        QVERIFY(!model.current().dataset);
        QVERIFY(model.canGoBack());
        model.back();
        QCOMPARE(model.current().dataset, staying);
        QVERIFY(!model.canGoBack());
        QCOMPARE(closing.use_count(), 1L);
    }

    void passesTheHoverOn()
    {
        SelectionModel model;
        QSignalSpy spy(&model, &SelectionModel::hovered);
        widgets::Hover hover;
        hover.path = QStringLiteral("conv1");
        model.hover(hover);
        model.hover(std::nullopt);
        QCOMPARE(spy.size(), 2);
        QCOMPARE(spy[0][0].value<std::optional<widgets::Hover>>()->path, QStringLiteral("conv1"));
        QVERIFY(!spy[1][0].value<std::optional<widgets::Hover>>());
    }
};

QTEST_GUILESS_MAIN(SelectionTest)
#include "selection_test.moc"
