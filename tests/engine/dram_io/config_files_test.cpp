#include "engine/base/error.h"
#include "engine/dram/dramsim2/files.h"
#include "engine/dram/dramsim3/files.h"
#include "engine/dram/presets.h"

#include <QRegularExpression>
#include <QTest>

#include <functional>

using namespace engine;
using namespace engine::dram;

namespace {

using dramsim2::System;
using Remarks = std::vector<std::string>;

/// The file of a preset, one key per line.
std::string fileOf(const char* preset)
{
    std::string text(findPreset(preset)->keys);
    std::replace(text.begin(), text.end(), ' ', '\n');
    return text;
}

std::string deviceFile()
{
    return fileOf("DDR3_micron_32M_8B_x8_sg15");
}

std::string configFile()
{
    return fileOf("DDR3_1Gb_x8_1333");
}

std::string replaced(std::string text, const std::string& from, const std::string& to)
{
    const std::size_t at = text.find(from);
    return at == std::string::npos ? std::string("not found: ") + from : text.replace(at, from.size(), to);
}

QString joined(const Remarks& remarks)
{
    QStringList lines;
    for (const std::string& remark : remarks)
        lines << QString::fromStdString(remark);
    return lines.join(u'\n');
}

/// The sentence of what `work` throws; empty when it throws nothing.
template <typename Expected>
QString refusal(const std::function<void()>& work)
{
    try {
        work();
    } catch (const Expected& error) {
        return QString::fromUtf8(error.what());
    } catch (const std::exception& error) {
        return QStringLiteral("another exception: ") + QString::fromUtf8(error.what());
    }
    return {};
}

class ConfigFilesTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void ini_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("entries"); // section/key=value@line
        const auto row = [](const char* name, const QByteArray& text, const char* entries) {
            QTest::newRow(name) << text << QString::fromLatin1(entries);
        };
        row("empty", "", "");
        row("plain", "a=1\nb=2\n", "/a=1@1 /b=2@2");
        row("no final newline", "a=1\nb=2", "/a=1@1 /b=2@2");
        row("CRLF", "a=1\r\n\r\n[s]\r\nb=2\r\n", "/a=1@1 s/b=2@4");
        row("byte-order mark",
            "\xEF\xBB\xBF"
            "a=1\n",
            "/a=1@1");
        row("blanks", "\t a \t=  1 x \n", "/a=1 x@1");
        row("comments", "; c\n# d\na=1;c\nb=2 # d\n", "/a=1@3 /b=2@4");
        row("sections", "[s]\na=1\n[ t ]\na=2\n", "s/a=1@2 t/a=2@4");
        row("repeated", "a=1\na=2\n", "/a=1@1 /a=2@2");
        row("empty value", "a=\n", "/a=@1");
        row("second equals sign", "a=b=c\n", "/a=b=c@1");
    }
    void ini()
    {
        QFETCH(QByteArray, text);
        QStringList found;
        for (const IniEntry& entry :
             parseIni({ text.constData(), static_cast<std::size_t>(text.size()) }, "f"))
            found << QStringLiteral("%1/%2=%3@%4")
                         .arg(QString::fromStdString(entry.section), QString::fromStdString(entry.key),
                              QString::fromStdString(entry.value))
                         .arg(entry.line);
        QTEST(found.join(u' '), "entries");
    }

    void badIni_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("word") << "a=1\n  word\n"
                              << "f: line 2, column 3: word is not KEY = VALUE";
        QTest::newRow("no key") << " = 1\n"
                                << "f: line 1, column 2: = 1 is not KEY = VALUE";
        QTest::newRow("control characters") << "w\x01\t\x7F\n"
                                            << "f: line 1, column 1: w??? is not KEY = VALUE";
        QTest::newRow("bracket") << "[s\n"
                                 << "f: line 1, column 1: the section has no closing bracket";
    }
    void badIni()
    {
        QFETCH(QString, text);
        QTEST(refusal<FormatError>([&] { parseIni(text.toStdString(), "f"); }), "sentence");
    }

    void deviceRemarks()
    {
        const auto plain = dramsim2::readDevice(deviceFile(), "d");
        QVERIFY(plain.remarks.empty() && plain.warnings.empty());
        QVERIFY(plain.value == dramsim2Device(*findPreset("DDR3_micron_32M_8B_x8_sg15")).value);
        QCOMPARE(plain.value.tCK, 1.5F);
        const auto unknown = dramsim2::readDevice(deviceFile() + "\nTRC=3\n", "d");
        QCOMPARE(joined(unknown.warnings),
                 QStringLiteral("d: line 40: TRC is not a key of this format and has no effect"));
        const auto repeated = dramsim2::readDevice(deviceFile() + "\ntRC=40\n", "d");
        QCOMPARE(joined(repeated.warnings),
                 QStringLiteral("d: line 40: tRC stands in line 13 already; the later value is used"));
        QCOMPARE(repeated.value.tRC, 40U);
    }

    void deviceRefusals_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* name, const char* from, const char* to, const char* sentence) {
            QTest::newRow(name) << from << to << sentence;
        };
        row("missing", "tRC=34\n", "", "d: the key tRC is missing");
        row("word", "tRC=34", "tRC=ten", "d: line 13: tRC: \"ten\" is not a number in its range");
        row("fraction", "tRC=34", "tRC=3.5", "d: line 13: tRC: \"3.5\" is not a number in its range");
        row("negative", "tRC=34", "tRC=-1", "d: line 13: tRC: \"-1\" is not a number in its range");
        row("beyond 32 bits", "tRC=34", "tRC=4294967296",
            "d: line 13: tRC: \"4294967296\" is not a number in its range");
        row("empty", "tRC=34", "tRC=", "d: line 13: tRC: \"\" is not a number in its range");
        row("rest", "tRC=34", "tRC=34ns", "d: line 13: tRC: \"34ns\" is not a number in its range");
        row("infinite", "Vdd=1.5", "Vdd=inf", "d: line 39: Vdd: \"inf\" is not a number in its range");
        row("no float", "Vdd=1.5", "Vdd=1e300", "d: line 39: Vdd: \"1e300\" is not a number in its range");
    }
    void deviceRefusals()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        const std::string text = replaced(deviceFile(), from.toStdString(), to.toStdString());
        QTEST(refusal<FormatError>([&] { dramsim2::readDevice(text, "d"); }), "sentence");
    }

    void systemDefaultsAreTold()
    {
        const auto empty = dramsim2::readSystem("", "s");
        QVERIFY(empty.value == System {});
        const QStringList remarks = joined(empty.warnings).split(u'\n');
        QCOMPARE(remarks.size(), 10);
        QCOMPARE(remarks.front(), QStringLiteral("s: the key NUM_CHANS is missing; 1 is used"));
        QVERIFY(remarks.contains(QStringLiteral("s: the key USE_LOW_POWER is missing; true is used")));
        // What is told is what is used: a file that says the same is the same system.
        std::string told;
        for (const QString& remark : remarks) {
            const QRegularExpressionMatch match =
                QRegularExpression(QStringLiteral("the key (\\S+) is missing; (\\S+) is used")).match(remark);
            QVERIFY2(match.hasMatch(), qPrintable(remark));
            told += QStringLiteral("%1=%2\n").arg(match.captured(1), match.captured(2)).toStdString();
        }
        const auto again = dramsim2::readSystem(told, "s");
        QCOMPARE(joined(again.warnings), QString());
        QVERIFY(again.value == System {});
    }

    void unknownWordsFallBack()
    {
        const auto read = dramsim2::readSystem("ADDRESS_MAPPING_SCHEME=scheme8\nROW_BUFFER_POLICY=open\n"
                                               "QUEUING_STRUCTURE=each\nSCHEDULING_POLICY=fair\n",
                                               "s");
        QCOMPARE(read.value.mapping, 1U);
        QVERIFY(read.value.rowPolicy == dramsim2::RowPolicy::Close);
        QVERIFY(read.value.queues == dramsim2::Queues::PerRankPerBank);
        QVERIFY(read.value.scheduling == dramsim2::Scheduling::BankThenRank);
        const QString remarks = joined(read.warnings);
        for (const char* sentence :
             { "s: line 1: ADDRESS_MAPPING_SCHEME: \"scheme8\" is unknown; scheme1 is used, as the simulator "
               "does",
               "s: line 2: ROW_BUFFER_POLICY: \"open\" is unknown; close_page is used, as the simulator does",
               "s: line 3: QUEUING_STRUCTURE: \"each\" is unknown; per_rank_per_bank is used, as the "
               "simulator "
               "does",
               "s: line 4: SCHEDULING_POLICY: \"fair\" is unknown; bank_then_rank_round_robin is used, as "
               "the "
               "simulator does" })
            QVERIFY2(remarks.contains(QString::fromLatin1(sentence)), qPrintable(remarks));
    }

    void debuggingKeysAreSilent()
    {
        const auto read =
            dramsim2::readSystem("EPOCH_LENGTH=100000\nDEBUG_BUS=false\nVIS_FILE_OUTPUT=true\n", "s");
        QVERIFY(!joined(read.warnings).contains(QStringLiteral("EPOCH_LENGTH")));
        QVERIFY(!joined(read.warnings).contains(QStringLiteral("DEBUG_BUS")));
    }

    void configDefaultsAreTold()
    {
        const auto read = dramsim3::readConfig(replaced(configFile(), "tREFI=5200\n", ""), "c");
        QCOMPARE(joined(read.warnings), QStringLiteral("c: the key tREFI is missing; 7800 is used"));
        QCOMPARE(read.value.tREFI, 7800);
        const auto empty = dramsim3::readConfig("protocol=DDR4\n", "c");
        QVERIFY(joined(empty.warnings)
                    .contains(QStringLiteral("c: the key address_mapping is missing; chrobabgraco is used")));
        QVERIFY(joined(empty.warnings).contains(QStringLiteral("c: the key tCK is missing; 1 is used")));
        QCOMPARE(empty.value.addressMapping, std::string("chrobabgraco"));
        for (const auto& [key, word] :
             { std::pair { "queue_structure", "PER_BANK" }, std::pair { "row_buf_policy", "OPEN_PAGE" } })
            QVERIFY(joined(empty.warnings)
                        .contains(QStringLiteral("c: the key %1 is missing; %2 is used")
                                      .arg(QLatin1String(key), QLatin1String(word))));
        QVERIFY(empty.value.queues == dramsim3::Queues::PerBank);
        QVERIFY(empty.value.rowPolicy == dramsim3::RowPolicy::Open);
    }

    void misspelledKeys()
    {
        const std::string text = replaced(configFile(), "tREFI=5200", "REFI=6240");
        const auto exact = dramsim3::readConfig(text, "c");
        QCOMPARE(exact.value.tREFI, 7800);
        QCOMPARE(
            joined(exact.warnings),
            QStringLiteral("c: line 16: REFI = 6240 is not read by the simulator, which uses tREFI = 7800"));
        const auto meant = dramsim3::readConfig(text, "c", true);
        QCOMPARE(meant.value.tREFI, 6240);
        QCOMPARE(joined(meant.remarks), QStringLiteral("c: line 16: REFI = 6240 is used as tREFI"));
    }

    void presetsNameNoLines()
    {
        const Preset& ddr3 = *findPreset("DDR3_4Gb_x8_1600");
        QCOMPARE(joined(dramsim3Config(ddr3).warnings),
                 QStringLiteral("DDR3_4Gb_x8_1600: REFI = 6240 is not read by the simulator, which uses "
                                "tREFI = 7800"));
        QCOMPARE(joined(dramsim3Config(ddr3, true).remarks),
                 QStringLiteral("DDR3_4Gb_x8_1600: REFI = 6240 is used as tREFI"));
        const auto hbm = dramsim3Config(*findPreset("HBM2_8Gb_x128"), true);
        QCOMPARE(joined(hbm.remarks), QStringLiteral("HBM2_8Gb_x128: tRTP_L = 6 is used as tRTP"));
        QCOMPARE(joined(hbm.warnings),
                 QStringLiteral("HBM2_8Gb_x128: the key tRTRS is missing; 2 is used\n"
                                "HBM2_8Gb_x128: tRTP_S = 4 is not read by the simulator"));
    }

    void configRefusals_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* name, const char* line, const char* sentence) {
            QTest::newRow(name) << line << sentence;
        };
        row("protocol", "protocol=DDR9",
            "c: line 1: protocol: \"DDR9\" is not one of DDR3, DDR4, GDDR5, GDDR5X, GDDR6, LPDDR, LPDDR3, "
            "LPDDR4, HBM, HBM2");
        row("no protocol", "rows=1024", "c: the key protocol is missing");
        row("refresh policy", "refresh_policy=BANK_LEVEL_STAGGERED",
            "c: line 1: refresh_policy: \"BANK_LEVEL_STAGGERED\" is not one of RANK_LEVEL_STAGGERED, the "
            "only "
            "policy simulated here");
        row("self refresh", "enable_self_refresh=true",
            "c: line 1: enable_self_refresh: \"true\" is not one of false: self refresh is not simulated "
            "here");
        row("queues", "queue_structure=PER_CHANNEL",
            "c: line 1: queue_structure: \"PER_CHANNEL\" is not one of PER_BANK, PER_RANK");
        row("policy", "row_buf_policy=OPEN",
            "c: line 1: row_buf_policy: \"OPEN\" is not one of OPEN_PAGE, CLOSE_PAGE");
        row("flag", "unified_queue=maybe", "c: line 1: unified_queue: \"maybe\" is not true or false");
    }
    void configRefusals()
    {
        QFETCH(QString, line);
        QTEST(refusal<FormatError>([&] { dramsim3::readConfig(line.toStdString(), "c"); }), "sentence");
    }

    void everyPresetIsSound_data()
    {
        QTest::addColumn<QString>("name");
        for (const Preset& preset : presets())
            QTest::newRow(std::string(preset.name).c_str())
                << QString::fromUtf8(preset.name.data(), static_cast<qsizetype>(preset.name.size()));
    }
    void everyPresetIsSound()
    {
        QFETCH(QString, name);
        const Preset& preset = *findPreset(name.toStdString());
        if (preset.model == Model::DramSim2) {
            const auto read = dramsim2Device(preset);
            QVERIFY(read.remarks.empty() && read.warnings.empty());
            dramsim2::Config { .name = {}, .device = read.value, .system = {} }.check();
            QVERIFY(!refusal<ParameterError>([&] { dramsim3Config(preset); }).isEmpty());
            return;
        }
        for (const bool fix : { false, true })
            dramsim3Config(preset, fix).value.check();
        QVERIFY(!refusal<ParameterError>([&] { dramsim2Device(preset); }).isEmpty());
        QVERIFY(
            !joined(dramsim3Config(preset).warnings).contains(QStringLiteral("not a key of this format")));
    }

    void unknownPreset() { QVERIFY(findPreset("DDR9") == nullptr); }

    // Whatever a file holds: an answer or a sentence.
    void mutatedFiles()
    {
        const std::string device = deviceFile();
        const std::string config = configFile();
        const auto look = [](const std::string& text) {
            try {
                dramsim2::Config two { .name = {},
                                       .device = dramsim2::readDevice(text, "d").value,
                                       .system = {} };
                two.check();
                two.increments();
            } catch (const Error&) {
            }
            try {
                const auto three = dramsim3::readConfig(text, "c");
                three.value.check();
                three.value.increments();
            } catch (const Error&) {
            }
        };
        for (const std::string& whole : { device, config }) {
            for (std::size_t i = 0; i < whole.size(); ++i) {
                look(whole.substr(0, i));
                for (const char other : { '\n', '=', '9', '-', '\xFF', '0' }) {
                    std::string text = whole;
                    text[i] = other;
                    look(text);
                }
                std::string longer = whole;
                look(longer.insert(i, "99999"));
            }
        }
    }
};

} // namespace

QTEST_GUILESS_MAIN(ConfigFilesTest)
#include "config_files_test.moc"
