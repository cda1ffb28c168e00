#include "engine/base/error.h"
#include "engine/base/random.h"
#include "engine/codec/codec.h"
#include "engine/codec/section.h"
#include "tests/engine/codec/every_codec.h"
#include "tests/reference/ebpc_reference.h"
#include "tests/reference/golden_tensors.h"
#include "tests/shared_data.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

namespace codec = engine::codec;

namespace {

QJsonObject goldenOf(std::string_view tensor)
{
    QFile file(golden(QStringLiteral("codecs/ebpc.json")));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll())
        .object()
        .value(QLatin1String("tensors"))
        .toObject()
        .value(QLatin1String(tensor.data(), static_cast<qsizetype>(tensor.size())))
        .toObject();
}

QByteArray viewOf(const std::vector<std::byte>& bytes)
{
    return QByteArray::fromRawData(reinterpret_cast<const char*>(bytes.data()),
                                   static_cast<qsizetype>(bytes.size()));
}

QString sha256(const std::vector<std::byte>& bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(viewOf(bytes), QCryptographicHash::Sha256).toHex());
}

codec::Encoded coded(const char* id, const std::vector<std::int32_t>& values, const codec::WordFormat& format,
                     const codec::Options& options = {})
{
    return codec::find(id).make()->encode({ values, format.bits, format.isSigned }, options);
}

/// A section is as long as the golden file says, in bits, in words, and in hexadecimal digits if it has them.
void compareSection(const QJsonObject& expected, const codec::Encoded& stream, const codec::Section& section,
                    int wordBits)
{
    const QString name =
        QString::fromLatin1(section.name.data(), static_cast<qsizetype>(section.name.size()));
    const std::vector<std::byte> bytes = codec::sectionBytes(stream, section, wordBits);
    QCOMPARE(sha256(bytes), expected.value(name + QStringLiteral("_sha256")).toString());
    QCOMPARE(static_cast<int>(bytes.size()) / (wordBits / 8),
             expected.value(QStringLiteral("ebpc_") + name + QStringLiteral("_words")).toInt());
    const QJsonValue digits = expected.value(name + QStringLiteral("_hex"));
    if (!digits.isUndefined())
        QCOMPARE(QString::fromLatin1(viewOf(bytes).toHex()), digits.toString());
}

/// Words after the K-lossy step.
std::vector<std::int32_t> dropped(std::vector<std::int32_t> words, int lossyBits)
{
    for (std::int32_t& word : words)
        word = word < 0 ? -(-word >> lossyBits) : word >> lossyBits;
    return words;
}

std::vector<std::int32_t> nonzeros(std::vector<std::int32_t> words)
{
    std::erase(words, 0);
    return words;
}

/// Neighbours that are close, as in a smooth map.
std::vector<std::int32_t> smoothWords(engine::Random& random, std::size_t n, const codec::WordFormat& format)
{
    std::vector<std::int32_t> words(n);
    std::int32_t value = 0;
    for (std::int32_t& word : words) {
        value += static_cast<std::int32_t>(random.below(7)) - 3;
        value = std::clamp(value, every::lowest(format), every::highest(format));
        word = value;
    }
    return words;
}

} // namespace

/// The codecs of bit planes against the public reference's sizes and hashes, and a slow version.
class EbpcTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void golden_data();
    void golden();
    void examples();
    void equalsReference_data();
    void equalsReference();
    void countsWhatIsWritten_data() { equalsReference_data(); }
    void countsWhatIsWritten();
    void sectionsInOddWords();
    void refuses_data();
    void refuses();
};

void EbpcTest::golden_data()
{
    QTest::addColumn<const reference::GoldenTensor*>("tensor");
    for (const reference::GoldenTensor& tensor : reference::goldenTensors())
        QTest::newRow(QByteArray(tensor.name.data(), static_cast<qsizetype>(tensor.name.size())).constData())
            << &tensor;
}

void EbpcTest::golden()
{
    QFETCH(const reference::GoldenTensor*, tensor);
    const QJsonObject expected = goldenOf(tensor->name);
    const auto field = [&](const char* name) { return expected.value(QLatin1String(name)).toInteger(-1); };
    const codec::WordFormat format { tensor->wordBits, tensor->isSigned };
    const std::vector<std::int32_t> values = tensor->make();

    const codec::Encoded all = coded("bpc", values, format);
    QCOMPARE(static_cast<qint64>(all.count.total()), field("bpc_all_values_bits"));
    QCOMPARE(static_cast<qint64>(all.count.nonzeros), field("nonzeros"));
    QCOMPARE(sha256(codec::sectionBytes(all, { "", 0, all.count.total() }, 8)),
             expected.value(QLatin1String("bpc_all_values_sha256")).toString());

    const codec::Encoded both = coded("ebpc", values, format);
    QCOMPARE(static_cast<qint64>(both.count.header), field("znz_zrle16_bits"));
    QCOMPARE(static_cast<qint64>(both.count.payload), field("bpc_nonzero_bits"));
    QCOMPARE(static_cast<qint64>(both.count.total()), field("ebpc_total_bits"));
    QCOMPARE(static_cast<qint64>(both.count.nonzeros), field("nonzeros"));
    QCOMPARE(both.sections.size(), 2U);
    QCOMPARE(both.sections[0].name, "znz");
    QCOMPARE(both.sections[1].name, "bpc");
    QCOMPARE(both.sections[0].start, 0U);
    QCOMPARE(both.sections[0].bits, both.count.header);
    QCOMPARE(both.sections[1].start, both.count.header);
    QCOMPARE(both.sections[1].bits, both.count.payload);
    for (const codec::Section& section : both.sections)
        compareSection(expected, both, section, tensor->wordBits);
}

/// Those of FORMATS.md.
void EbpcTest::examples()
{
    const auto bitsOf = [](const std::vector<std::int32_t>& words) {
        const codec::Encoded stream = coded("bpc", words, { 8, false });
        return std::pair { stream.bytes, stream.count.total() };
    };
    const std::string first = "000010100000000000001101";
    QCOMPARE(bitsOf({ 10, 11, 12, 13, 14, 15, 16, 17 }),
             std::pair(reference::highestBitFirst(first), std::uint64_t { first.size() }));
    const std::string second = "0000001111101100111001100001101010010110001000000010001101100010011";
    QCOMPARE(bitsOf({ 3, 4, 5, 9, 200, 1, 7, 7 }),
             std::pair(reference::highestBitFirst(second), std::uint64_t { second.size() }));
}

void EbpcTest::equalsReference_data()
{
    QTest::addColumn<int>("bits");
    QTest::addColumn<bool>("isSigned");
    for (int bits = 1; bits <= 16; ++bits) {
        for (const bool isSigned : { false, true })
            QTest::addRow("%d-bit %s", bits, isSigned ? "signed" : "unsigned") << bits << isSigned;
    }
}

void EbpcTest::equalsReference()
{
    QFETCH(const int, bits);
    QFETCH(const bool, isSigned);
    const codec::WordFormat format { bits, isSigned };
    engine::Random random(static_cast<std::uint64_t>(bits * 2 + isSigned));
    for (const std::size_t n : { 0, 1, 2, 7, 8, 9, 15, 16, 17, 40, 333 }) {
        for (const double density : { 0.0, 0.05, 0.4, 0.9, 2.0 }) {
            const int lossyBits = static_cast<int>(random.below(static_cast<std::uint64_t>(bits)));
            const auto values =
                density > 1 ? smoothWords(random, n, format) : every::randomWords(random, n, format, density);
            const auto kept = dropped(values, lossyBits);
            const std::string marks = reference::znzOf(kept);
            const std::string planes = reference::bpcOf(nonzeros(kept), bits - lossyBits);
            const codec::Encoded both = coded("ebpc", values, format, { .lossyBits = lossyBits });
            QCOMPARE(both.bytes, reference::highestBitFirst(marks + planes));
            QCOMPARE(both.count.header, marks.size());
            QCOMPARE(both.count.payload, planes.size());
            const std::string every = reference::bpcOf(kept, bits - lossyBits);
            const codec::Encoded all = coded("bpc", values, format, { .lossyBits = lossyBits });
            QCOMPARE(all.bytes, reference::highestBitFirst(every));
            QCOMPARE(all.count.total(), every.size());
        }
    }
}

/// Words that are no whole bytes stand at the low end of as many bytes as they need.
/// Streams around the pieces that are counted and written at a time, of words that make every kind of symbol.
void EbpcTest::countsWhatIsWritten()
{
    QFETCH(const int, bits);
    QFETCH(const bool, isSigned);
    const codec::WordFormat format { bits, isSigned };
    engine::Random random(static_cast<std::uint64_t>(bits * 2 + isSigned));
    for (const std::size_t n : { 0, 1, 9, 4095, 4096, 4097, 9001 }) {
        for (const double density : { 0.0, 0.05, 0.4, 1.0, 2.0 }) {
            const auto values =
                density > 1 ? smoothWords(random, n, format) : every::randomWords(random, n, format, density);
            for (const char* id : { "bpc", "ebpc" }) {
                const codec::Encoded written = coded(id, values, format);
                const auto coder = codec::find(id).make();
                QCOMPARE(coder->count({ values, bits, isSigned }, {}), written.count);
                const std::string planes = reference::bpcOf(*id == 'b' ? values : nonzeros(values), bits);
                QCOMPARE(written.count.payload, planes.size());
                if (bits > 8 || isSigned)
                    continue;
                const std::vector<std::uint8_t> bytes(values.begin(), values.end());
                QCOMPARE(coder->countBytes(bytes, bits, {}), written.count);
            }
        }
    }
}

void EbpcTest::sectionsInOddWords()
{
    codec::Encoded stream;
    stream.bytes = { std::byte { 0b1011'0110 }, std::byte { 0b0111'0001 } };
    const auto bytesOf = [&](const codec::Section& section, int wordBits) {
        return viewOf(codec::sectionBytes(stream, section, wordBits)).toHex();
    };
    QCOMPARE(bytesOf({ "", 0, 16 }, 4), "0b060701");
    QCOMPARE(bytesOf({ "", 1, 7 }, 3), "030300");
    QCOMPARE(bytesOf({ "", 4, 12 }, 9), "00ce0040");
    QCOMPARE(bytesOf({ "", 3, 0 }, 8), "");
}

void EbpcTest::refuses_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<QByteArray>("bits");
    QTest::addColumn<int>("words");
    QTest::addColumn<QByteArray>("why");
    const QByteArray zeros = "00000000";
    QTest::newRow("run split early") << QByteArray("ebpc") << QByteArray("0000000000") << 2
                                     << QByteArray("belongs to the run before");
    QTest::newRow("run too long") << QByteArray("ebpc") << QByteArray("00010") << 2
                                  << QByteArray("3 zeros where 2");
    QTest::newRow("zero as nonzero") << QByteArray("ebpc") << "1" + zeros + "001111" << 1
                                     << QByteArray("marked as not zero");
    QTest::newRow("planes beyond the last")
        << QByteArray("bpc") << zeros + "10000101" + "001111" << 8 << QByteArray("9 zero planes where 8");
    QTest::newRow("runs of planes apart")
        << QByteArray("bpc") << zeros + "01" + "001110" << 8 << QByteArray("belongs to the run before");
    QTest::newRow("zero plane in full")
        << QByteArray("bpc") << zeros + "10000000" + "001110" << 8 << QByteArray("another way");
    QTest::newRow("one bit in full") << QByteArray("bpc") << zeros + "10000001" + "00001" + "001101" << 8
                                     << QByteArray("another way");
    QTest::newRow("plane zero at the lowest")
        << QByteArray("bpc") << zeros + "00001" + "001110" << 8 << QByteArray("another way");
    QTest::newRow("index of no difference")
        << QByteArray("bpc") << zeros + "00011111" + "00001" + "001101" << 8 << QByteArray("another way");
    QTest::newRow("word below zero") << QByteArray("bpc") << zeros + "00011000" + "001110" << 8
                                     << QByteArray("outside its 8 bits");
    QTest::newRow("padding") << QByteArray("bpc") << zeros + "00011000" + "00001" + "001101" << 1
                             << QByteArray("padding");
    QTest::newRow("ends in a block") << QByteArray("bpc") << zeros + "0001" << 8
                                     << QByteArray("more bits belong");
}

void EbpcTest::refuses()
{
    QFETCH(const QByteArray, id);
    QFETCH(const QByteArray, bits);
    QFETCH(const int, words);
    QFETCH(const QByteArray, why);
    const std::vector<std::byte> bytes = reference::highestBitFirst(bits.toStdString());
    std::vector<std::int32_t> back(static_cast<std::size_t>(words));
    try {
        codec::find(id.toStdString())
            .make()
            ->decode(bytes, static_cast<std::uint64_t>(bits.size()), { 8, false }, {}, back);
        QFAIL("a stream that no encoder writes was accepted");
    } catch (const engine::FormatError& error) {
        QVERIFY2(QByteArray(error.what()).contains(why), error.what());
    }
}

QTEST_GUILESS_MAIN(EbpcTest)

#include "ebpc_test.moc"
