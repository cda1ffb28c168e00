#include "analysis/dataset/dataset.h"
#include "analysis/dataset/folder.h"
#include "engine/base/error.h"
#include "tests/analysis/sample_data.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>

class DatasetTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
    }

    void picturesWithALabelTable()
    {
        picture(QStringLiteral("b.png"), qRgb(10, 20, 30));
        picture(QStringLiteral("a.png"), qRgb(1, 2, 3));
        write(QStringLiteral("labels.csv"), "file,class_index,other\na.png,7,x\nb.png,1,y\n");
        write(QStringLiteral("classes.txt"), "0\tn1\tzero\n1\tn2\tone, ones\n");
        const analysis::DatasetPtr data = analysis::openDataset(m_folder->path(), {});
        QCOMPARE(data->content.format, std::string("pictures"));
        const engine::ImageSet& images = *data->content.images;
        QCOMPARE(images.size(), std::size_t { 2 });
        QCOMPARE(images.name(0), std::string("a.png"));
        QCOMPARE(images.label(0).value(), 7);
        QCOMPARE(data->content.classNames.at(1), std::string("one, ones"));
        const engine::Image image = images.read(1);
        QCOMPARE(image.channels, 3);
        QCOMPARE(image.values.size(), std::size_t { 3 * 4 * 5 });
        QCOMPARE(image.values.front(), 10.0F);
        QCOMPARE(image.values.back(), 30.0F);
        QVERIFY(data->content.remarks.empty());
    }

    void picturesWithALabelList()
    {
        picture(QStringLiteral("one picture.png"), 0);
        write(QStringLiteral("labels.txt"), "one picture.png 3\n");
        QCOMPARE(analysis::openDataset(m_folder->path(), {})->content.images->label(0).value(), 3);
    }

    void oneFolderPerClass()
    {
        QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("cat"))
                && QDir(m_folder->path()).mkpath(QStringLiteral("dog")));
        picture(QStringLiteral("cat/1.png"), 0);
        picture(QStringLiteral("dog/1.png"), 0);
        const analysis::DatasetPtr data = analysis::openDataset(m_folder->path(), {});
        QCOMPARE(data->content.images->label(1).value(), 1);
        QCOMPARE(data->content.classNames, (std::vector<std::string> { "cat", "dog" }));
    }

    void withoutLabelsItOpensWithARemark()
    {
        picture(QStringLiteral("a.png"), 0);
        const analysis::DatasetPtr data = analysis::openDataset(m_folder->path(), {});
        QVERIFY(!data->content.images->label(0));
        QCOMPARE(data->content.remarks.size(), std::size_t { 1 });
    }

    void badLabelsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("table");
        QTest::addColumn<QString>("phrase");
        QTest::newRow("word") << QByteArray("file,class_index\na.png,cat\n")
                              << "labels.csv line 2: \"cat\" is not a class number";
        QTest::newRow("negative") << QByteArray("file,class_index\na.png,-4\n") << "is not a class number";
        QTest::newRow("short") << QByteArray("file,class_index\na.png\n") << "line 2: has only 1 cells";
    }

    void badLabelsAreRefused()
    {
        QFETCH(QByteArray, table);
        QFETCH(QString, phrase);
        picture(QStringLiteral("a.png"), 0);
        write(QStringLiteral("labels.csv"), table);
        const QString said = sample::sentence([&] { analysis::openDataset(m_folder->path(), {}); });
        QVERIFY2(said.contains(phrase), qPrintable(said));
    }

    void aBrokenPictureIsNamedWhenItIsRead()
    {
        write(QStringLiteral("a.jpg"), "\xff\xd8\xff\xe0 not a picture");
        const analysis::DatasetPtr data = analysis::openDataset(m_folder->path(), {});
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("JPEG|jpeg")));
        const QString said = sample::sentence([&] { data->content.images->read(0); });
        QVERIFY2(said.contains(QStringLiteral("a.jpg: cannot be read as a picture")), qPrintable(said));
    }

    void whatIsNotThereOrEmpty()
    {
        QVERIFY(sample::sentence([&] {
                    analysis::openDataset(m_folder->filePath(QStringLiteral("no.onnx")), {});
                }).contains(QStringLiteral("there is no such file")));
        QVERIFY(!sample::sentence([&] { analysis::openDataset(m_folder->path(), {}); }).isEmpty());
        write(QStringLiteral("empty.onnx"), {});
        QVERIFY(!sample::sentence([&] {
                     analysis::openDataset(m_folder->filePath(QStringLiteral("empty.onnx")), {});
                 }).isEmpty());
    }

    void digestIsThatOfTheBytes()
    {
        write(QStringLiteral("x"), "abc");
        QCOMPARE(analysis::digest(m_folder->filePath(QStringLiteral("x")), {}),
                 QStringLiteral("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        const QString before = analysis::digest(m_folder->path(), {});
        write(QStringLiteral("y"), "d");
        QVERIFY(analysis::digest(m_folder->path(), {}) != before);
    }

    /// What lies deeper is no part of a folder of pictures, however much of it there is.
    void onlyOneLevelOfAFolderCounts()
    {
        QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("cat/old/older")));
        picture(QStringLiteral("cat/1.png"), 0);
        const QString before = analysis::digest(m_folder->path(), {});
        picture(QStringLiteral("cat/old/2.png"), 0);
        picture(QStringLiteral("cat/old/older/3.png"), 0);
        QCOMPARE(analysis::digest(m_folder->path(), {}), before);
        QCOMPARE(analysis::openDataset(m_folder->path(), {})->content.images->size(), std::size_t { 1 });
        picture(QStringLiteral("cat/4.png"), 0);
        QVERIFY(analysis::digest(m_folder->path(), {}) != before);
        const QString deep = m_folder->filePath(QStringLiteral("cat"));
        QVERIFY(QFile::remove(deep + QStringLiteral("/1.png")));
        QVERIFY(QFile::remove(deep + QStringLiteral("/4.png")));
        const QString said = sample::sentence([&] { analysis::openDataset(m_folder->path(), {}); });
        QVERIFY2(said.contains(QStringLiteral("holds nothing that can be opened")), qPrintable(said));
    }

    void aWalkHasALimit()
    {
        for (const char* name : { "a", "b", "c" })
            write(QString::fromLatin1(name), "x");
        int files = 0;
        const auto count = [&](const QFileInfo&) { return ++files > 0; };
        analysis::forEachFile(m_folder->path(), count, 3);
        QCOMPARE(files, 3);
        const QString said = sample::sentence([&] { analysis::forEachFile(m_folder->path(), count, 2); });
        QVERIFY2(said.contains(QStringLiteral("holds more than 2 files and folders")), qPrintable(said));
        analysis::forEachFile(
            m_folder->path(), [](const QFileInfo&) { return false; }, 1);
    }

    void everyReaderIsInTheOpenDialog()
    {
        const QString filter = analysis::openFilter();
        for (const auto& reader : analysis::readers())
            for (const std::string_view suffix : reader.suffixes)
                QVERIFY2(
                    filter.contains(QString::fromUtf8(suffix.data(), static_cast<qsizetype>(suffix.size()))),
                    reader.title.data());
    }

private:
    void picture(const QString& name, QRgb colour)
    {
        QImage image(5, 4, QImage::Format_RGB32);
        image.fill(colour);
        QVERIFY(image.save(m_folder->filePath(name)));
    }

    void write(const QString& name, const QByteArray& bytes)
    {
        QFile file(m_folder->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(DatasetTest)
#include "dataset_test.moc"
