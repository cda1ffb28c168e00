#include "engine/tensor/statistics.h"
#include "tests/engine/tensor/sample_tensors.h"

#include <QRegularExpression>
#include <QTest>

#include <cmath>
#include <map>

using engine::DType;
using engine::Random;
using engine::Shape;
using engine::Statistics;
using engine::Tensor;

namespace {

Statistics slowStatistics(std::span<const float> values)
{
    Statistics all;
    long double sum = 0;
    long double absoluteSum = 0;
    for (const float value : values) {
        ++all.count;
        if (std::isnan(value) || std::isinf(value)) {
            ++all.nonFinite;
            continue;
        }
        all.zeros += value == 0 ? 1 : 0;
        all.minimum = std::min(all.minimum, static_cast<double>(value));
        all.maximum = std::max(all.maximum, static_cast<double>(value));
        sum += static_cast<long double>(value);
        absoluteSum += std::abs(static_cast<long double>(value));
    }
    all.sum = static_cast<double>(sum);
    all.absoluteSum = static_cast<double>(absoluteSum);
    return all;
}

QString difference(const Statistics& a, const Statistics& b)
{
    const double allowed = b.absoluteSum * 0x1.0p-22;
    if (a.count != b.count || a.zeros != b.zeros || a.nonFinite != b.nonFinite)
        return QStringLiteral("counts differ");
    if (a.minimum != b.minimum || a.maximum != b.maximum)
        return QStringLiteral("limits differ");
    if (!(std::abs(a.sum - b.sum) <= allowed) || !(std::abs(a.absoluteSum - b.absoluteSum) <= allowed))
        return QStringLiteral("sums differ");
    return {};
}

/// The values of one slice, picked by their index.
std::vector<float> sliceOf(const Tensor& tensor, std::size_t axis, std::size_t index)
{
    const std::vector<float> all = engine::readFloats(tensor);
    std::size_t inner = 1;
    for (std::size_t i = axis + 1; i < tensor.shape.rank(); ++i)
        inner *= static_cast<std::size_t>(tensor.shape[i]);
    std::vector<float> slice;
    for (std::size_t flat = 0; flat < all.size(); ++flat) {
        if (flat / inner % static_cast<std::size_t>(tensor.shape[axis]) == index)
            slice.push_back(all[flat]);
    }
    return slice;
}

Tensor withLayout(Tensor tensor, engine::Role role, const char* layout)
{
    tensor.role = role;
    tensor.layout = layout;
    return tensor;
}

engine::Histogram histogramOf(const Tensor& tensor, std::size_t bins)
{
    return engine::histogram(tensor, engine::statistics(tensor, {}).whole, bins, {});
}

} // namespace

class StatisticsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void equalsReference_data();
    void equalsReference();
    void ofNothing();
    void channels_data();
    void channels();
    void channelAxis_data();
    void channelAxis();
    void everyType();
    void tooManyChannels();
    void stops();
    void histogramOfFloats();
    void histogramOfIntegers_data();
    void histogramOfIntegers();
    void histogramEdges();
    void entropy();
};

void StatisticsTest::equalsReference_data()
{
    QTest::addColumn<bool>("wild");
    QTest::newRow("finite") << false;
    QTest::newRow("not finite") << true;
}

void StatisticsTest::equalsReference()
{
    QFETCH(const bool, wild);
    Random random(1);
    for (const std::size_t n : { 1, 2, 31, 32, 33, 63, 64, 65, 1000, 2047, 2048, 2049, 2081, 20000 }) {
        for (std::size_t shift = 0; shift < 5; ++shift) {
            const std::vector<float> values = samples::randomFloats(random, n + shift, wild);
            const auto part = std::span(values).subspan(shift);
            Statistics fast;
            fast.add(part);
            const QString wrong = difference(fast, slowStatistics(part));
            QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("n %1: %2").arg(n).arg(wrong)));
        }
    }
}

void StatisticsTest::ofNothing()
{
    Statistics none;
    none.add(std::span<const float> {});
    QCOMPARE(none.count, 0U);
    QCOMPARE(none.zeroFraction(), 0.0);
    QCOMPARE(none.mean(), 0.0);
    QCOMPARE(none.absoluteMean(), 0.0);
    const std::vector<float> bad(100, std::numeric_limits<float>::quiet_NaN());
    none.add(bad);
    QCOMPARE(none.nonFinite, 100U);
    QCOMPARE(none.mean(), 0.0);
    const std::vector<float> values = { -1, 0, 4, std::numeric_limits<float>::infinity() };
    Statistics some;
    some.add(values);
    QCOMPARE(some.zeroFraction(), 0.25);
    QCOMPARE(some.mean(), 1.0);
    QCOMPARE(some.absoluteMean(), 5.0 / 3);
    QCOMPARE(engine::statistics(samples::floats({ 4, 0, 3 }, {}), {}).whole.count, 0U);
}

void StatisticsTest::channels_data()
{
    QTest::addColumn<QList<qint64>>("extents");
    QTest::addColumn<QString>("layout");
    QTest::newRow("NCHW") << QList<qint64> { 3, 5, 7, 9 } << QStringLiteral("NCHW");
    QTest::newRow("NHWC") << QList<qint64> { 2, 6, 7, 5 } << QStringLiteral("NHWC");
    QTest::newRow("NF") << QList<qint64> { 11, 13 } << QStringLiteral("NF");
    QTest::newRow("large planes") << QList<qint64> { 2, 3, 80, 90 } << QStringLiteral("NCHW");
    QTest::newRow("rank 5") << QList<qint64> { 2, 3, 4, 5, 6 } << QString();
}

void StatisticsTest::channels()
{
    QFETCH(const QList<qint64>, extents);
    QFETCH(const QString, layout);
    Random random(2);
    const Shape shape(std::vector<std::int64_t>(extents.begin(), extents.end()));
    Tensor tensor = samples::floats(shape, samples::randomFloats(random, shape.elements(), true));
    tensor.role = engine::Role::Activation;
    tensor.layout = layout.toStdString();
    const auto axis = static_cast<std::size_t>(engine::channelAxis(tensor));
    const engine::TensorStatistics result = engine::statistics(tensor, {});
    QVERIFY(result.complete);
    QCOMPARE(result.channels.size(), static_cast<std::size_t>(shape[axis]));
    for (std::size_t channel = 0; channel < result.channels.size(); ++channel) {
        const QString wrong =
            difference(result.channels[channel], slowStatistics(sliceOf(tensor, axis, channel)));
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }
    const QString wrong = difference(result.whole, slowStatistics(engine::readFloats(tensor)));
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void StatisticsTest::channelAxis_data()
{
    QTest::addColumn<int>("rank");
    QTest::addColumn<int>("role");
    QTest::addColumn<QString>("layout");
    QTest::addColumn<int>("axis");
    const auto row = [](const char* name, int rank, engine::Role role, const char* layout, int axis) {
        QTest::newRow(name) << rank << static_cast<int>(role) << QString::fromLatin1(layout) << axis;
    };
    using enum engine::Role;
    row("scalar", 0, Activation, "", -1);
    row("vector", 1, Weight, "O", -1);
    row("activation", 4, Activation, "", 1);
    row("activation, channels last", 4, Activation, "NHWC", 3);
    row("features", 2, Activation, "NF", 1);
    row("image", 4, Image, "NCHW", 1);
    row("weight", 4, Weight, "OIHW", 0);
    row("weight, outputs last", 4, Weight, "HWIO", 3);
    row("weight without layout", 2, Weight, "", 0);
    row("layout of another rank", 3, Activation, "NHWC", 1);
    row("anything else", 3, Other, "", 0);
}

void StatisticsTest::channelAxis()
{
    QFETCH(const int, rank);
    QFETCH(const int, role);
    QFETCH(const QString, layout);
    QFETCH(const int, axis);
    const Shape shape(std::vector<std::int64_t>(static_cast<std::size_t>(rank), 1));
    const Tensor tensor = withLayout(samples::floats(shape, { 1 }), static_cast<engine::Role>(role),
                                     layout.toLatin1().constData());
    QCOMPARE(engine::channelAxis(tensor), axis);
}

void StatisticsTest::everyType()
{
    Random random(3);
    for (const DType type : samples::everyType) {
        const Shape shape { 7, 33 };
        const auto bytes = samples::randomBytes(random, shape.elements() * engine::byteSize(type));
        const Tensor tensor = samples::typed(type, shape, bytes);
        for (const Tensor& each : { tensor, samples::unmapped(tensor) }) {
            const QString wrong =
                difference(engine::statistics(each, {}).whole, slowStatistics(engine::readFloats(each)));
            QVERIFY2(wrong.isEmpty(), qPrintable(QString::fromStdString(std::string(engine::name(type)))));
        }
    }
}

void StatisticsTest::tooManyChannels()
{
    const Tensor tensor = withLayout(samples::floats({ 1, 70000 }, std::vector<float>(70000, 2)),
                                     engine::Role::Activation, "NF");
    const engine::TensorStatistics result = engine::statistics(tensor, {});
    QVERIFY(result.channels.empty());
    QCOMPARE(result.whole.count, 70000U);
    QCOMPARE(result.whole.mean(), 2.0);
}

void StatisticsTest::stops()
{
    std::stop_source stop;
    stop.request_stop();
    engine::Control control;
    control.stop = stop.get_token();
    const engine::TensorStatistics result =
        engine::statistics(samples::floats({ 2, 2 }, { 1, 2, 3, 4 }), control);
    QVERIFY(!result.complete);
    QCOMPARE(result.whole.count, 0U);
}

void StatisticsTest::histogramOfFloats()
{
    Random random(4);
    const std::vector<float> values = samples::randomFloats(random, 5000, true);
    const Tensor tensor = samples::floats({ 5000 }, values);
    const Statistics known = engine::statistics(tensor, {}).whole;
    const engine::Histogram tested = engine::histogram(tensor, known, 50, {});
    QCOMPARE(tested.bins.size(), 50U);
    QCOMPARE(tested.first, known.minimum);
    QCOMPARE(tested.last, known.maximum);
    QCOMPARE(tested.zeros, known.zeros);
    QCOMPARE(tested.nonFinite, known.nonFinite);
    std::vector<std::uint64_t> expected(50);
    for (const float value : values) {
        if (value == 0 || !std::isfinite(value))
            continue;
        std::size_t bin = 0;
        while (bin < 49
               && static_cast<double>(value) >= tested.first + tested.width() * static_cast<double>(bin + 1))
            ++bin;
        ++expected[bin];
    }
    QVERIFY(tested.bins == expected);
}

void StatisticsTest::histogramOfIntegers_data()
{
    QTest::addColumn<int>("lowest");
    QTest::addColumn<int>("highest");
    QTest::addColumn<int>("asked");
    QTest::addColumn<int>("bins");
    QTest::addColumn<double>("width");
    QTest::newRow("one each") << 0 << 9 << 256 << 10 << 1.0;
    QTest::newRow("exactly") << 0 << 255 << 256 << 256 << 1.0;
    QTest::newRow("pairs") << -4 << 5 << 5 << 5 << 2.0;
    QTest::newRow("uneven") << -128 << 127 << 100 << 86 << 3.0;
    QTest::newRow("single") << 3 << 3 << 10 << 1 << 1.0;
}

void StatisticsTest::histogramOfIntegers()
{
    QFETCH(const int, lowest);
    QFETCH(const int, highest);
    QFETCH(const int, asked);
    QFETCH(const int, bins);
    QFETCH(const double, width);
    std::vector<std::byte> bytes;
    for (int value = lowest; value <= highest; ++value) {
        bytes.push_back(static_cast<std::byte>(value & 255));
        bytes.push_back(static_cast<std::byte>(value >> 8 & 255));
    }
    const Tensor tensor = samples::typed(DType::I16, { highest - lowest + 1 }, bytes);
    const engine::Histogram tested = histogramOf(tensor, static_cast<std::size_t>(asked));
    QCOMPARE(static_cast<int>(tested.bins.size()), bins);
    QCOMPARE(tested.width(), width);
    QCOMPARE(tested.first, lowest - 0.5);
    for (int bin = 0; bin < bins; ++bin) {
        std::uint64_t inside = 0;
        for (int value = lowest; value <= highest; ++value)
            inside += value != 0 && static_cast<int>((value - lowest) / width) == bin ? 1 : 0;
        QCOMPARE(tested.bins[static_cast<std::size_t>(bin)], inside);
    }
}

void StatisticsTest::histogramEdges()
{
    const engine::Histogram constant = histogramOf(samples::floats({ 3 }, { 2, 2, 2 }), 4);
    QVERIFY(constant.first < 2 && constant.last > 2);
    QVERIFY(constant.bins == std::vector<std::uint64_t>({ 0, 0, 3, 0 }));
    const engine::Histogram zeros = histogramOf(samples::floats({ 3 }, { 0, 0, 0 }), 4);
    QCOMPARE(zeros.zeros, 3U);
    QVERIFY(zeros.bins == std::vector<std::uint64_t>(4));
    const engine::Histogram ends = histogramOf(samples::floats({ 3 }, { -1, 1, 3 }), 2);
    QVERIFY(ends.bins == std::vector<std::uint64_t>({ 1, 2 }));
    QVERIFY(histogramOf(samples::floats({ 0 }, {}), 4).bins.empty());
    const engine::Histogram noBins = histogramOf(samples::floats({ 3 }, { 0, 1, INFINITY }), 0);
    QVERIFY(noBins.bins.empty());
    QCOMPARE(noBins.zeros, 1U);
    QCOMPARE(noBins.nonFinite, 1U);
    const engine::Histogram none = histogramOf(samples::floats({ 2 }, { 0, NAN }), 4);
    QCOMPARE(none.zeros, 1U);
    QCOMPARE(none.nonFinite, 1U);
}

void StatisticsTest::entropy()
{
    const std::vector<std::uint64_t> even(256, 3);
    QCOMPARE(engine::entropyBits(even), 8.0);
    QCOMPARE(engine::entropyBits(std::vector<std::uint64_t>({ 0, 7, 0 })), 0.0);
    QCOMPARE(engine::entropyBits(std::vector<std::uint64_t>({ 1, 1, 2 })), 1.5);
    QCOMPARE(engine::entropyBits(std::span<const std::uint64_t> {}), 0.0);
    QCOMPARE(engine::entropyBits(std::span<const std::int32_t> {}), 0.0);
    Random random(5);
    for (const std::int64_t range : { std::int64_t { 1 }, std::int64_t { 200 }, std::int64_t { 1 } << 31 }) {
        std::vector<std::int32_t> words(3000);
        std::map<std::int32_t, double> counts;
        for (std::int32_t& word : words) {
            word = static_cast<std::int32_t>(-range + static_cast<std::int64_t>(random.below(7)) * range / 4);
            ++counts[word];
        }
        double expected = 0;
        for (const auto& [word, count] : counts)
            expected -= count / 3000 * std::log2(count / 3000);
        QVERIFY(std::abs(engine::entropyBits(words) - expected) < 1e-12);
    }
}

QTEST_GUILESS_MAIN(StatisticsTest)

#include "statistics_test.moc"
