#include "engine/base/error.h"
#include "engine/tensor/quantise.h"
#include "tests/engine/tensor/sample_tensors.h"

#include <QRegularExpression>
#include <QTest>

#include <cmath>

using engine::DType;
using engine::QuantisedTensor;
using engine::Random;
using engine::Tensor;

namespace {

QString refusal(const Tensor& tensor, int wordBits)
{
    try {
        engine::quantise(tensor, wordBits, {});
    } catch (const engine::ParameterError& error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

/// As activation.md says it, in the order it says it.
std::vector<std::int32_t> slowWords(const std::vector<float>& values, int wordBits)
{
    double magnitude = 0;
    bool negative = false;
    for (const float value : values) {
        magnitude = std::max(magnitude, std::abs(static_cast<double>(value)));
        negative = negative || value < 0;
    }
    const double top = std::pow(2, negative ? wordBits - 1 : wordBits) - 1;
    const double scale = magnitude == 0 ? 1 : magnitude / top;
    std::vector<std::int32_t> words;
    for (const float value : values) {
        const double rounded = std::nearbyint(static_cast<double>(value) / scale);
        words.push_back(static_cast<std::int32_t>(std::clamp(rounded, negative ? -top : 0, top)));
    }
    return words;
}

Tensor withQuantisation(Tensor tensor, double scale, std::int64_t zeroPoint)
{
    tensor.quantisation = engine::Quantisation { scale, zeroPoint, 8 };
    return tensor;
}

Tensor bytesTensor(DType type, const std::vector<int>& values)
{
    std::vector<std::byte> bytes;
    for (const int value : values)
        bytes.push_back(static_cast<std::byte>(value & 255));
    return samples::typed(type, { static_cast<std::int64_t>(values.size()) }, bytes);
}

} // namespace

class QuantiseTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void equalsReference();
    void roundsHalfToEven();
    void ownScaleOfFloats();
    void integers();
    void everyType();
    void refuses();
    void oneValue();
    void emptyAndStopped();
    void percentileIsTheSortedRank();
};

/// Against a sort, on values with ties, zeros and infinities.
void QuantiseTest::percentileIsTheSortedRank()
{
    Random random(9);
    for (int round = 0; round < 50; ++round) {
        std::vector<float> values(1 + random.below(300));
        std::vector<double> sorted;
        for (float& value : values) {
            value = random.below(3) == 0 ? 0.0F : static_cast<float>(random.uniform() - 0.5);
            if (random.below(4) == 0)
                value = static_cast<float>(random.below(5));
            sorted.push_back(std::abs(static_cast<double>(value)));
        }
        values.push_back(std::numeric_limits<float>::infinity());
        std::ranges::sort(sorted);
        const Tensor tensor = samples::floats({ static_cast<std::int64_t>(values.size()) }, values);
        for (const double percent : { 0.0, 1.0, 50.0, 99.0, 99.9, 100.0 }) {
            const double rank = std::ceil(percent / 100 * static_cast<double>(sorted.size()));
            const double expected = sorted[static_cast<std::size_t>(std::max(rank, 1.0)) - 1];
            QCOMPARE(engine::magnitudePercentile(tensor, percent, {}), expected);
        }
    }
}

void QuantiseTest::equalsReference()
{
    Random random(1);
    for (int wordBits = 1; wordBits <= 16; ++wordBits) {
        for (const bool isSigned : { false, true }) {
            if (isSigned && wordBits == 1)
                continue;
            std::vector<float> values = samples::randomFloats(random, 3001, false);
            for (float& value : values)
                value = isSigned ? value : std::abs(value);
            const QuantisedTensor tested = engine::quantise(samples::floats({ 3001 }, values), wordBits, {});
            QCOMPARE(tested.isSigned, isSigned);
            QCOMPARE(tested.wordBits, wordBits);
            QVERIFY(tested.words == slowWords(values, wordBits));
            for (std::size_t i = 0; i < values.size(); ++i)
                QVERIFY(std::abs(tested.scale * tested.words[i] - static_cast<double>(values[i]))
                        <= tested.scale * 0.5000001);
        }
    }
}

void QuantiseTest::roundsHalfToEven()
{
    const auto words = [](const std::vector<float>& values) {
        return engine::quantise(samples::floats({ static_cast<std::int64_t>(values.size()) }, values), 8, {});
    };
    const QuantisedTensor positive = words({ 0.5F, 1.5F, 2.5F, 254.5F, 255 });
    QCOMPARE(positive.scale, 1.0);
    QVERIFY(positive.words == std::vector<std::int32_t>({ 0, 2, 2, 254, 255 }));
    const QuantisedTensor both = words({ -0.5F, -1.5F, -2.5F, -127, 126.5F });
    QCOMPARE(both.scale, 1.0);
    QVERIFY(both.words == std::vector<std::int32_t>({ 0, -2, -2, -127, 126 }));
    const QuantisedTensor zeros = words({ 0, -0.0F, 0 });
    QCOMPARE(zeros.scale, 1.0);
    QVERIFY(!zeros.isSigned);
    QVERIFY(zeros.words == std::vector<std::int32_t>(3));
}

void QuantiseTest::ownScaleOfFloats()
{
    const QuantisedTensor tested =
        engine::quantise(withQuantisation(samples::floats({ 4 }, { 0, 0.5F, 1.25F, 100 }), 0.25, 0), 8, {});
    QCOMPARE(tested.scale, 0.25);
    QVERIFY(tested.words == std::vector<std::int32_t>({ 0, 2, 5, 255 })); // the last one is clipped
}

void QuantiseTest::integers()
{
    const QuantisedTensor plain = engine::quantise(bytesTensor(DType::U8, { 0, 3, 255 }), 8, {});
    QVERIFY(plain.words == std::vector<std::int32_t>({ 0, 3, 255 }));
    QCOMPARE(plain.scale, 1.0);
    QVERIFY(!plain.isSigned);
    const QuantisedTensor lowest = engine::quantise(bytesTensor(DType::I8, { -128, 0, 127 }), 8, {});
    QVERIFY(lowest.words == std::vector<std::int32_t>({ -128, 0, 127 }));
    QVERIFY(lowest.isSigned);
    const QuantisedTensor unsignedInSigned = engine::quantise(bytesTensor(DType::I8, { 0, 100 }), 7, {});
    QVERIFY(!unsignedInSigned.isSigned);
    const QuantisedTensor shifted =
        engine::quantise(withQuantisation(bytesTensor(DType::U8, { 0, 128, 255 }), 0.1, 128), 8, {});
    QVERIFY(shifted.words == std::vector<std::int32_t>({ -128, 0, 127 }));
    QCOMPARE(shifted.zeroPoint, 128);
    QCOMPARE(shifted.scale, 0.1);
    QVERIFY(shifted.isSigned);
}

void QuantiseTest::everyType()
{
    for (const DType type : samples::everyType) {
        const std::vector<std::byte> bytes(6 * engine::byteSize(type));
        const Tensor tensor = samples::typed(type, { 2, 3 }, bytes);
        for (const Tensor& each : { tensor, samples::unmapped(tensor) }) {
            const QuantisedTensor tested = engine::quantise(each, 4, {});
            QVERIFY(tested.words == std::vector<std::int32_t>(6));
            QCOMPARE(tested.scale, 1.0);
        }
    }
}

void QuantiseTest::refuses()
{
    const Tensor plain = samples::floats({ 2 }, { -1, 1 });
    QCOMPARE(refusal(plain, 0), QStringLiteral("word length: 0 is outside 1..16"));
    QCOMPARE(refusal(plain, 17), QStringLiteral("word length: 17 is outside 1..16"));
    QVERIFY(refusal(plain, 1).contains(QLatin1String("take 2 or more")));
    std::vector<float> values(2 * 3 * 4, 1);
    values[1 * 12 + 2 * 4 + 3] = std::numeric_limits<float>::infinity();
    QCOMPARE(refusal(samples::floats({ 2, 3, 4 }, values), 8),
             QStringLiteral("sample[1, 2, 3] is not a finite number; only finite values can be quantised"));
    QCOMPARE(refusal(bytesTensor(DType::U8, { 0, 16 }), 4),
             QStringLiteral("sample[1] less its zero point is 16, outside 0..15 of 4-bit unsigned words"));
    QCOMPARE(refusal(bytesTensor(DType::I8, { -9, 7 }), 4),
             QStringLiteral("sample[0] less its zero point is -9, outside -8..7 of 4-bit signed words"));
    QVERIFY(!refusal(withQuantisation(bytesTensor(DType::U8, { 0, 255 }), 1, 3), 8).isEmpty());
    QVERIFY(refusal(withQuantisation(bytesTensor(DType::U8, { 0, 255 }), 1, 3), 9).isEmpty());
    const std::int32_t large = (1 << 30) + 1; // float cannot tell it from its neighbours
    const auto bytes = std::as_bytes(std::span(&large, 1));
    const Tensor wide = samples::typed(DType::I32, { 1 }, { bytes.begin(), bytes.end() });
    QVERIFY(!refusal(withQuantisation(wide, 1, 1 << 30), 8).isEmpty());
}

/// The readout's way, value by value, gives the same words.
void QuantiseTest::oneValue()
{
    Random random(2);
    const std::vector<float> values = samples::randomFloats(random, 500, false);
    const Tensor tensor = samples::floats({ 500 }, values);
    const engine::Statistics known = engine::statistics(tensor, {}).whole;
    const engine::Quantiser quantiser = engine::quantiserFor(tensor, known, 8);
    const QuantisedTensor all = engine::quantise(tensor, known, 8, {});
    QCOMPARE(quantiser.scale, all.scale);
    QCOMPARE(quantiser.isSigned, all.isSigned);
    for (std::size_t i = 0; i < values.size(); ++i)
        QCOMPARE(quantiser(static_cast<double>(values[i])), all.words[i]);
    std::vector<float> strange = { std::numeric_limits<float>::quiet_NaN(), 1e30F, -1e30F };
    std::vector<std::int32_t> words(3);
    quantiser(strange, words);
    QVERIFY(words == std::vector<std::int32_t>({ 0, 127, -127 }));
    QCOMPARE(quantiser(1e300), 127);
    QCOMPARE(quantiser(-std::numeric_limits<double>::infinity()), -127);
    QCOMPARE(quantiser(std::numeric_limits<double>::quiet_NaN()), 0);
    const Tensor integers = withQuantisation(bytesTensor(DType::U8, { 120, 130 }), 0.5, 128);
    const engine::Quantiser whole = engine::quantiserFor(integers, engine::statistics(integers, {}).whole, 8);
    QVERIFY(whole.isWhole && whole.isSigned);
    QCOMPARE(whole(120), -8);
    QCOMPARE(whole(130), 2);
}

void QuantiseTest::emptyAndStopped()
{
    const QuantisedTensor empty = engine::quantise(samples::floats({ 0, 3 }, {}), 8, {});
    QVERIFY(empty.words.empty());
    QCOMPARE(empty.scale, 1.0);
    std::stop_source stop;
    stop.request_stop();
    engine::Control control;
    control.stop = stop.get_token();
    QVERIFY(engine::quantise(samples::floats({ 2 }, { 1, 2 }), 8, control).words.empty());
}

QTEST_GUILESS_MAIN(QuantiseTest)

#include "quantise_test.moc"
