// Each timing rule in an early and an on-time version: one cycle early is refused with its name, on time is
// accepted. Cycles worked out by hand from the device's data.

#include "engine/dram/rules/check.h"
#include "tests/engine/dram_rules/rule_streams.h"

#include <QRegularExpression>
#include <QTest>

using namespace engine::dram;
using namespace engine::dram::rules;

namespace {

struct Row {
    const char* before; ///< legal
    const char* command; ///< without its cycle
    std::uint64_t onTime; ///< [cycle]
    const char* rule;
};

// RL 10, WL 9, BL/2 4, tRCD 10, tRP 10, tRAS 24, tRC 34, tRRD 4, tFAW 20, tCCD 4, tRTP 5, tWTR 5, tWR 10,
// tRTRS 1, tRFC 107, tCKE 4, tXP 4.
constexpr const char* ddr3 = "DDR3_micron_32M_8B_x8_sg15";
const Row ddr3Rows[] = {
    { "0 ACT 0 0; 10 RD 0 0; 24 PRE 0 0", "ACT 0 0", 34, "tRC" },
    { "0 ACT 0 0; 10 RD 0 0; 26 PRE 0 0", "ACT 0 0", 36, "tRP" },
    { "0 ACT 0 0", "ACT 0 1", 4, "tRRD" },
    { "0 ACT 0 0; 4 ACT 0 1; 8 ACT 0 2; 12 ACT 0 3", "ACT 0 4", 20, "tFAW" },
    { "0 ACT 0 0; 20 RDA 0 0", "ACT 0 0", 35, "tRTP + tRP" },
    { "0 ACT 0 0; 10 WRA 0 0", "ACT 0 0", 43, "WL + BL/2 + tWR + tRP" },
    { "5 REF 0 0", "ACT 0 3", 112, "tRFC" },
    { "0 PDE 1 0; 4 PDX 1 0", "ACT 1 2", 8, "tXP" },
    { "0 ACT 0 0", "RD 0 0", 10, "tRCD" },
    { "0 ACT 0 0", "RDA 0 0", 10, "tRCD" },
    { "0 ACT 0 0", "WR 0 0", 10, "tRCD" },
    { "0 ACT 0 0", "WRA 0 0", 10, "tRCD" },
    { "0 ACT 0 0; 4 ACT 0 1; 14 RD 0 0", "RD 0 1", 18, "tCCD" },
    { "0 ACT 0 0; 4 ACT 0 1; 14 RDA 0 0", "RD 0 1", 18, "tCCD" },
    { "0 ACT 0 0; 4 ACT 0 1; 14 RD 0 0", "WR 0 1", 20, "RL + BL/2 + tRTRS - WL" },
    { "0 ACT 0 0; 4 ACT 0 1; 14 WR 0 0", "WR 0 1", 18, "tCCD" },
    { "0 ACT 0 0; 4 ACT 0 1; 14 WR 0 0", "RD 0 1", 32, "WL + BL/2 + tWTR" },
    { "0 ACT 0 0; 4 ACT 1 0; 14 RD 0 0", "RD 1 0", 19, "BL/2 + tRTRS" },
    { "0 ACT 0 0; 4 ACT 1 0; 14 RD 0 0", "WR 1 0", 20, "RL + BL/2 + tRTRS - WL" },
    { "0 ACT 0 0; 4 ACT 1 0; 14 WR 0 0", "RD 1 0", 18, "WL + BL/2 + tRTRS - RL" },
    { "0 ACT 0 0; 4 ACT 1 0; 14 WR 0 0", "WR 1 0", 19, "BL/2 + tRTRS" },
    { "0 ACT 0 0; 10 RD 0 0", "PRE 0 0", 24, "tRAS" },
    { "0 ACT 0 0; 24 RD 0 0", "PRE 0 0", 29, "tRTP" },
    { "0 ACT 0 0; 10 WR 0 0", "PRE 0 0", 33, "WL + BL/2 + tWR" },
    { "0 ACT 0 0; 26 PRE 0 0", "REF 0 0", 36, "tRP" },
    { "0 ACT 0 5; 24 PRE 0 5", "REF 0 0", 34, "tRC" },
    { "0 ACT 0 0; 20 RDA 0 0", "REF 0 0", 35, "tRTP + tRP" },
    { "0 ACT 0 0; 10 WRA 0 0", "REF 0 0", 43, "WL + BL/2 + tWR + tRP" },
    { "5 REF 0 0", "REF 0 0", 112, "tRFC" },
    { "0 PDE 1 0; 4 PDX 1 0", "REF 1 0", 8, "tXP" },
    { "0 ACT 0 0; 26 PRE 0 0", "PDE 0 0", 36, "tRP" },
    { "5 REF 0 0", "PDE 0 0", 112, "tRFC" },
    { "0 PDE 1 0", "PDX 1 0", 4, "tCKE" },
    { "7 ACT 0 0", "ACT 1 1", 8, "command bus" },
};

// RL 22, WL 16, BL/2 4, tRCD 22, tRP 22, tRAS 52, tRRD 4 | 8, tFAW 34, tCCD 4 | 8, tRTP 12, tWTR 4 | 12,
// tWR 24, tRTRS 1, tRFC 560; four banks to a group.
constexpr const char* ddr4 = "DDR4_8Gb_x8_3200";
const Row ddr4Rows[] = {
    { "0 ACT 0 0; 30 RD 0 0; 52 PRE 0 0", "ACT 0 0", 74, "tRAS + tRP" },
    { "0 ACT 0 0; 30 RD 0 0; 54 PRE 0 0", "ACT 0 0", 76, "tRP" },
    { "0 ACT 0 0", "ACT 0 1", 8, "tRRD_L" },
    { "0 ACT 0 0", "ACT 0 4", 4, "tRRD_S" },
    { "0 ACT 0 0; 4 ACT 0 4; 8 ACT 0 8; 12 ACT 0 12", "ACT 0 1", 34, "tFAW" },
    { "0 ACT 0 0; 40 RDA 0 0", "ACT 0 0", 78, "BL/2 + tRTP + tRP" },
    { "0 ACT 0 0; 22 WRA 0 0", "ACT 0 0", 88, "WL + BL/2 + tWR + tRP" },
    { "5 REF 0 0", "ACT 0 3", 565, "tRFC" },
    { "0 ACT 0 0", "RD 0 0", 22, "tRCD" },
    { "0 ACT 0 0", "WR 0 0", 22, "tRCD" },
    { "0 ACT 0 0; 8 ACT 0 1; 30 RD 0 0", "RD 0 1", 38, "tCCD_L" },
    { "0 ACT 0 0; 4 ACT 0 4; 30 RD 0 0", "RD 0 4", 34, "tCCD_S" },
    { "0 ACT 0 0; 8 ACT 0 1; 30 WR 0 0", "WR 0 1", 38, "tCCD_L" },
    { "0 ACT 0 0; 4 ACT 0 4; 30 WR 0 0", "WR 0 4", 34, "tCCD_S" },
    { "0 ACT 0 0; 8 ACT 0 1; 30 WR 0 0", "RD 0 1", 62, "WL + BL/2 + tWTR_L" },
    { "0 ACT 0 0; 4 ACT 0 4; 30 WR 0 0", "RD 0 4", 54, "WL + BL/2 + tWTR_S" },
    { "0 ACT 0 0; 4 ACT 0 4; 30 RD 0 0", "WR 0 4", 41, "RL + BL/2 + tRTRS - WL" },
    { "0 ACT 0 0; 4 ACT 1 4; 30 RD 0 0", "WR 1 4", 41, "RL + BL/2 + tRTRS - WL" },
    { "0 ACT 0 0; 4 ACT 1 4; 30 RD 0 0", "RD 1 4", 35, "BL/2 + tRTRS" },
    { "0 ACT 0 0; 4 ACT 1 4; 30 WR 0 0", "WR 1 4", 34, "BL/2" },
    { "0 ACT 0 0; 22 RD 0 0", "PRE 0 0", 52, "tRAS" },
    { "0 ACT 0 0; 50 RD 0 0", "PRE 0 0", 62, "tRTP" },
    { "0 ACT 0 0; 22 WR 0 0", "PRE 0 0", 66, "WL + BL/2 + tWR" },
    { "0 ACT 0 0; 54 PRE 0 0", "REF 0 0", 76, "tRP" },
    { "0 ACT 0 0; 40 RDA 0 0", "REF 0 0", 78, "BL/2 + tRTP + tRP" },
    { "0 ACT 0 0; 22 WRA 0 0", "REF 0 0", 88, "WL + BL/2 + tWR + tRP" },
    { "5 REF 0 0", "REF 0 0", 565, "tRFC" },
    { "7 ACT 0 0", "ACT 1 1", 8, "command bus" },
};

// tPPD 2, tRAS 32; BL/2 8 is longer than either tCCD; RL 17, WL 14, tRTRS 1.
constexpr const char* lpddr4 = "LPDDR4_8Gb_x16_2400";
const Row lpddr4Rows[] = {
    { "0 ACT 0 0; 8 ACT 0 1; 60 PRE 0 0", "PRE 0 1", 62, "tPPD" },
    { "0 ACT 0 0; 8 ACT 0 1; 40 RD 0 0", "RD 0 1", 48, "BL/2" },
    { "0 ACT 0 0; 8 ACT 1 1; 40 WR 0 0", "RD 1 1", 46, "WL + BL/2 + tRTRS - RL" },
};

// tRCDRD 14, tRCDWR 14, tRTRS 2 by default; rows and columns have a command bus each.
constexpr const char* hbm = "HBM2_8Gb_x128";
const Row hbmRows[] = {
    { "0 ACT 0 0", "RD 0 0", 14, "tRCDRD" },
    { "0 ACT 0 0", "WR 0 0", 14, "tRCDWR" },
    { "0 ACT 0 0; 40 PRE 0 0", "ACT 0 5", 41, "row command bus" },
    { "0 ACT 0 0; 4 ACT 0 4; 40 RD 0 0; 40 PRE 0 4", "RD 0 0", 42, "tCCD_L" },
};

void addRows(const char* preset, std::span<const Row> rows)
{
    for (const Row& row : rows)
        QTest::addRow("%s: %s after %s", preset, row.command, row.before)
            << QString::fromLatin1(preset) << QString::fromLatin1(row.before)
            << QString::fromLatin1(row.command) << static_cast<quint64>(row.onTime)
            << QString::fromLatin1(row.rule);
}

std::vector<Command> joined(const QString& before, quint64 cycle, const QString& command)
{
    return ruletest::parse(QStringLiteral("%1; %2 %3").arg(before).arg(cycle).arg(command).toStdString());
}

} // namespace

class DramRulesTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void earlyIsRefusedOnTimeIsAccepted_data();
    void earlyIsRefusedOnTimeIsAccepted();
    void thirtyTwoActivates();
    void stateIsRefused_data();
    void stateIsRefused();
    void rowsOpenedLaterAreNotHeld();
    void wakingForgetsEarlierActivates();
};

void DramRulesTest::earlyIsRefusedOnTimeIsAccepted_data()
{
    QTest::addColumn<QString>("preset");
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("command");
    QTest::addColumn<quint64>("onTime");
    QTest::addColumn<QString>("rule");
    addRows(ddr3, ddr3Rows);
    addRows(ddr4, ddr4Rows);
    addRows(lpddr4, lpddr4Rows);
    addRows(hbm, hbmRows);
}

void DramRulesTest::earlyIsRefusedOnTimeIsAccepted()
{
    QFETCH(QString, preset);
    QFETCH(QString, before);
    QFETCH(QString, command);
    QFETCH(quint64, onTime);
    QFETCH(QString, rule);
    const RuleBook book = ruletest::Memory { preset.toStdString() }.book();
    const std::vector<Command> good = joined(before, onTime, command);
    const auto fault = firstViolation(book, good);
    QVERIFY2(!fault, fault ? fault->rule.c_str() : "");
    const std::vector<Command> early = joined(before, onTime - 1, command);
    const auto violation = firstViolation(book, early);
    QVERIFY(violation);
    QCOMPARE(violation->index, early.size() - 1);
    QCOMPARE(QString::fromStdString(violation->rule), rule);
    QCOMPARE(violation->early, std::uint64_t { 1 });
}

// GDDR5: t32AW 360 against 32 activates at tRRD 10.
void DramRulesTest::thirtyTwoActivates()
{
    const RuleBook book = ruletest::Memory { "GDDR5_8Gb_x32" }.book();
    QMap<quint64, QString> lines;
    for (quint64 i = 0; i < 32; ++i) {
        lines[10 * i] = QStringLiteral("%1 ACT 0 %2").arg(10 * i).arg(i % 16);
        if (i < 16)
            lines[10 * i + 61] = QStringLiteral("%1 PRE 0 %2").arg(10 * i + 61).arg(i);
    }
    lines[310 + 1] = QStringLiteral("311 PRE 0 0");
    const QString before = QStringList(lines.values()).join(QStringLiteral("; "));
    QVERIFY(!firstViolation(book, joined(before, 360, QStringLiteral("ACT 0 0"))));
    const auto violation = firstViolation(book, joined(before, 359, QStringLiteral("ACT 0 0")));
    QVERIFY(violation);
    QCOMPARE(QString::fromStdString(violation->rule), QStringLiteral("t32AW"));
}

void DramRulesTest::stateIsRefused_data()
{
    QTest::addColumn<QString>("commands");
    QTest::addColumn<QString>("rule");
    const auto row = [](const char* commands, const char* rule) {
        QTest::addRow("%s", commands) << QString::fromLatin1(commands) << QString::fromLatin1(rule);
    };
    row("0 ACT 0 0; 500 ACT 0 0", "row open");
    row("0 RD 0 0", "no open row");
    row("0 ACT 0 0; 400 RDA 0 0; 500 WR 0 0", "no open row");
    row("0 PRE 0 0", "no open row");
    row("0 ACT 0 0; 400 PRE 0 0; 500 PRE 0 0", "no open row");
    row("0 ACT 0 7; 500 REF 0 0", "open rows in the rank");
    row("0 ACT 0 7; 500 PDE 0 0", "open rows in the rank");
    row("0 PDE 0 0; 500 ACT 0 0", "powered down");
    row("0 PDE 0 0; 500 REF 0 0", "powered down");
    row("0 PDX 0 0", "not powered down");
    row("9 ACT 0 0; 8 ACT 1 0", "order");
}

void DramRulesTest::stateIsRefused()
{
    QFETCH(QString, commands);
    QFETCH(QString, rule);
    const std::vector<Command> parsed = ruletest::parse(commands.toStdString());
    const auto violation = firstViolation(ruletest::Memory { ddr3 }.book(), parsed);
    QVERIFY(violation);
    QCOMPARE(violation->index, parsed.size() - 1);
    QCOMPARE(QString::fromStdString(violation->rule), rule);
}

// DRAMSim2 tells a read of one rank to the banks of the others whose row is open then, and to no others.
void DramRulesTest::rowsOpenedLaterAreNotHeld()
{
    ruletest::Memory memory { ddr3 };
    dramsim2::Config config = memory.config2();
    config.device.tRCD = 2;
    const RuleBook book = ruleBook(config);
    QVERIFY(!firstViolation(book, ruletest::parse("0 ACT 0 0; 10 RD 0 0; 11 ACT 1 0; 13 RD 1 0")));
    QVERIFY(firstViolation(book, ruletest::parse("0 ACT 0 0; 9 ACT 1 0; 10 RD 0 0; 13 RD 1 0")));
}

void DramRulesTest::wakingForgetsEarlierActivates()
{
    ruletest::Memory memory { ddr3 };
    dramsim2::Config config = memory.config2();
    config.device.tRC = 90;
    const RuleBook book = ruleBook(config);
    QVERIFY(firstViolation(book, ruletest::parse("0 ACT 0 0; 24 PRE 0 0; 50 ACT 0 0")));
    QVERIFY(
        !firstViolation(book, ruletest::parse("0 ACT 0 0; 24 PRE 0 0; 34 PDE 0 0; 38 PDX 0 0; 50 ACT 0 0")));
}

QTEST_GUILESS_MAIN(DramRulesTest)
#include "rules_test.moc"
