#include "engine/formats/catalogue.h"
#include "engine/formats/labels.h"
#include "tests/engine/formats/sample_files.h"
#include "tests/shared_data.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using engine::Dataset;
using engine::Role;
using engine::Shape;
using samples::idx;
using samples::swapped;

namespace {

using Floats = std::vector<float>;

/// Two pictures of 2 x 3.
QByteArray pictures()
{
    return idx(8, { 2, 2, 3 }, QByteArray("\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\xff", 12));
}

QString remarksOf(const Dataset& dataset)
{
    QStringList texts;
    for (const engine::Remark& remark : dataset.remarks)
        texts << QString::fromStdString(remark.text);
    return texts.join(QLatin1Char('\n'));
}

} // namespace

Q_DECLARE_METATYPE(Floats)

class IdxTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void readsEveryType_data();
    void readsEveryType();
    void findsTheLabelFile_data();
    void findsTheLabelFile();
    void saysWhatIsWrongWithLabels_data();
    void saysWhatIsWrongWithLabels();
    void readsLabelsAlone();
    void readsLabelsFromText_data();
    void readsLabelsFromText();
    void refusesBadLabels_data();
    void refusesBadLabels();
    void unpacksSeveralMembers();
    void stopsWhenAsked();
    void refusesBadInput_data();
    void refusesBadInput();
    void readsRealMnist();
    void readsRealLabels();

private:
    std::filesystem::path write(const QByteArray& bytes, const QString& name)
    {
        return samples::write(m_folder.path(), name, bytes);
    }

    QTemporaryDir m_folder;
};

void IdxTest::readsEveryType_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<Floats>("expected");
    QTest::newRow("u8") << 0x08 << swapped<quint8>({ 1, 255 }) << Floats { 1, 255 };
    QTest::newRow("i8") << 0x09 << swapped<qint8>({ 1, -1 }) << Floats { 1, -1 };
    QTest::newRow("i16") << 0x0B << swapped<qint16>({ 300, -300 }) << Floats { 300, -300 };
    QTest::newRow("i32") << 0x0C << swapped<qint32>({ 70000, -1 }) << Floats { 70000, -1 };
    QTest::newRow("f32") << 0x0D << swapped<float>({ 0.5F, -3 }) << Floats { 0.5F, -3 };
    QTest::newRow("f64") << 0x0E << swapped<double>({ 0.25, 4 }) << Floats { 0.25F, 4 };
}

void IdxTest::readsEveryType()
{
    QFETCH(int, type);
    QFETCH(QByteArray, data);
    QFETCH(Floats, expected);
    const QByteArray bytes = idx(type, { 1, 2 }, data);
    for (const auto& [name, content] : { std::pair(QStringLiteral("größe.idx"), bytes),
                                         std::pair(QStringLiteral("a.idx.gz"), samples::gzip(bytes)) }) {
        const Dataset dataset = samples::open(write(content, name));
        QCOMPARE(dataset.format, std::string("idx"));
        QVERIFY(dataset.tensors.at(0).shape == (Shape { 1, 2 }));
        QCOMPARE(engine::readFloats(dataset.tensors[0]), expected);
        QCOMPARE(dataset.tensors[0].role, Role::Activation);
    }
}

void IdxTest::findsTheLabelFile_data()
{
    QTest::addColumn<QString>("images");
    QTest::addColumn<QString>("labels");
    QTest::newRow("plain") << QStringLiteral("train-images-idx3-ubyte")
                           << QStringLiteral("train-labels-idx1-ubyte");
    QTest::newRow("dots") << QStringLiteral("t10k-images.idx3-ubyte")
                          << QStringLiteral("t10k-labels.idx1-ubyte");
    QTest::newRow("both packed") << QStringLiteral("x-images-idx3-ubyte.gz")
                                 << QStringLiteral("x-labels-idx1-ubyte.gz");
    QTest::newRow("images packed") << QStringLiteral("y-images-idx3-ubyte.gz")
                                   << QStringLiteral("y-labels-idx1-ubyte");
    QTest::newRow("labels packed") << QStringLiteral("z-images-idx3-ubyte")
                                   << QStringLiteral("z-labels-idx1-ubyte.gz");
}

void IdxTest::findsTheLabelFile()
{
    QFETCH(QString, images);
    QFETCH(QString, labels);
    const auto packed = [](const QString& name, const QByteArray& bytes) {
        return name.endsWith(QStringLiteral(".gz")) ? samples::gzip(bytes) : bytes;
    };
    write(packed(labels, idx(8, { 2 }, QByteArray("\x07\x03", 2))), labels);
    const Dataset dataset = samples::open(write(packed(images, pictures()), images));
    QCOMPARE(dataset.tensors.at(0).role, Role::Image);
    QCOMPARE(dataset.tensors[0].name, std::string("images"));
    QVERIFY(dataset.images != nullptr);
    QCOMPARE(dataset.images->size(), 2U);
    QCOMPARE(dataset.images->label(0).value_or(-1), 7);
    QCOMPARE(dataset.images->label(1).value_or(-1), 3);
    QCOMPARE(dataset.images->read(1).values, (Floats { 6, 7, 8, 9, 10, 255 }));
    QCOMPARE(remarksOf(dataset), QString());
}

void IdxTest::saysWhatIsWrongWithLabels_data()
{
    QTest::addColumn<QString>("images");
    QTest::addColumn<QByteArray>("labels");
    QTest::addColumn<QString>("phrase");
    QTest::newRow("none") << QStringLiteral("n-images") << QByteArray()
                          << QStringLiteral("n-labels is not beside");
    QTest::newRow("odd name") << QStringLiteral("digits.idx") << QByteArray()
                              << QStringLiteral("does not say");
    QTest::newRow("too few") << QStringLiteral("f-images") << idx(8, { 1 }, "\1")
                             << QStringLiteral("holds 1 labels for 2 images");
    QTest::newRow("damaged") << QStringLiteral("d-images") << idx(8, { 9 }, "\1")
                             << QStringLiteral("needs more than");
}

void IdxTest::saysWhatIsWrongWithLabels()
{
    QFETCH(QString, images);
    QFETCH(QByteArray, labels);
    QFETCH(QString, phrase);
    if (!labels.isEmpty())
        write(labels, QString(images).replace(QStringLiteral("images"), QStringLiteral("labels")));
    const Dataset dataset = samples::open(write(pictures(), images));
    QVERIFY(dataset.images != nullptr);
    QVERIFY(!dataset.images->label(0).has_value());
    QVERIFY2(remarksOf(dataset).contains(phrase), qPrintable(remarksOf(dataset)));
}

void IdxTest::readsLabelsAlone()
{
    const auto path = write(idx(8, { 3 }, QByteArray("\x07\x03\x01", 3)), QStringLiteral("some-labels"));
    const Dataset dataset = samples::open(path);
    QCOMPARE(dataset.tensors.at(0).role, Role::Label);
    QVERIFY(dataset.images == nullptr);
    QCOMPARE(engine::formats::readLabels(path), (std::vector<int> { 7, 3, 1 }));
}

void IdxTest::readsLabelsFromText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("lines") << QByteArray("4\n0\n999\n");
    QTest::newRow("Windows, no end") << QByteArray("4\r\n0\r\n\r\n999");
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF"
                                                   "4\n0\n999");
    QTest::newRow("class_index") << QByteArray("file,class_index,w\na.jpg,4,x\nb.jpg,0,y\nc.jpg,999,z\n");
    QTest::newRow("label, quoted") << QByteArray("\"name\",\"label\"\n\"a, b\",\"4\"\nc,0\nd, 999 \n");
    QTest::newRow("one column") << QByteArray("label\n4\n0\n999\n");
}

void IdxTest::readsLabelsFromText()
{
    QFETCH(QByteArray, text);
    const auto path = write(text, QStringLiteral("labels.csv"));
    QCOMPARE(engine::formats::readLabels(path), (std::vector<int> { 4, 0, 999 }));
}

void IdxTest::refusesBadLabels_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("phrase");
    QTest::newRow("word") << QByteArray("1\ncat\n") << QStringLiteral("line 2 holds \"cat\"");
    QTest::newRow("negative") << QByteArray("-1\n") << QStringLiteral("line 1 holds \"-1\"");
    QTest::newRow("beyond 32 bits") << QByteArray("99999999999\n") << QStringLiteral("\"99999999999\"");
    QTest::newRow("fraction") << QByteArray("1.5\n") << QStringLiteral("\"1.5\"");
    QTest::newRow("no such column") << QByteArray("a,b\n1,2\n")
                                    << QStringLiteral("column class_index or label");
    QTest::newRow("short row") << QByteArray("file,label\na,1\nb\n") << QStringLiteral("line 3 holds \"\"");
    QTest::newRow("binary") << QByteArray("\x01\x02\xff", 3) << QStringLiteral("\"???\"");
    QTest::newRow("pictures") << pictures() << QStringLiteral("whole numbers in one column");
}

void IdxTest::refusesBadLabels()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, phrase);
    const auto path = write(bytes, QStringLiteral("bad.txt"));
    const QString said = samples::failure([&path] { engine::formats::readLabels(path); });
    QVERIFY2(said.contains(phrase), qPrintable(said));
}

void IdxTest::unpacksSeveralMembers()
{
    const QByteArray bytes = pictures();
    const auto path =
        write(samples::gzip(bytes.left(9)) + samples::gzip(bytes.mid(9)), QStringLiteral("m.idx.gz"));
    // The first member ends within the header, so that the rest is needed to know the size.
    const QString said = samples::failureOfOpening(path);
    QVERIFY2(said.contains(QStringLiteral("within the IDX header")), qPrintable(said));
    const Dataset dataset = samples::open(
        write(samples::gzip(bytes.left(20)) + samples::gzip(bytes.mid(20)), QStringLiteral("m.idx.gz")));
    QCOMPARE(engine::readFloats(dataset.tensors.at(0)).back(), 255.0F);
}

void IdxTest::stopsWhenAsked()
{
    const auto path = write(samples::gzip(pictures()), QStringLiteral("s.idx.gz"));
    std::stop_source stop;
    stop.request_stop();
    const auto& reader = engine::formats::recognise(engine::formats::catalogue(), path);
    QVERIFY(reader.read(path, { stop.get_token(), {} }).tensors.empty());
}

void IdxTest::refusesBadInput_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("phrase");
    const QString plain = QStringLiteral("bad.idx");
    const QString packed = QStringLiteral("bad.idx.gz");
    const auto row = [](const char* name, const QByteArray& bytes, const QString& file, const char* phrase) {
        QTest::newRow(name) << bytes << file << QString::fromLatin1(phrase);
    };
    const QByteArray good = pictures();
    row("not IDX", QByteArray(32, 'x'), plain, "is not an IDX file");
    row("unknown type", idx(10, { 1 }, "x"), plain, "is not an IDX file");
    row("no axes", idx(8, {}, "x"), plain, "is not an IDX file");
    row("header cut", good.left(9), plain, "within the IDX header");
    row("data missing", good.chopped(1), plain, "needs more than the 11 bytes");
    row("data left", good + 'x', plain, "holds 13 bytes of data");
    row("huge", idx(8, { 0xffffffff, 0xffffffff }, "x"), plain, "more than 2^62 elements");
    row("large", idx(8, { 0xffffffff, 0x3fffffff }, "x"), plain, "needs more than the 1 bytes");
    row("empty yet huge", idx(8, { 0, 0xffffffff }, {}), plain, "is empty, yet");
    row("packed, not IDX", samples::gzip(QByteArray(32, 'x')), packed, "is not an IDX file");
    row("packed, short", samples::gzip(good.chopped(1)), packed, "needs more than the 11 bytes");
    row("packed, long", samples::gzip(good + 'x'), packed, "unpacks to more than the 28 bytes");
    row("packed, cut", samples::gzip(good).chopped(9), packed, "the gzip stream is cut off");
    row("packed, more", samples::gzip(good) + "more", packed, "4 bytes follow the end");
    QByteArray damaged = samples::gzip(good);
    damaged[damaged.size() - 6] = static_cast<char>(damaged[damaged.size() - 6] ^ 1);
    row("packed, checksum", damaged, packed, "the gzip stream is damaged");
    row("packed, huge", samples::gzip(idx(8, { 0xffffffff }, {})), packed, "needs more than");
    row("bomb", samples::gzip(idx(8, { 16 }, QByteArray(3'000'000, '\0'))), packed,
        "unpacks to more than the 24 bytes");
}

void IdxTest::refusesBadInput()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, name);
    QFETCH(QString, phrase);
    const auto path = write(bytes, name);
    const engine::formats::Reader* reader = nullptr;
    for (const engine::formats::Reader& row : engine::formats::catalogue())
        reader = row.id == "idx" ? &row : reader;
    const QString said = samples::failure([&] { reader->read(path, {}); });
    QVERIFY2(said.contains(phrase), qPrintable(said));
    QVERIFY2(said.contains(name), qPrintable(said));
}

void IdxTest::readsRealMnist()
{
    REQUIRE_SHARED_DATA("mnist/t10k-images-idx3-ubyte.gz");
    const Dataset dataset =
        samples::open(sharedData(QStringLiteral("mnist/t10k-images-idx3-ubyte.gz")).toStdString());
    QVERIFY(dataset.tensors.at(0).shape == (Shape { 10000, 28, 28 }));
    QVERIFY(dataset.images != nullptr);
    std::vector<int> first;
    for (std::size_t i = 0; i < 10; ++i)
        first.push_back(dataset.images->label(i).value_or(-1));
    QCOMPARE(first, (std::vector<int> { 7, 2, 1, 0, 4, 1, 4, 9, 5, 9 }));
    QCOMPARE(remarksOf(dataset), QString());
}

void IdxTest::readsRealLabels()
{
    REQUIRE_SHARED_DATA("imagenet-samples/labels.csv");
    const auto path = sharedData(QStringLiteral("imagenet-samples/labels.csv")).toStdString();
    const std::vector<int> labels = engine::formats::readLabels(path);
    QCOMPARE(labels.size(), 500U);
    QCOMPARE(labels[3], 6);
}

QTEST_GUILESS_MAIN(IdxTest)
#include "idx_test.moc"
