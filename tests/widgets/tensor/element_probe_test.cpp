#include "tests/widgets/tensor/tensors.h"
#include "widgets/tensor/element_probe.h"

#include <QRegularExpression>
#include <QTest>

using widgets::CellRange;
using widgets::ElementProbe;
using widgets::MapCell;

namespace {

ElementProbe probe(const engine::Tensor& tensor, std::vector<std::int64_t> index, int bits = 8)
{
    return { widgets::gatherFacts(tensor, bits, nullptr, {}), widgets::planAxes(tensor), std::move(index),
             16 };
}

/// A ramp with known words: value i is (i % 256) * 0.014, the maximum 3.57.
engine::Tensor ramp(const engine::Shape& shape, engine::Role role = engine::Role::Activation,
                    const std::string& layout = "NCHW")
{
    return tensors::fill(shape, role, layout,
                         [](std::size_t i) { return static_cast<double>(i % 256) * 0.014; });
}

} // namespace

class ElementProbeTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void readsOut()
    {
        // The place of look.md's example: channel 6, row 19, column 25 of 1 x 16 x 32 x 32.
        const auto hover = probe(ramp({ 1, 16, 32, 32 }), { 0, 6, 0, 0 }).hover({ 19, 25 }, {});
        QVERIFY(hover.has_value());
        QCOMPARE(hover->path, QStringLiteral("layer1.1.conv1 › act › c6 › (r19, c25)"));
        const int word = (6 * 1024 + 19 * 32 + 25) % 256;
        QCOMPARE(hover->code.value(), word);
        QCOMPARE(hover->codeBits, 8);
        QVERIFY(std::abs(hover->value - word * 0.014) < 1e-6);
        QCOMPARE(hover->note, QStringLiteral("block 423, word 9, nz 16/16, e = 7"));
    }

    void tips()
    {
        const auto tip = probe(ramp({ 1, 16, 32, 32 }), { 0, 6, 0, 0 }).tip({ 19, 28 }, {});
        const int word = (6 * 1024 + 19 * 32 + 28) % 256;
        QCOMPARE(word, 124);
        QCOMPARE(tip.value, QStringLiteral("1.7360"));
        QCOMPARE(tip.code, QStringLiteral("124 = 0111 1100b"));
        QCOMPARE(tip.place, QStringLiteral("row 19, column 28; word 12 of block 423"));
    }

    void namesOtherAxes()
    {
        const auto kernels = probe(ramp({ 4, 3, 2, 2 }, engine::Role::Weight, "OIHW"), { 2, 1, 0, 0 });
        QCOMPARE(kernels.path(MapCell { 1, 0 }),
                 QStringLiteral("layer1.1.conv1 › weight › o2 › i1 › (r1, c0)"));
        QVERIFY(!kernels.block({ 0, 0 }));
        const auto batch = probe(ramp({ 3, 4, 2, 2 }), { 2, 1, 0, 0 });
        QCOMPARE(batch.path(std::nullopt), QStringLiteral("layer1.1.conv1 › act › b2 › c1"));
    }

    void floatsHaveNoWord()
    {
        const auto plain = probe(ramp({ 1, 2, 4, 4 }), { 0, 1, 0, 0 }, 0);
        const auto hover = plain.hover({ 0, 1 }, {});
        QVERIFY(!hover->code && hover->note.isEmpty());
        QVERIFY(std::abs(hover->value - 17 * 0.014) < 1e-6);
        QCOMPARE(plain.tip({ 0, 0 }, {}).code, QStringLiteral("0x3E656042"));
        QVERIFY(plain.blockCells({ 0, 0 }).empty());
    }

    void blocksWrapOverRows()
    {
        const auto maps = probe(ramp({ 1, 2, 6, 10 }), { 0, 0, 0, 0 });
        QCOMPARE(maps.blockCells({ 0, 3 }), (std::vector<CellRange> { { 0, 0, 1, 10 }, { 1, 0, 1, 6 } }));
        QCOMPARE(maps.blockCells({ 1, 6 }),
                 (std::vector<CellRange> { { 1, 6, 1, 4 }, { 2, 0, 1, 10 }, { 3, 0, 1, 2 } }));
        // 60 values a channel: the fourth block goes on in the next one.
        QCOMPARE(maps.blockCells({ 5, 9 }), (std::vector<CellRange> { { 4, 8, 1, 2 }, { 5, 0, 1, 10 } }));
        const auto second = probe(ramp({ 1, 2, 6, 10 }), { 0, 1, 0, 0 });
        QCOMPARE(second.blockCells({ 0, 0 }), (std::vector<CellRange> { { 0, 0, 1, 4 } }));
        QCOMPARE(second.block({ 5, 9 })->words, 8U); // 120 = 7 * 16 + 8
    }

    void blocksStartAnewInEveryImage()
    {
        const auto second = probe(ramp({ 2, 1, 3, 3 }), { 1, 0, 0, 0 });
        QCOMPARE(second.block({ 0, 0 })->number, 0U);
        QCOMPARE(second.block({ 0, 0 })->word, 0U);
        QCOMPARE(second.block({ 2, 2 })->words, 9U);
    }

    void quantisedIntegersSayTheirValue()
    {
        engine::Tensor stored =
            tensors::integers<std::int8_t>({ 1, 4 }, engine::DType::I8, { -3, 0, 5, 127 });
        stored.quantisation = engine::Quantisation { 0.5, 1, 8 };
        const auto hover = probe(stored, { 0, 0 }).hover({ 0, 2 }, {});
        QCOMPARE(hover->value, 2.0);
        QCOMPARE(hover->code.value(), 4);
    }

    void missingValues()
    {
        const auto holes =
            probe(tensors::make({ 2, 2 }, engine::Role::Other, "", { 1, std::nanf(""), 0, 2 }), { 0, 0 });
        QCOMPARE(holes.tip({ 0, 1 }, {}).value, QStringLiteral("–"));
        QVERIFY(!holes.hover({ 0, 1 }, {})->code);
    }

    void withoutTensor()
    {
        const ElementProbe empty;
        QVERIFY(empty.isEmpty() && !empty.hover({ 0, 0 }, 1.0F) && empty.blockCells({ 0, 0 }).empty());
        QVERIFY(empty.path(std::nullopt).isEmpty());
    }

    void unmappedTensorsAreReadFromTheMap()
    {
        const auto far = probe(tensors::unmapped(ramp({ 1, 2, 4, 4 })), { 0, 0, 0, 0 });
        QVERIFY(!far.value({ 0, 1 }, std::nullopt));
        QCOMPARE(far.value({ 0, 1 }, 0.014F)->code.value(), 8); // 255 / 31
    }
};

QTEST_GUILESS_MAIN(ElementProbeTest)
#include "element_probe_test.moc"
