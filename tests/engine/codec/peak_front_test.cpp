#include "engine/base/error.h"
#include "engine/base/random.h"
#include "engine/codec/peak_front.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <map>

using namespace engine;
using namespace engine::codec;

namespace {

using Layers = BudgetFront::Layers;
using Reads = std::vector<std::vector<std::size_t>>;

Layers randomLayers(Random& random, std::size_t layers, std::size_t options)
{
    Layers made(layers);
    for (std::vector<LayerOption>& layer : made)
        for (std::size_t i = 0; i < options; ++i)
            layer.push_back({ random.next() % 30, std::floor(random.uniform(0, 12)) / 4 });
    return made;
}

/// Least loss by peak, of every selection there is.
std::map<std::uint64_t, double> exhaustive(const Layers& layers, const Reads& reads)
{
    std::map<std::uint64_t, double> least;
    std::vector<std::size_t> options(layers.size(), 0);
    for (bool more = true; more;) {
        double loss = 0;
        for (std::size_t layer = 0; layer < layers.size(); ++layer)
            loss += layers[layer][options[layer]].loss;
        const auto known = least.try_emplace(peakBits(layers, reads, options), loss).first;
        known->second = std::min(known->second, loss);
        std::size_t layer = 0;
        while (layer < layers.size() && ++options[layer] == layers[layer].size())
            options[layer++] = 0;
        more = layer < layers.size();
    }
    return least;
}

} // namespace

class PeakFrontTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void equalsExhaustiveSearch_data()
    {
        QTest::addColumn<Reads>("reads");
        QTest::newRow("chain") << Reads { {}, { 0 }, { 1 }, { 2 }, { 3 } };
        QTest::newRow("residual") << Reads { {}, { 0 }, { 1, 0 }, { 2 }, { 3, 2 } };
        QTest::newRow("join") << Reads { {}, { 0 }, { 0 }, { 1, 2 }, { 3 } };
        QTest::newRow("all read the first") << Reads { {}, { 0 }, { 0 }, { 0 }, { 0 } };
        QTest::newRow("apart") << Reads { {}, {}, {}, {}, {} };
    }

    void equalsExhaustiveSearch()
    {
        QFETCH(Reads, reads);
        for (std::uint64_t seed = 1; seed <= 10; ++seed) {
            Random random(seed);
            const Layers layers = randomLayers(random, reads.size(), 4);
            std::vector<Selection> wanted;
            for (const auto& [peak, loss] : exhaustive(layers, reads))
                if (wanted.empty() || loss < wanted.back().loss)
                    wanted.push_back({ {}, peak, loss });
            const std::vector<Selection> found = peakFront(layers, reads, {});
            QCOMPARE(found.size(), wanted.size());
            for (std::size_t i = 0; i < found.size(); ++i) {
                QCOMPARE(found[i].bits, wanted[i].bits);
                QCOMPARE(found[i].loss, wanted[i].loss);
                QCOMPARE(peakBits(layers, reads, found[i].options), found[i].bits);
            }
        }
    }

    void stopsAndRefuses()
    {
        const Layers layers = { { { 1, 0 } }, { { 2, 0 } } };
        std::stop_source source;
        source.request_stop();
        QVERIFY(
            peakFront(layers, Reads { {}, { 0 } }, { .stop = source.get_token(), .progress = {} }).empty());
        QVERIFY_THROWS_EXCEPTION(ParameterError, peakFront(layers, Reads { { 1 }, {} }, {}));
    }

    void refusesWhatIsTooWide()
    {
        Random random(3);
        Layers layers(8);
        for (std::vector<LayerOption>& layer : layers)
            for (std::uint64_t i = 0; i < 8; ++i)
                layer.push_back({ 10 + i, 8 - static_cast<double>(i) });
        const Reads reads = { {}, {}, {}, {}, {}, {}, {}, { 0, 1, 2, 3, 4, 5, 6 } };
        QVERIFY_THROWS_EXCEPTION(ParameterError, peakFront(layers, reads, {}));
    }
};

QTEST_GUILESS_MAIN(PeakFrontTest)
#include "peak_front_test.moc"
