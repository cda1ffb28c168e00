#include "analysis/dram/steps.h"

#include <QRegularExpression>
#include <QTest>

using namespace analysis;
using engine::dram::Command;
using engine::dram::CommandKind;
using engine::dram::rules::BankPhase;

namespace {

Command command(std::uint64_t cycle, CommandKind kind, unsigned bank, std::uint32_t detail = 0,
                unsigned rank = 0)
{
    Command made;
    made.cycle = cycle;
    made.kind = kind;
    made.bank = static_cast<std::uint8_t>(bank);
    made.rank = static_cast<std::uint8_t>(rank);
    made.detail = detail;
    return made;
}

/// DDR3_micron_32M_8B_x8_sg15: 2048 MB to the rank.
std::shared_ptr<const DramRun> runOf(std::vector<Command> commands, qint64 megabytes = 2048)
{
    const std::vector<Parameter> parameters = memoryParameters();
    Values values(parameters);
    values.set(parameters, QStringLiteral("capacity"), megabytes);
    auto run = std::make_shared<DramRun>();
    run->memory = makeMemory(values);
    run->commands = std::move(commands);
    return run;
}

} // namespace

class DramStepsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void sentences();
    void sentencesNameTheRank();
    void busAndSlack();
    void banks();
    void ruleRows();
};

void DramStepsTest::sentences()
{
    using enum CommandKind;
    CommandSteps steps(runOf({ command(10320, Activate, 0, 7), command(10324, Activate, 3, 0x1A4),
                               command(10334, Read, 0, 1), command(10338, Read, 3, 0x68) }),
                       {});
    const CommandStep first = steps.at(0);
    QCOMPARE(first.what, QStringLiteral("ACT bank 0, row 0x7 at cycle 10\u2009320"));
    QCOMPARE(first.why, QStringLiteral("nothing held it back"));
    const CommandStep last = steps.at(3);
    QCOMPARE(last.what, QStringLiteral("RD bank 3, row 0x1A4, column 0x68 at cycle 10\u2009338"));
    QCOMPARE(last.why, QStringLiteral("held back by tCCD = 4 since RD bank 0 at 10\u2009334"));
}

void DramStepsTest::sentencesNameTheRank()
{
    using enum CommandKind;
    CommandSteps steps(runOf({ command(0, Refresh, 0, 0, 1), command(107, Activate, 2, 5, 1) }, 4096), {});
    QCOMPARE(steps.ranks(), 2U);
    QCOMPARE(steps.at(0).what, QStringLiteral("REF rank 1 at cycle 0"));
    QCOMPARE(steps.at(1).what, QStringLiteral("ACT rank 1 bank 2, row 0x5 at cycle 107"));
    QCOMPARE(steps.at(1).why, QStringLiteral("held back by tRFC = 107 since REF rank 1 at 0"));
}

void DramStepsTest::busAndSlack()
{
    using enum CommandKind;
    CommandSteps steps(runOf({ command(0, Activate, 0), command(4, Activate, 1), command(14, Read, 1),
                               command(18, Activate, 2), command(19, Read, 0), command(40, Read, 1) }),
                       {});
    QCOMPARE(steps.at(4).why,
             QStringLiteral("held back 1 cycle by other commands on the command bus, after "
                            "tCCD = 4 since RD bank 1 at 14"));
    QCOMPARE(
        steps.at(5).why,
        QStringLiteral("no rule held it back: the last, tCCD = 4 since RD bank 0 at 19, had ended 17 cycles "
                       "before"));
}

void DramStepsTest::banks()
{
    using enum CommandKind;
    CommandSteps steps(runOf({ command(100, Activate, 2, 9), command(124, Precharge, 2) }), {});
    const CommandStep opened = steps.at(0);
    QCOMPARE(opened.banks.size(), std::size_t { 8 });
    QCOMPARE(opened.banks[2].before.phase, BankPhase::Idle);
    QCOMPARE(opened.banks[2].after.phase, BankPhase::Open);
    QCOMPARE(opened.banks[2].after.row, 9U);
    QVERIFY(opened.banks[2].isChanged());
    QVERIFY(!opened.banks[1].isChanged());
    QCOMPARE(opened.banks[2].next[0], StepBank::closed);
    QCOMPARE(opened.banks[2].next[1], quint64 { 110 });
    QCOMPARE(opened.banks[2].next[2], quint64 { 110 });
    QCOMPARE(opened.banks[2].next[3], quint64 { 124 });
    QCOMPARE(opened.banks[1].next[0], quint64 { 104 });
    QCOMPARE(opened.banks[1].next[1], StepBank::closed);
    const CommandStep closed = steps.at(1);
    QCOMPARE(closed.banks[2].after.phase, BankPhase::Precharging);
    QCOMPARE(closed.banks[2].after.until, quint64 { 134 });
    QCOMPARE(closed.banks[2].next[0], quint64 { 134 });
    QCOMPARE(steps.at(0).banks[2].before.phase, BankPhase::Idle); // and back
}

void DramStepsTest::ruleRows()
{
    using enum CommandKind;
    CommandSteps steps(runOf({ command(0, Activate, 0), command(10, Write, 0), command(33, Precharge, 0) }),
                       {});
    const CommandStep step = steps.at(2);
    QCOMPARE(step.rules.size(), std::size_t { 2 });
    QCOMPARE(step.rules[0].name, QStringLiteral("WL + BL/2 + tWR"));
    QCOMPARE(step.rules[0].since, QStringLiteral("WR bank 0 at 10"));
    QCOMPARE(step.rules[0].from, std::size_t { 1 });
    QCOMPARE(step.rules[0].cycles, quint64 { 23 });
    QCOMPARE(step.rules[0].passed, quint64 { 23 });
    QVERIFY(step.rules[0].decided);
    QCOMPARE(step.rules[1].name, QStringLiteral("tRAS"));
    QCOMPARE(step.rules[1].passed, quint64 { 33 });
    QVERIFY(!step.rules[1].decided);
}

QTEST_GUILESS_MAIN(DramStepsTest)
#include "steps_test.moc"
