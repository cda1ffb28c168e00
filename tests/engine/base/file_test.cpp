#include "engine/base/error.h"
#include "engine/base/file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

class FileTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void appearsWholeOrNotAtAll()
    {
        const QString path = m_folder->filePath(QStringLiteral("a.txt"));
        {
            engine::AtomicFile file(path.toStdString());
            file.write("half");
        }
        QVERIFY(QDir(m_folder->path()).isEmpty());
        engine::AtomicFile file(path.toStdString());
        file.write("whole");
        QVERIFY(!QFileInfo::exists(path));
        file.commit();
        QCOMPARE(content(path), QByteArray("whole"));
    }

    void aLinkStaysAndItsTargetIsWritten()
    {
        const QString target = m_folder->filePath(QStringLiteral("target"));
        const QString link = m_folder->filePath(QStringLiteral("link"));
        write(target, "old");
        QVERIFY(QFile::link(target, link));
        engine::AtomicFile file(link.toStdString());
        file.write("new");
        file.commit();
        QVERIFY(QFileInfo(link).isSymLink());
        QCOMPARE(content(target), QByteArray("new"));
    }

    void aDeviceIsWrittenInPlace()
    {
        engine::AtomicFile sink("/dev/null");
        sink.write("gone");
        sink.commit();
        QVERIFY(!QFileInfo(QStringLiteral("/dev/null")).isFile());
        engine::AtomicFile full("/dev/full");
        QVERIFY_THROWS_EXCEPTION(engine::IoError, full.write("too much"));
        QVERIFY(!QFileInfo(QStringLiteral("/dev/full")).isFile());
    }

    void whatCannotBeReadIsSaid()
    {
        QVERIFY_THROWS_EXCEPTION(
            engine::IoError,
            engine::MappedFile::open(m_folder->filePath(QStringLiteral("no")).toStdString()));
        QVERIFY_THROWS_EXCEPTION(engine::IoError, engine::MappedFile::open(m_folder->path().toStdString()));
        QVERIFY_THROWS_EXCEPTION(engine::IoError, engine::AtomicFile("/no/such/folder/file"));
        write(m_folder->filePath(QStringLiteral("empty")), {});
        QVERIFY(engine::MappedFile::open(m_folder->filePath(QStringLiteral("empty")).toStdString())
                    ->bytes()
                    .empty());
    }

private:
    static QByteArray content(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    static void write(const QString& path, const QByteArray& bytes)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(FileTest)
#include "file_test.moc"
