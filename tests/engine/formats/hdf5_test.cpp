#include "engine/base/error.h"
#include "engine/base/parallel.h"
#include "engine/base/random.h"
#include "engine/formats/hdf5_filters.h"
#include "tests/engine/formats/hdf5_maker.h"
#include "tests/engine/formats/sample_files.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using engine::Dataset;
using engine::DType;
using engine::Tensor;
using hdf5maker::Extents;
using hdf5maker::File;
using hdf5maker::Options;

namespace {

using Floats = std::vector<float>;

Floats countingFloats(std::size_t count)
{
    Floats values(count);
    for (std::size_t i = 0; i < count; ++i)
        values[i] = static_cast<float>(i);
    return values;
}

/// A float of two bytes or one, made from its fields.
hid_t smallFloat(std::size_t size, std::size_t exponentBits, std::size_t mantissaBits)
{
    const hid_t type = H5Tcopy(H5T_IEEE_F32LE);
    H5Tset_fields(type, exponentBits + mantissaBits, mantissaBits, exponentBits, 0, mantissaBits);
    H5Tset_size(type, size);
    H5Tset_ebias(type, (std::size_t { 1 } << (exponentBits - 1)) - 1);
    return type;
}

hid_t boolType()
{
    const hid_t type = H5Tenum_create(H5T_STD_I8LE);
    const qint8 no = 0;
    const qint8 yes = 1;
    H5Tenum_insert(type, "FALSE", &no);
    H5Tenum_insert(type, "TRUE", &yes);
    return type;
}

hid_t colourType()
{
    const hid_t type = H5Tenum_create(H5T_STD_I16BE);
    const qint16 red = 0x0700;
    H5Tenum_insert(type, "RED", &red);
    return type;
}

} // namespace

Q_DECLARE_METATYPE(Floats)
Q_DECLARE_METATYPE(DType)
Q_DECLARE_METATYPE(Options)

class Hdf5Test : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr); }
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void readsEveryType_data();
    void readsEveryType();
    void readsEveryLayout_data();
    void readsEveryLayout();
    void readsBoxesOfChunks();
    void fillsWhatWasNeverWritten();
    void readsManyChunksInThreads();
    void readsBehindAUserBlock();
    void unpacksLzf_data();
    void unpacksLzf();

private:
    QString path(const char* name = "a.h5") const { return m_folder.filePath(QString::fromUtf8(name)); }
    Dataset made(const std::function<void(const File&)>& make)
    {
        {
            const File file(path());
            make(file);
        }
        return samples::open(path().toStdString());
    }

    QTemporaryDir m_folder;
};

void Hdf5Test::readsEveryType_data()
{
    QTest::addColumn<qint64>("stored");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<DType>("type");
    QTest::addColumn<Floats>("values");
    const auto row = [](const char* name, hid_t stored, const QByteArray& bytes, DType type,
                        const Floats& values) {
        QTest::newRow(name) << qint64 { stored } << bytes << type << values;
    };
    using samples::raw;
    using samples::swapped;
    row("u8", H5T_STD_U8LE, raw<quint8>({ 1, 200 }), DType::U8, { 1, 200 });
    row("i8", H5T_STD_I8LE, raw<qint8>({ -1, 7 }), DType::I8, { -1, 7 });
    row("u16", H5T_STD_U16LE, raw<quint16>({ 1, 60000 }), DType::U16, { 1, 60000 });
    row("i16, big-endian", H5T_STD_I16BE, swapped<qint16>({ -2, 300 }), DType::I16, { -2, 300 });
    row("u32, big-endian", H5T_STD_U32BE, swapped<quint32>({ 5, 70000 }), DType::U32, { 5, 70000 });
    row("i32", H5T_STD_I32LE, raw<qint32>({ -5, 70000 }), DType::I32, { -5, 70000 });
    row("u64", H5T_STD_U64LE, raw<quint64>({ 5, 9 }), DType::U64, { 5, 9 });
    row("i64, big-endian", H5T_STD_I64BE, swapped<qint64>({ -5, 9 }), DType::I64, { -5, 9 });
    row("f32", H5T_IEEE_F32LE, raw<float>({ 0.5F, -3 }), DType::F32, { 0.5F, -3 });
    row("f32, big-endian", H5T_IEEE_F32BE, swapped<float>({ 0.5F, -3 }), DType::F32, { 0.5F, -3 });
    row("f64", H5T_IEEE_F64LE, raw<double>({ 0.5, -3 }), DType::F64, { 0.5F, -3 });
    row("f64, big-endian", H5T_IEEE_F64BE, swapped<double>({ 0.5, -3 }), DType::F64, { 0.5F, -3 });
    row("half", smallFloat(2, 5, 10), raw<quint16>({ 0x3C00, 0xC000 }), DType::F16, { 1, -2 });
    row("bfloat16", smallFloat(2, 8, 7), raw<quint16>({ 0x3F80, 0xC000 }), DType::BF16, { 1, -2 });
    row("f8 e5m2", smallFloat(1, 5, 2), raw<quint8>({ 0x3C, 0xC0 }), DType::F8E5M2, { 1, -2 });
    row("f8 e4m3", smallFloat(1, 4, 3), raw<quint8>({ 0x38, 0xC0 }), DType::F8E4M3, { 1, -2 });
    row("bool", boolType(), raw<qint8>({ 0, 1 }), DType::Bool, { 0, 1 });
    row("enumeration, big-endian", colourType(), swapped<qint16>({ 7, 7 }), DType::I16, { 7, 7 });
    row("bits", H5T_STD_B8LE, raw<quint8>({ 1, 255 }), DType::U8, { 1, 255 });
}

void Hdf5Test::readsEveryType()
{
    QFETCH(qint64, stored);
    QFETCH(QByteArray, bytes);
    QFETCH(DType, type);
    QFETCH(Floats, values);
    const Dataset dataset = made([&](const File& file) {
        file.add("run", { 2 }, bytes.constData(), { .type = stored });
        file.add("chunks", { 2 }, bytes.constData(),
                 { .type = stored, .chunk = { 1 }, .shuffle = true, .deflate = 1 });
        file.add("compact", { 2 }, bytes.constData(), { .type = stored, .compact = true });
        file.add("scalar", {}, bytes.constData(), { .type = stored });
    });
    QVERIFY(dataset.remarks.empty());
    for (const char* name : { "run", "chunks", "compact" }) {
        QVERIFY(dataset.find(name)->type == type);
        QCOMPARE(samples::values(dataset, name), values);
    }
    QCOMPARE(samples::values(dataset, "scalar"), Floats { values.front() });
}

void Hdf5Test::readsEveryLayout_data()
{
    QTest::addColumn<Options>("options");
    QTest::addColumn<bool>("mapped");
    QTest::newRow("one run") << Options {} << true;
    QTest::newRow("compact") << Options { .compact = true } << true;
    const Extents whole = { 5, 7, 9 };
    const Extents odd = { 2, 3, 4 };
    QTest::newRow("one chunk") << Options { .chunk = whole } << false;
    QTest::newRow("chunks") << Options { .chunk = odd } << false;
    QTest::newRow("chunks of one") << Options { .chunk = { 1, 1, 1 } } << false;
    QTest::newRow("deflate") << Options { .chunk = odd, .deflate = 4 } << false;
    QTest::newRow("shuffle") << Options { .chunk = odd, .shuffle = true } << false;
    QTest::newRow("shuffle and deflate") << Options { .chunk = odd, .shuffle = true, .deflate = 1 } << false;
    QTest::newRow("checksum") << Options { .chunk = odd, .sum = true } << false;
    QTest::newRow("all") << Options { .chunk = odd, .shuffle = true, .deflate = 9, .sum = true } << false;
    QTest::newRow("extensible") << Options { .chunk = odd, .largest = { H5S_UNLIMITED, 7, 20 } } << false;
}

void Hdf5Test::readsEveryLayout()
{
    QFETCH(Options, options);
    QFETCH(bool, mapped);
    const Dataset dataset = made([&](const File& file) {
        file.counting("activations/x", { 5, 7, 9 }, options);
    });
    QCOMPARE(samples::values(dataset, "activations/x"), countingFloats(315));
    QCOMPARE(!dataset.tensors.front().source->mapped().empty(), mapped);
}

void Hdf5Test::readsBoxesOfChunks()
{
    const Extents extents = { 4, 5, 6, 7 };
    const Dataset dataset = made([&](const File& file) {
        file.counting("run", extents);
        file.counting("chunks", extents, { .chunk = { 3, 2, 6, 4 }, .shuffle = true, .deflate = 1 });
    });
    engine::Random random(5);
    for (int i = 0; i < 200; ++i) {
        std::vector<std::int64_t> start;
        std::vector<std::int64_t> count;
        for (const hsize_t extent : extents) {
            start.push_back(static_cast<std::int64_t>(random.below(extent)));
            count.push_back(
                1 + static_cast<std::int64_t>(random.below(extent - static_cast<hsize_t>(start.back()))));
        }
        QCOMPARE(readBox(*dataset.find("chunks"), start, count), readBox(*dataset.find("run"), start, count));
    }
}

void Hdf5Test::fillsWhatWasNeverWritten()
{
    const float fill = 2.5F;
    const Dataset dataset = made([&](const File& file) {
        file.counting("zeros", { 3 }, { .written = false });
        file.counting("filled", { 3 }, { .written = false, .fill = &fill });
        file.counting("chunks", { 3 }, { .chunk = { 2 }, .written = false, .fill = &fill });
        file.addChunk("first only", { 2 }, samples::counting(2), {});
    });
    QCOMPARE(samples::values(dataset, "zeros"), (Floats { 0, 0, 0 }));
    QCOMPARE(samples::values(dataset, "filled"), (Floats { fill, fill, fill }));
    QCOMPARE(samples::values(dataset, "chunks"), (Floats { fill, fill, fill }));
    QCOMPARE(samples::values(dataset, "first only"), (Floats { 0, 1 }));
}

/// More bytes than the cache holds, from several threads at once.
void Hdf5Test::readsManyChunksInThreads()
{
    const Extents extents = { 48, 64, 64, 64 };
    const Dataset dataset = made([&](const File& file) {
        file.counting("activations/x", extents,
                      { .chunk = { 1, 64, 64, 64 }, .shuffle = true, .deflate = 1 });
    });
    const Tensor& tensor = dataset.tensors.front();
    constexpr std::size_t perImage = 64 * 64 * 64;
    std::vector<int> wrong(2 * extents[0]);
    engine::parallelFor(wrong.size(), {}, [&](std::size_t i, unsigned) {
        const std::size_t image = i % extents[0];
        const Floats values = readFloats(tensor, static_cast<std::int64_t>(image), 1);
        for (std::size_t k = 0; k < perImage; ++k)
            wrong[i] += values[k] != static_cast<float>(image * perImage + k);
    });
    QCOMPARE(std::ranges::count(wrong, 0), static_cast<std::ptrdiff_t>(wrong.size()));
}

void Hdf5Test::readsBehindAUserBlock()
{
    {
        const File file(path(), 1024);
        file.counting("weight", { 2, 3 });
        file.counting("chunks", { 4 }, { .chunk = { 2 }, .deflate = 1 });
    }
    const Dataset dataset = samples::open(path().toStdString());
    QCOMPARE(samples::values(dataset, "weight"), countingFloats(6));
    QCOMPARE(samples::values(dataset, "chunks"), countingFloats(4));
}

void Hdf5Test::unpacksLzf_data()
{
    QTest::addColumn<QByteArray>("packed");
    QTest::addColumn<QByteArray>("bytes"); // empty: an error
    const auto of = [](std::initializer_list<int> values) {
        QByteArray result;
        for (const int value : values)
            result.append(static_cast<char>(value));
        return result;
    };
    QTest::newRow("literal") << of({ 2, 'a', 'b', 'c' }) << QByteArray("abc");
    QTest::newRow("repeat") << of({ 0, 'a', 0x60, 0 }) << QByteArray("aaaaaa");
    QTest::newRow("pattern") << of({ 1, 'a', 'b', 0x40, 1 }) << QByteArray("ababab");
    QTest::newRow("long repeat") << of({ 0, 'a', 0xE0, 10, 0 }) << QByteArray(20, 'a');
    QTest::newRow("cut literal") << of({ 5, 'a' }) << QByteArray();
    QTest::newRow("cut distance") << of({ 0, 'a', 0x60 }) << QByteArray();
    QTest::newRow("distance before the beginning") << of({ 0, 'a', 0x60, 1 }) << QByteArray();
    QTest::newRow("too long") << of({ 0, 'a', 0xE0, 255, 0 }) << QByteArray();
}

void Hdf5Test::unpacksLzf()
{
    QFETCH(QByteArray, packed);
    QFETCH(QByteArray, bytes);
    const auto span = std::as_bytes(std::span(packed.constData(), static_cast<std::size_t>(packed.size())));
    if (bytes.isEmpty()) {
        QVERIFY_THROWS_EXCEPTION(engine::FormatError, engine::formats::unpackLzf(span, 100));
        return;
    }
    const auto result = engine::formats::unpackLzf(span, 100);
    QCOMPARE(QByteArray(reinterpret_cast<const char*>(result.data()), static_cast<qsizetype>(result.size())),
             bytes);
    const auto size = static_cast<hsize_t>(bytes.size());
    const Dataset dataset = made([&](const File& file) {
        file.addChunk("x", { size }, packed, { .type = H5T_STD_U8LE, .filter = engine::formats::hdf5Lzf });
    });
    QCOMPARE(samples::values(dataset, "x").back(), static_cast<float>(bytes.back()));
}

QTEST_GUILESS_MAIN(Hdf5Test)
#include "hdf5_test.moc"
