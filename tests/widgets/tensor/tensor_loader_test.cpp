#include "engine/base/error.h"
#include "tests/widgets/tensor/tensors.h"
#include "widgets/tensor/axis_plan.h"
#include "widgets/tensor/tensor_loader.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using widgets::TensorLoader;
using widgets::TensorPlane;

namespace {

analysis::DatasetPtr dataset(std::vector<engine::Tensor> content)
{
    auto made = std::make_shared<analysis::Dataset>();
    made->content.tensors = std::move(content);
    return made;
}

TensorLoader::Request request(const analysis::DatasetPtr& data, std::size_t tensor, std::int64_t channel,
                              int bits = 8)
{
    const engine::Tensor& info = data->content.tensors[tensor];
    std::vector<std::int64_t> index(info.shape.rank(), 0);
    if (index.size() > 1)
        index[1] = channel;
    return { data, tensor, widgets::planeFor(widgets::planAxes(info), index), bits };
}

class FailingSource : public engine::TensorSource {
public:
    void read(std::span<const std::int64_t>, std::span<const std::int64_t>,
              std::span<std::byte>) const override
    {
        throw engine::IoError("acts.h5: cannot be read any more");
    }
};

} // namespace

class TensorLoaderTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void answersWithPlaneAndFacts()
    {
        TensorLoader loader;
        QSignalSpy ready(&loader, &TensorLoader::ready);
        const auto data = dataset({ tensors::relu({ 1, 4, 8, 8 }) });
        loader.load(request(data, 0, 2));
        QVERIFY(loader.isLoading());
        QTRY_COMPARE(ready.size(), 1);
        const auto plane = ready[0][0].value<TensorPlane>();
        QCOMPARE(plane.pyramid->rows(), 8);
        QCOMPARE(plane.facts->channels(), 4U);
        const auto values = plane.pyramid->values(3, 4, 1, 1);
        QCOMPARE(static_cast<double>(values[0]),
                 engine::readElement(data->content.tensors[0], std::vector<std::int64_t> { 0, 2, 3, 4 }));
    }

    void keepsWhatItHas()
    {
        TensorLoader loader;
        QSignalSpy ready(&loader, &TensorLoader::ready);
        QSignalSpy started(&loader, &TensorLoader::started);
        const auto data = dataset({ tensors::relu({ 1, 4, 8, 8 }) });
        loader.load(request(data, 0, 2));
        QTRY_COMPARE(ready.size(), 1);
        loader.load(request(data, 0, 1));
        QTRY_COMPARE(ready.size(), 2);
        QCOMPARE(ready[1][0].value<TensorPlane>().facts, ready[0][0].value<TensorPlane>().facts);
        loader.load(request(data, 0, 2)); // at once
        QCOMPARE(ready.size(), 3);
        QCOMPARE(ready[2][0].value<TensorPlane>().pyramid, ready[0][0].value<TensorPlane>().pyramid);
        QCOMPARE(started.size(), 2);
        loader.load(request(data, 0, 2, 4)); // other words, same plane
        QTRY_COMPARE(ready.size(), 4);
        QCOMPARE(ready[3][0].value<TensorPlane>().pyramid, ready[0][0].value<TensorPlane>().pyramid);
        QCOMPARE(ready[3][0].value<TensorPlane>().facts->quantiser->bits, 4);
    }

    void theNewestRequestWins()
    {
        TensorLoader loader;
        QSignalSpy ready(&loader, &TensorLoader::ready);
        const auto data = dataset({ tensors::relu({ 1, 64, 64, 64 }), tensors::relu({ 1, 2, 5, 5 }) });
        for (std::int64_t channel = 0; channel < 20; ++channel)
            loader.load(request(data, 0, channel));
        loader.load(request(data, 1, 0));
        QTRY_VERIFY(!loader.isLoading());
        QTest::qWait(20);
        QCOMPARE(ready.size(), 1);
        QCOMPARE(ready[0][0].value<TensorPlane>().pyramid->rows(), 5);
    }

    void readsWhatDoesNotLieInMemory()
    {
        TensorLoader loader;
        QSignalSpy ready(&loader, &TensorLoader::ready);
        const engine::Tensor plain = tensors::relu({ 2, 4, 8, 8 });
        const auto data = dataset({ tensors::unmapped(plain) });
        loader.load(request(data, 0, 3));
        QTRY_COMPARE(ready.size(), 1);
        const auto plane = ready[0][0].value<TensorPlane>();
        QVERIFY(!plane.facts->tensor.source->mapped().empty());
        QCOMPARE(engine::readFloats(plane.facts->tensor), engine::readFloats(plain));
        const auto& source = dynamic_cast<const tensors::UnmappedSource&>(*data->content.tensors[0].source);
        const int reads = source.reads;
        loader.load(request(data, 0, 1));
        QTRY_COMPARE(ready.size(), 2);
        QCOMPARE(source.reads.load(), reads); // never again
    }

    void ofTooLargeOnesThePlaneAloneIsRead()
    {
        TensorLoader loader;
        loader.setMemoryCap(300); // an 8 x 8 plane, not all four
        QSignalSpy ready(&loader, &TensorLoader::ready);
        const engine::Tensor plain = tensors::relu({ 1, 4, 8, 8 });
        const auto data = dataset({ tensors::unmapped(plain) });
        loader.load(request(data, 0, 3));
        QTRY_COMPARE(ready.size(), 1);
        const auto plane = ready[0][0].value<TensorPlane>();
        QVERIFY(plane.facts->tensor.source->mapped().empty());
        QVERIFY(!plane.pyramid->tensor().source->mapped().empty());
        QCOMPARE(plane.pyramid->values(0, 0, 8, 8),
                 engine::readBox(plain, std::vector<std::int64_t> { 0, 3, 0, 0 },
                                 std::vector<std::int64_t> { 1, 1, 8, 8 }));
        QCOMPARE(plane.facts->statistics.whole.zeros,
                 widgets::gatherFacts(plain, 8, nullptr, {})->statistics.whole.zeros);
        loader.load(request(data, 0, 3));
        QCOMPARE(ready.size(), 2); // kept, though it is a copy
    }

    void evenPlanesMayBeTooLarge()
    {
        TensorLoader loader;
        loader.setMemoryCap(10);
        QSignalSpy ready(&loader, &TensorLoader::ready);
        const auto data = dataset({ tensors::unmapped(tensors::relu({ 1, 4, 8, 8 })) });
        loader.load(request(data, 0, 3));
        QTRY_COMPARE(ready.size(), 1);
        QVERIFY(ready[0][0].value<TensorPlane>().pyramid->tensor().source->mapped().empty());
    }

    void saysWhatFailed()
    {
        TensorLoader loader;
        QSignalSpy failed(&loader, &TensorLoader::failed);
        engine::Tensor broken = tensors::relu({ 1, 4, 8, 8 });
        broken.source = std::make_shared<FailingSource>();
        loader.load(request(dataset({ broken }), 0, 0));
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(failed[0][0].toString().contains(QStringLiteral("cannot be read any more")));
    }

    void letsGoOfClosedDatasets()
    {
        TensorLoader loader;
        QSignalSpy ready(&loader, &TensorLoader::ready);
        auto data = dataset({ tensors::unmapped(tensors::relu({ 1, 4, 8, 8 })) });
        loader.load(request(data, 0, 3));
        QTRY_COMPARE(ready.size(), 1);
        ready.clear();
        loader.forget(data);
        QTRY_COMPARE(data.use_count(), 1L);
    }

    void longWorkIsShownAmongTheJobs()
    {
        analysis::JobQueue queue;
        QSignalSpy added(&queue, &analysis::JobQueue::added);
        TensorLoader loader;
        loader.setQueue(&queue);
        QSignalSpy ready(&loader, &TensorLoader::ready);
        const auto data =
            dataset({ tensors::relu({ 1, 4, 8, 8 }),
                      tensors::fill({ 2048, 2300 }, engine::Role::Weight, "OI",
                                    [](std::size_t i) { return static_cast<double>(i % 5); }) });
        loader.load(request(data, 0, 0));
        QTRY_COMPARE(ready.size(), 1);
        QCOMPARE(added.size(), 0);
        loader.load(request(data, 1, 0));
        QTRY_COMPARE(ready.size(), 2);
        QCOMPARE(added.size(), 1);
    }

    void scalarsAndVectors()
    {
        TensorLoader loader;
        QSignalSpy ready(&loader, &TensorLoader::ready);
        const auto data =
            dataset({ tensors::unmapped(tensors::make({}, engine::Role::Other, "", { 2 })),
                      tensors::unmapped(tensors::make({ 3 }, engine::Role::Other, "", { 1, 2, 3 })) });
        for (std::size_t i = 0; i < 2; ++i) {
            loader.load(request(data, i, 0));
            QTRY_COMPARE(ready.size(), static_cast<qsizetype>(i) + 1);
        }
        QCOMPARE(ready[0][0].value<TensorPlane>().pyramid->columns(), 1);
        QCOMPARE(ready[1][0].value<TensorPlane>().pyramid->columns(), 3);
    }
};

QTEST_GUILESS_MAIN(TensorLoaderTest)
#include "tensor_loader_test.moc"
