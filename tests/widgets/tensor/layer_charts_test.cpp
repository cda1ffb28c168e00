#include "tests/widgets/tensor/tensors.h"
#include "widgets/page/layer_charts.h"

#include <QRegularExpression>
#include <QTest>

#include <numeric>

using widgets::TensorFacts;

namespace {

std::shared_ptr<const TensorFacts> gather(const engine::Tensor& tensor, int bits)
{
    return widgets::gatherFacts(tensor, bits, nullptr, {});
}

const analysis::HistogramChart& histogramOf(const analysis::Chart& chart)
{
    return std::get<analysis::HistogramChart>(chart.kind);
}

} // namespace

class LayerChartsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void everyValueIsInOneBin_data()
    {
        QTest::addColumn<int>("bits");
        QTest::addColumn<double>("shift");
        for (const int bits : { 0, 2, 8, 12 }) {
            QTest::addRow("%d bits", bits) << bits << 0.0;
            QTest::addRow("%d bits, signed", bits) << bits << -1.3;
            QTest::addRow("%d bits, all negative", bits) << bits << -9.0;
        }
    }

    void everyValueIsInOneBin()
    {
        QFETCH(int, bits);
        QFETCH(double, shift);
        engine::Random random(2);
        const engine::Tensor tensor =
            tensors::fill({ 5000 }, engine::Role::Activation, "",
                          [&](std::size_t i) { return i % 4 == 0 ? 0.0 : random.uniform(0, 4) + shift; });
        const auto facts = gather(tensor, bits);
        const analysis::Chart chart = widgets::valueHistogram(*facts);
        const analysis::HistogramChart& histogram = histogramOf(chart);
        QVERIFY(histogram.counts.size() <= 98);
        QCOMPARE(std::accumulate(histogram.counts.begin(), histogram.counts.end(), *histogram.zeros), 5000.0);
        std::vector<double> counts(histogram.counts.size(), 0);
        for (const float value : engine::readFloats(tensor)) {
            const double place = facts->quantiser ? (*facts->quantiser)(static_cast<double>(value))
                                                  : static_cast<double>(value);
            const int bin = widgets::binOf(histogram, place);
            QCOMPARE(bin < 0, place == 0);
            if (bin >= 0)
                ++counts[static_cast<std::size_t>(bin)];
        }
        if (facts->quantiser)
            QCOMPARE(counts, histogram.counts);
        QCOMPARE(*histogram.zeros, static_cast<double>(facts->zeros()));
    }

    void binsOfLookMd()
    {
        const auto facts = gather(tensors::fill({ 256 }, engine::Role::Activation, "",
                                                [](std::size_t i) { return static_cast<double>(i) * 0.014; }),
                                  8);
        const analysis::Chart chart = widgets::valueHistogram(*facts);
        const analysis::HistogramChart& histogram = histogramOf(chart);
        QCOMPARE(histogram.width, 3.0);
        QCOMPARE(histogram.first, 0.5);
        QCOMPARE(histogram.counts, std::vector<double>(85, 3));
        QCOMPARE(widgets::histogramRemark(histogram, *facts), QStringLiteral("bin 3 LSB, zero words apart"));
        QCOMPARE(histogram.value.label(), QStringLiteral("Code (1 LSB = 0.014)"));
        QCOMPARE(widgets::binOf(histogram, 100), 33);
        QCOMPARE(widgets::binOf(histogram, 255), 84);
        QCOMPARE(widgets::binOf(histogram, 256), -1);
        QCOMPARE(widgets::binOf(histogram, 0), -1);
    }

    void oneDefinitionOfZero_data()
    {
        QTest::addColumn<engine::Tensor>("tensor");
        QTest::addColumn<int>("bits");
        QTest::addColumn<int>("zeros");
        QTest::addColumn<QString>("title");
        // Half of these are exactly 0, half of the rest round to 0 in 8 bits.
        const engine::Tensor reals =
            tensors::fill({ 1, 2, 2, 4 }, engine::Role::Activation, "NCHW", [](std::size_t i) {
                static constexpr double values[] = { 0, 0, 0.001, 1 };
                return values[i % 4];
            });
        engine::Tensor stored =
            tensors::integers<std::uint8_t>({ 1, 2, 1, 2 }, engine::DType::U8, { 3, 7, 0, 3 });
        stored.quantisation = engine::Quantisation { 0.1, 3, 8 };
        QTest::newRow("real values") << reals << 0 << 8 << QStringLiteral("Zeros");
        QTest::newRow("words of real values") << reals << 8 << 12 << QStringLiteral("Zero words");
        QTest::newRow("integers with a zero point") << stored << 8 << 2 << QStringLiteral("Zeros");
    }

    void oneDefinitionOfZero()
    {
        QFETCH(engine::Tensor, tensor);
        QFETCH(int, bits);
        QFETCH(int, zeros);
        QFETCH(QString, title);
        const auto facts = gather(tensor, bits);
        QCOMPARE(facts->zeros(), static_cast<std::uint64_t>(zeros));
        QCOMPARE(widgets::zerosTitle(facts->zeroKind()), title);
        const analysis::Chart chart = widgets::valueHistogram(*facts);
        QCOMPARE(*histogramOf(chart).zeros, static_cast<double>(zeros));
        QCOMPARE(histogramOf(chart).zeroKind, facts->zeroKind());
        QVERIFY(widgets::histogramRemark(histogramOf(chart), *facts).contains(title.toLower()));
        const auto channels = widgets::channelZeros(*facts, true);
        const auto& bars = std::get<analysis::BarChart>(channels->chart.kind);
        QCOMPARE(bars.value.title, title);
        QCOMPARE(channels->chart.title, title + QStringLiteral(" per channel"));
        const double share = 100.0 * zeros / static_cast<double>(tensor.shape.elements());
        QCOMPARE(bars.reference->value, share);
        QCOMPARE((bars.series[0].values[0] + bars.series[0].values[1]) / 2, share);
    }

    void channelsSortByZeros()
    {
        const engine::Tensor tensor =
            tensors::fill({ 1, 4, 2, 5 }, engine::Role::Activation, "NCHW", [](std::size_t i) {
                static constexpr int zeros[] = { 2, 9, 0, 9 };
                return i % 10 < static_cast<std::size_t>(zeros[i / 10]) ? 0.0 : 1.0;
            });
        const auto facts = gather(tensor, 8);
        const auto sorted = widgets::channelZeros(*facts, true);
        QCOMPARE(sorted->order, (std::vector<std::int64_t> { 1, 3, 0, 2 }));
        const auto& bars = std::get<analysis::BarChart>(sorted->chart.kind);
        QCOMPARE(bars.categories,
                 (QStringList { QStringLiteral("1"), QStringLiteral("3"), QStringLiteral("0"),
                                QStringLiteral("2") }));
        QCOMPARE(bars.series[0].values, (std::vector<double> { 90, 90, 20, 0 }));
        QCOMPARE(bars.reference->value, 50.0);
        QCOMPARE(bars.reference->label,
                 QStringLiteral("mean 50.0\u2009%").replace(QChar(0x2009), bars.reference->label.at(9)));
        QCOMPARE(sorted->barOf(0), 2);
        QCOMPARE(sorted->barOf(7), -1);
        QCOMPARE(widgets::channelZeros(*facts, false)->order, (std::vector<std::int64_t> { 0, 1, 2, 3 }));
    }

    void manyChannelsAreALine()
    {
        const auto facts = gather(tensors::relu({ 1, 500, 2, 2 }), 8);
        const auto zeros = widgets::channelZeros(*facts, true);
        const auto& line = std::get<analysis::LineChart>(zeros->chart.kind);
        QCOMPARE(line.series[0].x.size(), 500U);
        QVERIFY(line.series[0].y.front() >= line.series[0].y.back());
    }

    void noChannels()
    {
        QVERIFY(!widgets::channelZeros(
            *gather(tensors::make({ 3 }, engine::Role::Weight, "", { 1, 2, 3 }), 8), true));
        const auto grey = gather(tensors::fill({ 2, 3, 3 }, engine::Role::Image, "NHW",
                                               [](std::size_t i) { return static_cast<double>(i); }),
                                 8);
        QVERIFY(!widgets::channelZeros(*grey, true));
        const auto empty = gather(tensors::make({ 0, 4 }, engine::Role::Other, "", {}), 8);
        QVERIFY(histogramOf(widgets::valueHistogram(*empty)).zeros.has_value());
    }
};

QTEST_GUILESS_MAIN(LayerChartsTest)
#include "layer_charts_test.moc"
