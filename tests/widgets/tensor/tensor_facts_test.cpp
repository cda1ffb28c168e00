#include "tests/widgets/tensor/tensors.h"
#include "widgets/tensor/tensor_facts.h"

#include <QRegularExpression>
#include <QTest>

#include <numeric>

using widgets::TensorFacts;

namespace {

std::shared_ptr<const TensorFacts> gather(const engine::Tensor& tensor, int bits)
{
    return widgets::gatherFacts(tensor, bits, nullptr, {});
}

} // namespace

class TensorFactsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void wordsAreThoseOfTheCodecs_data()
    {
        QTest::addColumn<int>("bits");
        QTest::addColumn<bool>("negative");
        for (const int bits : { 1, 2, 4, 8, 16 }) {
            QTest::addRow("%d bits", bits) << bits << false;
            if (bits > 1)
                QTest::addRow("%d bits, signed", bits) << bits << true;
        }
    }

    void wordsAreThoseOfTheCodecs()
    {
        QFETCH(int, bits);
        QFETCH(bool, negative);
        engine::Random random(5);
        const engine::Tensor tensor =
            tensors::fill({ 3, 7, 11, 13 }, engine::Role::Activation, "NCHW", [&](std::size_t) {
                const double value = random.normal();
                return negative || value > 0 ? value : 0.0;
            });
        const auto facts = gather(tensor, bits);
        const engine::QuantisedTensor words = engine::quantise(tensor, bits, {});
        std::vector<std::uint64_t> counts(facts->words.counts.size(), 0);
        std::vector<std::uint64_t> zeros(7, 0);
        for (std::size_t i = 0; i < words.words.size(); ++i) {
            ++counts[static_cast<std::size_t>(words.words[i] - facts->words.lowest)];
            zeros[i / 143 % 7] += words.words[i] == 0 ? 1 : 0;
        }
        QCOMPARE(facts->words.counts, counts);
        QCOMPARE(facts->words.channelZeros, zeros);
        QCOMPARE(facts->zeros(), std::accumulate(zeros.begin(), zeros.end(), std::uint64_t { 0 }));
        QCOMPARE(facts->channelZeroFraction(3), static_cast<double>(zeros[3]) / (3 * 143));
    }

    void floatsWithoutWordsCountExactZeros()
    {
        const auto facts = gather(tensors::relu({ 1, 16, 32, 32 }), 0);
        QVERIFY(!facts->quantiser);
        QCOMPARE(facts->zeros(), facts->statistics.whole.zeros);
        QCOMPARE(facts->channelZeroFraction(2), facts->statistics.channels[2].zeroFraction());
    }

    void integersStayAsTheyAre()
    {
        const engine::Tensor tensor =
            tensors::integers<std::uint8_t>({ 2, 3 }, engine::DType::U8, { 0, 1, 2, 250, 0, 255 });
        const auto facts = gather(tensor, 4);
        QVERIFY(facts->quantiser && facts->quantiser->isWhole);
        QCOMPARE(facts->quantiser->bits, 8);
        QCOMPARE(facts->words.counts[250], 1U);
        QCOMPARE(facts->zeros(), 2U);
        const auto wide =
            gather(tensors::integers<std::int32_t>({ 2 }, engine::DType::I32, { -70000, 5 }), 8);
        QVERIFY(!wide->quantiser);
        const auto narrow = gather(tensors::integers<std::int16_t>({ 2 }, engine::DType::I16, { -7, 5 }), 0);
        QCOMPARE(narrow->quantiser->bits, 16);
    }

    void zeroPointsWidenTheWord()
    {
        engine::Tensor tensor = tensors::integers<std::uint8_t>({ 3 }, engine::DType::U8, { 0, 3, 255 });
        tensor.quantisation = engine::Quantisation { 0.1, 3, 8 };
        const auto facts = gather(tensor, 8);
        QVERIFY(facts->quantiser->isSigned);
        QCOMPARE(facts->quantiser->bits, 9); // -3..252
        QCOMPARE(facts->zeros(), 1U);
    }

    void tellsWhyThereAreNoWords()
    {
        const auto facts = gather(tensors::make({ 2 }, engine::Role::Other, "", { -1.0F, 1.0F }), 1);
        QVERIFY(!facts->quantiser);
        QVERIFY2(facts->remark.contains(QStringLiteral("word length")), qPrintable(facts->remark));
    }

    void anotherWordLengthKeepsTheStatistics()
    {
        const auto first = gather(tensors::relu({ 1, 4, 8, 8 }), 8);
        const auto second = widgets::gatherFacts(first->tensor, 4, first, {});
        QCOMPARE(second->statistics.whole.zeros, first->statistics.whole.zeros);
        QCOMPARE(second->quantiser->bits, 4);
        QCOMPARE(second->words.counts.size(), 16U);
    }

    void stopsWhenTold()
    {
        std::stop_source stop;
        stop.request_stop();
        engine::Control control;
        control.stop = stop.get_token();
        QVERIFY(!widgets::gatherFacts(tensors::relu({ 1, 4, 8, 8 }), 8, nullptr, control));
    }

    void percentiles()
    {
        const engine::Tensor ramp = tensors::fill(
            { 10000 }, engine::Role::Other, "", [](std::size_t i) { return static_cast<double>(i) / 10000; });
        const auto facts = gather(ramp, 8);
        QVERIFY(std::abs(widgets::magnitudePercentile(*facts, 0.99) - 0.99) < 0.002);
        QVERIFY(std::abs(widgets::magnitudePercentile(*facts, 0.5) - 0.5) < 0.002);
        QCOMPARE(widgets::magnitudePercentile(*facts, 1), static_cast<double>(0.9999F));
        const auto negative = gather(tensors::make({ 4 }, engine::Role::Other, "", { -8, 1, 2, 3 }), 0);
        QCOMPARE(widgets::magnitudePercentile(*negative, 1), 8.0);
    }

    void emptyAndScalar()
    {
        const auto empty = gather(tensors::make({ 0, 3 }, engine::Role::Other, "", {}), 8);
        QCOMPARE(empty->zeroFraction(), 0.0);
        QCOMPARE(widgets::magnitudePercentile(*empty, 0.99), 0.0);
        const auto scalar = gather(tensors::make({}, engine::Role::Other, "", { 2.5F }), 8);
        QCOMPARE(scalar->words.counts[255], 1U);
        const auto broken = gather(tensors::make({ 3 }, engine::Role::Other, "", { std::nanf(""), 1, 0 }), 8);
        QCOMPARE(broken->statistics.whole.nonFinite, 1U);
        QVERIFY(broken->quantiser.has_value());
    }
};

QTEST_GUILESS_MAIN(TensorFactsTest)
#include "tensor_facts_test.moc"
