#include "analysis/dram/trace_statistics.h"
#include "app/cli_main.h"
#include "engine/base/random.h"
#include "tests/analysis/sample_data.h"

#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <set>
#include <sstream>

using namespace analysis;
using Changes = std::map<QString, Value>;

namespace {

QString text(const char* latin)
{
    return QString::fromLatin1(latin);
}

Report make(const Changes& changes, const engine::Control& control = {})
{
    return runAnalysis(findAnalysis(text("trace")), {}, sample::values(text("trace"), changes), control);
}

double scalar(const Report& report, const char* name)
{
    return report.scalar(text(name))->value;
}

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

class TraceTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString path(const char* name) { return m_folder.filePath(text(name)); }

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(text(".*"))); }

    void needsNoDataSet()
    {
        QVERIFY(!findAnalysis(text("trace")).needsInput);
        QVERIFY_THROWS_EXCEPTION(engine::ParameterError, make({})); // but the pattern "file" wants one
        for (const char* pattern : { "sequential", "random", "strided", "bursty", "tiled" }) {
            const Report report =
                make({ { text("pattern"), text(pattern) }, { text("requests"), qint64 { 5000 } } });
            QCOMPARE(scalar(report, "requests"), 5000.0);
            QCOMPARE(scalar(report, "reads") + scalar(report, "writes"), 5000.0);
            QVERIFY(report.inputs.empty());
        }
    }

    void readsWhatItWrote()
    {
        const Report made = make({ { text("pattern"), text("random") },
                                   { text("requests"), qint64 { 3000 } },
                                   { text("interval"), qint64 { 3 } },
                                   { text("out"), path("a.trc") } });
        const DatasetPtr trace = openDataset(path("a.trc"), {});
        const Report read =
            sample::run(text("trace"), trace,
                        { { text("format"), text("dramsim2-k6") }, { text("out"), path("k6_a.trc") } });
        const Report again = sample::run(text("trace"), openDataset(path("k6_a.trc"), {}), {});
        for (const Report* report : { &read, &again }) {
            QCOMPARE(report->scalars.size(), made.scalars.size());
            for (std::size_t i = 0; i < made.scalars.size(); ++i) {
                QCOMPARE(report->scalars[i].value, made.scalars[i].value);
                QCOMPARE(report->scalars[i].text, made.scalars[i].text);
            }
        }
        QVERIFY(contents(path("k6_a.trc")).contains(" P_MEM_WR "));
        QCOMPARE(scalar(made, "last_cycle"), 2999.0 * 3);
    }

    void figures()
    {
        QFile file(path("mase_f.trc"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("0x1000 READ 5\n0x1040 WRITE 9\n0x1000 READ 7\n");
        file.close();
        const Report report = sample::run(text("trace"), openDataset(path("mase_f.trc"), {}), {});
        QCOMPARE(scalar(report, "requests"), 3.0);
        QCOMPARE(scalar(report, "reads"), 2.0);
        QCOMPARE(scalar(report, "first_cycle"), 5.0);
        QCOMPARE(scalar(report, "last_cycle"), 9.0);
        QCOMPARE(scalar(report, "rows"), 2.0); // 0x40 apart is another bank
        QCOMPARE(report.scalar(text("lowest_address"))->text, text("0x1000"));
        QCOMPARE(report.scalar(text("highest_address"))->text, text("0x1040"));
        QCOMPARE(report.tables.front().rows.size(), 2U);
        QVERIFY(report.remarks.empty());
    }

    void chartsAreBounded()
    {
        const Report report =
            make({ { text("pattern"), text("sequential") }, { text("requests"), qint64 { 123'457 } } });
        const auto& points = std::get<ScatterChart>(report.chart(text("addresses"))->kind);
        const std::size_t count = points.series[0].x.size() + points.series[1].x.size();
        QVERIFY(count > 900 && count <= TraceStatistics::mostPoints);
        const auto& lines = std::get<LineChart>(report.chart(text("requests-time"))->kind);
        double sum = 0;
        for (const LineChart::Series& series : lines.series) {
            QVERIFY(series.x.size() <= 1024);
            for (const double y : series.y)
                sum += y;
        }
        QCOMPARE(sum, 123'457.0);
        for (const Chart& chart : report.charts)
            QVERIFY(findAnalysis(text("trace")).offersChart(chart.id));
    }

    void remarksAreMade()
    {
        const auto remarksOf = [](const Report& report) {
            QString all;
            for (const Remark& remark : report.remarks)
                all += remark.text + u'\n';
            return all;
        };
        QVERIFY(remarksOf(make({ { text("pattern"), text("sequential") },
                                 { text("requests"), qint64 { 10 } },
                                 { text("interval"), qint64 { 1 } },
                                 { text("out"), path("r.trc") },
                                 { text("format"), text("ramulator1") } }))
                    .contains(text("the format ramulator1 carries no cycles")));
        QVERIFY(remarksOf(make({ { text("pattern"), text("sequential") },
                                 { text("requests"), qint64 { 10 } },
                                 { text("base"), qint64 { 1 } << 31 } }))
                    .contains(text(
                        "10 addresses are beyond the capacity of 2^31 bytes of DDR3_micron_32M_8B_x8_sg15")));
        QVERIFY(remarksOf(make({ { text("pattern"), text("random") }, { text("requests"), qint64 { 0 } } }))
                    .contains(text("the trace holds no request")));
    }

    void stoppedLeavesNoFile()
    {
        std::stop_source stopper;
        stopper.request_stop();
        const engine::Control control { stopper.get_token(), {} };
        const Report report =
            make({ { text("pattern"), text("random") }, { text("out"), path("s.trc") } }, control);
        QVERIFY(report.partial);
        QVERIFY(!QFileInfo::exists(path("s.trc")));
    }

    void commandLine()
    {
        std::ostringstream out;
        std::ostringstream err;
        const app::Command command { .out = out, .err = err, .analyses = catalogue(), .open = openDataset };
        const QString file = path("cli.stl");
        QCOMPARE(app::runCommandLine({ text("tessera-cli"), text("trace"), text("--pattern"), text("strided"),
                                       text("--requests"), text("3"), text("--write-share"), text("0"),
                                       text("--format"), text("dramsys-stl"), text("--out"), file },
                                     command),
                 0);
        QCOMPARE(contents(file), QByteArray("0:\tread 0x0\n0:\tread 0x10000\n0:\tread 0x20000\n"));
        QCOMPARE(app::runCommandLine({ text("tessera-cli"), text("trace") }, command), 2);
        QCOMPARE(QString::fromStdString(err.str()),
                 text("tessera-cli: trace: wants a trace to read, or a pattern to make one\n"));
    }
};

} // namespace

QTEST_GUILESS_MAIN(TraceTest)
#include "trace_test.moc"
