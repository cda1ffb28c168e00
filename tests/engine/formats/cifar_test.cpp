#include "engine/formats/catalogue.h"
#include "tests/engine/formats/sample_files.h"
#include "tests/shared_data.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using engine::Dataset;
using engine::Role;
using engine::Shape;
using samples::cifar;

class CifarTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void readsCifar10_data();
    void readsCifar10();
    void readsCifar100();
    void leavesPicturesInTheFile();
    void saysWhenClassNamesDoNotFit();
    void refusesBadInput_data();
    void refusesBadInput();
    void readsRealTestBatch();

private:
    std::filesystem::path write(const QByteArray& bytes, const QString& name)
    {
        return samples::write(m_folder.path(), name, bytes);
    }

    QTemporaryDir m_folder;
};

void CifarTest::readsCifar10_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("plain") << QStringLiteral("plain/größe.bin");
    QTest::newRow("packed") << QStringLiteral("packed/test_batch.bin.gz");
}

void CifarTest::readsCifar10()
{
    QFETCH(QString, name);
    const QByteArray bytes = cifar(4);
    write("a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n\n",
          name.section(QLatin1Char('/'), 0, 0) + QStringLiteral("/batches.meta.txt"));
    const Dataset dataset =
        samples::open(write(name.endsWith(QStringLiteral(".gz")) ? samples::gzip(bytes) : bytes, name));
    QCOMPARE(dataset.format, std::string("cifar"));
    QVERIFY(dataset.find("images")->shape == (Shape { 4, 3, 32, 32 }));
    QCOMPARE(samples::values(dataset, "labels"), (std::vector<float> { 0, 1, 2, 3 }));
    QCOMPARE(dataset.find("labels")->role, Role::Label);
    QCOMPARE(dataset.classNames.size(), 10U);
    QCOMPARE(dataset.classNames[9], std::string("j"));
    QCOMPARE(dataset.images->size(), 4U);
    QCOMPARE(dataset.images->label(3).value_or(-1), 3);
    const engine::Image image = dataset.images->read(2);
    QCOMPARE(image.values.size(), 3072U);
    QCOMPARE(image.values[0], 3.0F);
    QCOMPARE(image.values[1023], 3.0F);
    QCOMPARE(image.values[1024], 52.0F);
    QCOMPARE(image.values[3071], 102.0F);
}

void CifarTest::readsCifar100()
{
    const Dataset dataset = samples::open(write(cifar(3, 2), QStringLiteral("hundred/train.bin")));
    QCOMPARE(dataset.facts.at("data set"), std::string("CIFAR-100"));
    QCOMPARE(samples::values(dataset, "coarse_labels"), (std::vector<float> { 0, 1, 2 }));
    QCOMPARE(samples::values(dataset, "labels"), (std::vector<float> { 3, 4, 5 }));
    QCOMPARE(dataset.images->label(0).value_or(-1), 3);
    QCOMPARE(dataset.images->read(1).values[1024], 51.0F);
}

void CifarTest::leavesPicturesInTheFile()
{
    const Dataset dataset = samples::open(write(cifar(5), QStringLiteral("b.bin")));
    const engine::Tensor& images = *dataset.find("images");
    const std::vector<float> box = engine::readBox(images, std::vector<std::int64_t> { 1, 1, 30, 0 },
                                                   std::vector<std::int64_t> { 3, 2, 2, 1 });
    QCOMPARE(box, (std::vector<float> { 51, 51, 101, 101, 52, 52, 102, 102, 53, 53, 103, 103 }));
}

void CifarTest::saysWhenClassNamesDoNotFit()
{
    write("only\ntwo\n", QStringLiteral("few/batches.meta.txt"));
    const Dataset dataset = samples::open(write(cifar(1), QStringLiteral("few/c.bin")));
    QVERIFY(dataset.classNames.empty());
    QCOMPARE(dataset.remarks.size(), 1U);
    QVERIFY(
        QString::fromStdString(dataset.remarks[0].text).contains(QStringLiteral("names 2 classes, not 10")));
}

void CifarTest::refusesBadInput_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("phrase");
    const auto row = [](const char* name, const QByteArray& bytes, const char* file, const char* phrase) {
        QTest::newRow(name) << bytes << QString::fromLatin1(file) << QString::fromLatin1(phrase);
    };
    QByteArray wrongLabel = cifar(3);
    wrongLabel[2 * 3073] = 17;
    row("size", cifar(2).chopped(1), "a.bin", "holds 6145 bytes, which is no whole number");
    row("label", wrongLabel, "a.bin", "record 2 has label 17, CIFAR-10 knows 0..9");
    row("packed, size", samples::gzip(cifar(2).chopped(1)), "a.bin.gz", "holds 6145 bytes");
    row("packed, cut", samples::gzip(cifar(2)).chopped(4), "a.bin.gz", "the gzip stream is cut off");
    row("packed, empty", samples::gzip({}), "a.bin.gz", "holds 0 bytes");
}

void CifarTest::refusesBadInput()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, name);
    QFETCH(QString, phrase);
    const auto path = write(bytes, name);
    const engine::formats::Reader* reader = nullptr;
    for (const engine::formats::Reader& row : engine::formats::catalogue())
        reader = row.id == "cifar" ? &row : reader;
    const QString said = samples::failure([&] { reader->read(path, {}); });
    QVERIFY2(said.contains(phrase), qPrintable(said));
    QVERIFY2(said.contains(name), qPrintable(said));
}

void CifarTest::readsRealTestBatch()
{
    REQUIRE_SHARED_DATA("cifar10/test_batch.bin.gz");
    const Dataset dataset =
        samples::open(sharedData(QStringLiteral("cifar10/test_batch.bin.gz")).toStdString());
    QCOMPARE(dataset.images->size(), 10000U);
    QCOMPARE(dataset.classNames.at(9), std::string("truck"));
    for (std::size_t i = 0; i < 10000; i += 111)
        QCOMPARE(dataset.images->label(i).value_or(-1), static_cast<int>(i % 10));
}

QTEST_GUILESS_MAIN(CifarTest)
#include "cifar_test.moc"
