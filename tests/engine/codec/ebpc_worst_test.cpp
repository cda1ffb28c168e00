#include "tests/engine/codec/every_codec.h"
#include "tests/reference/bpc_worst.h"

#include <QRegularExpression>
#include <QTest>

namespace codec = engine::codec;

namespace {

/// The same bits, as signed words.
std::vector<std::int32_t> withSign(std::vector<std::int32_t> values, int bits)
{
    for (std::int32_t& value : values)
        value -= value >> (bits - 1) << bits;
    return values;
}

std::uint64_t longest(const codec::ActivationCodec& coder, std::size_t n, int bits)
{
    std::uint64_t most = 0;
    for (const std::vector<std::int32_t>& values : reference::hardForBitPlanes(n, bits)) {
        most = std::max(most, coder.count({ values, bits, false }, {}).total());
        most = std::max(most, coder.count({ withSign(values, bits), bits, true }, {}).total());
    }
    return most;
}

} // namespace

/// The worst case of bit planes depends on how many words are in the last block, and on how many are zero.
class EbpcWorstTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void isReached_data();
    void isReached();
};

void EbpcWorstTest::isReached_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<int>("bits");
    for (const QString& id : { QStringLiteral("bpc"), QStringLiteral("ebpc") }) {
        for (int bits = 1; bits <= 16; ++bits)
            QTest::newRow(qPrintable(QStringLiteral("%1 of %2 bit").arg(id).arg(bits))) << id << bits;
    }
}

void EbpcWorstTest::isReached()
{
    QFETCH(const QString, id);
    QFETCH(const int, bits);
    const auto tested = codec::find(id.toStdString()).make();
    for (std::size_t n = 0; n < 100; n += n < 70 ? 1 : 7)
        QCOMPARE(longest(*tested, n, bits), tested->worstCaseBits(n, bits, {}));
}

QTEST_GUILESS_MAIN(EbpcWorstTest)

#include "ebpc_worst_test.moc"
