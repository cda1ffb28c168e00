#include "engine/base/error.h"
#include "engine/base/random.h"
#include "engine/dram/dramsim2/config.h"
#include "engine/dram/presets.h"
#include "engine/dram/trace/text_trace.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace engine;
using namespace engine::dram;

namespace {

/// Channel, rank, group, bank, row and column, all of more than one bit.
AddressMap sampleMap()
{
    AddressMap map;
    unsigned shift = 6;
    for (const auto& [field, bits] :
         { std::pair { &map.column, 7U }, std::pair { &map.bank, 2U }, std::pair { &map.group, 2U },
           std::pair { &map.rank, 1U }, std::pair { &map.channel, 1U }, std::pair { &map.row, 15U } }) {
        *field = { shift, bits };
        shift += bits;
    }
    map.addressBits = shift;
    return map;
}

QByteArray formatIds()
{
    QByteArray ids;
    for (const TraceFormat& format : traceFormats())
        ids += QByteArray(format.id.data(), static_cast<qsizetype>(format.id.size())) + ' ';
    return ids.trimmed();
}

std::vector<Request> readAll(RequestSource& source)
{
    std::vector<Request> all;
    std::array<Request, 100> block;
    while (const std::size_t count = source.read(block))
        all.insert(all.end(), block.begin(), block.begin() + static_cast<std::ptrdiff_t>(count));
    return all;
}

class TraceFormatTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    std::filesystem::path file(const QString& name, const QByteArray& text)
    {
        QFile out(m_folder.filePath(name));
        if (!out.open(QIODevice::WriteOnly) || out.write(text) != text.size())
            qFatal("cannot write the trace of the test");
        return out.fileName().toStdString();
    }

    std::vector<Request> read(const QByteArray& format, const QByteArray& text)
    {
        TextTrace trace(file(QStringLiteral("t.txt"), text), findTraceFormat(format.toStdString()),
                        sampleMap());
        return readAll(trace);
    }

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void everyFormatIsTested()
    {
        QCOMPARE(formatIds(),
                 QByteArray("dramsim2-mase dramsim2-k6 dramsim2-misc dramsim3 ramulator2-ls ramulator2-rw "
                            "ramulator1 dramsys-stl"));
        QVERIFY_THROWS_EXCEPTION(ParameterError, findTraceFormat("k7"));
    }

    void goldenLines_data()
    {
        QTest::addColumn<QByteArray>("format");
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<quint64>("address");
        QTest::addColumn<quint64>("cycle");
        QTest::addColumn<bool>("write");
        const auto row = [](const char* format, const char* line, quint64 address, quint64 cycle,
                            bool write) {
            QTest::addRow("%s: %s", format, line)
                << QByteArray(format) << QByteArray(line) << address << cycle << write;
        };
        row("dramsim2-mase", "0x1F40 READ 12", 0x1F40, 12, false);
        row("dramsim2-mase", "0x1f40 IFETCH 12", 0x1F40, 12, false);
        row("dramsim2-mase", "0x1f40 WRITE 0", 0x1F40, 0, true);
        row("dramsim2-k6", "0xFFFFFFFFFFFFFFFF P_MEM_RD 18446744073709551615", ~0ULL, ~0ULL, false);
        row("dramsim2-k6", "0x40 P_FETCH 7", 0x40, 7, false);
        row("dramsim2-k6", "0x40 P_LOCK_RD 7", 0x40, 7, false);
        row("dramsim2-k6", "0x40 P_LOCK_WR 7", 0x40, 7, false);
        row("dramsim2-k6", "0x40 P_MEM_WR 7", 0x40, 7, true);
        row("dramsim2-k6", "0x40 BOFF 7", 0x40, 7, true);
        row("dramsim2-misc", "0x40 read", 0x40, 0, false);
        row("dramsim2-misc", "0x40 write", 0x40, 0, true);
        row("dramsim2-misc", "0x40 write 0123abCD", 0x40, 0, true);
        row("dramsim3", "0x40\tREAD   7", 0x40, 7, false);
        row("dramsim3", "0x40 WRITE 7", 0x40, 7, true);
        row("dramsim3", "0x40 write 7", 0x40, 7, true);
        row("dramsim3", "0x40 P_MEM_WR 7", 0x40, 7, true);
        row("dramsim3", "0x40 BOFF 7", 0x40, 7, true);
        row("dramsim3", "0x40 anything 7", 0x40, 7, false);
        row("ramulator2-ls", "LD 64", 64, 0, false);
        row("ramulator2-ls", "ST 0x40", 64, 0, true);
        row("ramulator2-rw", "R 1,0,3,2,5,9",
            (1ULL << 18) + (3ULL << 15) + (2ULL << 13) + (5ULL << 19) + (9ULL << 6), 0, false);
        row("ramulator2-rw", "W 0,1,0,0,0,0", 1ULL << 17, 0, true);
        row("ramulator1", "0x40 R", 64, 0, false);
        row("ramulator1", "0x40 W", 64, 0, true);
        row("dramsys-stl", "31:\tread 0x400140", 0x400140, 31, false);
        row("dramsys-stl", "33:\twrite 0x400140 0xabcd", 0x400140, 33, true);
        row("dramsys-stl", "56:\t(128) write 0x400180", 0x400180, 56, true);
    }
    void goldenLines()
    {
        QFETCH(QByteArray, format);
        QFETCH(QByteArray, line);
        const std::vector<Request> requests = read(format, line + '\n');
        QCOMPARE(requests.size(), 1U);
        QTEST(quint64 { requests[0].address }, "address");
        QTEST(quint64 { requests[0].cycle }, "cycle");
        QTEST(requests[0].write, "write");
    }

    void writtenLines_data()
    {
        QTest::addColumn<QByteArray>("format");
        QTest::addColumn<QByteArray>("lines");
        const auto row = [](const char* format, const char* lines) {
            QTest::newRow(format) << QByteArray(format) << QByteArray(lines);
        };
        row("dramsim2-mase", "0x1f40 READ 12\n0x40 WRITE 13\n");
        row("dramsim2-k6", "0x1f40 P_MEM_RD 12\n0x40 P_MEM_WR 13\n");
        row("dramsim2-misc", "0x1f40 read\n0x40 write\n");
        row("dramsim3", "0x1f40 READ 12\n0x40 WRITE 13\n");
        row("ramulator2-ls", "LD 0x1f40\nST 0x40\n");
        row("ramulator2-rw", "R 0,0,0,0,0,125\nW 0,0,0,0,0,1\n");
        row("ramulator1", "0x1f40 R\n0x40 W\n");
        row("dramsys-stl", "12:\tread 0x1f40\n13:\twrite 0x40\n");
    }
    void writtenLines()
    {
        QFETCH(QByteArray, format);
        const std::array<Request, 2> requests { Request { 0x1F40, 12, false }, Request { 0x40, 13, true } };
        RequestList list(requests);
        const QString path = m_folder.filePath(QStringLiteral("written"));
        QCOMPARE(writeTrace(list, findTraceFormat(format.toStdString()), sampleMap(), path.toStdString(), {}),
                 2U);
        QFile in(path);
        QVERIFY(in.open(QIODevice::ReadOnly));
        QTEST(in.readAll(), "lines");
    }

    void roundTrip_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < traceFormats().size(); ++i)
            QTest::newRow(std::string(traceFormats()[i].id).c_str()) << static_cast<int>(i);
    }
    void roundTrip()
    {
        QFETCH(int, index);
        const TraceFormat& format = traceFormats()[static_cast<std::size_t>(index)];
        const AddressMap map = sampleMap();
        Random random(7);
        std::vector<Request> requests;
        for (int i = 0; i < 5000; ++i) {
            const std::uint64_t address = random.below(std::uint64_t { 1 } << map.addressBits) >> 6 << 6;
            requests.push_back({ address, format.cycles ? random.next() >> 3 : 0, random.uniform() < 0.5 });
        }
        RequestList list(requests);
        const std::filesystem::path path = m_folder.filePath(QStringLiteral("round.trip")).toStdString();
        QCOMPARE(writeTrace(list, format, map, path, {}), requests.size());
        TextTrace trace(path, format, map);
        QVERIFY(readAll(trace) == requests);
        // A reader of the same words may come first, but it reads the same requests.
        TextTrace again(path, recogniseTrace(path), map);
        QVERIFY(readAll(again) == requests);
    }

    void lineEnds_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("LF") << QByteArray("0x40 READ 1\n0x80 WRITE 2\n");
        QTest::newRow("no final newline") << QByteArray("0x40 READ 1\n0x80 WRITE 2");
        QTest::newRow("CRLF") << QByteArray("0x40 READ 1\r\n0x80 WRITE 2\r\n");
        QTest::newRow("CRLF, cut off") << QByteArray("0x40 READ 1\r\n0x80 WRITE 2\r");
        QTest::newRow("comments and blanks") << QByteArray("# a\n\n0x40 READ 1\n   \n; b\n0x80 WRITE 2\n\n");
        QTest::newRow("blanks around") << QByteArray("  0x40  READ\t1  \n\t0x80 WRITE 2 \n");
    }
    void lineEnds()
    {
        QFETCH(QByteArray, text);
        const std::vector<Request> requests = read("dramsim2-mase", text);
        const std::vector<Request> expected { { 0x40, 1, false }, { 0x80, 2, true } };
        QVERIFY(requests == expected);
    }

    void malformed_data()
    {
        QTest::addColumn<QByteArray>("format");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("sentence"); // after the path
        const auto row = [](const char* name, const char* format, const QByteArray& text,
                            const char* sentence) {
            QTest::newRow(name) << QByteArray(format) << text << QString::fromLatin1(sentence);
        };
        row("address", "dramsim2-mase", "0x40 READ 1\n40 READ 2\n",
            ": line 2, column 1: an address in the form 0x1F40 is expected");
        row("no digit", "dramsim2-mase", "0x READ 2\n",
            ": line 1, column 3: a hexadecimal digit is expected");
        row("65 bits", "dramsim2-mase", "0x1ffffffffffffffff READ 2\n",
            ": line 1, column 19: the number is above 64 bits");
        row("access", "dramsim2-mase", "# c\n0x40 read 2\n",
            ": line 2, column 6: \"read\" is no access; READ or WRITE is expected");
        row("no access", "dramsim2-mase", "0x40\n",
            ": line 1, column 5: \"\" is no access; READ or WRITE is expected");
        row("cycle", "dramsim2-mase", "0x40 READ\n", ": line 1, column 10: a whole number is expected");
        row("negative", "dramsim2-mase", "0x40 READ -1\n", ": line 1, column 11: a whole number is expected");
        row("long cycle", "dramsim2-k6", "0x40 BOFF 18446744073709551616\n",
            ": line 1, column 30: the number is above 64 bits");
        row("rest", "dramsim2-mase", "0x40 READ 1 x\n", ": line 1, column 13: the line should end here");
        row("rest of a number", "dramsim2-mase", "0x40 READ 1x\n",
            ": line 1, column 12: the line should end here");
        row("CRLF", "dramsim2-mase", "0x40 READ 1\r\n0x40 READ\r\n",
            ": line 2, column 10: a whole number is expected");
        row("data", "dramsim2-misc", "0x40 write xyz\n", ": line 1, column 12: hexadecimal data is expected");
        row("dramsim3", "dramsim3", "0x40\n", ": line 1, column 5: READ or WRITE is expected");
        row("load", "ramulator2-ls", "LOAD 5\n",
            ": line 1, column 1: \"LOAD\" is no access; LD or ST is expected");
        row("three words", "ramulator2-ls", "LD 5 6\n", ": line 1, column 6: the line should end here");
        row("comma", "ramulator2-rw", "R 0,0,0,0\n", ": line 1, column 10: \",\" is expected");
        row("field", "ramulator2-rw", "R 2,0,0,0,0,0\n",
            ": line 1, column 4: the value before is beyond its field of 1 bits");
        row("capital", "dramsys-stl", "1:\tREAD 0x40\n",
            ": line 1, column 4: \"READ\" is no access; read or write is expected");
        row("colon", "dramsys-stl", "1 read 0x40\n", ": line 1, column 2: \":\" is expected");
        row("binary", "ramulator1", QByteArray("0x40\0R\n", 7),
            ": line 1, column 5: \"?R\" is no access; R or W is expected");
        row("long line", "ramulator1", "0x40 R\n" + QByteArray(100'000, 'x') + "\n",
            ": line 2, column 1: an address in the form 0x1F40 is expected");
        row("very long line", "ramulator1", "0x40 R\n0x80 R" + QByteArray(400'000, ' ') + "\n",
            ": line 2 is longer than 65536 characters");
    }
    void malformed()
    {
        QFETCH(QByteArray, format);
        QFETCH(QByteArray, text);
        QFETCH(QString, sentence);
        QString found = QStringLiteral("accepted");
        try {
            read(format, text);
        } catch (const FormatError& error) {
            found = QString::fromUtf8(error.what());
        }
        QCOMPARE(found, m_folder.filePath(QStringLiteral("t.txt")) + sentence);
    }

    void recognised_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("format"); // or the sentence after the path
        const auto row = [](const char* name, const char* text, const char* format) {
            QTest::addRow("%s: %s", name, QByteArray(text).simplified().constData())
                << QString::fromLatin1(name) << QByteArray(text) << QByteArray(format);
        };
        row("mase_a.trc", "", "dramsim2-mase");
        row("k6_a.trc", "0x40 READ 1", "dramsim2-k6");
        row("misc_a.trc", "", "dramsim2-misc");
        row("a.stl", "", "dramsys-stl");
        row("a.trc", "0x40 READ 1\n", "dramsim2-mase");
        row("a.trc", "0x40 IFETCH 1\n0x40 WRITE 2", "dramsim2-mase");
        row("a.trc", "0x40 P_MEM_RD 1\n", "dramsim2-k6");
        row("a.trc", "0x40 READ 1\n0x40 P_MEM_RD 2\n", "dramsim3");
        row("a.trc", "0x40 read\n", "dramsim2-misc");
        row("a.trc", "0x40 fetch 3\n", "dramsim3");
        row("a.trc", "LD 64\n", "ramulator2-ls");
        row("a.trc", "W 0,0,0,0,12,3\r\n", "ramulator2-rw");
        row("a.trc", "0x40 W\n", "ramulator1");
        row("a.trc", "# DRAMSys\n3:\tread 0x40\n", "dramsys-stl");
        row("a.trc", "0x40 R\n0x40 W\n0x40 X\n", "ramulator1");
        row("a.trc", "", ": is empty");
        row("a.trc", "hello\n", ": its first line is no request in any known trace format");
        row("a.trc", "# nothing\n\n", ": its first line is no request in any known trace format");
    }
    void recognised()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, text);
        const std::filesystem::path path = file(name, text);
        QByteArray found;
        try {
            const std::string_view id = recogniseTrace(path).id;
            found = QByteArray(id.data(), static_cast<qsizetype>(id.size()));
        } catch (const FormatError& error) {
            found = QByteArray(error.what()).mid(static_cast<qsizetype>(path.string().size()));
        }
        QTEST(found, "format");
    }

    void missingFile()
    {
        QVERIFY_THROWS_EXCEPTION(IoError, recogniseTrace("/none/a.txt"));
        QVERIFY_THROWS_EXCEPTION(IoError, TextTrace("/none/mase_a.trc", traceFormats()[0], sampleMap()));
    }
};

} // namespace

QTEST_GUILESS_MAIN(TraceFormatTest)
#include "trace_format_test.moc"
