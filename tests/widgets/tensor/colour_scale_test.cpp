#include "widgets/tensor/colour_scale.h"
#include "widgets/theme/colour_map.h"
#include "widgets/theme/theme.h"

#include <QRegularExpression>
#include <QTest>

using widgets::CellStatistic;
using widgets::ColourMap;
using widgets::ColourMapId;
using widgets::ColourScale;
using widgets::ColourSpec;
using widgets::MapMode;

namespace {

const ColourMap& sparsity = ColourMap::get(ColourMapId::Sparsity, false);

ColourSpec codes(MapMode mode = MapMode::Sparsity)
{
    ColourSpec spec;
    spec.mode = mode;
    spec.quantiser = engine::Quantiser { 0.014, 0, 8, false, false };
    spec.minimum = 0;
    spec.maximum = 3.57;
    return spec;
}

ColourSpec floats(MapMode mode, double minimum, double maximum)
{
    ColourSpec spec;
    spec.mode = mode;
    spec.minimum = minimum;
    spec.maximum = maximum;
    return spec;
}

QStringList ticks(const ColourScale& scale)
{
    QStringList texts;
    for (const ColourScale::Tick& tick : scale.ticks())
        texts.append(tick.text);
    return texts;
}

} // namespace

class ColourScaleTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void codesByTheFormula_data()
    {
        QTest::addColumn<int>("code");
        for (const int code : { 1, 2, 7, 64, 128, 254, 255 })
            QTest::addRow("%d", code) << code;
    }

    void codesByTheFormula()
    {
        QFETCH(int, code);
        const ColourScale scale(codes());
        const double t = std::pow((code - 1) / 254.0, 0.6);
        QCOMPARE(scale.at(static_cast<float>(code * 0.014)), sparsity.at(t));
    }

    void zeroHasItsOwnColour()
    {
        const ColourScale scale(codes());
        QCOMPARE(scale.at(0.0F), widgets::Theme::light().zero.rgb());
        QCOMPARE(scale.at(0.0069F), scale.zero()); // rounds to code 0
        QCOMPARE(scale.at(0.0071F), sparsity.at(0));
        QVERIFY(scale.hasZeroSwatch());
        const ColourScale real(floats(MapMode::Sparsity, 0, 3.57));
        QCOMPARE(real.at(-0.0F), real.zero());
        QVERIFY(real.at(1e-20F) != real.zero());
        QCOMPARE(real.at(3.57F), sparsity.at(1));
    }

    void clipGivesTheLastColourBeyond()
    {
        ColourSpec spec = codes();
        spec.limit = 1.4;
        const ColourScale scale(spec);
        QCOMPARE(scale.at(1.4F), sparsity.at(1));
        QCOMPARE(scale.at(3.57F), sparsity.at(1));
        QVERIFY(scale.at(1.0F) != sparsity.at(1));
        QCOMPARE(ticks(scale).last(), QStringLiteral("100"));
    }

    void valuesAreCentredOnZero()
    {
        const ColourScale scale(floats(MapMode::Value, -0.5, 2));
        const ColourMap& map = ColourMap::get(ColourMapId::Value, false);
        QCOMPARE(scale.at(2.0F), map.entries[255]);
        QCOMPARE(scale.at(-2.0F), map.entries[0]);
        QCOMPARE(scale.at(0.0F), map.entries[128]);
        QCOMPARE(scale.at(-0.5F), map.entries[96]);
        QVERIFY(!scale.hasZeroSwatch());
        QCOMPARE(ticks(scale).first(), QStringLiteral("\u22122.00"));
        const ColourScale magnitude(floats(MapMode::Value, 0, 2));
        QCOMPARE(magnitude.at(0.0F), ColourMap::get(ColourMapId::Magnitude, false).entries[0]);
    }

    void storedIntegersCountFromTheirZeroPoint()
    {
        ColourSpec spec = floats(MapMode::Sparsity, 3, 255);
        spec.quantiser = engine::Quantiser { 0.1, 128, 8, true, true };
        const ColourScale scale(spec);
        QCOMPARE(scale.at(128.0F), scale.zero());
        QCOMPARE(scale.at(129.0F), scale.at(127.0F));
        spec.mode = MapMode::Value;
        QCOMPARE(ColourScale(spec).at(128.0F), ColourMap::get(ColourMapId::Value, false).entries[128]);
    }

    void missingIsThePanel_data()
    {
        QTest::addColumn<int>("mode");
        QTest::addColumn<bool>("words");
        for (const int mode : { 0, 1, 2 }) {
            QTest::addRow("float %d", mode) << mode << false;
            QTest::addRow("words %d", mode) << mode << true;
        }
    }

    void missingIsThePanel()
    {
        QFETCH(int, mode);
        QFETCH(bool, words);
        const auto mapMode = static_cast<MapMode>(mode);
        const ColourScale scale(words ? codes(mapMode) : floats(mapMode, -1, 1));
        QCOMPARE(scale.at(std::nanf("")), widgets::Theme::light().panel.rgb());
        // Infinities take the end colours and crash nothing.
        scale.at(std::numeric_limits<float>::infinity());
        scale.at(-std::numeric_limits<float>::infinity());
        scale.at(std::numeric_limits<float>::max());
    }

    void bitsByLength()
    {
        const ColourScale scale(codes(MapMode::Bits));
        const auto at = [&scale](int code) { return scale.at(static_cast<float>(code * 0.014)); };
        QCOMPARE(scale.bar().size(), 8U);
        QCOMPARE(at(0), scale.zero());
        QCOMPARE(at(1), scale.bar()[0]);
        QCOMPARE(at(2), scale.bar()[1]);
        QCOMPARE(at(3), scale.bar()[1]);
        QCOMPARE(at(128), scale.bar()[7]);
        QCOMPARE(ticks(scale).size(), 8);
    }

    void onePlane()
    {
        ColourSpec spec = codes(MapMode::Bits);
        spec.bit = 2;
        const ColourScale scale(spec);
        const auto at = [&scale](int code) { return scale.at(static_cast<float>(code * 0.014)); };
        QCOMPARE(at(0b1011), scale.zero());
        QCOMPARE(at(0b0100), scale.bar().back());
        QCOMPARE(scale.title(), QStringLiteral("Bit 2"));
        ColourSpec real = floats(MapMode::Bits, -1, 1);
        real.bit = 31;
        const ColourScale sign(real);
        QVERIFY(sign.at(-0.5F) != sign.at(0.5F));
    }

    void theShareOfNonzeros()
    {
        ColourSpec spec = codes();
        spec.statistic = CellStatistic::Nonzero;
        const ColourScale scale(spec);
        QCOMPARE(scale.at(0.0F), scale.zero());
        QCOMPARE(scale.at(1.0F), ColourMap::get(ColourMapId::Magnitude, false).entries[255]);
        QCOMPARE(widgets::reductionFor(spec), widgets::Reduction::Nonzero);
    }

    void magnitudesOfSignedMapsWin()
    {
        ColourSpec spec = floats(MapMode::Sparsity, -3, 1);
        QCOMPARE(widgets::reductionFor(spec), widgets::Reduction::Magnitude);
        spec.mode = MapMode::Value;
        QCOMPARE(widgets::reductionFor(spec), widgets::Reduction::Maximum);
    }

    void allZeroMapsHaveAScale()
    {
        const ColourScale scale(floats(MapMode::Value, 0, 0));
        scale.at(0.0F);
        QVERIFY(!ticks(scale).isEmpty());
        ColourScale(floats(MapMode::Bits, 0, 0)).at(0.0F);
    }

    void ticksStandInOrder()
    {
        const QList<ColourSpec> specs { codes(), codes(MapMode::Bits), floats(MapMode::Value, -0.02, 0.031),
                                        floats(MapMode::Sparsity, 0, 1234.5), floats(MapMode::Bits, -1, 1) };
        for (const ColourSpec& spec : specs) {
            double before = -1;
            auto sorted = ColourScale(spec).ticks();
            if (spec.mode == MapMode::Bits && !spec.quantiser)
                std::ranges::reverse(sorted);
            for (const ColourScale::Tick& tick : sorted) {
                QVERIFY(tick.t > before && tick.t <= 1);
                before = tick.t;
            }
        }
    }

    void darkThemeHasItsOwnColours()
    {
        ColourSpec spec = codes();
        spec.dark = true;
        const ColourScale scale(spec);
        QCOMPARE(scale.zero(), widgets::Theme::dark().zero.rgb());
        QCOMPARE(scale.at(3.57F), ColourMap::get(ColourMapId::Sparsity, true).entries[255]);
    }
};

QTEST_GUILESS_MAIN(ColourScaleTest)
#include "colour_scale_test.moc"
