#include "app/cli_interrupt.h"
#include "app/cli_main.h"
#include "app/cli_options.h"
#include "engine/base/error.h"
#include "tests/analysis/sample_charts.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sstream>

using namespace analysis;

namespace {

std::stop_source stopper;

/// Puts out what it was given.
Report echo(const Inputs& inputs, const Values& values, const engine::Control&)
{
    Report report = sampleReport();
    report.inputs.clear();
    report.scalars = {
        { QStringLiteral("block"), {}, static_cast<double>(values.integer(QStringLiteral("block"))) },
        { QStringLiteral("scale"), {}, values.real(QStringLiteral("scale")) },
        { QStringLiteral("fast"), {}, values.flag(QStringLiteral("fast")) ? 1.0 : 0.0 },
        { QStringLiteral("inputs"), {}, static_cast<double>(inputs.datasets.size()) }
    };
    const QString fail = values.text(QStringLiteral("fail"));
    if (fail == QStringLiteral("format"))
        throw engine::FormatError("a.onnx: is cut off at byte 7", 7);
    if (fail == QStringLiteral("parameter"))
        throw engine::ParameterError("mean: three numbers are wanted");
    if (fail == QStringLiteral("memory"))
        throw std::bad_alloc();
    if (fail == QStringLiteral("stop")) {
        stopper.request_stop();
        report.partial = true;
    }
    return report;
}

Parameter textParameter(const char* id, ParameterType type)
{
    return { .id = QString::fromLatin1(id),
             .title = QString::fromLatin1(id),
             .type = type,
             .unit = {},
             .fallback = QString() };
}

/// Those of the sample, and one that it lacks.
std::vector<Output> chartOutputs()
{
    std::vector<Output> outputs;
    for (const Chart& chart : sampleCharts())
        outputs.push_back({ chart.id, {}, chart.title });
    outputs.push_back({ QStringLiteral("of:<layer>"), {}, QStringLiteral("one layer") });
    return outputs;
}

const std::vector<Analysis>& rows()
{
    static const std::vector<Analysis> analyses = [] {
        Analysis row { .id = QStringLiteral("echo"),
                       .title = QStringLiteral("Echo"),
                       .source = QStringLiteral("[Nobody 2000] 1"),
                       .help = QStringLiteral("says what it hears"),
                       .input = InputKind::Tensors,
                       .parameters = { { .id = QStringLiteral("block"),
                                         .title = QStringLiteral("Block"),
                                         .unit = QStringLiteral("words"),
                                         .fallback = qint64 { 16 },
                                         .minimum = 1,
                                         .maximum = 64,
                                         .help = QStringLiteral("words per block") },
                                       { .id = QStringLiteral("scale"),
                                         .title = QStringLiteral("Scale"),
                                         .type = ParameterType::Real,
                                         .unit = {},
                                         .fallback = 1.0 },
                                       { .id = QStringLiteral("fast"),
                                         .title = QStringLiteral("Fast"),
                                         .type = ParameterType::Flag,
                                         .unit = {},
                                         .fallback = true },
                                       { .id = QStringLiteral("hash"),
                                         .title = QStringLiteral("Hash"),
                                         .type = ParameterType::Flag,
                                         .unit = {},
                                         .fallback = false },
                                       textParameter("fail", ParameterType::Text) },
                       .scalars = { { QStringLiteral("block"), {}, QStringLiteral("the block") } },
                       .tables = { { QStringLiteral("layers"), {}, QStringLiteral("one row per layer") } },
                       .charts = chartOutputs(),
                       .takesMany = true,
                       .run = echo };
        Analysis writer = row;
        writer.id = QStringLiteral("writer");
        writer.parameters.push_back(textParameter("out", ParameterType::Output));
        Analysis network = row;
        network.id = QStringLiteral("network");
        network.input = InputKind::Network;
        return std::vector<Analysis> { row, writer, network };
    }();
    return analyses;
}

DatasetPtr openFake(const QString& path, const engine::Control&)
{
    if (path.contains(QStringLiteral("missing")))
        throw engine::IoError(path.toStdString() + ": there is no such file");
    auto dataset = std::make_shared<Dataset>();
    dataset->path = path;
    dataset->content.format = "fake";
    engine::Tensor tensor;
    tensor.name = "conv1.weight";
    tensor.shape = engine::Shape { 4 };
    tensor.source = engine::memorySource(tensor.shape, { 0, 0, 1, 2 });
    dataset->content.tensors = { tensor };
    return dataset;
}

struct Result {
    int status = -1;
    QString out;
    QString err;
};

Result run(const QStringList& arguments, const QString& renderer = QStringLiteral("/none/tessera"))
{
    std::ostringstream out;
    std::ostringstream err;
    stopper = {};
    const app::Command command { .out = out,
                                 .err = err,
                                 .stop = stopper.get_token(),
                                 .analyses = rows(),
                                 .open = openFake,
                                 .renderer = renderer };
    const int status = app::runCommandLine(QStringList(QStringLiteral("tessera-cli")) + arguments, command);
    return { status, QString::fromStdString(out.str()), QString::fromStdString(err.str()) };
}

QStringList words(const char* text)
{
    return QString::fromUtf8(text).split(u' ', Qt::SkipEmptyParts);
}

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

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
        row("no network", "network a.npy", "a.npy: holds no network that runs, which network works on");
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
