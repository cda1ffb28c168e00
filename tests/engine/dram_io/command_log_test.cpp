#include "engine/dram/dramsim2/simulate.h"
#include "engine/dram/presets.h"
#include "engine/dram/trace/command_log.h"
#include "engine/dram/trace/generator.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

using namespace engine::dram;

namespace {

constexpr CommandLogShape shape { .groupBanks = 4, .burstBytes = 4, .burstColumns = 8, .commandDelay = 1 };

std::vector<Command> sample()
{
    using enum CommandKind;
    return { { 10, 77, Activate, 0, 0, 5 },          { 20, 3, Read, 0, 0, 5 },
             { 24, 4, WriteAutoPrecharge, 0, 0, 5 }, { 30, 9, Activate, 1, 0, 2 },
             { 40, 0, Precharge, 0, 1, 2 },          { 50, 0, Refresh, 0, 1, 0 },
             { 60, 0, PowerDownEnter, 0, 1, 0 } };
}

/// One column command or another as DRAMSim2 logs it, read back; nothing for another line.
std::optional<Command> parseDramSim2(const QString& line)
{
    static const QRegularExpression form(QStringLiteral(
        "^(\\d+): (activate|read|write|precharge|refresh) \\((\\d+)(?:,(\\d+),(\\d+)(?:,([01]))?)?\\);$"));
    const QRegularExpressionMatch m = form.match(line);
    if (!m.hasMatch())
        return {};
    Command c { m.captured(1).toULongLong() - shape.commandDelay,
                m.captured(5).toUInt(),
                {},
                0,
                static_cast<std::uint8_t>(m.captured(3).toUInt()),
                static_cast<std::uint8_t>(m.captured(4).toUInt()) };
    const bool isAuto = m.captured(6) == QStringLiteral("1");
    const QString name = m.captured(2);
    using enum CommandKind;
    if (name == QStringLiteral("activate"))
        c.kind = Activate;
    else if (name == QStringLiteral("read"))
        c.kind = isAuto ? ReadAutoPrecharge : Read;
    else if (name == QStringLiteral("write"))
        c.kind = isAuto ? WriteAutoPrecharge : Write;
    else
        c.kind = name == QStringLiteral("refresh") ? Refresh : Precharge;
    if (c.kind == Precharge)
        c.detail = 0; // the log has the row, the stream does not
    return c;
}

std::optional<Command> parseDramPower(const QString& line)
{
    const QStringList f = line.split(u',');
    const QStringList names { QStringLiteral("ACT"), QStringLiteral("RD"),  QStringLiteral("RDA"),
                              QStringLiteral("WR"),  QStringLiteral("WRA"), QStringLiteral("PRE"),
                              QStringLiteral("REFA") };
    const qsizetype kind = f.size() < 7 ? -1 : names.indexOf(f[1]);
    if (kind < 0)
        return {};
    const bool column = kind >= 1 && kind <= 4;
    if (f.size() != (column ? 8 : 7) || (column && f[7].size() != 2 * shape.burstBytes))
        return {};
    Command c { f[0].toULongLong(),
                kind == 0 ? f[5].toUInt() : 0,
                static_cast<CommandKind>(kind),
                0,
                static_cast<std::uint8_t>(f[2].toUInt()),
                static_cast<std::uint8_t>(f[3].toUInt() * shape.groupBanks + f[4].toUInt()) };
    if (column)
        c.detail = f[6].toUInt() / shape.burstColumns;
    return c;
}

class Recorder : public CommandSink {
public:
    explicit Recorder(CommandLog& log)
        : m_log(log)
    {
    }
    void add(const Command& command) override
    {
        commands.push_back(command);
        commands.back().detail = command.kind == CommandKind::Precharge ? 0 : command.detail;
        m_log.add(command);
    }
    std::vector<Command> commands;

private:
    CommandLog& m_log;
};

class CommandLogTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString path() { return m_folder.filePath(QStringLiteral("commands.log")); }

    QByteArray written(CommandLog::Format format)
    {
        CommandLog log(path().toStdString(), format, shape);
        for (const Command& command : sample())
            log.add(command);
        log.commit(100);
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void dramSim2Lines()
    {
        QCOMPARE(written(CommandLog::Format::DramSim2),
                 QByteArray("11: activate (0,5,77);\n21: read (0,5,3,0);\n25: write (0,5,4,1);\n"
                            "41: precharge (1,2,0);\n51: refresh (1);\n"));
    }

    void dramPowerLines()
    {
        QCOMPARE(written(CommandLog::Format::DramPower),
                 QByteArray("10,ACT,0,1,1,77,0\n20,RD,0,1,1,77,24,00000000\n24,WRA,0,1,1,77,32,00000000\n"
                            "40,PRE,1,0,2,0,0\n50,REFA,1,0,0,0,0\n100,END,0,0,0,0,0\n"));
    }

    void uncommittedLeavesNoFile()
    {
        QFile::remove(path());
        {
            CommandLog log(path().toStdString(), CommandLog::Format::DramSim2, shape);
            log.add(sample().front());
        }
        QVERIFY(QDir(m_folder.path()).isEmpty(QDir::Files | QDir::Hidden));
    }

    void roundTrip_data()
    {
        QTest::addColumn<bool>("power");
        QTest::newRow("dramsim2") << false;
        QTest::newRow("drampower") << true;
    }
    void roundTrip()
    {
        QFETCH(bool, power);
        const dramsim2::Config config {
            .name = {},
            .device = dramsim2Device(*findPreset("DDR3_micron_32M_8B_x8_sg15")).value,
            .system = { .rowPolicy = dramsim2::RowPolicy::Close, .capacity = 4096 }
        };
        Pattern pattern;
        pattern.requests = 3000;
        pattern.range = std::uint64_t { 1 } << 32;
        CommandLog log(path().toStdString(),
                       power ? CommandLog::Format::DramPower : CommandLog::Format::DramSim2, shape);
        Recorder recorder(log);
        RunOptions options;
        options.sink = &recorder;
        const RunResult result = dramsim2::simulate(config, *makeGenerator("random", pattern), options, {});
        log.commit(result.cycles);
        QFile file(path());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QStringList lines = QString::fromLatin1(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
        if (power)
            QCOMPARE(lines.takeLast(), QStringLiteral("%1,END,0,0,0,0,0").arg(result.cycles));
        QCOMPARE(static_cast<std::size_t>(lines.size()), recorder.commands.size());
        QVERIFY(lines.size() > 6000);
        for (qsizetype i = 0; i < lines.size(); ++i) {
            const std::optional<Command> read = power ? parseDramPower(lines[i]) : parseDramSim2(lines[i]);
            QVERIFY2(read && *read == recorder.commands[static_cast<std::size_t>(i)], qPrintable(lines[i]));
        }
    }
};

} // namespace

QTEST_GUILESS_MAIN(CommandLogTest)
#include "command_log_test.moc"
