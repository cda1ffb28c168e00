#include "app/cli_interrupt.h"
#include "tests/app/cli_sample.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace analysis;
using namespace cli_sample;

namespace {

class CliTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void lists()
    {
        const Result text = run(words("list"));
        QCOMPARE(text.status, 0);
        QCOMPARE(text.err, QString());
        QVERIFY(text.out.contains(QStringLiteral("echo     Echo   tensors  [Nobody 2000] 1\n")));
        const QJsonDocument json = QJsonDocument::fromJson(run(words("list --json")).out.toUtf8());
        QCOMPARE(json[QStringLiteral("analyses")].toArray().size(), 3);
        QCOMPARE(json[QStringLiteral("analyses")][2][QStringLiteral("input")].toString(),
                 QStringLiteral("network"));
    }

    void describes()
    {
        const Result text = run(words("describe echo"));
        QCOMPARE(text.status, 0);
        QVERIFY(text.out.contains(
            QStringLiteral("\nblock  words per block\n       integer, 1..64 [words]; default 16\n")));
        QVERIFY(text.out.contains(QRegularExpression(QStringLiteral("\nlines +chart +Lines\n"))));
        for (const QString& line : text.out.split(u'\n'))
            QVERIFY2(line.size() <= 96, qPrintable(line));
        const QJsonDocument json = QJsonDocument::fromJson(run(words("describe echo --json")).out.toUtf8());
        const QJsonValue block = json[QStringLiteral("parameters")][0];
        QCOMPARE(block[QStringLiteral("id")].toString(), QStringLiteral("block"));
        QCOMPARE(block[QStringLiteral("type")].toString(), QStringLiteral("integer"));
        QCOMPARE(block[QStringLiteral("default")].toInteger(), 16);
        QCOMPARE(block[QStringLiteral("maximum")].toInteger(), 64);
        QVERIFY(json[QStringLiteral("parameters")][1][QStringLiteral("maximum")].isUndefined());
        QCOMPARE(json[QStringLiteral("tables")][0][QStringLiteral("name")].toString(),
                 QStringLiteral("layers"));
        QCOMPARE(json[QStringLiteral("charts")][0][QStringLiteral("name")].toString(),
                 QStringLiteral("grouped"));
    }

    void helps()
    {
        const Result all = run(words("--help"));
        QCOMPARE(all.status, 0);
        QVERIFY(all.out.contains(QStringLiteral("says what it hears")));
        const Result one = run(words("echo --help"));
        QCOMPARE(one.status, 0);
        QVERIFY(one.out.contains(QStringLiteral("words per block [words], 1..64 (default 16)")));
        QVERIFY(one.out.contains(QStringLiteral("--no-fast")));
        QVERIFY(one.out.contains(QStringLiteral("--hash")));
        QVERIFY(!one.out.contains(QStringLiteral("--no-hash")));
        QVERIFY(one.out.contains(QStringLiteral("[Nobody 2000] 1")));
        QCOMPARE(run(words("--version")).out, QStringLiteral("tessera-cli " TESSERA_VERSION "\n"));
    }

    void wrongUsage_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* name, const char* arguments, const char* sentence) {
            QTest::newRow(name) << words(arguments)
                                << QStringLiteral("tessera-cli: ") + QString::fromUtf8(sentence) + u'\n';
        };
        row("nothing", "", "a command is wanted; there are: list, describe, info, echo, writer, network");
        row("unknown verb", "ehco a.h5",
            "\"ehco\" is not a command; there are: list, describe, info, echo, writer, network");
        row("unknown verb after an option", "--threads 2 ehco",
            "\"ehco\" is not a command; there are: list, describe, info, echo, writer, network");
        row("unknown analysis", "describe ehco",
            "\"ehco\" is not an analysis; there are: echo, writer, network");
        row("no input", "echo", "INPUT is required");
        row("unknown option", "echo a --blok 4",
            "echo has no option --blok; \"tessera-cli echo --help\" lists those there are");
        row("unknown option with a value", "echo a --blok=4",
            "echo has no option --blok; \"tessera-cli echo --help\" lists those there are");
        row("unknown option without an input", "echo --blok",
            "echo has no option --blok; \"tessera-cli echo --help\" lists those there are");
        row("unknown option of info", "info a --blok",
            "info has no option --blok; \"tessera-cli info --help\" lists those there are");
        row("out of range", "echo a --block 99", "Block: 99 is outside 1..64 words");
        row("not a number", "echo a --block x", "Block: \"x\" is not a whole number");
        row("both", "echo a --fast --no-fast", "--fast and --no-fast contradict each other");
        row("chart without a file", "echo a --chart ratio", "chart: \"ratio\" is not of the form NAME=FILE");
        row("chart of another kind", "echo a --chart ratio=a.jpg",
            "chart: \"a.jpg\" does not end in one of .pdf, .svg, .png, .tex, .csv");
        row("unknown chart", "writer a --json --chart bogus=/tmp/none.csv",
            "chart: \"bogus\" is no chart of writer; there are: grouped, stacked, gap, hostile, histogram, "
            "plain, lines, own-x, scatter, map, difference, of:<layer>");
        row("unknown preset", "echo a --chart lines=/tmp/none.pdf --chart-preset bogus",
            "chart preset: \"bogus\" is not one of ieee-column, ieee-page, acm-column, acm-page, "
            "nature-column, nature-page, elsevier-column, elsevier-wide, elsevier-page, slide");
        row("chart width", "echo a --chart-width 5000", "width of the charts: 5000 is outside 10..1000 mm");
        row("threads", "echo a --threads -1", "threads: -1 is outside 0..1024");
        row("two files", "info a b", "FILE: At Most 1 required but received 2");
        row("found out by the analysis", "echo a --fail parameter", "mean: three numbers are wanted");
    }

    void wrongUsage()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, sentence);
        const Result result = run(arguments);
        QCOMPARE(result.err, sentence);
        QCOMPARE(result.status, 2);
        QCOMPARE(result.out, QString());
    }

    void failures_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* name, const char* arguments, const char* sentence) {
            QTest::newRow(name) << words(arguments)
                                << QStringLiteral("tessera-cli: ") + QString::fromUtf8(sentence) + u'\n';
        };
        row("missing file", "echo missing.h5", "missing.h5: there is no such file");
        row("missing second file", "echo a.h5 missing.h5", "missing.h5: there is no such file");
        row("missing file of info", "info missing.h5", "missing.h5: there is no such file");
        row("broken file", "echo a --fail format", "a.onnx: is cut off at byte 7");
        row("memory", "echo a --fail memory", "not enough memory for \"echo\"");
        row("no network", "network a.npy", "a.npy: holds no network that can be run, which network works on");
    }

    void failures()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, sentence);
        const Result result = run(arguments);
        QCOMPARE(result.err, sentence);
        QCOMPARE(result.status, 1);
        QCOMPARE(result.out, QString());
    }

    void runsWithParameters()
    {
        const Result result = run(words("echo a b --block 4 --scale=-1e-3 --no-fast --json"));
        QCOMPARE(result.status, 0);
        QJsonParseError error;
        const QJsonObject json = QJsonDocument::fromJson(result.out.toUtf8(), &error).object();
        QCOMPARE(error.error, QJsonParseError::NoError);
        const QJsonObject scalars = json[QStringLiteral("scalars")].toObject();
        const auto value = [&](const char* name) {
            return scalars[QLatin1String(name)][QStringLiteral("value")].toDouble();
        };
        QCOMPARE(value("block"), 4.0);
        QCOMPARE(value("scale"), -1e-3);
        QCOMPARE(value("fast"), 0.0);
        QCOMPARE(value("inputs"), 2.0);
        QCOMPARE(json[QStringLiteral("analysis")].toString(), QStringLiteral("echo"));
        QCOMPARE(json[QStringLiteral("parameters")][QStringLiteral("block")].toInteger(), 4);
        QCOMPARE(json[QStringLiteral("inputs")].toArray().size(), 2);
        QVERIFY(result.err.contains(QStringLiteral("warning: conv1: kept \\dense\\\n")));
    }

    void printsText()
    {
        const Result result = run(words("echo a --scale -2"));
        QCOMPARE(result.status, 0);
        QVERIFY(result.out.contains(QStringLiteral("scale   -2\n")));
        QVERIFY(result.out.contains(QStringLiteral("Layers\nlayer ")));
        QVERIFY(!result.out.contains(QStringLiteral("warning")));
    }

    void optionNamesMayStandBeforeTheVerb()
    {
        QCOMPARE(run(words("--threads 1 echo a --json")).status, 0);
        QCOMPARE(run(words("echo --threads 1 a --json")).status, 0);
        QCOMPARE(run(words("echo list describe")).status, 0); // file names like verbs
    }

    void info()
    {
        const QJsonDocument json = QJsonDocument::fromJson(run(words("info a.npy --json")).out.toUtf8());
        QCOMPARE(json[QStringLiteral("analysis")].toString(), QStringLiteral("info"));
        const QJsonValue row =
            json[QStringLiteral("tables")][QStringLiteral("tensors")][QStringLiteral("rows")][0];
        QCOMPARE(row[0].toString(), QStringLiteral("conv1.weight"));
        QCOMPARE(row[7].toDouble(), 0.5);
        QCOMPARE(
            json[QStringLiteral("tables")][QStringLiteral("facts")][QStringLiteral("rows")][0][1].toString(),
            QStringLiteral("fake"));
    }

    void stoppedWorkIsPartial()
    {
        const QTemporaryDir folder;
        const Result result =
            run({ QStringLiteral("echo"), QStringLiteral("a"), QStringLiteral("--fail"),
                  QStringLiteral("stop"), QStringLiteral("--json"), QStringLiteral("--csv"), folder.path() });
        QCOMPARE(result.status, 130);
        const QJsonDocument json = QJsonDocument::fromJson(result.out.toUtf8());
        QVERIFY(json[QStringLiteral("partial")].toBool());
        QVERIFY(result.err.endsWith(QStringLiteral("stopped; the files asked for were not written\n")));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList());
    }

    void interruptRequestsStop()
    {
        const app::Interrupt interrupt;
        QVERIFY(!interrupt.token().stop_requested());
        QCOMPARE(std::raise(SIGINT), 0);
        QTRY_VERIFY(interrupt.token().stop_requested());
    }

    void asCommandReadsBack_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("text");
        QTest::newRow("plain") << "a.h5"
                               << "x";
        QTest::newRow("spaces") << "my file.h5"
                                << "a b";
        QTest::newRow("quotes") << "it's \"$HOME\".h5"
                                << "'`ls`'";
        QTest::newRow("option-like") << "-a.h5"
                                     << "--block";
        QTest::newRow("unicode") << QStringLiteral("\u00fc\u8868.h5") << QStringLiteral("\u00b5");
        QTest::newRow("empty") << "a"
                               << "";
        QTest::newRow("line break") << "a\nb"
                                    << "c\nd";
    }

    void asCommandReadsBack()
    {
        QFETCH(QString, path);
        QFETCH(QString, text);
        const Analysis& row = rows()[0];
        Values values(row.parameters);
        values.set(row.parameters, QStringLiteral("scale"), -0.1);
        values.set(row.parameters, QStringLiteral("fast"), false);
        values.set(row.parameters, QStringLiteral("hash"), true);
        values.set(row.parameters, QStringLiteral("fail"), text);
        const QString command = asCommand(row, { path }, values);
        QVERIFY(!command.contains(QStringLiteral("--block ")));
        QProcess shell;
        shell.start(QStringLiteral("/bin/sh"),
                    { QStringLiteral("-c"), QStringLiteral("printf '%s\\0' ") + command });
        QVERIFY(shell.waitForFinished());
        QStringList arguments = QString::fromUtf8(shell.readAllStandardOutput()).split(QChar(0));
        arguments.removeLast();
        const app::Request request = app::parseCommandLine(arguments, rows());
        QVERIFY(request.values == values);
        QCOMPARE(QDir::cleanPath(request.inputs.value(0)), path);
    }

    void asCommandLeavesDefaultsOut()
    {
        QCOMPARE(asCommand(rows()[0], { QStringLiteral("a.h5") }, Values(rows()[0].parameters)),
                 QStringLiteral("tessera-cli echo a.h5"));
    }
};

} // namespace

QTEST_GUILESS_MAIN(CliTest)
#include "cli_test.moc"
