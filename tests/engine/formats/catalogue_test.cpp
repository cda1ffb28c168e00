#include "engine/base/error.h"
#include "engine/formats/catalogue.h"
#include "engine/formats/guard.h"
#include "tests/engine/formats/sample_files.h"

#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <stdexcept>

using engine::formats::catalogue;
using engine::formats::Reader;
using engine::formats::recognise;

namespace {

template <typename Exception>
engine::Dataset throwing(const std::filesystem::path&, const engine::Control&)
{
    if constexpr (std::is_same_v<Exception, std::bad_alloc>)
        throw Exception();
    else
        throw Exception("inner words");
}

QByteArray zipOf(const char* name)
{
    return samples::zip({ { name, "data" } });
}

} // namespace

class CatalogueTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void rowsAreComplete();
    void recognisesByContent_data();
    void recognisesByContent();
    void fallsBackToTheName_data();
    void fallsBackToTheName();
    void cutSafetensorsKeepTheirName_data();
    void cutSafetensorsKeepTheirName();
    void takesMoreRows();
    void saysWhatItIs_data();
    void saysWhatItIs();
    void refusesFoldersAndNothing();
    void looksAtTheStartOnly();
    void turnsEveryExceptionIntoOurs();
    void makesTitles_data();
    void makesTitles();

private:
    std::filesystem::path write(const QByteArray& bytes, const QString& name)
    {
        return samples::write(m_folder.path(), name, bytes);
    }

    QTemporaryDir m_folder;
};

void CatalogueTest::rowsAreComplete()
{
    QSet<QString> ids;
    for (const Reader& row : catalogue()) {
        ids.insert(QString::fromUtf8(row.id.data(), static_cast<qsizetype>(row.id.size())));
        QVERIFY(!row.title.empty());
        QVERIFY(!row.suffixes.empty());
        QVERIFY(row.recognise != nullptr);
        QVERIFY(row.read != nullptr);
        QVERIFY(!row.recognise({}, "no/such/file"));
        for (const std::string_view suffix : row.suffixes)
            QVERIFY(suffix.starts_with('.') || suffix.starts_with('-'));
    }
    QCOMPARE(ids.size(), static_cast<qsizetype>(catalogue().size()));
}

void CatalogueTest::recognisesByContent_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("id");
    const auto row = [](const char* title, const QByteArray& bytes, const char* name, const char* id) {
        QTest::newRow(title) << bytes << QString::fromLatin1(name) << QString::fromLatin1(id);
    };
    const QByteArray array = samples::npy("'<f4'", "()", samples::counting(1));
    row("npy under another name", array, "array.h5", "npy");
    row("npz under another name", samples::zip({ { "a.npy", array } }), "a.zip", "npz");
    row("npz without arrays in front", samples::zip({ { "x.txt", "" } }), "a.npz", "npz");
    row("empty npz", samples::zip({}), "a.npz", "npz");
    row("safetensors under another name", samples::safetensors("{}", {}), "model.pt", "safetensors");
    row("index", R"( {"weight_map":{}})", "m.safetensors.index.json", "safetensors");
    row("IDX without suffix", samples::idx(8, { 1 }, "x"), "data", "idx");
    row("IDX gzipped", samples::gzip(samples::idx(8, { 1 }, "x")), "data.gz", "idx");
    row("CIFAR", samples::cifar(2), "data_batch_1.bin", "cifar");
    row("CIFAR-100", samples::cifar(2, 2), "train.BIN", "cifar");
    row("CIFAR gzipped", samples::gzip(samples::cifar(2)), "x.bin.gz", "cifar");
    QByteArray dark = samples::cifar(2);
    dark.replace(0, 4, QByteArray("\x00\x00\x08\x03", 4));
    row("CIFAR that begins as IDX", dark, "dark.bin", "cifar");
}

void CatalogueTest::recognisesByContent()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, name);
    QFETCH(QString, id);
    const Reader& reader = recognise(catalogue(), write(bytes, name));
    QCOMPARE(QString::fromStdString(std::string(reader.id)), id);
}

void CatalogueTest::fallsBackToTheName_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("id");
    QTest::newRow("npy") << QStringLiteral("a.NPY") << QStringLiteral("npy");
    QTest::newRow("npz") << QStringLiteral("a.npz") << QStringLiteral("npz");
    QTest::newRow("safetensors") << QStringLiteral("a.safetensors") << QStringLiteral("safetensors");
    QTest::newRow("idx") << QStringLiteral("train-images-idx3-ubyte") << QStringLiteral("idx");
    QTest::newRow("cifar") << QStringLiteral("a.bin") << QStringLiteral("cifar");
}

void CatalogueTest::fallsBackToTheName()
{
    QFETCH(QString, name);
    QFETCH(QString, id);
    const auto path = write("~~~ of no known kind ~~~", name);
    QCOMPARE(QString::fromStdString(std::string(recognise(catalogue(), path).id)), id);
    QVERIFY(!samples::failureOfOpening(path).isEmpty());
}

void CatalogueTest::cutSafetensorsKeepTheirName_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto length = [](const char* bytes) { return QByteArray(bytes, 8); };
    const QByteArray header = R"({"weight":{"dtype":"F32")";
    QTest::newRow("like a pickle") << length("\x80\x02\0\0\0\0\0\0") + header;
    QTest::newRow("like a pickle with an opcode") << length("\x80\x02}\0\0\0\0\0") + header;
    QTest::newRow("like gzip") << length("\x1f\x8b\0\0\0\0\0\0") + header;
    QTest::newRow("nothing but half a length") << length("\x80\x02}\0\0\0\0\0").left(5);
}

/// The length before the header may begin as other files do.
void CatalogueTest::cutSafetensorsKeepTheirName()
{
    QFETCH(QByteArray, bytes);
    const auto path = write(bytes, QStringLiteral("cut.safetensors"));
    QCOMPARE(recognise(catalogue(), path).id, std::string_view("safetensors"));
    const QString said = samples::failureOfOpening(path);
    QVERIFY2(said.contains(QStringLiteral("cut.safetensors")) && !said.contains(QStringLiteral("pickle")),
             qPrintable(said));
}

void CatalogueTest::takesMoreRows()
{
    std::vector<Reader> rows(catalogue().begin(), catalogue().end());
    rows.push_back({ "folder",
                     "folder of pictures",
                     { ".folder" },
                     [](std::string_view head, const std::filesystem::path& path) {
                         return head.empty() && std::filesystem::is_directory(path);
                     },
                     nullptr });
    QCOMPARE(recognise(rows, m_folder.path().toStdString()).id, std::string_view("folder"));
}

void CatalogueTest::saysWhatItIs_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("remedy");
    const auto row = [](const char* name, const QByteArray& bytes, const char* what, const char* remedy) {
        QTest::newRow(name) << bytes << QString::fromLatin1(name) << QString::fromLatin1(what)
                            << QString::fromLatin1(remedy);
    };
    const QByteArray oldTorch("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", 15);
    const QByteArray noise = "~~~ of no known kind ~~~";
    row("net.pt", zipOf("net/data.pkl"), "a PyTorch checkpoint", "torch.load('net.pt'");
    row("net.pth", oldTorch, "of the old kind", "s.save_file(");
    row("net.th", oldTorch, "of the old kind", "'net.safetensors')");
    row("script.pt", zipOf("script/code/a.py"), "a TorchScript archive", "torch.jit.load('script.pt'");
    row("net.keras", zipOf("metadata.json"), "a Keras 3 model", "save_weights('net.weights.h5')");
    row("data.zip", zipOf("readme"), "a zip archive", "unpack it");
    row("data.pkl", QByteArray("\x80\x04\x95xxx"), "a Python pickle", "only if you trust it");
    row("net.tflite", QByteArray("\x1c\x00\x00\x00TFL3xx", 10), "a TensorFlow Lite model",
        "--tflite 'net.tflite'");
    row("net.gguf", "GGUF\3", "a GGUF model", "GGUFReader('net.gguf')");
    row("data.mat", "MATLAB 5.0 MAT-file, by hand", "a MATLAB file", "scipy.io.loadmat('data.mat')");
    row("cat.png", "\x89PNG\r\n\x1a\n", "a picture", "open the folder");
    row("net.onnx.txt", "version https://git-lfs.github.com/spec/v1\noid", "a Git LFS pointer",
        "git lfs pull");
    row("net.npy", "<!DOCTYPE html><html>", "a web page", "download the file itself");
    row("data", QByteArray("\x80\x03}q\x00X\x01\x00\x00\x00wq.", 13), "a Python pickle",
        "only if you trust it");
    row("data.npy.gz", samples::gzip("\x93NUMPY"), "gzip-compressed", "gunzip -k 'data.npy.gz'");
    row("data.tar", QByteArray(257, 'n') + "ustar" + QByteArray(300, '\0'), "a tar archive",
        "tar xf 'data.tar'");
    row("saved_model.pb", noise, "a TensorFlow graph", "'saved_model.onnx'");
    row("net.caffemodel", noise, "a Caffe network", "caffe.Net('net.prototxt', 'net.caffemodel'");
    row("what.xyz", noise, "is of no known kind", "numpy.savez");
    QTest::newRow("name that would end the quotation")
        << oldTorch << QStringLiteral("a'); import os; ('.pth") << QStringLiteral("of the old kind")
        << QStringLiteral("torch.load('model'");
}

void CatalogueTest::saysWhatItIs()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, name);
    QFETCH(QString, what);
    QFETCH(QString, remedy);
    const auto path = write(bytes, name);
    const QString said = samples::failure([&path] { recognise(catalogue(), path); });
    QVERIFY2(said.contains(what), qPrintable(said));
    QVERIFY2(said.contains(remedy), qPrintable(said));
    QVERIFY2(said.contains(QStringLiteral("NumPy array")), qPrintable(said));
}

void CatalogueTest::refusesFoldersAndNothing()
{
    const auto said = [](const std::filesystem::path& path) {
        return samples::failure([&path] { recognise(catalogue(), path); });
    };
    QVERIFY(said(m_folder.path().toStdString()).contains(QStringLiteral("is a folder")));
    QVERIFY(said(write({}, QStringLiteral("empty.npy"))).contains(QStringLiteral("is empty")));
    QVERIFY(said(m_folder.filePath(QStringLiteral("none")).toStdString())
                .contains(QStringLiteral("cannot open")));
}

void CatalogueTest::looksAtTheStartOnly()
{
    constexpr std::int64_t rows = 1'000'000;
    constexpr std::int64_t columns = 10'000;
    const auto path = write(samples::npy("'<f4'", "(1000000, 10000)", {}), QStringLiteral("large.npy"));
    // A sparse file of 40 GB: it takes no room on the disk, but reading it whole would take many seconds.
    std::filesystem::resize_file(path, 128 + rows * columns * 4);
    QElapsedTimer timer;
    timer.start();
    const engine::Dataset dataset = samples::open(path);
    QCOMPARE(dataset.tensors.at(0).bytes(), std::uint64_t { rows * columns * 4 });
    QCOMPARE(engine::readElement(dataset.tensors[0], std::vector<std::int64_t> { rows - 1, columns - 1 }),
             0.0);
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
}

void CatalogueTest::turnsEveryExceptionIntoOurs()
{
    using engine::formats::guarded;
    const auto said = [](auto read) { return samples::failure([read] { read("dir/x.npy", {}); }); };
    QVERIFY(said(guarded<throwing<std::bad_alloc>>).contains(QStringLiteral("x.npy: asks for more memory")));
    QVERIFY(said(guarded<throwing<std::length_error>>).contains(QStringLiteral("is damaged (inner words)")));
    QCOMPARE(said(guarded<throwing<engine::FormatError>>), QStringLiteral("inner words"));
}

void CatalogueTest::makesTitles_data()
{
    QTest::addColumn<QString>("title");
    QTest::newRow("dir/net.safetensors") << QStringLiteral("net");
    QTest::newRow("net.safetensors.index.json") << QStringLiteral("net");
    QTest::newRow("train.bin.gz") << QStringLiteral("train");
    QTest::newRow("t10k-images-idx3-ubyte.gz") << QStringLiteral("t10k-images-idx3-ubyte");
    QTest::newRow("a.b.npy") << QStringLiteral("a.b");
    QTest::newRow(".npy") << QStringLiteral(".npy");
}

void CatalogueTest::makesTitles()
{
    QFETCH(QString, title);
    QCOMPARE(QString::fromStdString(engine::formats::titleOf(QTest::currentDataTag())), title);
}

QTEST_GUILESS_MAIN(CatalogueTest)
#include "catalogue_test.moc"
