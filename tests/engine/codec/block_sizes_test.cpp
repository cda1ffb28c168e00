#include "engine/base/error.h"
#include "engine/base/random.h"
#include "engine/codec/block_sizes.h"
#include "tests/reference/zvc_reference.h"

#include <QRegularExpression>
#include <QTest>

#include <array>

namespace codec = engine::codec;
using codec::BlockSize;
using codec::BlockZvc;
using reference::ZvcFormat;

namespace {

struct Pair {
    BlockZvc::Head head;
    ZvcFormat format;
};

constexpr std::array<Pair, 3> pairs { { { BlockZvc::Head::Mask, ZvcFormat::Mask },
                                        { BlockZvc::Head::Width, ZvcFormat::Width },
                                        { BlockZvc::Head::WidthAndBypass, ZvcFormat::WidthAndBypass } } };

} // namespace

class BlockSizesTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void addUpToTheStream_data()
    {
        QTest::addColumn<int>("pair");
        QTest::newRow("zvc") << 0;
        QTest::newRow("bzvc") << 1;
        QTest::newRow("bzvc-bypass") << 2;
    }

    void addUpToTheStream()
    {
        QFETCH(const int, pair);
        const BlockZvc::Head head = pairs[static_cast<std::size_t>(pair)].head;
        engine::Random random(9);
        for (int i = 0; i < 300; ++i) {
            const int wordBits = 1 + static_cast<int>(random.below(16));
            const codec::Options options {
                4 << random.below(5), static_cast<int>(random.below(static_cast<std::uint64_t>(wordBits)))
            };
            std::vector<std::int32_t> values(random.below(9000));
            for (std::int32_t& value : values)
                value = random.uniform() < 0.5
                    ? 0
                    : static_cast<std::int32_t>(random.below(std::uint64_t { 1 } << wordBits));
            const codec::Words words { values, wordBits, false };
            const std::vector<BlockSize> sizes = codec::blockSizes(head, words, options);
            const auto block = static_cast<std::size_t>(options.blockWords);
            QCOMPARE(sizes.size(), (values.size() + block - 1) / block);
            std::uint64_t bits = 0;
            std::uint64_t nonzeros = 0;
            for (const BlockSize& size : sizes) {
                bits += size.bits;
                nonzeros += size.nonzeros;
            }
            const codec::BitCount count = BlockZvc(head).count(words, options);
            QCOMPARE(bits, count.total());
            QCOMPARE(nonzeros, count.nonzeros);
        }
    }

    void everyBlockEqualsReference()
    {
        // Four blocks of four 8-bit words; the last one is padded.
        const std::vector<std::int32_t> values = { 0, 0, 0, 0, 1, 0, 2, 0, 255, 255, 255, 255, 0, 7 };
        for (const Pair& pair : pairs) {
            const auto sizes = codec::blockSizes(pair.head, { values, 8, false }, { 4 });
            QCOMPARE(sizes.size(), std::size_t { 4 });
            for (std::size_t i = 0; i < sizes.size(); ++i) {
                const auto first = values.begin() + static_cast<std::ptrdiff_t>(4 * i);
                const auto last = i == 3 ? values.end() : first + 4;
                const auto expected = reference::encodeZvc(pair.format, { { first, last }, 8, false }, 4, 0);
                QCOMPARE(std::size_t { sizes[i].bits }, expected.bits.size());
                QCOMPARE(std::uint64_t { sizes[i].nonzeros }, expected.nonzeros);
            }
        }
    }

    void refusesAWordThatDoesNotFit()
    {
        const std::vector<std::int32_t> values = { 0, 16 };
        QVERIFY_THROWS_EXCEPTION(
            engine::ParameterError,
            static_cast<void>(codec::blockSizes(BlockZvc::Head::Width, { values, 4, false }, {})));
    }
};

QTEST_GUILESS_MAIN(BlockSizesTest)
#include "block_sizes_test.moc"
