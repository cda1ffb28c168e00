#include "analysis/activation/loss_curve.h"
#include "engine/base/random.h"

#include <QTest>

using namespace analysis;

class LossCurveTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void goesThroughRisingPoints()
    {
        const LossCurve curve({ { 2, 1 }, { 1, 0.5 }, { 4, 5 } });
        QCOMPARE(curve.loss(0), 0.0);
        QCOMPARE(curve.loss(0.5), 0.25);
        QCOMPARE(curve.loss(1), 0.5);
        QCOMPARE(curve.loss(3), 3.0);
        QCOMPARE(curve.loss(100), 5.0);
    }

    void fallingNeighboursAreJoined()
    {
        const LossCurve curve({ { 0, 0 }, { 1, 4 }, { 2, 2 }, { 3, 6 } });
        QCOMPARE(curve.steps().size(), 3U);
        QCOMPARE(curve.loss(1.5), 3.0);
        QCOMPARE(curve.loss(3), 6.0);
    }

    void gainsCountAsNoLoss()
    {
        const LossCurve curve({ { 0, 0 }, { 1, -2 }, { 2, 1 } });
        QCOMPARE(curve.loss(0.5), 0.0);
        QCOMPARE(curve.loss(2), 1.0);
        QCOMPARE(LossCurve().loss(7), 0.0);
        QVERIFY(LossCurve().isEmpty());
    }

    /// No rising step function is closer: the pools' means satisfy max-min of interval means.
    void isTheClosestRisingCurve()
    {
        for (std::uint64_t seed = 1; seed <= 50; ++seed) {
            engine::Random random(seed);
            std::vector<LossCurve::Point> points;
            for (int i = 0; i < 12; ++i)
                points.push_back({ static_cast<double>(i), random.uniform(0, 10) });
            const LossCurve curve(points);
            for (std::size_t i = 0; i < points.size(); ++i) {
                double best = -1;
                for (std::size_t first = 0; first <= i; ++first) {
                    double least = 1e9;
                    for (std::size_t last = i; last < points.size(); ++last) {
                        double sum = 0;
                        for (std::size_t j = first; j <= last; ++j)
                            sum += points[j].loss;
                        least = std::min(least, sum / static_cast<double>(last - first + 1));
                    }
                    best = std::max(best, least);
                }
                const bool isThere = std::ranges::any_of(curve.steps(), [&](const LossCurve::Point& step) {
                    return std::abs(step.loss - best) < 1e-9;
                });
                QVERIFY(isThere);
            }
            for (double noise = 0; noise < 13; noise += 0.25)
                QVERIFY(curve.loss(noise + 0.25) >= curve.loss(noise));
        }
    }
};

QTEST_GUILESS_MAIN(LossCurveTest)
#include "loss_curve_test.moc"
