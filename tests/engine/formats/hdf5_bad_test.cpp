#include "engine/base/error.h"
#include "engine/formats/hdf5_reader.h"
#include "engine/formats/hdf5_rehearsal.h"
#include "tests/engine/formats/hdf5_maker.h"
#include "tests/engine/formats/sample_files.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <cstdlib>

using engine::Dataset;
using hdf5maker::File;
using hdf5maker::Options;

namespace {

using Make = std::function<void(const File&)>;

} // namespace

Q_DECLARE_METATYPE(Make)
Q_DECLARE_METATYPE(Options)

class Hdf5BadTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr); }
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void leavesOut_data();
    void leavesOut();
    void refusesBadInput_data();
    void refusesBadInput();
    void tellsDamagedChunks_data();
    void tellsDamagedChunks();
    void stops();
    void rehearses_data();
    void rehearses();

private:
    QString path(const char* name = "a.h5") const { return m_folder.filePath(QString::fromUtf8(name)); }
    Dataset made(const Make& make)
    {
        {
            const File file(path());
            make(file);
        }
        return samples::open(path().toStdString());
    }

    QTemporaryDir m_folder;
};

void Hdf5BadTest::leavesOut_data()
{
    QTest::addColumn<Make>("make");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* name, const Make& make, const char* sentence) {
        QTest::newRow(name) << make << QString::fromUtf8(sentence);
    };
    row(
        "texts", [](const File& file) { file.add("x", { 2 }, "ab", { .type = H5T_C_S1 }); },
        "x holds texts, which are not read");
    row(
        "compound",
        [](const File& file) {
            const hid_t type = H5Tcreate(H5T_COMPOUND, 8);
            H5Tinsert(type, "r", 0, H5T_IEEE_F32LE);
            H5Tinsert(type, "i", 4, H5T_IEEE_F32LE);
            const float values[2] = { 1, 2 };
            file.add("x", { 1 }, values, { .type = type });
        },
        "x holds compound values, which are not read");
    row(
        "references",
        [](const File& file) {
            const hobj_ref_t none = 0;
            file.add("x", { 1 }, &none, { .type = H5T_STD_REF_OBJ });
        },
        "x holds references, which are not read");
    row(
        "odd numbers",
        [](const File& file) {
            const hid_t type = H5Tcopy(H5T_STD_I32LE);
            H5Tset_precision(type, 24);
            const qint32 value = 1;
            file.add("x", { 1 }, &value, { .type = type });
        },
        "x holds numbers of an unusual layout, which are not read");
    row(
        "another filter",
        [](const File& file) {
            const qint32 values[2] = { 1, 2 };
            file.add("x", { 2 }, values,
                     { .type = H5T_STD_I32LE, .chunk = { 2 }, .filter = H5Z_FILTER_SCALEOFFSET });
        },
        "x is packed with the filter scaleoffset");
    row(
        "missing filter", [](const File& file) { file.addChunk("x", { 2 }, "packed", { .filter = 32015 }); },
        "x is packed with the filter 32015");
    row(
        "external link",
        [](const File& file) {
            H5Lcreate_external("other.h5", "/y", file.id(), "x", H5P_DEFAULT, H5P_DEFAULT);
        },
        "x is in another file");
    row(
        "external elements",
        [](const File& file) {
            const hid_t properties = H5Pcreate(H5P_DATASET_CREATE);
            H5Pset_external(properties, "elements.bin", 0, 8);
            const hsize_t extent = 2;
            const hid_t space = H5Screate_simple(1, &extent, nullptr);
            H5Dclose(H5Dcreate2(file.id(), "x", H5T_IEEE_F32LE, space, H5P_DEFAULT, properties, H5P_DEFAULT));
        },
        "x has its elements in other files");
    row(
        "no elements at all",
        [](const File& file) {
            const hid_t space = H5Screate(H5S_NULL);
            H5Dclose(
                H5Dcreate2(file.id(), "x", H5T_IEEE_F32LE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
        },
        "x is empty");
    row(
        "too large to be true",
        [](const File& file) {
            file.counting("x", { 1 << 20, 1 << 20 }, { .written = false });
        },
        "x claims 4398046511104 bytes of elements");
    row(
        "too many chunks",
        [](const File& file) { file.counting("x", { 1 << 20 }, { .chunk = { 1 }, .written = false }); },
        "x claims 1048576 chunks");
}

void Hdf5BadTest::leavesOut()
{
    QFETCH(Make, make);
    QFETCH(QString, sentence);
    const Dataset dataset = made([&](const File& file) {
        file.counting("a/weight", { 2, 2 });
        make(file);
    });
    QCOMPARE(dataset.tensors.size(), 1U);
    QCOMPARE(dataset.remarks.size(), 1U);
    QVERIFY2(dataset.remarks[0].text.starts_with(sentence.toStdString()), dataset.remarks[0].text.c_str());
}

void Hdf5BadTest::refusesBadInput_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("phrase");
    {
        const File file(path());
        file.counting("weights/a/weight", { 30, 20 });
        file.group("deep");
    }
    QFile whole(path());
    QVERIFY(whole.open(QIODevice::ReadOnly));
    const QByteArray bytes = whole.readAll();
    QTest::newRow("no signature") << QByteArray(600, 'x') << "is not an HDF5 file";
    QTest::newRow("empty") << QByteArray() << "is not an HDF5 file";
    QTest::newRow("signature only") << bytes.left(8) << "is a damaged HDF5 file";
    QTest::newRow("cut off") << bytes.left(bytes.size() - 1) << "is cut off: it has";
    QTest::newRow("half") << bytes.left(bytes.size() / 2) << "is cut off: it has";
    QByteArray version = bytes;
    version[8] = 9;
    QTest::newRow("unknown version") << version << "is a damaged HDF5 file";
    const qsizetype name = bytes.indexOf("weight\0");
    QByteArray heap = bytes;
    heap.replace(bytes.indexOf("HEAP"), 4, "LEAP");
    QVERIFY(name > 0);
    QTest::newRow("damaged structure") << heap << "is damaged (";
}

void Hdf5BadTest::refusesBadInput()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, phrase);
    const auto file = samples::write(m_folder.path(), QStringLiteral("bad.h5"), bytes);
    const QString sentence = samples::failure([&] { engine::formats::readHdf5(file, {}); });
    QVERIFY2(sentence.contains(phrase), qPrintable(sentence));
    QVERIFY2(sentence.contains(QStringLiteral("bad.h5")), qPrintable(sentence));
    {
        const File empty(path("empty.h5"));
        empty.group("nothing");
    }
    QVERIFY(samples::failureOfOpening(path("empty.h5").toStdString())
                .contains(QStringLiteral("holds no numbers")));
}

void Hdf5BadTest::tellsDamagedChunks_data()
{
    QTest::addColumn<QByteArray>("packed");
    QTest::addColumn<Options>("options");
    QTest::addColumn<QString>("phrase");
    const QByteArray zipped = qCompress(samples::counting(100)).mid(4);
    QTest::newRow("no stream") << QByteArray(50, 'x') << Options { .deflate = 1 } << "is damaged";
    QTest::newRow("cut off") << zipped.left(zipped.size() / 2) << Options { .deflate = 1 }
                             << "is damaged or cut off";
    QTest::newRow("too long") << qCompress(QByteArray(500, 'x')).mid(4) << Options { .deflate = 1 }
                              << "longer than it may be";
    QTest::newRow("too short") << qCompress(QByteArray(50, 'x')).mid(4) << Options { .deflate = 1 }
                               << "has 50 bytes of 400";
    QTest::newRow("wrong checksum") << samples::counting(100) + QByteArray(4, 'x') << Options { .sum = true }
                                    << "does not agree with its checksum";
    QTest::newRow("no checksum") << QByteArray("ab") << Options { .sum = true } << "is cut off";
}

void Hdf5BadTest::tellsDamagedChunks()
{
    QFETCH(QByteArray, packed);
    QFETCH(Options, options);
    QFETCH(QString, phrase);
    const Dataset dataset = made([&](const File& file) { file.addChunk("x", { 100 }, packed, options); });
    const QString sentence = samples::failure([&] { readFloats(dataset.tensors.front()); });
    QVERIFY2(sentence.contains(phrase), qPrintable(sentence));
    QVERIFY2(sentence.contains(QStringLiteral("a.h5: x: chunk 0 ")), qPrintable(sentence));
}

void Hdf5BadTest::stops()
{
    made([](const File& file) { file.counting("weight", { 2, 3 }); });
    std::stop_source source;
    source.request_stop();
    QVERIFY(engine::formats::readHdf5(path().toStdString(), { source.get_token(), {} }).tensors.empty());
}

void Hdf5BadTest::rehearses_data()
{
    QTest::addColumn<std::function<void()>>("work");
    QTest::addColumn<QString>("verdict");
    QTest::newRow("sound") << std::function<void()>([] {}) << QString();
    QTest::newRow("throws") << std::function<void()>([] { throw engine::FormatError("no"); }) << QString();
#ifndef __SANITIZE_ADDRESS__ // Under it a program of several threads, as Qt Test is, does not rehearse.
    QTest::newRow("crashes") << std::function<void()>([] { std::abort(); })
                             << "the HDF5 library crashes on it";
#endif
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // They are slow at filling memory.
    QTest::newRow("fills the memory") << std::function<void()>([] {
        std::vector<std::vector<char>> all;
        for (int i = 0; i < 160; ++i)
            all.emplace_back(8U << 20, 'x');
    }) << "the HDF5 library needs more than 1 GB for its structure alone";
#endif
}

void Hdf5BadTest::rehearses()
{
    QFETCH(std::function<void()>, work);
    QTEST(QString::fromStdString(engine::formats::rehearse(work, {})), "verdict");
}

QTEST_GUILESS_MAIN(Hdf5BadTest)
#include "hdf5_bad_test.moc"
