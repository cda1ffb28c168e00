// What the simulators issue keeps the rules, and keeps them to the cycle: a command that a rule decided may
// not come one cycle earlier.

#include "engine/dram/rules/check.h"
#include "engine/dram/rules/replay.h"
#include "tests/engine/dram_rules/rule_streams.h"

#include <QRegularExpression>
#include <QTest>

#include <set>

using namespace engine::dram;
using namespace engine::dram::rules;
using ruletest::Memory;

namespace {

constexpr std::array<const char*, 5> patterns = { "sequential", "random", "strided", "bursty", "tiled" };

std::vector<Memory> memories()
{
    std::vector<Memory> all;
    for (const Preset& preset : presets()) {
        for (const bool close : { false, true }) {
            all.push_back({ std::string(preset.name), close, true });
            if (all.back().isDramSim2())
                all.push_back({ std::string(preset.name), close, false });
        }
    }
    return all;
}

QString describe(const Violation& v, const std::vector<Command>& commands)
{
    const auto line = [&](std::size_t i) {
        const Command& c = commands[i];
        return QStringLiteral("%1 %2 ch %3 rank %4 bank %5")
            .arg(c.cycle)
            .arg(QString::fromStdString(std::string(commandName(c.kind))))
            .arg(c.channel)
            .arg(c.rank)
            .arg(c.bank);
    };
    return QStringLiteral("command %1 (%2) comes %3 early by %4 since %5")
        .arg(v.index)
        .arg(line(v.index))
        .arg(v.early)
        .arg(QString::fromStdString(v.rule), line(v.from));
}

/// A rule others outlast: a single cycle, which the bus takes too, and tFAW where four activates at their
/// least distance take as long or four banks are all there are.
bool isCovered(const Rule& rule, const RuleBook& book)
{
    if (rule.nth == 1)
        return rule.cycles == 1;
    if (rule.nth >= book.banks)
        return true;
    std::uint64_t least = ~std::uint64_t { 0 };
    for (const Rule& other : book.rules) {
        if (other.name.starts_with("tRRD"))
            least = std::min(least, other.cycles);
    }
    return rule.cycles <= rule.nth * least;
}

void collectDeciders(const RuleBook& book, const std::vector<Command>& commands, std::set<std::string>& met)
{
    Replay replay(book, commands, {});
    for (std::size_t i = 0; i < commands.size(); ++i) {
        replay.seek(i);
        const Hold hold = replay.hold();
        if (hold.decider == Decider::Rule)
            met.insert(hold.last.rule->name);
    }
}

void addMemories()
{
    QTest::addColumn<int>("memory");
    const std::vector<Memory> all = memories();
    for (int i = 0; i < static_cast<int>(all.size()); ++i)
        QTest::newRow(all[static_cast<std::size_t>(i)].name().c_str()) << i;
}

} // namespace

class DramRuleStreamsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void simulatorsKeepTheRules_data() { addMemories(); }
    void simulatorsKeepTheRules();
    void oneCycleEarlyIsRefused_data() { addMemories(); }
    void oneCycleEarlyIsRefused();
    void everyRuleDecidesSomewhere_data();
    void everyRuleDecidesSomewhere();
};

void DramRuleStreamsTest::simulatorsKeepTheRules()
{
    QFETCH(int, memory);
    const Memory m = memories()[static_cast<std::size_t>(memory)];
    const RuleBook book = m.book();
    for (const char* pattern : patterns) {
        for (const std::uint64_t interval : { 0, 37 }) {
            const std::vector<Command> commands = ruletest::stream(m, pattern, 1500, interval);
            QVERIFY(commands.size() > 30);
            const auto violation = firstViolation(book, commands);
            QVERIFY2(!violation,
                     violation ? qPrintable(QStringLiteral("%1: %2").arg(QString::fromLatin1(pattern),
                                                                         describe(*violation, commands)))
                               : "");
        }
    }
}

void DramRuleStreamsTest::oneCycleEarlyIsRefused()
{
    QFETCH(int, memory);
    const Memory m = memories()[static_cast<std::size_t>(memory)];
    const RuleBook book = m.book();
    std::size_t decided = 0;
    for (const char* pattern : { "random", "sequential" }) {
        const std::vector<Command> commands = ruletest::stream(m, pattern, 250);
        Replay replay(book, commands, {});
        std::vector<Command> begin;
        for (std::size_t i = 0; i < commands.size(); ++i) {
            replay.seek(i);
            const Hold hold = replay.hold();
            begin.push_back(commands[i]);
            if (commands[i].cycle == 0)
                continue;
            --begin.back().cycle;
            const auto violation = firstViolation(book, begin);
            ++begin.back().cycle;
            if (hold.decider == Decider::Rule) {
                ++decided;
                QVERIFY2(violation, qPrintable(QString::number(i)));
                QCOMPARE(violation->index, i);
                if (violation->rule == "order")
                    continue;
                QCOMPARE(QString::fromStdString(violation->rule),
                         QString::fromStdString(hold.last.rule->name));
                QCOMPARE(violation->from, hold.last.from);
                QCOMPARE(violation->early, std::uint64_t { 1 });
            } else if (violation) {
                QVERIFY2(violation->rule.ends_with("command bus") || violation->rule == "order",
                         violation->rule.c_str());
            }
        }
    }
    QVERIFY(decided > 100);
}

void DramRuleStreamsTest::everyRuleDecidesSomewhere_data()
{
    QTest::addColumn<QString>("preset");
    for (const Preset& preset : presets())
        QTest::newRow(std::string(preset.name).c_str()) << QString::fromStdString(std::string(preset.name));
}

// A rule with a distance that is too short would never be met to the cycle.
void DramRuleStreamsTest::everyRuleDecidesSomewhere()
{
    QFETCH(QString, preset);
    std::set<std::string> never;
    std::set<std::string> met;
    for (const bool close : { false, true }) {
        const Memory m { preset.toStdString(), close, true };
        const RuleBook book = m.book();
        for (const Rule& rule : book.rules) {
            if (!rule.bus && !isCovered(rule, book))
                never.insert(rule.name);
        }
        for (const char* pattern : patterns) {
            for (const std::uint64_t interval : { 0, 37 })
                collectDeciders(book, ruletest::stream(m, pattern, 3000, interval), met);
        }
    }
    for (const std::string& name : met)
        never.erase(name);
    // Whether a request meets a rank that has just fallen asleep is chance; and at tRRD 9 hardly ever two
    // reads of different ranks come within 3 cycles.
    never.erase("tCKE");
    if (preset == QStringLiteral("GDDR6_8Gb_x16"))
        never.erase("BL/16 + tRTRS");
    QVERIFY2(never.empty(), never.empty() ? "" : never.begin()->c_str());
}

QTEST_GUILESS_MAIN(DramRuleStreamsTest)
#include "streams_test.moc"
