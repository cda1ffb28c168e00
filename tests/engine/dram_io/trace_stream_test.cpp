#include "engine/base/error.h"
#include "engine/dram/dramsim2/simulate.h"
#include "engine/dram/dramsim3/simulate.h"
#include "engine/dram/presets.h"
#include "engine/dram/trace/generator.h"
#include "engine/dram/trace/text_trace.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <map>
#include <set>

using namespace engine;
using namespace engine::dram;

namespace {

dramsim2::Config memory()
{
    return { .name = "d",
             .device = dramsim2Device(*findPreset("DDR3_micron_32M_8B_x8_sg15")).value,
             .system = {} };
}

Pattern pattern(std::uint64_t requests)
{
    Pattern result;
    result.requests = requests;
    result.range = std::uint64_t { 1 } << 24;
    return result;
}

std::vector<Request> readAll(RequestSource& source)
{
    std::vector<Request> all;
    std::array<Request, 77> block;
    while (const std::size_t count = source.read(block))
        all.insert(all.end(), block.begin(), block.begin() + static_cast<std::ptrdiff_t>(count));
    return all;
}

std::vector<Request> generated(const char* id, const Pattern& p)
{
    return readAll(*makeGenerator(id, p));
}

/// Memory of this process that lies in RAM [KiB].
long residentKib()
{
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        long kib = 0;
        if (word == "VmRSS:" && status >> kib)
            return kib;
    }
    return 0;
}

QString sentenceOf(const std::function<void()>& work)
{
    try {
        work();
    } catch (const Error& error) {
        return QString::fromUtf8(error.what());
    }
    return QStringLiteral("accepted");
}

class TraceStreamTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    std::filesystem::path path(const char* name)
    {
        return m_folder.filePath(QString::fromLatin1(name)).toStdString();
    }

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void readsInConstantMemory()
    {
        const TraceFormat& format = findTraceFormat("dramsim2-mase");
        const std::filesystem::path file = path("mase_long.trc");
        constexpr std::uint64_t lines = 300'000;
        QCOMPARE(writeTrace(*makeGenerator("random", pattern(lines)), format, {}, file, {}), lines);
        QVERIFY(std::filesystem::file_size(file) > 4'000'000);
        TextTrace trace(file, format, {});
        std::array<Request, 1024> block;
        trace.read(block);
        const long before = residentKib();
        QVERIFY(before > 0);
        std::uint64_t count = block.size();
        double fraction = 0;
        while (const std::size_t more = trace.read(block)) {
            count += more;
            QVERIFY(trace.fraction() >= fraction && trace.fraction() <= 1);
            fraction = trace.fraction();
        }
        QCOMPARE(count, lines);
        QCOMPARE(fraction, 1.0);
        QVERIFY2(residentKib() - before < 2048, qPrintable(QString::number(residentKib() - before)));
    }

    void writeTellsItsProgress()
    {
        std::vector<double> fractions;
        Control control;
        control.progress = [&](double fraction, const std::string&) { fractions.push_back(fraction); };
        writeTrace(*makeGenerator("sequential", pattern(5000)), traceFormats()[0], {}, path("p.trc"),
                   control);
        QVERIFY(fractions.size() >= 4);
        QVERIFY(std::is_sorted(fractions.begin(), fractions.end()));
        QCOMPARE(fractions.back(), 1.0);
    }

    void stoppedWriteLeavesNoFile()
    {
        std::stop_source stopper;
        Control control { stopper.get_token(), {} };
        int reports = 0;
        control.progress = [&](double, const std::string&) {
            if (++reports == 3)
                stopper.request_stop();
        };
        const std::uint64_t written = writeTrace(*makeGenerator("random", pattern(100'000)),
                                                 traceFormats()[0], {}, path("stopped.trc"), control);
        QCOMPARE(written, 3072U);
        QCOMPARE(QDir(m_folder.path())
                     .entryList({ QStringLiteral("stopped*"), QStringLiteral(".stopped*") },
                                QDir::Files | QDir::Hidden),
                 QStringList());
    }

    void stoppedWriteKeepsTheFileBefore()
    {
        const std::filesystem::path file = path("kept.trc");
        writeTrace(*makeGenerator("random", pattern(1)), traceFormats()[0], {}, file, {});
        const auto size = std::filesystem::file_size(file);
        std::stop_source stopper;
        stopper.request_stop();
        const Control control { stopper.get_token(), {} };
        writeTrace(*makeGenerator("random", pattern(5000)), traceFormats()[0], {}, file, control);
        QCOMPARE(std::filesystem::file_size(file), size);
    }

    void brokenSourceLeavesNoFile()
    {
        std::ofstream(path("mase_broken.trc")) << "0x40 READ 1\n0x80 READ\n";
        TextTrace broken(path("mase_broken.trc"), traceFormats()[0], {});
        QVERIFY_THROWS_EXCEPTION(FormatError,
                                 writeTrace(broken, traceFormats()[6], {}, path("copy.trc"), {}));
        QVERIFY(!std::filesystem::exists(path("copy.trc")));
    }

    void emptyTrace()
    {
        std::ofstream(path("mase_empty.trc")).close();
        TextTrace trace(path("mase_empty.trc"), traceFormats()[0], {});
        QVERIFY(readAll(trace).empty());
        const RunResult result = [&] {
            TextTrace again(path("mase_empty.trc"), traceFormats()[0], {});
            return dramsim2::simulate(memory(), again, {}, {});
        }();
        QCOMPARE(result.requests, 0U);
        QVERIFY(result.drained);
    }

    // 2 GiB: the last burst is taken, the byte behind it is not.
    void beyondTheCapacity()
    {
        const std::filesystem::path file = path("mase_far.trc");
        std::ofstream out(file);
        for (int i = 0; i < 1500; ++i)
            out << "0x7fffffc0 READ 0\n";
        out << "# a comment\n0x80000000 READ 0\n";
        out.close();
        const QString expected = QString::fromStdString(file.string())
            + QStringLiteral(": line 1502: address 0x80000000 is beyond the capacity of 0x80000000 bytes");
        const auto simulate = [&](bool wrap) {
            TextTrace trace(file, traceFormats()[0], {});
            RunOptions options;
            options.wrapAddresses = wrap;
            return dramsim2::simulate(memory(), trace, options, {}).requests;
        };
        QCOMPARE(sentenceOf([&] { simulate(false); }), expected);
        QCOMPARE(simulate(true), 1501U);
    }

    void beyondTheCapacityWithoutAFile()
    {
        const std::array<Request, 2> requests { Request { 0, 0, false }, Request { 1ULL << 40, 0, false } };
        const dramsim3::Config config = dramsim3Config(*findPreset("DDR3_1Gb_x8_1333")).value;
        const auto simulate = [&](bool wrap) {
            RequestList list(requests);
            RunOptions options;
            options.wrapAddresses = wrap;
            return dramsim3::simulate(config, list, options, {}).requests;
        };
        QCOMPARE(
            sentenceOf([&] { simulate(false); }),
            QStringLiteral("Request 2: address 0x10000000000 is beyond the capacity of 0x80000000 bytes"));
        QCOMPARE(simulate(true), 2U);
    }

    void generators_data()
    {
        QTest::addColumn<QString>("id");
        for (const GeneratorRow& row : engine::dram::generators())
            QTest::newRow(std::string(row.id).c_str())
                << QString::fromLatin1(row.id.data(), static_cast<qsizetype>(row.id.size()));
    }
    void generators()
    {
        QFETCH(QString, id);
        Pattern p = pattern(3000);
        p.base = 1 << 20;
        p.range = 1 << 16;
        p.writeShare = 0.25;
        p.interval = 2;
        const std::vector<Request> requests = generated(id.toLatin1().constData(), p);
        QCOMPARE(requests.size(), 3000U);
        std::size_t writes = 0;
        std::uint64_t cycle = 0;
        for (const Request& request : requests) {
            QVERIFY(request.address >= p.base && request.address < p.base + p.range);
            QCOMPARE(request.address % p.bytes, 0U);
            QVERIFY(request.cycle >= cycle);
            cycle = request.cycle;
            writes += request.write ? 1 : 0;
        }
        QVERIFY(writes > 600 && writes < 900);
        QVERIFY(generated(id.toLatin1().constData(), p) == requests);
        p.writeShare = 0;
        for (const Request& request : generated(id.toLatin1().constData(), p))
            QVERIFY(!request.write);
    }

    void rules()
    {
        Pattern p = pattern(6);
        p.interval = 5;
        p.stride = 4096;
        p.writeShare = 0;
        std::vector<Request> expected;
        for (std::uint64_t i = 0; i < 6; ++i)
            expected.push_back({ i * 64, i * 5, false });
        QVERIFY(generated("sequential", p) == expected);
        for (std::uint64_t i = 0; i < 6; ++i)
            expected[i].address = i * 4096;
        QVERIFY(generated("strided", p) == expected);
    }

    void tiles()
    {
        Pattern p = pattern(8);
        p.tileRows = 2;
        p.tileColumns = 2;
        p.pitch = 256; // two tiles across
        std::vector<std::uint64_t> addresses;
        for (const Request& request : generated("tiled", p))
            addresses.push_back(request.address);
        const std::vector<std::uint64_t> expected { 0, 64, 256, 320, 128, 192, 384, 448 };
        QVERIFY(addresses == expected);
    }

    void bursts()
    {
        Pattern p = pattern(256);
        p.burst = 64;
        p.pause = 3000;
        const std::vector<Request> requests = generated("bursty", p);
        for (std::size_t i = 0; i < requests.size(); ++i)
            QCOMPARE(requests[i].cycle, i / 64 * 3000);
        for (std::size_t i = 1; i < 64; ++i)
            QCOMPARE((requests[i].address - requests[0].address) & (p.range - 1), i * 64);
    }

    void seedsDiffer()
    {
        Pattern p = pattern(100);
        const std::vector<Request> first = generated("random", p);
        p.seed = 2;
        QVERIFY(generated("random", p) != first);
    }

    void badPatterns()
    {
        const auto sentence = [](const char* id, void (*spoil)(Pattern&)) {
            Pattern p = pattern(1);
            spoil(p);
            return sentenceOf([&] { makeGenerator(id, p); });
        };
        QCOMPARE(sentence("other", [](Pattern&) {}),
                 QStringLiteral("Pattern: other is not one of sequential, random, strided, bursty, tiled"));
        QCOMPARE(sentence("random", [](Pattern& p) { p.bytes = 0; }),
                 QStringLiteral("Bytes per request: 0 is not above 0"));
        QCOMPARE(sentence("random", [](Pattern& p) { p.range = 63; }),
                 QStringLiteral("Range: 63 bytes is less than a request of 64"));
        QCOMPARE(sentence("random", [](Pattern& p) { p.writeShare = 1.5; }),
                 QStringLiteral("Share of writes: 1.500000 is outside 0..1"));
        QCOMPARE(sentence("bursty", [](Pattern& p) { p.burst = 0; }),
                 QStringLiteral("Burst, tile rows, tile columns and pitch must be above 0"));
    }
};

} // namespace

QTEST_GUILESS_MAIN(TraceStreamTest)
#include "trace_stream_test.moc"
