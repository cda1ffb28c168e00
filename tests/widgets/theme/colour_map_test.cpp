#include "tests/widgets/widget_test.h"
#include "widgets/theme/colour_map.h"
#include "widgets/theme/theme.h"

#include <QApplication>

#include <array>

using namespace widgets;

namespace {

struct Row {
    const char* name;
    ColourMapId id;
    bool dark;
    std::vector<QRgb> anchors;
    std::vector<double> lightness; ///< as look.md states it, rounded
};

const std::vector<Row>& rows()
{
    static const std::vector<Row> table {
        { "magnitude light",
          ColourMapId::Magnitude,
          false,
          { 0xF6C95C, 0xEC8A3C, 0xCC4541, 0x81225F, 0x2B0C40 },
          { 83, 67, 49, 31, 10 } },
        { "magnitude dark",
          ColourMapId::Magnitude,
          true,
          { 0x7A2F80, 0xBC3D66, 0xE66A3E, 0xF5A93E, 0xFCE590 },
          { 33, 46, 59, 75, 91 } },
        { "entropy light",
          ColourMapId::Entropy,
          false,
          { 0xF3F6D3, 0xAEDBB4, 0x55AFBC, 0x2A74A6, 0x1C2B69 },
          { 96, 83, 67, 47, 20 } },
        { "entropy dark",
          ColourMapId::Entropy,
          true,
          { 0x22305F, 0x2A6797, 0x3D9F9F, 0x8FCD86, 0xF1F3AC },
          { 21, 42, 60, 77, 94 } },
        { "value light",
          ColourMapId::Value,
          false,
          { 0x0B3C73, 0x4A8FC5, 0xF4F5F7, 0xE5834C, 0x8A2E06 },
          { 25, 57, 97, 64, 33 } },
        { "value dark",
          ColourMapId::Value,
          true,
          { 0x8CC8F2, 0x2F79B5, 0x22262C, 0xC4602A, 0xFFB98A },
          { 78, 49, 15, 52, 81 } },
    };
    return table;
}

int distance(QRgb a, QRgb b)
{
    return std::max(
        { std::abs(qRed(a) - qRed(b)), std::abs(qGreen(a) - qGreen(b)), std::abs(qBlue(a) - qBlue(b)) });
}

} // namespace

class ColourMapTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void anchorsAreHit();
    void lightnessIsMonotone_data();
    void lightnessIsMonotone();
    void growsAwayFromTheGround();
    void sparsityHasItsOwnZero();
    void clamps();
    void sparsityPositions();
    void printedNumbersAreReadable();
};

void ColourMapTest::init()
{
    failOnWarnings();
}

void ColourMapTest::anchorsAreHit()
{
    for (const Row& row : rows()) {
        const ColourMap& map = ColourMap::get(row.id, row.dark);
        for (std::size_t i = 0; i < 5; ++i) {
            const QRgb found = map.at(double(i) / 4);
            // An inner anchor lies between two of the 256 entries; the value map is steepest there.
            QVERIFY2(distance(found, row.anchors[i]) <= (i == 0 || i == 4 ? 0 : 3), row.name);
            QVERIFY2(std::abs(lightness(0xFF000000U | row.anchors[i]) - row.lightness[i]) < 0.75, row.name);
        }
    }
}

void ColourMapTest::lightnessIsMonotone_data()
{
    QTest::addColumn<int>("id");
    QTest::addColumn<bool>("dark");
    for (int id = 0; id < 6; ++id) {
        for (const bool dark : { false, true })
            QTest::addRow("map %d, %s", id, dark ? "dark" : "light") << id << dark;
    }
}

void ColourMapTest::lightnessIsMonotone()
{
    QFETCH(int, id);
    QFETCH(bool, dark);
    const ColourMap& map = ColourMap::get(static_cast<ColourMapId>(id), dark);
    const bool centred = static_cast<ColourMapId>(id) == ColourMapId::Value;
    const std::size_t from = centred ? 128 : 0;
    const auto check = [&](std::size_t first, std::size_t last) {
        const bool rises = lightness(map.entries[last]) > lightness(map.entries[first]);
        for (std::size_t i = first + 1; i <= last; ++i) {
            const double step = lightness(map.entries[i]) - lightness(map.entries[i - 1]);
            // Rounding to 8 bits may cost a little.
            QVERIFY2(rises ? step > -0.35 : step < 0.35, qPrintable(QString::number(i)));
        }
    };
    check(from, 255);
    if (centred)
        check(0, 127);
}

void ColourMapTest::growsAwayFromTheGround()
{
    for (const ColourMapId id : { ColourMapId::Magnitude, ColourMapId::Entropy }) {
        QVERIFY(lightness(ColourMap::get(id, false).at(1)) < lightness(ColourMap::get(id, false).at(0)));
        QVERIFY(lightness(ColourMap::get(id, true).at(1)) > lightness(ColourMap::get(id, true).at(0)));
    }
}

void ColourMapTest::sparsityHasItsOwnZero()
{
    QCOMPARE(ColourMap::get(ColourMapId::Sparsity, false).zero, Theme::light().zero.rgb());
    QCOMPARE(ColourMap::get(ColourMapId::Sparsity, true).zero, Theme::dark().zero.rgb());
    QCOMPARE(ColourMap::get(ColourMapId::Sparsity, true).entries,
             ColourMap::get(ColourMapId::Magnitude, true).entries);
}

void ColourMapTest::clamps()
{
    const ColourMap& map = ColourMap::get(ColourMapId::Viridis, false);
    QCOMPARE(map.at(-3), map.entries.front());
    QCOMPARE(map.at(7), map.entries.back());
    QCOMPARE(map.entries.front(), qRgb(0x44, 0x01, 0x54));
    QCOMPARE(map.entries.back(), qRgb(0xFD, 0xE7, 0x25));
}

void ColourMapTest::sparsityPositions()
{
    QCOMPARE(sparsityPosition(1, 1, 255), 0.0);
    QCOMPARE(sparsityPosition(255, 1, 255), 1.0);
    QCOMPARE(sparsityPosition(128, 1, 255), std::pow(0.5, 0.6));
    QCOMPARE(sparsityPosition(300, 1, 255), 1.0);
    QCOMPARE(sparsityPosition(1, 1, 1), 1.0);
}

void ColourMapTest::printedNumbersAreReadable()
{
    for (int id = 0; id < 6; ++id) {
        for (const bool dark : { false, true }) {
            for (const QRgb ground : ColourMap::get(static_cast<ColourMapId>(id), dark).entries)
                QVERIFY(contrast(contrasting(ground), QColor::fromRgb(ground)) >= 4.5);
        }
    }
}

QTEST_MAIN(ColourMapTest)
#include "colour_map_test.moc"
