#include "engine/formats/catalogue.h"
#include "tests/shared_data.h"
#include "tests/widgets/tensor/tensors.h"
#include "widgets/tensor/first_slice.h"
#include "widgets/tensor/tensor_loader.h"

#include <QRegularExpression>
#include <QTest>

#include <set>

using engine::Role;
using Index = std::vector<std::int64_t>;

namespace {

/// Every element is 1 in the planes named, 0 elsewhere; planes are the two last axes.
engine::Tensor onlyIn(const engine::Shape& shape, Role role, const std::string& layout,
                      const std::set<std::size_t>& planes)
{
    const std::size_t plane = static_cast<std::size_t>(shape[shape.rank() - 1] * shape[shape.rank() - 2]);
    return tensors::fill(shape, role, layout,
                         [&](std::size_t i) { return planes.contains(i / plane) ? 1.0 : 0.0; });
}

Index sliceOf(const engine::Tensor& tensor, int bits, Index index)
{
    const auto facts = widgets::gatherFacts(tensor, bits, nullptr, {});
    return widgets::firstSlice(*facts, widgets::planAxes(tensor), index);
}

} // namespace

class FirstSliceTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void findsContent_data()
    {
        QTest::addColumn<engine::Tensor>("tensor");
        QTest::addColumn<Index>("from");
        QTest::addColumn<Index>("wanted");
        const engine::Shape maps { 2, 4, 3, 3 };
        QTest::newRow("full at once") << onlyIn(maps, Role::Activation, "NCHW", { 0, 2, 5 })
                                      << Index { 0, 0, 0, 0 } << Index { 0, 0, 0, 0 };
        QTest::newRow("third channel") << onlyIn(maps, Role::Activation, "NCHW", { 2, 5 })
                                       << Index { 0, 0, 0, 0 } << Index { 0, 2, 0, 0 };
        QTest::newRow("of the batch asked for") << onlyIn(maps, Role::Activation, "NCHW", { 2, 5 })
                                                << Index { 1, 0, 0, 0 } << Index { 1, 1, 0, 0 };
        QTest::newRow("all zero") << onlyIn(maps, Role::Activation, "NCHW", {}) << Index { 0, 0, 0, 0 }
                                  << Index { 0, 0, 0, 0 };
        QTest::newRow("this batch is zero")
            << onlyIn(maps, Role::Activation, "NCHW", { 6 }) << Index { 0, 0, 0, 0 } << Index { 0, 0, 0, 0 };
        // Plane 7 of (4, 3) is output channel 2, input channel 1.
        QTest::newRow("another input channel") << onlyIn({ 4, 3, 5, 5 }, Role::Weight, "OIHW", { 7 })
                                               << Index { 0, 0, 0, 0 } << Index { 2, 1, 0, 0 };
        QTest::newRow("no slices") << onlyIn({ 4, 3 }, Role::Weight, "OI", {}) << Index { 0, 0 }
                                   << Index { 0, 0 };
    }

    void findsContent()
    {
        QFETCH(engine::Tensor, tensor);
        QFETCH(Index, from);
        QFETCH(Index, wanted);
        for (const int bits : { 0, 8 })
            QCOMPARE(sliceOf(tensor, bits, from), wanted);
    }

    void nearlyEmptyIsNotEnough()
    {
        // Channel 0 holds one value of 16, channel 1 is full.
        const engine::Tensor tensor =
            tensors::fill({ 1, 2, 4, 4 }, Role::Activation, "NCHW",
                          [](std::size_t i) { return i == 3 || i >= 16 ? 1.0 : 0.0; });
        QCOMPARE(sliceOf(tensor, 8, { 0, 0, 0, 0 }), (Index { 0, 1, 0, 0 }));
    }

    void wordsThatRoundToZeroAreEmpty()
    {
        const engine::Tensor tensor = tensors::fill({ 1, 2, 4, 4 }, Role::Activation, "NCHW",
                                                    [](std::size_t i) { return i < 16 ? 0.001 : 1.0; });
        QCOMPARE(sliceOf(tensor, 0, { 0, 0, 0, 0 }), (Index { 0, 0, 0, 0 }));
        QCOMPARE(sliceOf(tensor, 8, { 0, 0, 0, 0 }), (Index { 0, 1, 0, 0 }));
    }

    void sparseLeNet()
    {
        REQUIRE_SHARED_DATA("nets/lenet5/lenet5_sparse.npz");
        const std::filesystem::path path =
            sharedData(QStringLiteral("nets/lenet5/lenet5_sparse.npz")).toStdString();
        const engine::Dataset net =
            engine::formats::recognise(engine::formats::catalogue(), path).read(path, {});
        const engine::Tensor* kernels = net.find("conv1.weight");
        QVERIFY(kernels != nullptr);
        QCOMPARE(sliceOf(widgets::readIntoMemory(*kernels, {}), 8, { 0, 0, 0, 0 }), (Index { 2, 0, 0, 0 }));
    }
};

QTEST_GUILESS_MAIN(FirstSliceTest)
#include "first_slice_test.moc"
