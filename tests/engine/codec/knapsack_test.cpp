#include "engine/base/error.h"
#include "engine/base/random.h"
#include "engine/codec/knapsack.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace engine;
using namespace engine::codec;

namespace {

using Layers = BudgetFront::Layers;

/// Some losses are equal, some sizes too; the largest option is not always the best.
Layers randomLayers(Random& random, std::size_t layers, std::size_t options, std::uint64_t most)
{
    Layers made(layers);
    for (std::vector<LayerOption>& layer : made)
        for (std::size_t i = 0; i < options; ++i)
            layer.push_back({ random.next() % most, std::floor(random.uniform(0, 12)) / 4 });
    return made;
}

Selection sumOf(const Layers& layers, const std::vector<std::size_t>& options)
{
    Selection sum { options, 0, 0 };
    for (std::size_t layer = 0; layer < layers.size(); ++layer) {
        sum.bits += layers[layer][options[layer]].bits;
        sum.loss += layers[layer][options[layer]].loss;
    }
    return sum;
}

/// Every selection there is.
std::vector<Selection> everySelection(const Layers& layers)
{
    std::vector<Selection> all;
    std::vector<std::size_t> options(layers.size(), 0);
    while (true) {
        all.push_back(sumOf(layers, options));
        std::size_t layer = 0;
        while (layer < layers.size() && ++options[layer] == layers[layer].size())
            options[layer++] = 0;
        if (layer == layers.size())
            return all;
    }
}

double leastLoss(const std::vector<Selection>& all, std::uint64_t budget)
{
    double least = std::numeric_limits<double>::infinity();
    for (const Selection& each : all)
        if (each.bits <= budget)
            least = std::min(least, each.loss);
    return least;
}

std::uint64_t fewestBits(const std::vector<Selection>& all, double loss)
{
    std::uint64_t fewest = std::numeric_limits<std::uint64_t>::max();
    for (const Selection& each : all)
        if (each.loss <= loss)
            fewest = std::min(fewest, each.bits);
    return fewest;
}

} // namespace

class KnapsackTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void equalsExhaustiveSearch_data()
    {
        QTest::addColumn<int>("layers");
        QTest::addColumn<int>("options");
        QTest::addColumn<int>("most");
        QTest::newRow("one layer") << 1 << 7 << 20;
        QTest::newRow("one option") << 4 << 1 << 20;
        QTest::newRow("two options") << 8 << 2 << 9;
        QTest::newRow("small sizes") << 4 << 5 << 6;
        QTest::newRow("large sizes") << 5 << 5 << 400;
    }

    void equalsExhaustiveSearch()
    {
        QFETCH(int, layers);
        QFETCH(int, options);
        QFETCH(int, most);
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            Random random(seed);
            const Layers made =
                randomLayers(random, static_cast<std::size_t>(layers), static_cast<std::size_t>(options),
                             static_cast<std::uint64_t>(most));
            const BudgetFront front(made, 1, {});
            QVERIFY(front.isComplete());
            const std::vector<Selection> all = everySelection(made);
            for (std::uint64_t budget = 0; budget <= static_cast<std::uint64_t>(layers * most); ++budget) {
                const Selection* found = front.withinBits(budget);
                QCOMPARE(found != nullptr ? found->loss : std::numeric_limits<double>::infinity(),
                         leastLoss(all, budget));
            }
            for (double loss = 0; loss <= 3.0 * layers; loss += 0.25) {
                const Selection* found = front.withinLoss(loss);
                QCOMPARE(found != nullptr ? found->bits : std::numeric_limits<std::uint64_t>::max(),
                         fewestBits(all, loss));
            }
        }
    }

    void pointsAreWhatTheySay()
    {
        for (std::uint64_t seed = 1; seed <= 30; ++seed) {
            Random random(seed);
            const Layers made = randomLayers(random, 6, 9, 5000);
            const BudgetFront front(made, 1 + seed * 7, {});
            const Selection* before = nullptr;
            for (const Selection& point : front.points()) {
                const Selection sum = sumOf(made, point.options);
                QCOMPARE(point.bits, sum.bits);
                QCOMPARE(point.loss, sum.loss);
                if (before != nullptr)
                    QVERIFY(before->bits < point.bits && before->loss > point.loss);
                before = &point;
            }
        }
    }

    /// A budget is never exceeded, and at most one quantum a layer is given away.
    void aQuantumCostsAtMostItsRounding()
    {
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            Random random(seed);
            const Layers made = randomLayers(random, 6, 6, 4000);
            const std::uint64_t quantum = 100;
            const BudgetFront exact(made, 1, {});
            const BudgetFront rough(made, quantum, {});
            for (std::uint64_t budget = 0; budget < 24000; budget += 97) {
                const Selection* fine = exact.withinBits(budget);
                const Selection* coarse = rough.withinBits(budget);
                if (coarse != nullptr) {
                    QVERIFY(coarse->bits <= budget);
                    QVERIFY(fine != nullptr && fine->loss <= coarse->loss);
                }
                const std::uint64_t given = quantum * made.size();
                if (const Selection* less = budget >= given ? exact.withinBits(budget - given) : nullptr)
                    QVERIFY(coarse != nullptr && coarse->loss <= less->loss);
            }
        }
    }

    void theHullIsABoundAndTouches()
    {
        for (std::uint64_t seed = 1; seed <= 30; ++seed) {
            Random random(seed);
            const Layers made = randomLayers(random, 4, 5, 300);
            const BudgetFront front(made, 1, {});
            for (const Selection& each : everySelection(made))
                QVERIFY(hullLoss(front.hull(), each.bits) <= each.loss + 1e-9);
            double slope = -std::numeric_limits<double>::infinity();
            for (std::size_t i = 0; i < front.hull().size(); ++i) {
                const Selection& corner = front.hull()[i];
                QCOMPARE(corner.loss, sumOf(made, corner.options).loss);
                QCOMPARE(front.withinBits(corner.bits)->loss, corner.loss);
                if (i == 0)
                    continue;
                const Selection& last = front.hull()[i - 1];
                const double next = (corner.loss - last.loss) / static_cast<double>(corner.bits - last.bits);
                QVERIFY(next >= slope - 1e-12 && next < 0);
                slope = next;
            }
            QVERIFY(std::isinf(hullLoss(front.hull(), front.points().front().bits - 1)));
        }
    }

    void dominatedOptionsGo()
    {
        const std::vector<LayerOption> options = { { 10, 1 },   { 10, 0.5 }, { 5, 2 },
                                                   { 20, 0.5 }, { 30, 0 },   { 5, 2 } };
        QVERIFY(undominated(options) == (std::vector<std::size_t> { 2, 1, 4 }));
        QVERIFY(undominated({}).empty());
    }

    void noLayerCostsNothing()
    {
        const BudgetFront front({}, 1, {});
        QCOMPARE(front.points().size(), 1U);
        QCOMPARE(front.withinBits(0)->bits, std::uint64_t { 0 });
    }

    void stops()
    {
        std::stop_source source;
        source.request_stop();
        Random random(1);
        const BudgetFront front(randomLayers(random, 4, 4, 50), 1,
                                { .stop = source.get_token(), .progress = {} });
        QVERIFY(!front.isComplete());
        QVERIFY(front.points().empty());
        QVERIFY(front.withinBits(1000) == nullptr);
    }

    void refuses_data()
    {
        QTest::addColumn<int>("which");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("quantum") << 0
                                 << QStringLiteral("quantum: 0 is not allowed; at least 1 bit is wanted");
        QTest::newRow("nothing to choose")
            << 1 << QStringLiteral("layer 1: there is no option to choose from");
        QTest::newRow("negative") << 2
                                  << QStringLiteral(
                                         "layer 0: a loss of -1.000000 is not a finite number from 0 up");
        QTest::newRow("not a number")
            << 3 << QStringLiteral("layer 0: a loss of nan is not a finite number from 0 up");
        QTest::newRow("too fine") << 4
                                  << QStringLiteral(
                                         "quantum: 1 bit is too small for so many bits; take a larger one");
    }

    void refuses()
    {
        QFETCH(int, which);
        QFETCH(QString, sentence);
        const std::vector<Layers> bad = { { { { 1, 0 } } },
                                          { { { 1, 0 } }, {} },
                                          { { { 1, -1 } } },
                                          { { { 1, std::nan("") } } },
                                          { { { 1, 1 }, { std::uint64_t { 1 } << 40, 0 } } } };
        try {
            const BudgetFront front(bad[static_cast<std::size_t>(which)], which == 0 ? 0 : 1, {});
            QFAIL("nothing was thrown");
        } catch (const ParameterError& error) {
            QCOMPARE(QString::fromUtf8(error.what()), sentence);
        }
    }
};

QTEST_GUILESS_MAIN(KnapsackTest)
#include "knapsack_test.moc"
