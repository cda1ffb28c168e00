#include "engine/base/error.h"
#include "engine/nn/digits.h"

#include <QCryptographicHash>
#include <QTest>

#include <algorithm>
#include <set>

using namespace engine;

class DigitsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void isDeterministic();
    void looksLikeInkOnPaper();
    void seedsAndOptionsMatter();
    void refuses();
};

void DigitsTest::isDeterministic()
{
    const auto set = nn::digitSet(200, 42);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (std::size_t i = 0; i < set->size(); ++i)
        for (const float grey : set->read(i).values)
            hash.addData(QByteArray(1, static_cast<char>(static_cast<unsigned char>(grey))));
    QCOMPARE(hash.result().toHex().left(16), QByteArray("28323a380e060374"));
}

void DigitsTest::looksLikeInkOnPaper()
{
    const auto set = nn::digitSet(100, 3);
    for (std::size_t i = 0; i < set->size(); ++i) {
        const Image image = set->read(i);
        QCOMPARE(*set->label(i), static_cast<int>(i % 10));
        QCOMPARE(image.channels, 1);
        QCOMPARE(image.values.size(), std::size_t { 28 * 28 });
        QVERIFY(std::ranges::all_of(image.values, [](float v) {
            return v >= 0 && v <= 255 && v == static_cast<float>(static_cast<int>(v));
        }));
        const auto ink = std::ranges::count_if(image.values, [](float v) { return v > 128; });
        const auto paper = std::ranges::count(image.values, 0.0F);
        QVERIFY2(ink > 20 && ink < 300 && paper > 400, qPrintable(QString::number(i)));
    }
}

void DigitsTest::seedsAndOptionsMatter()
{
    QVERIFY(nn::digitSet(10, 1)->read(4).values != nn::digitSet(10, 2)->read(4).values);
    QVERIFY(nn::digitSet(20, 1)->read(4).values != nn::digitSet(20, 1)->read(14).values);
    Random random(1);
    const Image large = nn::drawDigit(8, random, { .size = 64, .noise = 0 });
    QCOMPARE(large.width, 64);
    // Calm options draw the same style in the same way, whatever the dice say.
    const nn::DigitOptions calm { .rotation = 0,
                                  .slant = 0,
                                  .stretch = 0,
                                  .shift = 0,
                                  .elastic = 0,
                                  .thinnest = 2,
                                  .thickest = 2,
                                  .noise = 0 };
    std::set<std::vector<float>> shapes;
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        Random dice(seed);
        std::vector<float> values = nn::drawDigit(7, dice, calm).values;
        for (float& value : values)
            value = value > 100 ? 1.0F : 0.0F;
        shapes.insert(values);
    }
    QVERIFY2(shapes.size() >= 3, qPrintable(QString::number(shapes.size())));
}

void DigitsTest::refuses()
{
    Random random(1);
    QVERIFY_THROWS_EXCEPTION(ParameterError, nn::drawDigit(10, random));
    QVERIFY_THROWS_EXCEPTION(ParameterError, nn::drawDigit(-1, random));
    QVERIFY_THROWS_EXCEPTION(ParameterError, nn::drawDigit(1, random, { .size = 4 }));
}

QTEST_GUILESS_MAIN(DigitsTest)
#include "digits_test.moc"
