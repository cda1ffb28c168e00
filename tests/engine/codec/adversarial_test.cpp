#include "engine/codec/codec.h"
#include "tests/engine/codec/every_codec.h"

#include <QRegularExpression>
#include <QTest>

namespace codec = engine::codec;
using Values = std::vector<std::int32_t>;

namespace {

/// Empty when the codec takes the words and gives them back, at any K.
QString fault(const codec::Entry& entry, const codec::ActivationCodec& coder, const Values& values,
              const codec::WordFormat& format, codec::Options options)
{
    for (const int lossyBits : { 0, 1, format.bits - 1 }) {
        if (lossyBits >= format.bits || !entry.canCode(format.bits, lossyBits))
            continue;
        options.lossyBits = entry.usesLossyBits ? lossyBits : 0;
        const QString wrong = every::roundTrip(coder, { values, format.bits, format.isSigned }, options);
        if (!wrong.isEmpty())
            return QStringLiteral("w %1, signed %2, S %3, K %4, n %5: %6")
                .arg(format.bits)
                .arg(format.isSigned)
                .arg(options.blockWords)
                .arg(lossyBits)
                .arg(values.size())
                .arg(wrong);
    }
    return {};
}

/// All zero, all lowest, all highest, and the two of them alternating with zeros and with each other.
std::vector<Values> extremes(std::size_t n, const codec::WordFormat& format)
{
    const std::int32_t low = every::lowest(format);
    const std::int32_t high = every::highest(format);
    std::vector<Values> inputs = { Values(n, 0), Values(n, low), Values(n, high) };
    for (const auto& [even, odd] : { std::pair { 0, high }, { high, 0 }, { low, high }, { high, low } }) {
        Values values(n, even);
        for (std::size_t i = 1; i < n; i += 2)
            values[i] = odd;
        inputs.push_back(values);
    }
    return inputs;
}

} // namespace

/// Every row of the catalogue with inputs that are as bad as they can be.
class AdversarialTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void extremeWords_data() { every::addRows(); }
    void extremeWords();
    void singleWord_data() { every::addRows(); }
    void singleWord();
    void longRuns_data() { every::addRows(); }
    void longRuns();
    void everyWord_data() { every::addRows(); }
    void everyWord();
};

void AdversarialTest::extremeWords()
{
    const codec::Entry& entry = every::entry();
    const auto tested = entry.make();
    every::forEachFormat(entry, [&](const codec::WordFormat& format) {
        for (const int blockWords : every::blockSizes) {
            codec::Options options { blockWords };
            options.mapRows = 5;
            options.mapColumns = 6;
            for (const std::size_t length : every::lengthsAround(blockWords)) {
                for (const Values& values : extremes(length, format)) {
                    const QString wrong = fault(entry, *tested, values, format, options);
                    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
                }
            }
        }
    });
}

/// A word that is not zero, at each place.
void AdversarialTest::singleWord()
{
    const codec::Entry& entry = every::entry();
    const auto tested = entry.make();
    every::forEachFormat(entry, [&](const codec::WordFormat& format) {
        for (const int blockWords : every::blockSizesOf(entry)) {
            codec::Options options { blockWords };
            options.mapRows = 7;
            options.mapColumns = 9;
            const auto length = static_cast<std::size_t>(2 * blockWords + 1);
            for (std::size_t place = 0; place < length; ++place) {
                for (const std::int32_t word : { every::lowest(format), every::highest(format) }) {
                    Values values(length, 0);
                    values[place] = word;
                    const QString wrong = fault(entry, *tested, values, format, options);
                    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
                }
            }
        }
    });
}

/// Runs of zeros of every length, at the start, in the middle and at the end.
void AdversarialTest::longRuns()
{
    const codec::Entry& entry = every::entry();
    const auto tested = entry.make();
    for (std::size_t run = 0; run < 300; ++run) {
        Values values(run, 0);
        values.push_back(9);
        values.insert(values.end(), run, 0);
        values.push_back(200);
        values.push_back(1);
        values.insert(values.end(), run, 0);
        const QString wrong = fault(entry, *tested, values, { 8, false }, {});
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }
}

/// Each word of a format beside each size of neighbour.
void AdversarialTest::everyWord()
{
    const codec::Entry& entry = every::entry();
    const auto tested = entry.make();
    every::forEachFormat(entry, [&](const codec::WordFormat& format) {
        Values values;
        for (std::int32_t word = every::lowest(format); word <= every::highest(format);
             word += format.bits > 9 ? 13 : 1) {
            values.push_back(word);
            if (values.size() % 5 == 0)
                values.insert(values.end(), 3, 0);
        }
        for (const int blockWords : every::blockSizesOf(entry)) {
            const QString wrong = fault(entry, *tested, values, format, { blockWords });
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        }
    });
}

QTEST_GUILESS_MAIN(AdversarialTest)

#include "adversarial_test.moc"
