#include "engine/base/random.h"
#include "engine/dram/rules/replay.h"
#include "tests/engine/dram_rules/rule_streams.h"

#include <QRegularExpression>
#include <QTest>

using namespace engine::dram;
using namespace engine::dram::rules;

namespace {

constexpr const char* ddr3 = "DDR3_micron_32M_8B_x8_sg15";

Command at(unsigned rank, unsigned bank, CommandKind kind = CommandKind::Activate)
{
    Command command;
    command.kind = kind;
    command.rank = static_cast<std::uint8_t>(rank);
    command.bank = static_cast<std::uint8_t>(bank);
    return command;
}

Hold holdOfLast(const char* text)
{
    const RuleBook book = ruletest::Memory { ddr3 }.book();
    const std::vector<Command> commands = ruletest::parse(text);
    Replay replay(book, commands, {});
    replay.seek(commands.size() - 1);
    Hold hold = replay.hold();
    hold.last.rule = nullptr; // the book ends here
    return hold;
}

} // namespace

class DramReplayTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void banksGoThroughTheirPhases();
    void ranksSleepAndRefresh();
    void decider();
    void counters();
    void jumpsEqualWalking_data();
    void jumpsEqualWalking();
    void checkpointsStop();
};

void DramReplayTest::banksGoThroughTheirPhases()
{
    const RuleBook book = ruletest::Memory { ddr3 }.book();
    const std::vector<Command> commands =
        ruletest::parse("0 ACT 0 2 77; 10 RD 0 2; 26 PRE 0 2; 40 ACT 0 2 5; 60 WRA 0 2");
    Replay replay(book, commands, {});
    const auto state = [&](std::size_t position, std::uint64_t cycle) {
        replay.seek(position);
        return replay.history().bank(at(0, 2), cycle);
    };
    using enum BankPhase;
    QCOMPARE(state(0, 0), (BankState { Idle, 0, 0 }));
    QCOMPARE(state(1, 0), (BankState { Open, 77, 0 }));
    QCOMPARE(state(3, 26), (BankState { Precharging, 0, 36 }));
    QCOMPARE(state(3, 35), (BankState { Precharging, 0, 36 }));
    QCOMPARE(state(3, 36), (BankState { Idle, 0, 0 }));
    QCOMPARE(state(4, 59), (BankState { Open, 5, 0 }));
    // DRAMSim2 closes the row after WL + BL/2 + tWR.
    QCOMPARE(state(5, 60), (BankState { Open, 5, 83 }));
    QCOMPARE(state(5, 83), (BankState { Precharging, 0, 93 }));
    QCOMPARE(state(5, 93), (BankState { Idle, 0, 0 }));
    QCOMPARE(replay.history().bank(at(1, 2), 83), (BankState { Idle, 0, 0 }));
}

void DramReplayTest::ranksSleepAndRefresh()
{
    const RuleBook book = ruletest::Memory { ddr3 }.book();
    const std::vector<Command> commands = ruletest::parse("3 REF 0 0; 110 PDE 0 0; 150 PDX 0 0");
    Replay replay(book, commands, {});
    using enum BankPhase;
    replay.seek(1);
    QCOMPARE(replay.history().bank(at(0, 7), 109), (BankState { Refreshing, 0, 110 }));
    QCOMPARE(replay.history().bank(at(0, 7), 110), (BankState { Idle, 0, 0 }));
    QCOMPARE(replay.history().bank(at(1, 7), 50), (BankState { Idle, 0, 0 }));
    replay.seek(2);
    QCOMPARE(replay.history().bank(at(0, 0), 149), (BankState { PoweredDown, 0, 0 }));
    replay.seek(3);
    QCOMPARE(replay.history().bank(at(0, 0), 150), (BankState { Idle, 0, 0 }));
}

void DramReplayTest::decider()
{
    QCOMPARE(holdOfLast("0 ACT 0 0; 10 RD 0 0").decider, Decider::Rule);
    const Hold late = holdOfLast("0 ACT 0 0; 13 RD 0 0");
    QCOMPARE(late.decider, Decider::Nothing);
    QCOMPARE(late.slack, std::uint64_t { 3 });
    QCOMPARE(late.last.earliest, std::uint64_t { 10 });
    // tCCD ends at 18.
    const Hold gap = holdOfLast("0 ACT 0 0; 4 ACT 0 1; 14 RD 0 1; 18 ACT 1 0; 20 RD 0 0");
    QCOMPARE(gap.decider, Decider::Nothing);
    QCOMPARE(gap.slack, std::uint64_t { 2 });
    const Hold taken = holdOfLast("0 ACT 0 0; 4 ACT 0 1; 14 RD 0 1; 18 ACT 1 0; 19 PRE 0 1; 20 RD 0 0");
    QCOMPARE(taken.decider, Decider::Bus);
    QCOMPARE(taken.slack, std::uint64_t { 2 });
    QCOMPARE(holdOfLast("5 ACT 0 0").decider, Decider::Nothing);
}

void DramReplayTest::counters()
{
    const RuleBook book = ruletest::Memory { ddr3 }.book();
    const std::vector<Command> commands = ruletest::parse("100 ACT 0 0; 110 WR 0 0");
    Replay replay(book, commands, {});
    QCOMPARE(replay.earliest(at(0, 0)), std::uint64_t { 0 });
    replay.seek(2);
    QCOMPARE(replay.earliest(at(0, 0, CommandKind::Precharge)), std::uint64_t { 133 });
    QCOMPARE(replay.earliest(at(0, 0, CommandKind::Read)), std::uint64_t { 128 });
    QCOMPARE(replay.earliest(at(0, 0, CommandKind::Write)), std::uint64_t { 114 });
    QCOMPARE(replay.earliest(at(0, 1)), std::uint64_t { 111 });
}

void DramReplayTest::jumpsEqualWalking_data()
{
    QTest::addColumn<QString>("preset");
    for (const char* preset : { ddr3, "DDR4_8Gb_x8_3200", "HBM2_8Gb_x128", "GDDR5_8Gb_x32" })
        QTest::newRow(preset) << QString::fromLatin1(preset);
}

void DramReplayTest::jumpsEqualWalking()
{
    QFETCH(QString, preset);
    const ruletest::Memory memory { preset.toStdString() };
    const RuleBook book = memory.book();
    const std::vector<Command> commands = ruletest::stream(memory, "random", 6000);
    const Checkpoints checkpoints = makeCheckpoints(book, commands, {});
    QVERIFY(checkpoints.size() >= 3);
    QCOMPARE(checkpoints.front().next(), std::size_t { 0 });
    std::vector<std::uint64_t> earliest;
    std::vector<BankState> states;
    Replay walk(book, commands, {});
    for (std::size_t i = 0; i < commands.size(); ++i) {
        walk.seek(i);
        earliest.push_back(walk.earliest(commands[i]));
        states.push_back(walk.history().bank(commands[i], commands[i].cycle));
    }
    Replay jump(book, commands, checkpoints);
    engine::Random random(7);
    for (int k = 0; k < 300; ++k) {
        const std::size_t i = random.below(commands.size());
        jump.seek(i);
        QCOMPARE(jump.position(), i);
        QCOMPARE(jump.earliest(commands[i]), earliest[i]);
        QCOMPARE(jump.history().bank(commands[i], commands[i].cycle), states[i]);
    }
    jump.seek(commands.size());
    QCOMPARE(jump.position(), commands.size());
}

void DramReplayTest::checkpointsStop()
{
    const ruletest::Memory memory { ddr3 };
    const RuleBook book = memory.book();
    const std::vector<Command> commands = ruletest::stream(memory, "random", 6000);
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(makeCheckpoints(book, commands, { stop.get_token(), {} }).size(), std::size_t { 1 });
}

QTEST_GUILESS_MAIN(DramReplayTest)
#include "replay_test.moc"
