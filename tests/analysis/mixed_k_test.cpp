#include "analysis/activation/mixed_k.h"

#include <QTest>

#include <algorithm>

using namespace analysis;

namespace {

/// Two layers: the first saves much and loses little, the second the other way round.
std::vector<LayerChoices> layers()
{
    return { { .bits = { 100, 80, 60, 60 }, .loss = { 0, 0.1, 0.2, 0.2 }, .noise = { 0, 1, 2, 3 } },
             { .bits = { 50, 45, 40, 20 }, .loss = { 0, 0, 1, 2 }, .noise = { 0, 4, 5, 6 } } };
}

std::vector<std::vector<int>> states(const std::vector<MixedK>& path)
{
    std::vector<std::vector<int>> all;
    for (const MixedK& point : path)
        all.push_back(point.lossyBits);
    return all;
}

} // namespace

class MixedKTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void risingLosses()
    {
        const std::vector<double> values = { 2, 1, 3, 2.5, 4 };
        QVERIFY(risingFrom(values) == (std::vector<double> { 0, 0, 1, 1, 2 }));
        QVERIFY(risingFrom({}).empty());
    }

    void whatCostsNothingGoesFirst()
    {
        // Layer 1 to K = 1 is free; then 20 bits for 0.1 twice, then 25 bits for 2; K = 3 of layer 0 saves
        // none.
        const auto made = layers();
        QVERIFY(states(greedyPath(made))
                == (std::vector<std::vector<int>> { { 0, 0 }, { 0, 1 }, { 1, 1 }, { 2, 1 }, { 2, 3 } }));
    }

    void noiseDecidesBetweenEqualLosses()
    {
        auto made = layers();
        for (LayerChoices& choices : made)
            choices.loss.assign(choices.loss.size(), 0);
        QVERIFY(states(greedyPath(made))
                == (std::vector<std::vector<int>> { { 0, 0 }, { 1, 0 }, { 2, 0 }, { 2, 3 } }));
    }

    void pathSavesAtEveryMove()
    {
        const std::vector<MixedK> path = greedyPath(layers());
        for (std::size_t i = 1; i < path.size(); ++i) {
            QVERIFY(path[i].bits < path[i - 1].bits);
            QVERIFY(path[i].predicted >= path[i - 1].predicted);
        }
    }

    void predictionIsUsedUp()
    {
        const MixedSearch found = searchMixedK(layers(), 0.2, nullptr);
        QVERIFY(found.complete);
        QVERIFY(found.tried.empty());
        QVERIFY(found.chosen.lossyBits == (std::vector<int> { 2, 1 }));
        QCOMPARE(found.chosen.bits, std::uint64_t { 105 });
        QVERIFY(!found.chosen.measured);
    }

    /// Together the layers lose otherwise than one by one; only what is measured counts.
    void measuredLossDecides()
    {
        const MeasureLoss measure = [](std::span<const int> k) { return k[0] > 1 ? 9.0 : 0.05 * k[1]; };
        const MixedSearch found = searchMixedK(layers(), 0.2, measure);
        QVERIFY(found.chosen.lossyBits == (std::vector<int> { 1, 3 }));
        QCOMPARE(found.chosen.measured.value_or(-1), 0.15);
        for (const MixedK& point : found.tried) {
            QVERIFY(point.measured.has_value());
            QCOMPARE(std::ranges::count(found.tried, point.lossyBits, &MixedK::lossyBits), 1);
        }
        QVERIFY(std::ranges::all_of(found.tried, [&](const MixedK& point) {
            return *point.measured > 0.2 || point.bits >= found.chosen.bits;
        }));
    }

    void nothingIsAllowed()
    {
        const MeasureLoss measure = [](std::span<const int> k) { return k[0] + k[1] > 0 ? 1.0 : 0.0; };
        const MixedSearch found = searchMixedK(layers(), 0, measure);
        QVERIFY(found.chosen.lossyBits == (std::vector<int> { 0, 0 }));
        QCOMPARE(found.chosen.measured.value_or(-1), 0.0);
        const MixedSearch beyond = searchMixedK(layers(), -1, nullptr);
        QVERIFY(beyond.chosen.lossyBits == (std::vector<int> { 0, 0 }));
    }

    void stopsWithTheBestSoFar()
    {
        int calls = 0;
        const MeasureLoss measure = [&](std::span<const int>) -> std::optional<double> {
            return ++calls > 2 ? std::nullopt : std::optional(0.0);
        };
        const MixedSearch found = searchMixedK(layers(), 1, measure);
        QVERIFY(!found.complete);
        QCOMPARE(calls, 3);
        QCOMPARE(found.tried.size(), 2U);
        QVERIFY(found.chosen.bits < 150);
    }
};

QTEST_GUILESS_MAIN(MixedKTest)
#include "mixed_k_test.moc"
