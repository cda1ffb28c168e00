#include "tests/app/cli_sample.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace analysis;
using namespace cli_sample;

namespace {

/// The files that are asked for: looked at before the work, written after it.
class CliOutputsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void writesFiles()
    {
        const QTemporaryDir folder;
        const QString csv = folder.filePath(QStringLiteral("new/\u00fcber"));
        const QString out = folder.filePath(QStringLiteral("r.json"));
        const QString tex = folder.filePath(QStringLiteral("fig.v1.tex"));
        const QString data = folder.filePath(QStringLiteral("lines.csv"));
        const Result result =
            run({ QStringLiteral("echo"), QStringLiteral("a"), QStringLiteral("--csv"), csv,
                  QStringLiteral("--out"), out, QStringLiteral("--chart"), QStringLiteral("grouped=") + tex,
                  QStringLiteral("--chart"), QStringLiteral("lines=") + data, QStringLiteral("--chart-width"),
                  QStringLiteral("70.5") });
        QCOMPARE(result.status, 0);
        QCOMPARE(contents(csv + QStringLiteral("/layers.csv")), toCsv(sampleReport().tables[0]));
        const QByteArray provenance = contents(csv + QStringLiteral("/layers.csv.json"));
        QVERIFY(QJsonDocument::fromJson(provenance)[QStringLiteral("digest")].toString().size() == 64);
        QVERIFY(QJsonDocument::fromJson(contents(out))[QStringLiteral("tables")].isObject());
        QVERIFY(contents(tex).contains("{fig.v1.csv};"));
        QVERIFY(contents(tex).contains("width=70.5mm"));
        QCOMPARE(contents(folder.filePath(QStringLiteral("fig.v1.csv"))), toCsv(sampleCharts()[0]));
        QCOMPARE(contents(data), toCsv(sampleCharts()[6]));
        QVERIFY(!contents(data + QStringLiteral(".json")).isEmpty());
    }

    void ownOutParameterWins()
    {
        const QTemporaryDir folder;
        const QString out = folder.filePath(QStringLiteral("own"));
        const Result result = run({ QStringLiteral("writer"), QStringLiteral("a"), QStringLiteral("--out"),
                                    out, QStringLiteral("--json") });
        QCOMPARE(result.status, 0);
        QVERIFY(!QFile::exists(out));
        const QJsonDocument json = QJsonDocument::fromJson(result.out.toUtf8());
        QCOMPARE(json[QStringLiteral("parameters")][QStringLiteral("out")].toString(), out);
    }

    /// One that the catalogue offers, but not this report.
    void chartThatWasNotMade()
    {
        const Result result = run(words("echo a --json --chart of:conv9=/tmp/none.csv"));
        QCOMPARE(result.status, 1);
        const QString sentence =
            QStringLiteral("tessera-cli: chart: \"of:conv9\" was not made; there are: grouped, stacked, ");
        QCOMPARE(result.err.count(sentence), 1);
        QVERIFY(QJsonDocument::fromJson(result.out.toUtf8()).isObject());
    }

    /// What cannot be written is found before the work: nothing is printed.
    void outputsAreLookedAtFirst_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* name, const char* arguments, const char* sentence) {
            QTest::newRow(name) << words(arguments)
                                << QStringLiteral("tessera-cli: ") + QString::fromUtf8(sentence);
        };
        row("no renderer", "echo a --chart lines=/tmp/none.pdf",
            "/tmp/none.pdf: cannot be drawn without the program /none/tessera; .csv and .tex can\n");
        row("tables", "echo a --csv /proc/none", "/proc/none: ");
        row("tables below a file", "echo a --csv /proc/version/none", "/proc/version/none: ");
        row("report", "echo a --out /proc/none/r.json", "/proc/none/r.json: ");
        row("report in a folder's place", "echo a --out /tmp", "/tmp: is a folder");
        row("chart", "echo a --chart lines=/proc/none/a.csv", "/proc/none/a.csv: ");
        row("figure", "echo a --chart lines=/proc/none/a.tex", "/proc/none/a.tex: ");
        row("file of the analysis", "writer a --out /proc/none/a.h5", "/proc/none/a.h5: ");
    }

    void outputsAreLookedAtFirst()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, sentence);
        const Result result = run(arguments);
        QCOMPARE(result.status, 1);
        QCOMPARE(result.out, QString());
        QVERIFY2(result.err.startsWith(sentence), qPrintable(result.err));
        QCOMPARE(result.err.count(u'\n'), 1);
    }

    /// The data of a .tex is the same as the .csv of its chart.
    void oneChartInManyForms()
    {
        const QTemporaryDir folder;
        const QString tex = folder.filePath(QStringLiteral("x.tex"));
        const QString csv = folder.filePath(QStringLiteral("x.csv"));
        const Result result =
            run({ QStringLiteral("echo"), QStringLiteral("a"), QStringLiteral("--chart"),
                  QStringLiteral("lines=") + csv, QStringLiteral("--chart"), QStringLiteral("lines=") + tex,
                  QStringLiteral("--chart-preset"), QStringLiteral("acm-page") });
        QVERIFY2(result.status == 0, qPrintable(result.err));
        QCOMPARE(contents(csv), toCsv(sampleCharts()[6]));
        QVERIFY(contents(tex).contains("{x.csv}"));
        QVERIFY(contents(tex).contains("width=177.9mm"));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 3);
    }

    void renders()
    {
        const QTemporaryDir folder;
        const QString renderer = folder.filePath(QStringLiteral("tessera"));
        writeFile(
            renderer,
            "#!/bin/sh\n[ \"$1\" = --render ] && [ \"$QT_QPA_PLATFORM\" = offscreen ] && cp \"$2\" \"$4\" && "
            "shift 4 && echo \"$@\" >> \"$OUT_LOG\" && echo 'tessera: warning: 12 labels are not drawn' "
            ">&2\n");
        QFile(renderer).setPermissions(QFile::ReadOwner | QFile::ExeOwner);
        const QString log = folder.filePath(QStringLiteral("log"));
        qputenv("OUT_LOG", log.toUtf8());
        const QString pdf = folder.filePath(QStringLiteral("a b.PDF"));
        const Result result =
            run({ QStringLiteral("echo"), QStringLiteral("a"), QStringLiteral("--chart"),
                  QStringLiteral("lines=") + pdf, QStringLiteral("--chart-width"), QStringLiteral("84.8"),
                  QStringLiteral("--chart-preset"), QStringLiteral("acm-column") },
                renderer);
        QVERIFY2(result.status == 0, qPrintable(result.err));
        QCOMPARE(QJsonDocument::fromJson(contents(pdf))[QStringLiteral("id")].toString(),
                 QStringLiteral("lines"));
        QCOMPARE(result.err.count(QStringLiteral("warning: %1: 12 labels are not drawn\n").arg(pdf)), 1);
        QCOMPARE(contents(log), QByteArray("--width 84.8 --preset acm-column\n"));
    }

    void renderingFails()
    {
        const QTemporaryDir folder;
        const QString renderer = folder.filePath(QStringLiteral("tessera"));
        writeFile(renderer, "#!/bin/sh\necho noise >&2; echo 'tessera: the disk is full' >&2; exit 1\n");
        QFile(renderer).setPermissions(QFile::ReadOwner | QFile::ExeOwner);
        const Result result = run(words("echo a --chart lines=/tmp/none.pdf"), renderer);
        QCOMPARE(result.status, 1);
        QVERIFY(result.err.endsWith(
            QStringLiteral("tessera-cli: /tmp/none.pdf: was not drawn: the disk is full\n")));
    }

    void oneFileForTwo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* name, const char* arguments, const char* sentence) {
            QTest::newRow(name) << words(arguments)
                                << QStringLiteral("tessera-cli: ") + QString::fromUtf8(sentence) + u'\n';
        };
        row("two charts in one file", "echo a --chart lines=/tmp/x.csv --chart map=/tmp/./x.csv",
            "/tmp/./x.csv: the chart \"lines\" as numbers and the chart \"map\" as numbers would both be "
            "written there; give one of them another name");
        row("data of a .tex in a .csv", "echo a --chart lines=/tmp/x.csv --chart map=/tmp/x.tex",
            "/tmp/x.csv: the chart \"lines\" as numbers and the chart \"map\" as numbers would both be "
            "written there; give one of them another name");
        row("data of two .tex", "echo a --chart lines=/tmp/x.tex --chart map=/tmp/x.TEX",
            "/tmp/x.csv: the chart \"lines\" as numbers and the chart \"map\" as numbers would both be "
            "written there; give one of them another name");
        row("data of a .tex in a table", "echo a --csv /tmp --chart map=/tmp/layers.tex",
            "/tmp/layers.csv: the chart \"map\" as numbers and the table \"layers\" would both be written "
            "there; give one of them another name");
        row("report in a chart", "echo a --out /tmp/x.svg --chart map=/tmp/x.svg",
            "/tmp/x.svg: the chart \"map\" and the report would both be written there; give one of them "
            "another name");
    }

    void oneFileForTwo()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, sentence);
        const Result result = run(arguments);
        QCOMPARE(result.err, sentence);
        QCOMPARE(result.status, 2);
        QCOMPARE(result.out, QString());
    }
};

} // namespace

QTEST_GUILESS_MAIN(CliOutputsTest)
#include "cli_outputs_test.moc"
