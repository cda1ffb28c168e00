#include "engine/base/error.h"
#include "tests/widgets/tensor/views.h"
#include "tests/widgets/widget_test.h"
#include "widgets/tensor/picture_grid.h"
#include "widgets/theme/theme.h"

#include <QSignalSpy>
#include <QTest>

#include <cmath>

using widgets::PictureGrid;

Q_DECLARE_METATYPE(engine::Image)

namespace {

/// One colour for each picture; number 2 cannot be read.
class Colours : public engine::ImageSet {
public:
    explicit Colours(std::size_t count)
        : m_count(count)
    {
    }

    std::size_t size() const override { return m_count; }
    std::optional<int> label(std::size_t index) const override
    {
        return index == 1 ? std::nullopt : std::optional(static_cast<int>(index));
    }
    std::string name(std::size_t index) const override { return "folder/p" + std::to_string(index) + ".png"; }

    engine::Image read(std::size_t index) const override
    {
        if (index == 2)
            throw engine::Error("p2.png is no picture.");
        engine::Image image { 3, 20, 40, {} };
        for (const float value : { 200.0F, 100.0F, 40.0F })
            image.values.insert(image.values.end(), 800, value);
        return image;
    }

private:
    std::size_t m_count;
};

analysis::DatasetPtr pictures(std::size_t count)
{
    auto made = std::make_shared<analysis::Dataset>();
    made->content.images = std::make_shared<Colours>(count);
    made->content.classNames = { "tench", "shark" };
    return made;
}

engine::Image flat(int channels, const std::vector<float>& pixel)
{
    engine::Image image { channels, 1, 2, {} };
    for (const float value : pixel)
        image.values.push_back(value);
    return image;
}

} // namespace

class PictureGridTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        failOnWarnings();
        widgets::ThemeManager::instance().apply(widgets::ThemeChoice::Light);
    }

    void picturesAsTheyAreSeen_data()
    {
        QTest::addColumn<engine::Image>("image");
        QTest::addColumn<QRgb>("first");
        QTest::newRow("colours") << flat(3, { 255, 0, 128, 0, 3, 0 }) << qRgb(255, 128, 3);
        QTest::newRow("grey") << flat(1, { 77, 255 }) << qRgb(77, 77, 77);
        QTest::newRow("with opacity") << flat(4, { 255, 0, 128, 0, 3, 0, 9, 9 }) << qRgb(255, 128, 3);
        QTest::newRow("two planes") << flat(2, { 50, 0, 200, 0 }) << qRgb(50, 50, 50);
        QTest::newRow("0 to 1") << flat(1, { 0.2F, 1 }) << qRgb(51, 51, 51);
        QTest::newRow("standardised") << flat(1, { 0, -2.1F }) << qRgb(255, 255, 255);
        QTest::newRow("missing") << flat(1, { std::nanf(""), 255 }) << qRgb(0, 0, 0);
    }

    void picturesAsTheyAreSeen()
    {
        QFETCH(engine::Image, image);
        QFETCH(QRgb, first);
        const QImage picture = widgets::pictureThumb(image, 64);
        QCOMPARE(picture.size(), QSize(2, 1));
        QCOMPARE(picture.pixel(0, 0), first);
    }

    void largePicturesShrink()
    {
        engine::Image image { 1, 300, 600, std::vector<float>(180000, 9) };
        QCOMPARE(widgets::pictureThumb(image, 256).size(), QSize(256, 128));
        QVERIFY(widgets::pictureThumb({ 1, 0, 5, {} }, 256).isNull());
    }

    void showsThemWithLabels()
    {
        PictureGrid grid;
        grid.resize(400, 300);
        grid.setDataset(pictures(40));
        grid.show();
        QCOMPARE(grid.caption(), QStringLiteral("40 pictures"));
        QCOMPARE(grid.labelOf(0), QStringLiteral("tench"));
        QCOMPARE(grid.labelOf(1), QStringLiteral("p1.png")); // no label
        QCOMPARE(grid.labelOf(7), QStringLiteral("7")); // a label without a name
        QTRY_VERIFY((grid.grab(), grid.isComplete()));
        const QImage shown = grid.viewport()->grab().toImage();
        QCOMPARE(shown.pixel(grid.rectOf(1).center() - QPoint(0, 8)), qRgb(200, 100, 40));
        QVERIFY(shown.pixel(grid.rectOf(2).topLeft() + QPoint(4, 4))
                == widgets::Theme::current().alt.rgb()); // cannot be read
        grid.clear();
        QCOMPARE(grid.count(), 0);
        grid.grab();
    }

    void clickAndKeysChoose()
    {
        PictureGrid grid;
        grid.resize(400, 300);
        grid.setDataset(pictures(40));
        grid.show();
        QSignalSpy clicked(&grid, &PictureGrid::pictureClicked);
        connect(&grid, &PictureGrid::pictureClicked, &grid, &PictureGrid::setSelected);
        views::click(*grid.viewport(), grid.rectOf(3).center());
        QCOMPARE(clicked.last()[0].toLongLong(), 3);
        QCOMPARE(grid.detail(), QStringLiteral("picture 3: 3"));
        QTest::keyClick(&grid, Qt::Key_Right);
        QCOMPARE(grid.selected(), 4);
        QTest::keyClick(&grid, Qt::Key_End);
        QCOMPARE(grid.selected(), 39);
        QVERIFY(grid.viewport()->rect().contains(grid.rectOf(39))); // scrolled there
        QTest::keyClick(&grid, Qt::Key_Right);
        QCOMPARE(grid.selected(), 39);
        QTest::keyClick(&grid, Qt::Key_Home);
        QTest::keyClick(&grid, Qt::Key_Up);
        QCOMPARE(grid.selected(), 0);
    }
};

QTEST_MAIN(PictureGridTest)
#include "picture_grid_test.moc"
