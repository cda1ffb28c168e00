#include "tests/shared_data.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <csignal>

namespace {

struct Result {
    int status = -1;
    QByteArray out;
    QByteArray err;
};

QString program()
{
    return QStringLiteral(TESSERA_CLI);
}

Result run(const QStringList& arguments, const QProcessEnvironment& environment, const QString& outFile = {})
{
    QProcess process;
    process.setProcessEnvironment(environment);
    if (!outFile.isEmpty())
        process.setStandardOutputFile(outFile);
    process.start(program(), arguments);
    process.waitForFinished(120'000);
    const bool normal =
        process.exitStatus() == QProcess::NormalExit && process.state() == QProcess::NotRunning;
    return { normal ? process.exitCode() : -1, process.readAllStandardOutput(),
             process.readAllStandardError() };
}

Result run(const QStringList& arguments)
{
    return run(arguments, QProcessEnvironment::systemEnvironment());
}

/// A (2, 3) float array with two zeros in six.
QByteArray npyBytes()
{
    QByteArray header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";
    header = header.leftJustified(117, ' ') + '\n';
    QByteArray bytes = QByteArray("\x93NUMPY\x01\x00\x76\x00", 10) + header;
    for (const float value : { 0.0F, 0.5F, -1.25F, 0.0F, 3.0F, 4.0F })
        bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
    return bytes;
}

/// The program itself, as a script meets it.
class CliProgramTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void initTestCase()
    {
        m_npy = m_folder.filePath(QStringLiteral("Gr\u00f6\u00dfe \u8868.npy"));
        QFile file(m_npy);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(npyBytes());
    }

    void linksNoWidgets()
    {
        QProcess ldd;
        ldd.start(QStringLiteral("ldd"), { program() });
        QVERIFY(ldd.waitForFinished());
        const QByteArray libraries = ldd.readAllStandardOutput();
        QVERIFY(libraries.contains("libQt6Core"));
        QVERIFY2(!libraries.contains("Widgets"), libraries.constData());
        QVERIFY2(!libraries.contains("qcustomplot"), libraries.constData());
    }

    void needsNoDisplay()
    {
        QProcessEnvironment environment;
        environment.insert(QStringLiteral("PATH"), QStringLiteral("/usr/bin:/bin"));
        const Result result =
            run({ QStringLiteral("inspect"), m_npy, QStringLiteral("--json") }, environment);
        QVERIFY2(result.status == 0, result.err.constData());
        QVERIFY(QJsonDocument::fromJson(result.out).isObject());
        QCOMPARE(result.err, QByteArray());
    }

    void printsOneObject()
    {
        const Result result = run({ QStringLiteral("info"), m_npy, QStringLiteral("--json") });
        QVERIFY2(result.status == 0, result.err.constData());
        QJsonParseError error;
        const QJsonDocument json = QJsonDocument::fromJson(result.out, &error);
        QCOMPARE(error.error, QJsonParseError::NoError);
        const QJsonValue row =
            json[QStringLiteral("tables")][QStringLiteral("tensors")][QStringLiteral("rows")][0];
        QCOMPARE(row[5].toInteger(), 6);
        QCOMPARE(row[7].toDouble(), 1.0 / 3);
        QVERIFY(json[QStringLiteral("inputs")][0][QStringLiteral("path")].toString().endsWith(
            QStringLiteral("Gr\u00f6\u00dfe \u8868.npy")));
    }

    void numbersIgnoreTheLocale()
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        QProcess localedef;
        localedef.start(QStringLiteral("localedef"),
                        { QStringLiteral("-i"), QStringLiteral("de_DE"), QStringLiteral("-f"),
                          QStringLiteral("UTF-8"), m_folder.filePath(QStringLiteral("de_DE.UTF-8")) });
        if (localedef.waitForStarted())
            localedef.waitForFinished();
        environment.insert(QStringLiteral("LOCPATH"), m_folder.path());
        environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("de_DE.UTF-8"));
        environment.insert(QStringLiteral("LANG"), QStringLiteral("de_DE.UTF-8"));
        const QStringList arguments = { QStringLiteral("info"), m_npy };
        for (const QStringList& more : { QStringList(), QStringList(QStringLiteral("--json")) }) {
            const Result german = run(arguments + more, environment);
            QVERIFY2(german.status == 0, german.err.constData());
            QCOMPARE(german.out, run(arguments + more).out);
            QVERIFY(german.out.contains(more.isEmpty() ? "33.33" : "0.3333333333333333"));
        }
    }

    void statuses_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("status");
        const auto row = [](const char* arguments, int status) {
            QTest::newRow(arguments) << QString::fromLatin1(arguments).split(u' ', Qt::SkipEmptyParts)
                                     << status;
        };
        row("--version", 0);
        row("--help", 0);
        row("list", 0);
        row("list --json", 0);
        row("describe codec", 0);
        row("codec --help", 0);
        row("", 2);
        row("describe none", 2);
        row("none /tmp", 2);
        row("codec", 2);
        row("codec a.npy --word 99", 2);
        row("codec /none/a.npy", 1);
        row("info /none/a.npy", 1);
        row("info /dev/null", 1);
    }

    void statuses()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, status);
        const Result result = run(arguments);
        QVERIFY2(result.status == status, result.err.constData());
        if (status == 0) {
            QVERIFY(!result.out.isEmpty());
            QCOMPARE(result.err, QByteArray());
        } else {
            QCOMPARE(result.out, QByteArray());
            QVERIFY(result.err.startsWith("tessera-cli: "));
            QCOMPARE(result.err.count('\n'), 1);
        }
    }

    void fullDisk()
    {
        const Result result = run({ QStringLiteral("info"), m_npy, QStringLiteral("--json") },
                                  QProcessEnvironment::systemEnvironment(), QStringLiteral("/dev/full"));
        QCOMPARE(result.status, 1);
        QCOMPARE(result.err,
                 QByteArray("tessera-cli: standard output: cannot write: No space left on device\n"));
    }

    void readOnlyFolder()
    {
        const Result result =
            run({ QStringLiteral("codec"), m_npy, QStringLiteral("--tensor"), QStringLiteral("auto"),
                  QStringLiteral("--out"), QStringLiteral("/proc/report.json") });
        QCOMPARE(result.status, 1);
        QVERIFY2(result.err.contains("/proc/report.json"), result.err.constData());
    }

    void stopsOnInterrupt()
    {
        // Large enough to be at work for a second or more: it is hashed when it is opened.
        const QString path = m_folder.filePath(QStringLiteral("large.npy"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QByteArray bytes = npyBytes();
        bytes.replace("(2, 3), }       ", "(536870912, ), }");
        file.write(bytes.left(128));
        QVERIFY(file.resize(128 + (qint64 { 1 } << 31)));
        file.close();

        QProcess process;
        process.start(program(), { QStringLiteral("info"), path });
        QVERIFY(process.waitForStarted());
        QTest::qWait(200);
        QCOMPARE(::kill(static_cast<pid_t>(process.processId()), SIGINT), 0);
        QElapsedTimer clock;
        clock.start();
        QVERIFY(process.waitForFinished(10'000));
        QVERIFY2(clock.elapsed() < 2000, qPrintable(QString::number(clock.elapsed())));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 130);
        QVERIFY(process.readAllStandardError().endsWith("stopped\n"));
        QFile::remove(path);
    }

    void realNetwork()
    {
        REQUIRE_SHARED_DATA("nets/resnet20/resnet20_cifar10.onnx");
        const QString path = sharedData(QStringLiteral("nets/resnet20/resnet20_cifar10.onnx"));
        const QJsonDocument json =
            QJsonDocument::fromJson(run({ QStringLiteral("info"), path, QStringLiteral("--json") }).out);
        const QJsonValue scalars = json[QStringLiteral("scalars")];
        QCOMPARE(scalars[QStringLiteral("parameters")][QStringLiteral("value")].toInteger(), 269722);
        QCOMPARE(json[QStringLiteral("inputs")][0][QStringLiteral("sha256")].toString().size(), 64);
    }

private:
    QTemporaryDir m_folder;
    QString m_npy;
};

} // namespace

QTEST_GUILESS_MAIN(CliProgramTest)
#include "cli_program_test.moc"
