#include "analysis/dram/command_logs.h"
#include "analysis/dram/run.h"
#include "app/cli_main.h"
#include "tests/analysis/sample_data.h"
#include "tests/engine/dram/golden.h"
#include "tests/reference/dram_traces.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <sstream>

using namespace analysis;
using Changes = std::map<QString, Value>;

namespace {

QString text(const char* latin)
{
    return QString::fromLatin1(latin);
}

struct Result {
    int status = -1;
    QString out;
    QString err;
};

Result cli(const QStringList& arguments)
{
    std::ostringstream out;
    std::ostringstream err;
    const app::Command command { .out = out, .err = err, .analyses = catalogue(), .open = openDataset };
    const int status = app::runCommandLine(QStringList(text("tessera-cli")) + arguments, command);
    return { status, QString::fromStdString(out.str()), QString::fromStdString(err.str()) };
}

QJsonObject goldenCase(const QString& model, const QString& config, const QString& trace)
{
    for (const QJsonValue& one : dramgolden::file(model)[text("cases")].toArray()) {
        if (one[text("config")].toString() == config && one[text("trace")].toString() == trace)
            return one.toObject();
    }
    return {};
}

double scalar(const Report& report, const char* name)
{
    const Scalar* found = report.scalar(text(name));
    return found != nullptr ? found->value : std::numeric_limits<double>::quiet_NaN();
}

bool isClose(double a, double b)
{
    return std::abs(a - b) <= 1e-9 * std::max(std::abs(a), std::abs(b));
}

QString remarks(const Report& report)
{
    QStringList lines;
    for (const Remark& remark : report.remarks)
        lines << remark.text;
    return lines.join(u'\n');
}

const Changes closedPage {
    { text("capacity"), qint64 { 4096 } }, { text("row-policy"), text("close") },
    { text("queue"), text("per-bank") },   { text("scheduling"), text("bank-then-rank") },
    { text("mapping"), text("scheme7") },  { text("low-power"), text("off") }
};

class DramTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString m_conv;
    QString m_short; ///< a hundred requests

    QString write(const char* name, const QByteArray& content)
    {
        QFile file(m_folder.filePath(text(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write a file of the test");
        return file.fileName();
    }

    Report run(const QString& trace, const Changes& changes, const engine::Control& control = {})
    {
        return sample::run(text("dram"), openDataset(trace, {}), changes, control);
    }

    QStringList files(const char* pattern)
    {
        return QDir(m_folder.path()).entryList({ text(pattern) }, QDir::Files | QDir::Hidden, QDir::Name);
    }

private slots:
    void initTestCase()
    {
        const auto trace = reference::dramTrace("conv_tile");
        m_conv = write("mase_conv_tile.trc", QByteArray::fromStdString(reference::maseText(trace)));
        m_short =
            write("mase_short.trc",
                  QByteArray::fromStdString(reference::maseText({ trace.begin(), trace.begin() + 100 })));
    }
    void init() { QTest::failOnWarning(QRegularExpression(text(".*"))); }

    void golden_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("config");
        QTest::newRow("A") << text("dramsim2") << text("A_ddr3_x8_open_1rank");
        QTest::newRow("B") << text("dramsim2") << text("B_ddr3_x8_close_2rank");
        QTest::newRow("DDR4") << text("dramsim3") << text("DDR4_8Gb_x8_3200");
        QTest::newRow("HBM2") << text("dramsim3") << text("HBM2_8Gb_x128"); // with merged requests
    }
    void golden()
    {
        QFETCH(QString, model);
        QFETCH(QString, config);
        const QJsonObject expected = goldenCase(model, config, text("conv_tile"));
        QVERIFY(!expected.isEmpty());
        Changes changes = config.startsWith(u'B') ? closedPage : Changes {};
        if (model == text("dramsim3"))
            changes[text("device")] = config;
        changes[text("cycles")] = static_cast<qint64>(expected[text("cycles")].toDouble());
        changes[text("hash")] = true;
        const Report report = run(m_conv, changes);
        const QJsonObject energy = expected[text("energy_uJ")].toObject();
        QCOMPARE(scalar(report, "cycles"), expected[text("cycles")].toDouble());
        QVERIFY(isClose(scalar(report, "total"), energy[text("total")].toDouble()));
        QVERIFY(isClose(scalar(report, "background"), energy[text("background")].toDouble()));
        QVERIFY(isClose(scalar(report, "refresh"), energy[text("refresh")].toDouble()));
        const QJsonValue bandwidth = expected[model == text("dramsim2") ? text("bandwidth_GBps_1e9")
                                                                        : text("reported_bandwidth_GBps")];
        QVERIFY(std::abs(scalar(report, "bandwidth") / bandwidth.toDouble() - 1) < 1e-8); // as many digits
        QVERIFY(isClose(scalar(report, "total"),
                        scalar(report, "background") + scalar(report, "act_pre") + scalar(report, "burst")
                            + scalar(report, "refresh")));
        if (model == text("dramsim2"))
            QCOMPARE(report.scalar(text("command_sha256"))->text,
                     expected[text("command_stream_sha256")].toString());
        QVERIFY(report.dram != nullptr
                && static_cast<double>(report.dram->result.cycles) == scalar(report, "cycles"));
        checkCharts(report);
    }

    void checkCharts(const Report& report)
    {
        for (const Chart& chart : report.charts)
            QVERIFY2(findAnalysis(text("dram")).offersChart(chart.id), qPrintable(chart.id));
        for (const Table& table : report.tables) {
            QVERIFY(!table.rows.empty());
            for (const auto& row : table.rows)
                QCOMPARE(row.size(), table.columns.size());
        }
        // The stacks of the bars, and the end of the curve over time, are the total.
        const auto& bars = std::get<BarChart>(report.chart(text("energy"))->kind);
        double sum = 0;
        for (const BarChart::Series& series : bars.series) {
            QCOMPARE(static_cast<qsizetype>(series.values.size()), bars.categories.size());
            for (const double value : series.values)
                sum += value;
        }
        QVERIFY(isClose(sum, scalar(report, "total")));
        const auto& lines = std::get<LineChart>(report.chart(text("energy-time"))->kind);
        QCOMPARE(lines.series.back().name, text("Total"));
        QVERIFY(isClose(lines.series.back().y.back(), scalar(report, "total")));
        // One order of categories, so one colour each in every chart.
        const auto& power = std::get<LineChart>(report.chart(text("power-time"))->kind);
        QCOMPARE(power.series.size(), bars.series.size());
        for (std::size_t i = 0; i < bars.series.size(); ++i) {
            QCOMPARE(lines.series[i].name, bars.series[i].name);
            QVERIFY(power.series[i].name.startsWith(bars.series[i].name)); // refresh may be smoothed
        }
        double reads = 0;
        for (const double count : std::get<HistogramChart>(report.chart(text("read-latency"))->kind).counts)
            reads += count;
        QCOMPARE(reads, scalar(report, "rd"));
    }

    void bankWiseEnergy()
    {
        const Report own = run(m_conv, {});
        const Report bankWise = run(m_conv, { { text("energy"), text("drampower") } });
        QVERIFY(remarks(own).isEmpty());
        QCOMPARE(remarks(bankWise),
                 text("DRAMPower: rho = 1, as the device gives none\n"
                      "DRAMPower: Ibeta = IDD0, as the device gives no IBETA\n"
                      "DRAMPower: VPP = 0, as the device gives none"));
        QVERIFY(isClose(scalar(own, "background"), scalar(bankWise, "background")));
        QCOMPARE(scalar(own, "act"), scalar(bankWise, "act"));
        QVERIFY(scalar(bankWise, "act_pre") < scalar(own, "act_pre")); // the last rows stay open
        QVERIFY(scalar(bankWise, "act_pre") > 0.99 * scalar(own, "act_pre"));
        const auto& lines = std::get<LineChart>(bankWise.chart(text("energy-time"))->kind);
        QVERIFY(isClose(lines.series.back().y.back(), scalar(bankWise, "total")));
    }

    void commandLine()
    {
        const Result whole =
            cli({ text("dram"), m_conv, text("--json"), text("--hash"), text("--cycles"), text("252000") });
        QCOMPARE(whole.status, 0);
        QCOMPARE(whole.err, QString());
        const QJsonObject expected =
            goldenCase(text("dramsim2"), text("A_ddr3_x8_open_1rank"), text("conv_tile"));
        QVERIFY(whole.out.contains(expected[text("command_stream_sha256")].toString()));
        QVERIFY(QJsonDocument::fromJson(whole.out.toUtf8()).isObject());
        const Result two = cli({ text("dram"), m_short, text("--hash"), text("--channels"), text("2") });
        QCOMPARE(two.status, 0);
        QVERIFY(two.out.contains(text("command_sha256_ch0 "))
                && two.out.contains(text("command_sha256_ch1 ")));
        QVERIFY(!two.out.contains(text("command_sha256 ")));
        const Result cut = cli({ text("dram"), m_conv, text("--cycles"), text("1000") });
        QCOMPARE(cut.status, 0);
        QVERIFY(cut.err.startsWith(text("warning: the run ended before the trace: ")));
        const Result keys = cli({ text("dram"), m_short, text("--device"), text("DDR3_4Gb_x8_1600") });
        QCOMPARE(keys.err,
                 text("note: DDR3_4Gb_x8_1600: REFI = 6240 is not read by the simulator, which uses "
                      "tREFI = 7800\n"));
    }

    void refused_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("sentence"); // after the program's name
        const auto row = [](const char* name, const QStringList& arguments, int status,
                            const QString& sentence) {
            QTest::newRow(name) << arguments << status << sentence;
        };
        const QString bad = write("mase_bad.trc", "0x40 READ 1\n0x80 LOOK 2\n");
        const QString far = write("mase_far.trc", "0x40 READ 1\n0x80000000 READ 2\n");
        const QString other = write("other.txt", "hello\n");
        row("line", { bad }, 1,
            bad + text(": line 2, column 6: \"LOOK\" is no access; READ or WRITE is expected"));
        row("capacity", { far }, 1,
            far + text(": line 2: address 0x80000000 is beyond the capacity of 0x80000000 bytes"));
        row("no input", {}, 2, text("INPUT is required"));
        row("device", { m_short, text("--device"), text("DDR9") }, 2,
            text("Device: \"DDR9\" is neither a file nor the name of a preset; `describe dram` lists them"));
        row("model", { m_short, text("--model"), text("dramsim3") }, 2,
            text("Device: DDR3_micron_32M_8B_x8_sg15 is one of the model dramsim2, not of dramsim3"));
        row("mapping", { m_short, text("--mapping"), text("scheme9") }, 2,
            text("Address mapping: \"scheme9\" is not scheme1..scheme7, as DRAMSim2 has them"));
        row("channels", { m_short, text("--channels"), text("3") }, 2,
            text("NUM_CHANS: 3 is not a power of two"));
        row("log folder", { m_short, text("--command-log"), text("/none/a.log") }, 1, QString());
    }
    void refused()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, sentence);
        const Result result = cli(QStringList(text("dram")) + arguments);
        QTEST(result.status, "status");
        QCOMPARE(result.out, QString());
        QCOMPARE(result.err.count(u'\n'), 1);
        if (!sentence.isEmpty())
            QCOMPARE(result.err, text("tessera-cli: ") + sentence + u'\n');
    }

    void wraps()
    {
        const QString far = write("mase_far.trc", "0x40 READ 1\n0x80000000 READ 2\n");
        QCOMPARE(scalar(run(far, { { text("wrap"), true } }), "rd"), 2.0);
    }

    void emptyTrace()
    {
        const Report report = run(write("mase_none.trc", "# none\n"), {});
        QCOMPARE(scalar(report, "rd"), 0.0);
        QVERIFY(remarks(report).contains(text("the trace holds no request")));
    }

    void deviceFile()
    {
        const QString device =
            write("my.ini", "[dram_structure]\nprotocol=DDR4\nrho=0.5\nIBETA=40\nVPP=2.5\nIPP0=3\n");
        const Report report =
            run(m_short, { { text("device"), device }, { text("energy"), text("drampower") } });
        const QString all = remarks(report);
        QVERIFY2(all.contains(device + text(": the key tREFI is missing; 7800 is used")), qPrintable(all));
        QVERIFY(!all.contains(text("DRAMPower:")));
    }

    void commandLogs()
    {
        const QString log = m_folder.filePath(text("c.log"));
        run(m_short, { { text("command-log"), log } });
        QCOMPARE(files("c*"), QStringList { text("c.log") });
        QFile file(log);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readLine(), QByteArray("2: activate (0,0,0);\n"));
        QFile::remove(log);
        run(m_short,
            { { text("command-log"), log },
              { text("channels"), qint64 { 2 } },
              { text("command-format"), text("drampower") } });
        QCOMPARE(files("c*"), QStringList({ text("c_ch0.log"), text("c_ch1.log") }));
        QCOMPARE(commandLogPath(text("a/b.c/log"), 1, 2), text("a/b.c/log_ch1"));
        QCOMPARE(commandLogPath(text("a/log.csv"), 0, 1), text("a/log.csv"));
    }

    void stoppedRunLeavesNoFile()
    {
        std::stop_source stopper;
        stopper.request_stop();
        const engine::Control control { stopper.get_token(), {} };
        const Report report =
            run(m_conv, { { text("command-log"), m_folder.filePath(text("stopped.log")) } }, control);
        QVERIFY(report.partial);
        QVERIFY(remarks(report).contains(text("stopped after ")));
        QCOMPARE(files("*stopped*"), QStringList());
    }
};

} // namespace

QTEST_GUILESS_MAIN(DramTest)
#include "dram_test.moc"
