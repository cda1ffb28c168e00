#include "engine/base/error.h"
#include "engine/codec/codec.h"
#include "engine/codec/lossy.h"

#include <QTest>

#include <cmath>
#include <numeric>

using namespace engine;

namespace {

std::vector<std::int32_t> everyWord(const Quantiser& quantiser)
{
    std::vector<std::int32_t> words(static_cast<std::size_t>(quantiser.highest() - quantiser.lowest() + 1));
    std::iota(words.begin(), words.end(), quantiser.lowest());
    return words;
}

} // namespace

class LossyTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    /// What a codec gives back for K is what the step makes.
    void equalsTheCodec_data()
    {
        QTest::addColumn<int>("bits");
        QTest::addColumn<bool>("isSigned");
        QTest::addColumn<bool>("isWhole");
        for (const int bits : { 1, 2, 5, 8, 12 })
            for (const bool isSigned : { false, true })
                for (const bool isWhole : { false, true })
                    if (bits > 1 || !isSigned)
                        QTest::addRow("%d %d %d", bits, isSigned, isWhole) << bits << isSigned << isWhole;
    }

    void equalsTheCodec()
    {
        QFETCH(int, bits);
        QFETCH(bool, isSigned);
        QFETCH(bool, isWhole);
        const Quantiser quantiser { .bits = bits, .isSigned = isSigned, .isWhole = isWhole };
        const std::vector<std::int32_t> words = everyWord(quantiser);
        const auto coder = codec::find("bzvc-bypass").make();
        for (int k = 0; k < bits; ++k)
            for (const bool midpoint : { false, true }) {
                const codec::Options options { .lossyBits = k, .midpoint = midpoint };
                const codec::Encoded coded = coder->encode({ words, bits, isSigned }, options);
                std::vector<std::int32_t> wanted(words.size());
                coder->decode(coded.bytes, coded.count.total(), { bits, isSigned }, options, wanted);
                std::vector<std::int32_t> dropped = words;
                codec::LossyStep(quantiser, k, midpoint).words(dropped);
                QVERIFY2(dropped == wanted,
                         qPrintable(QStringLiteral("K %1 midpoint %2").arg(k).arg(midpoint)));
            }
    }

    void valuesAreQuantisedOnTheWay()
    {
        const Quantiser quantiser { .scale = 0.5, .bits = 4, .isSigned = true };
        std::vector<float> values = { 0, 0.2F, 0.3F, 1.6F, -1.6F, 100, -100, -0.0F };
        codec::LossyStep(quantiser, 1, false).values(values);
        QVERIFY(values == (std::vector<float> { 0, 0, 0, 1, -1, 3, -3, 0 }));
        std::vector<float> middle = { 0, 1.6F, -1.6F, 0.3F };
        codec::LossyStep(quantiser, 1, true).values(middle);
        QVERIFY(middle == (std::vector<float> { 0, 1.5F, -1.5F, 0 }));
    }

    void manyValuesGoPieceByPiece()
    {
        const Quantiser quantiser { .scale = 0.25, .bits = 8 };
        std::vector<float> values(3001);
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = static_cast<float>(i % 97) * 0.3F;
        std::vector<float> wanted = values;
        for (float& value : wanted)
            value = static_cast<float>((static_cast<int>(std::nearbyint(value / 0.25F)) >> 2 << 2) * 0.25);
        codec::LossyStep(quantiser, 2, false).values(values);
        QVERIFY(values == wanted);
    }

    void refuses()
    {
        const Quantiser quantiser { .bits = 4 };
        for (const int k : { -1, 4, 9 }) {
            try {
                codec::LossyStep(quantiser, k, false);
                QFAIL("nothing was thrown");
            } catch (const ParameterError& error) {
                QCOMPARE(QString::fromUtf8(error.what()),
                         QStringLiteral("K: %1 is outside 0..3 for words of 4 bit").arg(k));
            }
        }
    }
};

QTEST_GUILESS_MAIN(LossyTest)
#include "lossy_test.moc"
