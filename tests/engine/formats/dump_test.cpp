#include "engine/base/error.h"
#include "engine/base/parallel.h"
#include "engine/base/random.h"
#include "engine/formats/dump_pack.h"
#include "engine/formats/dump_writer.h"
#include "tests/engine/formats/sample_files.h"

#include <QDir>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <csignal>
#include <limits>
#include <sys/resource.h>

using engine::Dataset;
using engine::DType;
using engine::Quantisation;
using engine::Shape;
using engine::Tensor;
using engine::formats::ActivationInfo;
using engine::formats::DumpWriter;

namespace {

using Floats = std::vector<float>;

/// Like feature maps behind a ReLU: half of them zero.
Floats maps(std::size_t count, std::uint64_t seed)
{
    engine::Random random(seed);
    Floats values(count);
    for (float& value : values)
        value = static_cast<float>(std::max(0.0, random.normal()));
    return values;
}

ActivationInfo info(const std::string& name, const Shape& shape, DType type = DType::F32)
{
    ActivationInfo result;
    result.name = name;
    result.shapePerImage = shape;
    result.type = type;
    if (type == DType::U8)
        result.quantisation = Quantisation { .scale = 0.5, .zeroPoint = 10, .bits = 8 };
    return result;
}

} // namespace

Q_DECLARE_METATYPE(Floats)
Q_DECLARE_METATYPE(Shape)
Q_DECLARE_METATYPE(DType)

class DumpTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void cleanup() { QVERIFY(leftovers().isEmpty()); }

    void readsBackWhatWasWritten_data();
    void readsBackWhatWasWritten();
    void convertsElements_data();
    void convertsElements();
    void keepsAttributes();
    void takesBatchesInAnyOrderFromManyThreads();
    void cutsOffWhatWasNotWritten();
    void replacesOnlyWhenCommitted();
    void refusesBadParameters();
    void tellsAFullDisk_data();
    void tellsAFullDisk();
    void tellsAMissingFolder();
    void splitsImagesIntoChunks_data();
    void splitsImagesIntoChunks();

private:
    std::filesystem::path path() const { return m_folder.filePath(QStringLiteral("dump.h5")).toStdString(); }
    QStringList leftovers() const
    {
        return QDir(m_folder.path()).entryList({ QStringLiteral("*.part") }, QDir::Files | QDir::Hidden);
    }

    QTemporaryDir m_folder;
};

void DumpTest::readsBackWhatWasWritten_data()
{
    QTest::addColumn<Shape>("shape");
    QTest::addColumn<int>("batch");
    QTest::newRow("maps") << Shape { 3, 5, 7 } << 2;
    QTest::newRow("one by one") << Shape { 3, 5, 7 } << 1;
    QTest::newRow("all at once") << Shape { 3, 5, 7 } << 5;
    QTest::newRow("features") << Shape { 10 } << 2;
    QTest::newRow("one number") << Shape {} << 2;
    QTest::newRow("more than one chunk per image") << Shape { 5, 400, 301 } << 2;
    QTest::newRow("rows apart") << Shape { 2, 3, 300'000 } << 5;
}

void DumpTest::readsBackWhatWasWritten()
{
    QFETCH(Shape, shape);
    QFETCH(int, batch);
    constexpr std::size_t images = 5;
    const std::size_t perImage = shape.elements();
    const Floats values = maps(images * perImage, 3);
    {
        DumpWriter writer(path(), {});
        const std::size_t number = writer.addActivation(info("relu1", shape), images);
        const auto step = static_cast<std::size_t>(batch);
        for (std::size_t first = 0; first < images; first += step) {
            const std::size_t count = std::min(step, images - first) * perImage;
            writer.write(number, first, std::span(values).subspan(first * perImage, count));
        }
        writer.commit();
    }
    const Dataset dataset = samples::open(path());
    QCOMPARE(dataset.tensors.size(), 1U);
    const Tensor& tensor = dataset.tensors.front();
    QCOMPARE(tensor.name, std::string("activations/relu1"));
    QCOMPARE(tensor.shape.rank(), shape.rank() + 1);
    QVERIFY(readFloats(tensor) == values);
    QVERIFY(Floats(values.begin() + static_cast<std::ptrdiff_t>(3 * perImage),
                   values.begin() + static_cast<std::ptrdiff_t>(4 * perImage))
            == readFloats(tensor, 3, 1));
}

void DumpTest::convertsElements_data()
{
    QTest::addColumn<DType>("type");
    QTest::addColumn<Floats>("values");
    QTest::addColumn<Floats>("stored");
    const float infinity = std::numeric_limits<float>::infinity();
    QTest::newRow("f32") << DType::F32 << Floats { 0.1F, -3e30F, infinity }
                         << Floats { 0.1F, -3e30F, infinity };
    QTest::newRow("f16, ties to even")
        << DType::F16 << Floats { 1 + 0x1p-11F, 1 + 3 * 0x1p-11F, 0x1p-25F, 70000, -2 }
        << Floats { 1, 1 + 0x1p-9F, 0, infinity, -2 };
    QTest::newRow("u8, ties to even, clipped")
        << DType::U8 << Floats { 0, 0.25F, 0.75F, 3, -4, -50, 1000, std::nanf("") }
        << Floats { 10, 10, 12, 16, 2, 0, 255, 0 };
}

void DumpTest::convertsElements()
{
    QFETCH(DType, type);
    QFETCH(Floats, values);
    {
        DumpWriter writer(path(), {});
        const auto count = static_cast<std::int64_t>(values.size());
        writer.write(writer.addActivation(info("a", { count }, type), 1), 0, values);
        writer.commit();
    }
    const Dataset dataset = samples::open(path());
    QVERIFY(dataset.tensors.front().type == type);
    QTEST(readFloats(dataset.tensors.front()), "stored");
}

void DumpTest::keepsAttributes()
{
    {
        DumpWriter writer(path(), { .network = "net", .framework = "Tessera", .dataset = "pictures" });
        ActivationInfo last = info("/layer1/conv", { 2, 2, 2 }, DType::U8);
        last.op = "Conv";
        last.layout = "NCHW";
        last.index = 7;
        last.producer = "input";
        ActivationInfo first = info("layer0.relu", { 4 });
        first.index = 3;
        const std::size_t a = writer.addActivation(last, 2);
        const std::size_t b = writer.addActivation(first, 2);
        writer.write(a, 0, Floats(16));
        writer.write(b, 0, Floats(8));
        writer.writeLabels(std::vector { 3, 9 });
        writer.writeAccuracy(91.73, 99.5);
        writer.commit();
    }
    const Dataset dataset = samples::open(path());
    QCOMPARE(dataset.facts.at("schema"), std::string("actdump/1"));
    QCOMPARE(dataset.facts.at("network"), std::string("net"));
    QCOMPARE(dataset.facts.at("framework"), std::string("Tessera"));
    QCOMPARE(dataset.facts.at("dataset"), std::string("pictures"));
    QVERIFY(dataset.facts.contains("created"));
    QVERIFY(dataset.facts.at("top1") == "91.73");
    QVERIFY(dataset.facts.at("top5") == "99.5");
    QCOMPARE(dataset.layers.size(), 2U);
    QCOMPARE(dataset.layers[0].name, std::string("layer0.relu"));
    const Tensor& conv = dataset.tensors[*dataset.layers[1].activation];
    QCOMPARE(conv.layer, std::string("layer1.conv"));
    QCOMPARE(conv.op, std::string("Conv"));
    QCOMPARE(conv.layout, std::string("NCHW"));
    QCOMPARE(conv.quantisation->scale, 0.5);
    QCOMPARE(conv.quantisation->zeroPoint, 10);
    QCOMPARE(samples::values(dataset, "labels"), (Floats { 3, 9 }));
}

void DumpTest::takesBatchesInAnyOrderFromManyThreads()
{
    constexpr std::size_t images = 40;
    constexpr std::size_t perImage = 6 * 8 * 8;
    const Floats values = maps(images * perImage, 8);
    {
        DumpWriter writer(path(), {});
        const std::size_t a = writer.addActivation(info("a", { 6, 8, 8 }), images);
        const std::size_t b = writer.addActivation(info("b", { 6, 8, 8 }, DType::F16), images);
        engine::parallelFor(images, {}, [&](std::size_t i, unsigned) {
            const std::size_t image = (i * 17) % images;
            const auto part = std::span(values).subspan(image * perImage, perImage);
            writer.write(a, image, part);
            writer.write(b, image, part);
        });
        writer.commit();
    }
    const Dataset dataset = samples::open(path());
    QVERIFY(samples::values(dataset, "activations/a") == values);
    const Floats halves = samples::values(dataset, "activations/b");
    QCOMPARE(halves.size(), values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        QVERIFY(std::abs(halves[i] - values[i]) <= values[i] * 0x1p-11F + 0x1p-25F);
}

void DumpTest::cutsOffWhatWasNotWritten()
{
    {
        DumpWriter writer(path(), {});
        const std::size_t number = writer.addActivation(info("a", { 3 }), 10);
        for (const std::size_t image : { 0U, 1U, 2U, 5U })
            writer.write(number, image, Floats(3, static_cast<float>(image)));
        writer.commit();
    }
    const Dataset dataset = samples::open(path());
    QCOMPARE(samples::values(dataset, "activations/a"), (Floats { 0, 0, 0, 1, 1, 1, 2, 2, 2 }));
}

void DumpTest::replacesOnlyWhenCommitted()
{
    samples::write(m_folder.path(), QStringLiteral("dump.h5"), "before");
    {
        DumpWriter writer(path(), {});
        writer.write(writer.addActivation(info("a", { 3 }), 1), 0, Floats(3));
        QCOMPARE(leftovers().size(), 1);
    }
    QFile file(m_folder.filePath(QStringLiteral("dump.h5")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("before"));
}

void DumpTest::refusesBadParameters()
{
    DumpWriter writer(path(), {});
    const auto refusal = [&](const ActivationInfo& each) {
        return samples::failure([&] { writer.addActivation(each, 1); });
    };
    QVERIFY(refusal(info("a", { 3 }, DType::I32)).contains(QStringLiteral("type: i32 is not one of")));
    ActivationInfo unscaled = info("a", { 3 }, DType::U8);
    unscaled.quantisation.reset();
    QVERIFY(refusal(unscaled).startsWith(QStringLiteral("scale:")));
    unscaled.quantisation = Quantisation { .scale = 0 };
    QVERIFY(refusal(unscaled).startsWith(QStringLiteral("scale:")));
    QVERIFY(refusal(info("a", { 3, 0 })).contains(QStringLiteral("nothing to write")));
    writer.addActivation(info("a", { 3 }), 1);
    QVERIFY(refusal(info("a", { 3 })).contains(QStringLiteral("dump.h5: cannot write")));
}

void DumpTest::tellsAFullDisk_data()
{
    QTest::addColumn<qulonglong>("room");
    for (const qulonglong room : { 100ULL, 3000ULL, 20'000ULL, 200'000ULL })
        QTest::addRow("%llu bytes", room) << room;
}

/// A limit on file sizes fails like a full disk, and needs no rights.
void DumpTest::tellsAFullDisk()
{
    QFETCH(qulonglong, room);
    struct rlimit before = {};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const struct rlimit limit = { room, before.rlim_max };
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &limit), 0);
    const QString sentence = samples::failure([&] {
        DumpWriter writer(path(), {});
        const std::size_t number = writer.addActivation(info("a", { 16, 32, 32 }), 20);
        for (std::size_t image = 0; image < 20; ++image)
            writer.write(number, image, maps(16 * 32 * 32, image));
        writer.commit();
    });
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, handler);
    QVERIFY2(sentence.contains(QStringLiteral("dump.h5: cannot write: File too large")),
             qPrintable(sentence));
    QVERIFY(leftovers().isEmpty());

    // And the library is in order afterwards.
    DumpWriter writer(path(), {});
    writer.write(writer.addActivation(info("a", { 3 }), 1), 0, Floats(3));
    writer.commit();
    QCOMPARE(samples::open(path()).tensors.size(), 1U);
}

void DumpTest::tellsAMissingFolder()
{
    const QString sentence = samples::failure(
        [&] { DumpWriter(m_folder.filePath(QStringLiteral("none/dump.h5")).toStdString(), {}); });
    QVERIFY2(sentence.contains(QStringLiteral("none/dump.h5: cannot write")), qPrintable(sentence));
}

void DumpTest::splitsImagesIntoChunks_data()
{
    QTest::addColumn<Shape>("image");
    QTest::addColumn<qulonglong>("limit");
    QTest::addColumn<QList<qint64>>("chunk");
    QTest::addColumn<int>("runs");
    QTest::newRow("fits") << Shape { 3, 4, 5 } << 60ULL << QList<qint64> { 3, 4, 5 } << 1;
    QTest::newRow("channels") << Shape { 3, 4, 5 } << 59ULL << QList<qint64> { 2, 4, 5 } << 2;
    QTest::newRow("one channel") << Shape { 3, 4, 5 } << 20ULL << QList<qint64> { 1, 4, 5 } << 3;
    QTest::newRow("rows") << Shape { 3, 4, 5 } << 19ULL << QList<qint64> { 1, 3, 5 } << 6;
    QTest::newRow("part of a row") << Shape { 3, 4, 5 } << 2ULL << QList<qint64> { 1, 1, 2 } << 36;
    QTest::newRow("scalar") << Shape {} << 1ULL << QList<qint64> {} << 1;
}

void DumpTest::splitsImagesIntoChunks()
{
    QFETCH(Shape, image);
    QFETCH(qulonglong, limit);
    QFETCH(QList<qint64>, chunk);
    QFETCH(int, runs);
    const std::vector<std::int64_t> found = engine::formats::dumpChunk(image, limit);
    QCOMPARE(QList<qint64>(found.begin(), found.end()), chunk);
    const auto list = engine::formats::chunkRuns(image, found);
    QCOMPARE(list.size(), static_cast<std::size_t>(runs));
    std::uint64_t next = 0;
    for (const auto& run : list) {
        std::uint64_t flat = 0;
        for (std::size_t axis = 0; axis < image.rank(); ++axis)
            flat =
                flat * static_cast<std::uint64_t>(image[axis]) + static_cast<std::uint64_t>(run.start[axis]);
        QCOMPARE(flat, next);
        QCOMPARE(run.first, next);
        next += run.count;
    }
    QCOMPARE(next, image.elements());
}

QTEST_GUILESS_MAIN(DumpTest)
#include "dump_test.moc"
