#include "engine/base/error.h"
#include "engine/base/random.h"
#include "engine/formats/catalogue.h"
#include "tests/engine/formats/sample_files.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <hdf5.h>

#include <exception>
#include <sys/resource.h>

#if defined(__SANITIZE_ADDRESS__)
// libhdf5 1.10.8 itself loses a few bytes when it gives up on a damaged file.
extern "C" const char* __lsan_default_suppressions() // NOLINT(bugprone-reserved-identifier)
{
    return "leak:libhdf5_serial\n";
}
#endif

using engine::Random;
using engine::formats::catalogue;
using engine::formats::Reader;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool limitsMemory = false; // the sanitizers reserve terabytes
#else
constexpr bool limitsMemory = true;
#endif
constexpr rlim_t allowedMemory = 768U << 20;
constexpr std::uint64_t readAtMost = 4U << 20; ///< elements of a tensor
constexpr int truncations = 64;
constexpr int flips = 300;
constexpr int patches = 200;

/// A field of a protobuf message with a length.
QByteArray field(int number, const QByteArray& content)
{
    QByteArray bytes;
    bytes.append(static_cast<char>(number << 3 | 2)).append(static_cast<char>(content.size()));
    return bytes + content;
}

/// A field of a protobuf message with a small number.
QByteArray field(int number, int value)
{
    QByteArray bytes;
    const int tag = number << 3;
    if (tag > 127)
        bytes.append(static_cast<char>((tag & 127) | 128)).append(static_cast<char>(tag >> 7));
    else
        bytes.append(static_cast<char>(tag));
    return bytes.append(static_cast<char>(value));
}

QByteArray onnxValue(const char* name, const QList<int>& extents)
{
    QByteArray shape;
    for (const int extent : extents)
        shape += field(1, field(1, extent));
    return field(1, QByteArray(name)) + field(2, field(1, field(1, 1) + field(2, shape)));
}

/// x -> Conv(w) -> Relu -> y
QByteArray onnxNetwork()
{
    const QByteArray kernel = field(1, QByteArray("kernel_shape")) + field(8, 3) + field(8, 3) + field(20, 7);
    const QByteArray conv = field(1, QByteArray("x")) + field(1, QByteArray("w")) + field(2, QByteArray("c"))
        + field(3, QByteArray("conv")) + field(4, QByteArray("Conv")) + field(5, kernel);
    const QByteArray relu = field(1, QByteArray("c")) + field(2, QByteArray("y"))
        + field(3, QByteArray("relu")) + field(4, QByteArray("Relu"));
    QByteArray weight = field(1, 2) + field(1, 1) + field(1, 3) + field(1, 3) + field(2, 1)
        + field(8, QByteArray("w")) + field(9, samples::counting(18));
    QByteArray graph = field(1, conv) + field(1, relu) + field(2, QByteArray("g")) + field(5, weight)
        + field(11, onnxValue("x", { 1, 1, 5, 5 })) + field(12, onnxValue("y", { 1, 2, 3, 3 }));
    // The graph is longer than 127 bytes: its length takes two.
    QByteArray length;
    length.append(static_cast<char>((graph.size() & 127) | 128)).append(static_cast<char>(graph.size() >> 7));
    return field(1, 7) + "\x3a" + length + graph + field(8, field(2, 13));
}

void addHdf5(hid_t parent, const char* name, const std::vector<hsize_t>& extents, bool packed)
{
    hsize_t elements = 1;
    for (const hsize_t extent : extents)
        elements *= extent;
    const std::vector<float> values(elements, 1.5F);
    const hid_t space = H5Screate_simple(static_cast<int>(extents.size()), extents.data(), nullptr);
    const hid_t properties = H5Pcreate(H5P_DATASET_CREATE);
    if (packed) {
        H5Pset_chunk(properties, static_cast<int>(extents.size()), extents.data());
        H5Pset_shuffle(properties);
        H5Pset_deflate(properties, 6);
    }
    const hid_t set = H5Dcreate2(parent, name, H5T_IEEE_F32LE, space, H5P_DEFAULT, properties, H5P_DEFAULT);
    H5Dwrite(set, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
    H5Dclose(set);
    H5Pclose(properties);
    H5Sclose(space);
}

QByteArray hdf5Dump(const QString& folder)
{
    const QByteArray path = QFile::encodeName(folder + QStringLiteral("/made.h5"));
    const hid_t file = H5Fcreate(path.constData(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    const hid_t activations = H5Gcreate2(file, "activations", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    addHdf5(activations, "relu1", { 2, 3, 4, 4 }, true);
    addHdf5(activations, "fc", { 2, 10 }, false);
    addHdf5(file, "weight", { 3, 3 }, false);
    H5Gclose(activations);
    H5Fclose(file);
    QFile made(QFile::decodeName(path));
    return made.open(QIODevice::ReadOnly) ? made.readAll() : QByteArray();
}

struct Sample {
    const char* reader;
    const char* title;
    const char* file;
    QByteArray bytes;
};

/// One or more files for every row of the catalogue; a new reader adds a line here.
QList<Sample> makeSamples(const QString& folder)
{
    const QByteArray array = samples::npy("'<f4'", "(2, 3, 4)", samples::counting(24));
    const QByteArray columns = samples::npy("'>f8'", "(3, 4)", QByteArray(96, '\1'), { true, 2 });
    const QByteArray fields =
        samples::npy("[('x', '<f4'), ('y', '<i2', (3,))]", "(4,)", QByteArray(40, '\1'));
    const QByteArray tensors =
        R"({"__metadata__":{"a":"b"},"c.weight":{"dtype":"F32","shape":[2,3],)"
        R"("data_offsets":[0,24]},"c.bias":{"dtype":"F16","shape":[4],"data_offsets":[24,32]}})";
    const QByteArray index = R"({"metadata":{"n":1},"weight_map":{"c.weight":"made.safetensors"}})";
    const QByteArray shard = samples::safetensors(tensors, QByteArray(32, '\2'));
    samples::write(folder, QStringLiteral("made.safetensors"), shard);
    const QByteArray digits = samples::idx(8, { 3, 4, 5 }, QByteArray(60, '\3'));
    const QByteArray many = samples::npy("'<f4'", "(40, 50)", samples::counting(2000));
    return {
        { "npy", "npy", "m.npy", array },
        { "npy", "npy, Fortran order", "m.npy", columns },
        { "npy", "npy, fields", "m.npy", fields },
        { "npz", "npz, stored", "m.npz", samples::zip({ { "a.npy", array }, { "b/c.npy", columns } }) },
        { "npz", "npz, deflated", "m.npz",
          samples::zip({ { "a.npy", many, true }, { "b.npy", fields, true } }) },
        { "safetensors", "safetensors", "m.safetensors", shard },
        { "safetensors", "safetensors index", "m.safetensors.index.json", index },
        { "idx", "idx", "m-images-idx3-ubyte", digits },
        { "idx", "idx, floats", "m.idx", samples::idx(0x0D, { 2, 5 }, QByteArray(40, '\1')) },
        { "idx", "idx.gz", "m-images-idx3-ubyte.gz", samples::gzip(digits) },
        { "cifar", "cifar", "m.bin", samples::cifar(3) },
        { "cifar", "cifar.gz", "m.bin.gz", samples::gzip(samples::cifar(3)) },
        { "onnx", "onnx", "m.onnx", onnxNetwork() },
        { "hdf5", "hdf5", "m.h5", hdf5Dump(folder) },
    };
}

/// In memory where the system offers that.
QString scratch()
{
    const QString memory = QStringLiteral("/dev/shm");
    return (QFileInfo(memory).isWritable() ? memory : QDir::tempPath()) + QStringLiteral("/mutation-XXXXXX");
}

/// All values, but no more than a bounded number.
void readBounded(const engine::Tensor& tensor)
{
    std::stop_source enough;
    const engine::Control control { enough.get_token(), {} };
    engine::forEachPiece(tensor, control, [&enough](std::uint64_t first, std::span<const float> values) {
        if (first + values.size() > readAtMost)
            enough.request_stop();
    });
}

void readEverything(const engine::Dataset& dataset)
{
    for (const engine::Tensor& tensor : dataset.tensors) {
        try {
            readBounded(tensor);
        } catch (const engine::Error&) {
            continue; // damage that shows only when the values are read
        }
    }
    if (dataset.images == nullptr || dataset.images->size() == 0)
        return;
    for (const std::size_t index : { std::size_t { 0 }, dataset.images->size() - 1 }) {
        dataset.images->label(index);
        dataset.images->read(index);
    }
}

const Reader* readerOf(const char* id)
{
    for (const Reader& row : catalogue()) {
        if (row.id == id)
            return &row;
    }
    return nullptr;
}

/// Tries one file; what is not an engine::Error comes back as text.
QString tryOpening(const Reader& reader, const std::filesystem::path& path)
{
    try {
        readEverything(reader.read(path, {}));
    } catch (const engine::Error& error) {
        return QByteArrayView(error.what()).isEmpty() ? QStringLiteral("an error without a sentence")
                                                      : QString();
    } catch (const std::exception& error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

QByteArray flipped(QByteArray bytes, Random& random)
{
    const std::uint64_t count = 1 + random.below(4);
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto at = static_cast<qsizetype>(random.below(static_cast<std::uint64_t>(bytes.size())));
        bytes[at] = static_cast<char>(bytes[at] ^ static_cast<char>(1 + random.below(255)));
    }
    return bytes;
}

/// Overwrites a place with a number that would be a huge size, offset or extent.
QByteArray patched(QByteArray bytes, Random& random)
{
    static const QList<QByteArray> numbers {
        QByteArray("\xff\xff\xff\xff", 4),
        QByteArray("\xff\xff\xff\x7f", 4),
        QByteArray("\x7f\xff\xff\xff", 4),
        QByteArray("\xff\xff\xff\xff\xff\xff\xff\xff", 8),
        QByteArray("\x00\x00\x00\x00\x00\x00\x00\x40", 8),
        QByteArray("\xff\xff\xff\xff\xff\xff\xff\x7f", 8),
        QByteArray("9999999999"),
        QByteArray("-1"),
    };
    const QByteArray& number =
        numbers[static_cast<qsizetype>(random.below(static_cast<std::uint64_t>(numbers.size())))];
    const auto at = static_cast<qsizetype>(random.below(static_cast<std::uint64_t>(bytes.size())));
    return bytes.replace(at, number.size(), number);
}

} // namespace

class MutationTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void initTestCase();

    void everyReaderHasASample();
    void opensOrSaysWhy_data();
    void opensOrSaysWhy();

private:
    QTemporaryDir m_folder { scratch() }; // thousands of files are written
    QList<Sample> m_samples;
};

void MutationTest::initTestCase()
{
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    m_samples = makeSamples(m_folder.path());
    if (!limitsMemory)
        return;
    QFile usage(QStringLiteral("/proc/self/statm"));
    QVERIFY(usage.open(QIODevice::ReadOnly));
    const rlim_t used = usage.readLine().split(' ').first().toULongLong() * 4096;
    const rlimit limit { used + allowedMemory, RLIM_INFINITY };
    QCOMPARE(setrlimit(RLIMIT_AS, &limit), 0);
}

void MutationTest::everyReaderHasASample()
{
    for (const Reader& row : catalogue()) {
        const auto isOfRow = [&row](const Sample& sample) { return row.id == sample.reader; };
        QVERIFY2(std::ranges::any_of(m_samples, isOfRow), std::string(row.id).c_str());
    }
}

void MutationTest::opensOrSaysWhy_data()
{
    QTest::addColumn<int>("sample");
    for (int i = 0; i < static_cast<int>(m_samples.size()); ++i)
        QTest::newRow(m_samples[i].title) << i;
}

void MutationTest::opensOrSaysWhy()
{
    QFETCH(int, sample);
    const Sample& original = m_samples[sample];
    const Reader* reader = readerOf(original.reader);
    QVERIFY2(reader != nullptr, original.reader);
    const QString file = QString::fromUtf8(original.file);
    const auto path = samples::write(m_folder.path(), file, original.bytes);
    QCOMPARE(samples::failure([&] { readEverything(reader->read(path, {})); }), QString());
    QCOMPARE(engine::formats::recognise(catalogue(), path).id, reader->id);

    const auto seed = static_cast<std::uint64_t>(qEnvironmentVariableIntValue("TESSERA_SEED"));
    Random random(seed, static_cast<std::uint64_t>(sample));
    const auto mutate = [&](int number) {
        if (number < truncations)
            return original.bytes.left(original.bytes.size() * number / truncations);
        return number < truncations + flips ? flipped(original.bytes, random)
                                            : patched(original.bytes, random);
    };
    for (int number = 0; number < truncations + flips + patches; ++number) {
        samples::write(m_folder.path(), file, mutate(number));
        const QString leaked = tryOpening(*reader, path);
        QVERIFY2(leaked.isEmpty(), qPrintable(QStringLiteral("mutation %1: %2").arg(number).arg(leaked)));
        const QString unsure = samples::failure([&path] { engine::formats::recognise(catalogue(), path); });
        QVERIFY(unsure.isEmpty() || unsure.contains(file));
    }
}

QTEST_GUILESS_MAIN(MutationTest)
#include "mutation_test.moc"
