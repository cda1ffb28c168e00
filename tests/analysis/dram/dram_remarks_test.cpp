#include "analysis/dram/recost.h"
#include "analysis/dram/run.h"
#include "engine/base/error.h"
#include "tests/analysis/sample_data.h"
#include "tests/reference/dram_traces.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace analysis;
using Changes = std::map<QString, Value>;

namespace {

QString text(const char* latin)
{
    return QString::fromLatin1(latin);
}

constexpr const char* ddr4 = "[dram_structure]\nprotocol=DDR4\nbankgroups=4\nbanks_per_group=4\nrows=32768\n"
                             "columns=1024\ndevice_width=8\nBL=8\n[timing]\ntCK=%1\nAL=0\nCL=16\nCWL=12\n"
                             "tRCD=16\ntRP=16\ntRAS=39\ntRFC=312\ntREFI=9360\ntRRD_S=4\ntRRD_L=6\ntWTR_S=3\n"
                             "tWTR_L=9\ntFAW=26\ntWR=18\ntRTP=9\ntCCD_S=4\ntCCD_L=6\ntRTRS=2\n[power]\n"
                             "VDD=1.2\nIDD0=48\nIDD2N=34\nIDD3N=43\nIDD4W=123\nIDD4R=%2\nIDD5AB=250\n"
                             "[system]\nchannel_size=4096\nchannels=1\nbus_width=64\n"
                             "address_mapping=rochrababgco\nqueue_structure=PER_BANK\n"
                             "row_buf_policy=OPEN_PAGE\ntrans_queue_size=32\ncmd_queue_size=8\n";

} // namespace

/// What a run says about its memory, and what it refuses before it writes.
class DramRemarksTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString m_trace;

    QString write(const char* name, const QString& content)
    {
        QFile file(m_folder.filePath(text(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(content.toUtf8()) < 0)
            qFatal("cannot write a file of the test");
        return file.fileName();
    }

    QString device(double clock, int current)
    {
        return write("device.ini", QString::fromLatin1(ddr4).arg(clock).arg(current));
    }

    Report run(const Changes& changes)
    {
        return sample::run(text("dram"), openDataset(m_trace, {}), changes);
    }

    static QString said(const Report& report, Level level)
    {
        QStringList lines;
        for (const Remark& remark : report.remarks)
            if (remark.level == level)
                lines << remark.text;
        return lines.join(u'\n');
    }

    QString refusal(const Changes& changes)
    {
        try {
            run(changes);
        } catch (const engine::Error& error) {
            return QString::fromUtf8(error.what());
        }
        return {};
    }

private slots:
    void initTestCase()
    {
        const auto trace = reference::dramTrace("conv_tile");
        m_trace = write("mase_t.trc",
                        QString::fromStdString(reference::maseText({ trace.begin(), trace.begin() + 500 })));
    }
    void init() { QTest::failOnWarning(QRegularExpression(text(".*"))); }

    void aSoundFileIsSilent()
    {
        const Report report = run({ { text("device"), device(0.83, 140) } });
        QCOMPARE(said(report, Level::Warning), QString());
        QCOMPARE(said(report, Level::Note), QString());
        QCOMPARE(report.inputs.size(), 2U); // the trace and the device
        QCOMPARE(report.inputs.back().sha256.size(), 64);
    }

    void keysOfFilesAreWarnings()
    {
        const QString all = QString::fromLatin1(ddr4).arg(0.83).arg(140);
        const QString missing = write("missing.ini", QString(all).remove(text("tFAW=26\n")));
        QCOMPARE(said(run({ { text("device"), missing } }), Level::Warning),
                 missing + text(": the key tFAW is missing; 50 is used"));
        const QString unknown = write("unknown.ini", all + text("turbo=1\n"));
        QVERIFY(said(run({ { text("device"), unknown } }), Level::Warning)
                    .contains(text("turbo is not a key of this format and has no effect")));
        const QString misspelled = write("refi.ini", QString(all).replace(text("tREFI"), text("REFI")));
        QVERIFY(said(run({ { text("device"), misspelled } }), Level::Warning)
                    .contains(text("REFI = 9360 is not read by the simulator, which uses tREFI = 7800")));
        // A preset is as it is; that is no alarm.
        const Report preset = run({ { text("device"), text("HBM2_8Gb_x128") } });
        QCOMPARE(said(preset, Level::Warning), QString());
        QVERIFY(said(preset, Level::Note).contains(text("the key tRTRS is missing; 2 is used")));
    }

    void impossibleCurrentsAreWarnings()
    {
        const Report report = run({ { text("device"), device(0.83, 10) } });
        QCOMPARE(said(report, Level::Warning),
                 text("IDD4R: 10 mA is too low beside IDD3N = 43 mA; the command would give energy back"));
        QVERIFY(report.scalar(text("burst"))->value < 0); // as the simulator has it
        // It can be mended by hand, and others can be changed meanwhile.
        QCOMPARE(said(recost(report, { { text("IDD4R"), 140 } }), Level::Warning), QString());
        QVERIFY(
            said(recost(report, { { text("IDD0"), 50 } }), Level::Warning).startsWith(text("IDD4R: 10 mA")));
        QVERIFY_THROWS_EXCEPTION(engine::ParameterError, recost(report, { { text("IDD4W"), 10 } }));
    }

    void clockIsCostedAsAFreshRun()
    {
        const Report slow = run({ { text("device"), device(0.83, 140) } });
        const Report fast = run({ { text("device"), device(0.75, 140) } });
        const Report changed = recost(slow, { { text("tCK"), 0.75 } });
        for (const Scalar& scalar : fast.scalars)
            QCOMPARE(changed.scalar(scalar.name)->value, scalar.value);
        for (const char* id : { "power-time", "bandwidth-time", "energy-time" }) {
            const auto& a = std::get<LineChart>(fast.chart(text(id))->kind);
            const auto& b = std::get<LineChart>(changed.chart(text(id))->kind);
            for (std::size_t i = 0; i < a.series.size(); ++i) {
                QCOMPARE(b.series[i].x, a.series[i].x);
                QCOMPARE(b.series[i].y, a.series[i].y);
            }
        }
        QVERIFY(
            changed.remarks.back().text.contains(text("tCK 0.75 instead of 0.83 ns; what happens in which "
                                                      "cycle is that of the run")));
        QVERIFY_THROWS_EXCEPTION(engine::ParameterError, recost(slow, { { text("tCK"), 0 } }));
    }

    void capacityIsTold_data()
    {
        QTest::addColumn<QString>("device");
        QTest::addColumn<int>("asked");
        QTest::addColumn<QString>("warning");
        const QString x8 = text("DDR3_micron_32M_8B_x8_sg15");
        QTest::newRow("own") << x8 << 0 << QString();
        QTest::newRow("two ranks") << x8 << 4096 << QString();
        QTest::newRow("too small")
            << x8 << 3 << text("capacity: 2048 MB instead of 3 MB, in 1 channel of 1 rank of this device");
        QTest::newRow("between")
            << x8 << 5000
            << text("capacity: 4096 MB instead of 5000 MB, in 1 channel of 2 ranks of this device");
        QTest::newRow("HBM2")
            << text("HBM2_8Gb_x128") << 20
            << text("capacity: 8192 MB instead of 20 MB, in 8 channels of 1 rank of this device");
    }
    void capacityIsTold()
    {
        QFETCH(QString, device);
        QFETCH(int, asked);
        const Report report = run({ { text("device"), device }, { text("capacity"), qint64 { asked } } });
        QTEST(said(report, Level::Warning), "warning");
        if (asked == 4096)
            QCOMPARE(report.scalar(text("ranks"))->value, 2.0);
    }

    void absurdCapacitiesAreRefused()
    {
        const Changes hbm { { text("device"), text("HBM2_8Gb_x128") }, { text("capacity"), qint64 { 7 } } };
        QCOMPARE(refusal(hbm), text("Capacity: 7 MB is less than 1 MB for each of 8 channels"));
        QCOMPARE(refusal({ { text("capacity"), qint64 { 1 << 24 } } }),
                 text("Capacity: 16777216 MB makes 8192 ranks per channel, above the limit of 256"));
        QCOMPARE(refusal({ { text("device"), text("DDR4_8Gb_x8_3200") },
                           { text("capacity"), qint64 { 1 << 24 } } }),
                 text("channel_size: 16777216 MB makes 2048 ranks, above the limit of 64"));
    }

    void shortWindowsAreJoined()
    {
        const Report report = run({ { text("window"), qint64 { 1 } }, { text("cycles"), qint64 { 50000 } } });
        QVERIFY(
            said(report, Level::Warning)
                .startsWith(QStringLiteral("window: 1 cycles would make more than 4\u2009096 windows; ")));
        const auto& power = std::get<LineChart>(report.chart(text("power-time"))->kind);
        QVERIFY(power.series.front().x.size() <= 4096);
        QCOMPARE(said(run({ { text("window"), qint64 { 1000 } } }), Level::Warning), QString());
    }

    void nothingIsWrittenOverAnInput()
    {
        const QString sentence =
            text(": is read by this run and would be written over; give --command-log another name");
        QFile before(m_trace);
        QVERIFY(before.open(QIODevice::ReadOnly));
        const QByteArray content = before.readAll();
        const QString link = m_folder.filePath(text("link.trc"));
        QVERIFY(QFile::link(m_trace, link));
        const QString odd = m_folder.filePath(text("./x/../mase_t.trc"));
        QVERIFY(QDir(m_folder.path()).mkdir(text("x")));
        for (const QString& path : { m_trace, link, odd })
            QCOMPARE(refusal({ { text("command-log"), path } }), path + sentence);
        const QString chip = device(0.83, 140);
        QCOMPARE(refusal({ { text("command-log"), chip }, { text("device"), chip } }), chip + sentence);
        QFile after(m_trace);
        QVERIFY(after.open(QIODevice::ReadOnly));
        QCOMPARE(after.readAll(), content);
    }

    void slicesAreRound()
    {
        const Chart chart = energySlices(run({}), 48);
        const auto& bars = std::get<BarChart>(chart.kind);
        QVERIFY(bars.categories.size() <= 48 && bars.categories.size() > 12);
        const double width = bars.categories[1].toDouble();
        QVERIFY(QString::number(width).contains(QRegularExpression(text("^[125]0*$"))));
        for (qsizetype i = 0; i < bars.categories.size(); ++i)
            QCOMPARE(bars.categories[i].toDouble(), width * static_cast<double>(i));
        double sum = 0;
        for (const BarChart::Series& series : bars.series)
            for (const double value : series.values)
                sum += value;
        const double total = run({}).scalar(text("total"))->value;
        QVERIFY(std::abs(sum - total) < 1e-9 * total);
    }

    void whatWasNotMeasuredIsMissing()
    {
        m_trace = write("mase_w.trc", text("0x40 WRITE 1\n0x80 WRITE 2\n"));
        const Report report = run({});
        QVERIFY(report.scalar(text("avg_read_latency"))->none);
        QVERIFY(!report.scalar(text("avg_write_latency"))->none);
        const Table& banks = *report.table(text("banks"));
        const auto rate = static_cast<std::size_t>(banks.column(text("hit_rate")));
        QVERIFY(std::holds_alternative<std::monostate>(banks.rows.back()[rate]));
        const Table& latency = *report.table(text("latency"));
        QVERIFY(std::holds_alternative<std::monostate>(latency.rows.front()[2]));
    }
};

QTEST_GUILESS_MAIN(DramRemarksTest)
#include "dram_remarks_test.moc"
