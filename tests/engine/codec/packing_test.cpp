#include "engine/base/error.h"
#include "engine/base/random.h"
#include "engine/bits/bit_reader.h"
#include "engine/bits/bit_writer.h"
#include "engine/codec/packing.h"

#include <QRegularExpression>
#include <QTest>

#include <string>

namespace codec = engine::codec;
using codec::BlockForm;
using codec::FieldKind;
using codec::PackedBlock;
using codec::PackedField;

namespace {

std::vector<std::int32_t> randomWords(engine::Random& random, std::size_t n, int bits, bool isSigned)
{
    std::vector<std::int32_t> words(n);
    const int magnitude = isSigned ? bits - 1 : bits;
    double zeros = 0.5;
    std::uint64_t used = 0;
    for (std::size_t i = 0; i < n; ++i) {
        if (i % 16 == 0) {
            zeros = random.uniform();
            used = random.below(static_cast<std::uint64_t>(magnitude) + 1);
        }
        words[i] = random.uniform() < zeros
            ? 0
            : static_cast<std::int32_t>(random.below(std::uint64_t { 1 } << used));
        if (isSigned && random.uniform() < 0.5)
            words[i] = -words[i];
    }
    return words;
}

struct Case {
    std::string_view id;
    codec::Options options;
    codec::Words words;
};

std::vector<std::string_view> packers()
{
    std::vector<std::string_view> ids;
    for (const codec::Entry& entry : codec::catalogue())
        if (codec::packsBlocks(entry.id))
            ids.push_back(entry.id);
    return ids;
}

/// The stream again, from the fields of every block.
std::vector<std::byte> join(const Case& one, const codec::BlockIndex& index)
{
    const auto format = codec::packingFormat(one.id, one.words.format(), one.options);
    engine::BitWriter out;
    for (std::uint64_t i = 0; i < index.blocks(); ++i)
        for (const PackedField& field : codec::traceBlock(format, index, one.words, i).fields)
            out.put(field.value, field.bits);
    return out.finish();
}

void verify(const Case& one)
{
    const auto coder = codec::find(one.id).make();
    const codec::Encoded encoded = coder->encode(one.words, one.options);
    const auto format = codec::packingFormat(one.id, one.words.format(), one.options);
    const codec::BlockIndex index = codec::indexBlocks(format, one.words);
    QCOMPARE(index.starts.back(), encoded.count.total());
    QCOMPARE(index.count.nonzeros, encoded.count.nonzeros);
    QCOMPARE(index.count.payload, encoded.count.payload);
    QCOMPARE(index.count.header, encoded.count.header);
    QVERIFY(join(one, index) == encoded.bytes);
}

/// Every bit of the stream against the words it stands for, and back.
void verifyBits(const Case& one)
{
    const auto format = codec::packingFormat(one.id, one.words.format(), one.options);
    const codec::BlockIndex index = codec::indexBlocks(format, one.words);
    const codec::Encoded encoded = codec::find(one.id).make()->encode(one.words, one.options);
    engine::BitReader in(encoded.bytes, encoded.count.total());
    for (std::uint64_t bit = 0; bit < encoded.count.total(); ++bit) {
        const std::uint64_t stored = in.take(1);
        const PackedBlock block = codec::traceBlock(format, index, one.words, index.blockAt(bit));
        QVERIFY(bit >= block.start && bit < block.end());
        const PackedField* field = block.fieldAt(bit);
        QVERIFY(field != nullptr);
        const auto source = block.wordBitAt(bit);
        QCOMPARE(source.has_value(),
                 field->word >= 0 || (field->kind == FieldKind::Mask && block.maskIsWords));
        if (!source)
            continue;
        const auto word = static_cast<std::size_t>(source->word);
        QCOMPARE(std::uint64_t { block.words[word].code } >> source->bit & 1, stored);
        QCOMPARE(block.streamBitOf(*source).value(), bit);
    }
}

} // namespace

class PackingTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void fieldsMakeTheStream_data()
    {
        QTest::addColumn<int>("blockWords");
        QTest::addColumn<int>("wordBits");
        for (const int s : { 4, 8, 16, 32, 64 })
            for (int w = 1; w <= 16; ++w)
                QTest::addRow("S %d, w %d", s, w) << s << w;
    }

    void fieldsMakeTheStream()
    {
        QFETCH(int, blockWords);
        QFETCH(int, wordBits);
        engine::Random random(static_cast<std::uint64_t>(blockWords * 100 + wordBits));
        for (const std::string_view id : packers())
            for (const bool isSigned : { false, true })
                for (int lossy = 0; lossy < wordBits; ++lossy)
                    for (const std::size_t n : { 1, 63, 64, 65, 400 }) {
                        if (id == "bzvc-x" && (wordBits < 3 || wordBits - lossy > 8))
                            continue;
                        const auto values = randomWords(random, n, wordBits, isSigned);
                        verify({ id, { blockWords, lossy }, { values, wordBits, isSigned } });
                    }
    }

    void bitsMapToWordsAndBack_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<int>("lossy");
        QTest::addColumn<bool>("isSigned");
        for (const std::string_view id : packers())
            for (const int lossy : { 0, 3 })
                for (const bool isSigned : { false, true })
                    QTest::addRow("%s, K %d, signed %d", std::string(id).c_str(), lossy, isSigned)
                        << QString::fromLatin1(id.data(), static_cast<qsizetype>(id.size())) << lossy
                        << isSigned;
    }

    void bitsMapToWordsAndBack()
    {
        QFETCH(QString, id);
        QFETCH(int, lossy);
        QFETCH(bool, isSigned);
        engine::Random random(11);
        const std::string name = id.toStdString();
        for (const int s : { 4, 16, 64 }) {
            const auto values = randomWords(random, 501, 8, isSigned);
            verifyBits({ name, { s, lossy }, { values, 8, isSigned } });
        }
    }

    /// Bits that were dropped are nowhere, and what is restored is what the codec gives back.
    void droppedBitsHaveNoPlace()
    {
        const std::vector<std::int32_t> values { 29, 7, 1, 0, 0, 0, 0, 0, 1, 4, 3, 0, 0, 0, 0, 0 };
        const codec::Words words { values, 8, false };
        const auto format = codec::packingFormat("bzvc-bypass", words.format(), { 16, 0 });
        const PackedBlock block = codec::traceBlock(format, codec::indexBlocks(format, words), words, 0);
        QCOMPARE(block.bits(), 50U); // 1 + 3 + 16 + 6 x 5
        QCOMPARE(block.codedBits, 49U);
        QCOMPARE(block.rawBits, 128U);
        QCOMPARE(block.nonzeros, 6U);
        QCOMPARE(block.width, 5U);
        QCOMPARE(block.payloadBits(), 30U);
        QCOMPARE(block.field(FieldKind::Mask)->value, std::uint64_t { 0x707 });
        QCOMPARE(block.field(FieldKind::Width)->value, std::uint64_t { 4 });
        QCOMPARE(block.streamBitOf({ 1, 0 }).value(), std::uint64_t { 25 });
        QVERIFY(!block.streamBitOf({ 1, 5 }));
        QVERIFY(!block.streamBitOf({ 3, 0 }));
        QVERIFY(!block.wordBitAt(0));
        QVERIFY(block.fieldAt(50) == nullptr);
    }

    void lossyWordsAreRestoredAsDecoded()
    {
        engine::Random random(5);
        const auto values = randomWords(random, 100, 8, true);
        const codec::Words words { values, 8, true };
        const codec::Options options { .blockWords = 16, .lossyBits = 2, .midpoint = true };
        const auto coder = codec::find("bzvc-bypass").make();
        const codec::Encoded encoded = coder->encode(words, options);
        std::vector<std::int32_t> decoded(values.size());
        coder->decode(encoded.bytes, encoded.count.total(), words.format(), options, decoded);
        const auto format = codec::packingFormat("bzvc-bypass", words.format(), options);
        const auto index = codec::indexBlocks(format, words);
        for (std::uint64_t number = 0; number < index.blocks(); ++number) {
            const PackedBlock block = codec::traceBlock(format, index, words, number);
            for (std::size_t i = 0; i < block.words.size(); ++i) {
                const std::size_t at = static_cast<std::size_t>(block.firstWord) + i;
                QCOMPARE(block.words[i].isPadding, at >= values.size());
                QCOMPARE(block.words[i].restored, at < values.size() ? decoded[at] : 0);
            }
        }
    }

    void rawBlocksAreFound()
    {
        std::vector<std::int32_t> values(64, 0);
        std::fill(values.begin() + 32, values.begin() + 48, 255);
        const codec::Words words { values, 8, false };
        const auto format = codec::packingFormat("bzvc-bypass", words.format(), { 16, 0 });
        const codec::BlockIndex index = codec::indexBlocks(format, words);
        QCOMPARE(index.blocks(), std::uint64_t { 4 });
        QCOMPARE(index.nextRaw(0).value(), std::uint64_t { 2 });
        QCOMPARE(index.nextRaw(3).value(), std::uint64_t { 2 });
        QVERIFY(!codec::indexBlocks(format, { std::span(values).first(32), 8, false }).nextRaw(0));
        const PackedBlock raw = codec::traceBlock(format, index, words, 2);
        QCOMPARE(raw.form, BlockForm::Raw);
        QCOMPARE(raw.bits(), 129U);
        QVERIFY(raw.codedBits >= raw.rawBits);
        QVERIFY(codec::indexBlocks(format, { {}, 8, false }).blocks() == 0);
    }

    void wrongInputIsRefused()
    {
        QVERIFY_THROWS_EXCEPTION(engine::ParameterError, codec::packingFormat("raw", {}, {}));
        QVERIFY_THROWS_EXCEPTION(engine::ParameterError, codec::packingFormat("bzvc", {}, { 5, 0 }));
        QVERIFY_THROWS_EXCEPTION(engine::ParameterError,
                                 codec::packingFormat("bzvc", { 8, false }, { 16, 8 }));
        const std::vector<std::int32_t> values { 256 };
        const auto format = codec::packingFormat("bzvc", { 8, false }, {});
        QVERIFY_THROWS_EXCEPTION(engine::ParameterError, codec::indexBlocks(format, { values, 8, false }));
    }
};

QTEST_GUILESS_MAIN(PackingTest)
#include "packing_test.moc"
