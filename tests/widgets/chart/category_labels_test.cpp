#include "widgets/chart/category_labels.h"

#include <QFont>
#include <QTest>

using namespace widgets;

namespace {

QStringList layers(int groups, int members)
{
    QStringList names { QStringLiteral("conv1") };
    for (int group = 0; group < groups; ++group) {
        for (int member = 0; member < members; ++member)
            names << QStringLiteral("layer%1.%2.conv%3").arg(group / 3 + 1).arg(group % 3).arg(member + 1);
    }
    return names;
}

QStringList numbers(int count)
{
    QStringList names;
    for (int i = 0; i < count; ++i)
        names << QString::number(i);
    return names;
}

CategoryLabels labelsOf(const QStringList& categories, double width, int highlight = -1)
{
    const std::vector<CategoryName> names = splitCategories(categories);
    const auto count = static_cast<double>(categories.size());
    const CategoryRow row { names,
                            [=](double category) { return (category + 0.5) / count * width; },
                            { 0, width },
                            100,
                            QFontMetricsF(QFont(QStringLiteral("Open Sans"), 9)),
                            highlight };
    return layOutCategories(row);
}

QStringList texts(const CategoryLabels& labels)
{
    QStringList found;
    for (const CategoryLabels::Text& text : labels.texts)
        found << text.text;
    return found;
}

} // namespace

class CategoryLabelsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void neverOverlap_data();
    void neverOverlap();
    void splits_data();
    void splits();
    void twoLevels();
    void crowdedGroups();
    void cutInTheMiddle();
    void regularSteps();
    void highlightIsNamed();
    void countsWhatHasNoRoom();
};

void CategoryLabelsTest::neverOverlap_data()
{
    QTest::addColumn<QStringList>("categories");
    QTest::newRow("layers") << layers(9, 2);
    QTest::newRow("many layers") << layers(40, 3);
    QTest::newRow("channels") << numbers(512);
    QTest::newRow("few long") << QStringList { QStringLiteral("LeNet-300-100"),
                                               QStringLiteral("MobileNetV2 at 224"),
                                               QStringLiteral("SqueezeNet v1.1"), QStringLiteral("x") };
    QTest::newRow("paths") << QStringList { QStringLiteral("/features/0/Conv"),
                                            QStringLiteral("/features/0/Relu"),
                                            QStringLiteral("/features/3/Conv"),
                                            QStringLiteral("/classifier/Gemm") };
    QTest::newRow("one") << QStringList { QStringLiteral("only") };
}

void CategoryLabelsTest::neverOverlap()
{
    QFETCH(const QStringList, categories);
    for (const double width : { 80.0, 160.0, 336.0, 640.0, 1000.0, 2400.0 }) {
        for (const int highlight : { -1, 0, static_cast<int>(categories.size()) / 2 }) {
            const CategoryLabels labels = labelsOf(categories, width, highlight);
            for (std::size_t i = 0; i < labels.texts.size(); ++i) {
                for (std::size_t k = i + 1; k < labels.texts.size(); ++k)
                    QVERIFY2(!labels.texts[i].area.intersects(labels.texts[k].area),
                             qPrintable(QStringLiteral("%1 over %2 at %3")
                                            .arg(labels.texts[i].text, labels.texts[k].text)
                                            .arg(width)));
            }
        }
    }
}

void CategoryLabelsTest::splits_data()
{
    QTest::addColumn<QStringList>("categories");
    QTest::addColumn<bool>("grouped");
    QTest::newRow("layers") << layers(2, 2) << true;
    QTest::newRow("numbers with a point")
        << QStringList { QStringLiteral("1.0"), QStringLiteral("1.1") } << false;
    QTest::newRow("nothing shared") << QStringList { QStringLiteral("block1.conv"),
                                                     QStringLiteral("block2.conv") }
                                    << false;
    QTest::newRow("short") << QStringList { QStringLiteral("a.b"), QStringLiteral("a.c") } << false;
}

void CategoryLabelsTest::splits()
{
    QFETCH(const QStringList, categories);
    QFETCH(const bool, grouped);
    QCOMPARE(hasGroups(splitCategories(categories)), grouped);
}

void CategoryLabelsTest::twoLevels()
{
    const CategoryLabels labels = labelsOf(layers(2, 2), 600);
    QCOMPARE(texts(labels),
             QStringList({ QStringLiteral("conv1"), QStringLiteral("conv1"), QStringLiteral("conv2"),
                           QStringLiteral("conv1"), QStringLiteral("conv2"), QStringLiteral("layer1.0"),
                           QStringLiteral("layer1.1") }));
    QCOMPARE(labels.brackets.size(), std::size_t { 2 });
    QVERIFY(labels.brackets[0].p2().x() < labels.brackets[1].p1().x());
    QVERIFY(labels.texts.back().area.top() > labels.texts.front().area.bottom() - 2);
}

void CategoryLabelsTest::crowdedGroups()
{
    const QStringList shown = texts(labelsOf(layers(9, 2), 300));
    QVERIFY(shown.contains(QStringLiteral("layer1.0")));
    QVERIFY(!shown.contains(QStringLiteral("conv2")));
}

void CategoryLabelsTest::cutInTheMiddle()
{
    const QStringList shown = texts(labelsOf(
        { QStringLiteral("a rather long name one"), QStringLiteral("a rather long name two") }, 200));
    QCOMPARE(shown.size(), 2);
    QVERIFY(shown[0].contains(QChar(0x2026)) && shown[0].endsWith(QStringLiteral("one")));
    QVERIFY(shown[1].endsWith(QStringLiteral("two")));
}

void CategoryLabelsTest::regularSteps()
{
    const QStringList shown = texts(labelsOf(numbers(512), 600));
    QVERIFY(shown.size() >= 5);
    const int step = shown[1].toInt() - shown[0].toInt();
    QVERIFY(step == 20 || step == 50 || step == 100);
    for (qsizetype i = 0; i < shown.size(); ++i)
        QCOMPARE(shown[i].toInt(), static_cast<int>(i) * step);
}

void CategoryLabelsTest::highlightIsNamed()
{
    QVERIFY(!texts(labelsOf(numbers(512), 600)).contains(QStringLiteral("257")));
    QVERIFY(texts(labelsOf(numbers(512), 600, 257)).contains(QStringLiteral("257")));
}

void CategoryLabelsTest::countsWhatHasNoRoom()
{
    const CategoryLabels wide = labelsOf(layers(9, 2), 2400);
    QCOMPARE(wide.leftOut, 0);
    QCOMPARE(wide.wanted(), 19 + 9);
    const CategoryLabels narrow = labelsOf(layers(9, 2), 300);
    QVERIFY(narrow.leftOut >= 18);
    QCOMPARE(narrow.wanted(), 19 + 9);
    QCOMPARE(labelsOf(numbers(512), 600).leftOut, 0);
    const CategoryLabels cut =
        labelsOf({ QStringLiteral("a rather long name one"), QStringLiteral("a rather long name two") }, 200);
    QCOMPARE(cut.cut, 2);
    QCOMPARE(cut.leftOut, 0);
}

QTEST_MAIN(CategoryLabelsTest)
#include "category_labels_test.moc"
