#include "analysis/dram/steps.h"

#include "analysis/dram/grouped.h"

#include <algorithm>

namespace analysis {

namespace dram = engine::dram;
namespace rules = engine::dram::rules;
using dram::Command;
using dram::CommandKind;

namespace {

rules::RuleBook bookOf(const Memory& memory)
{
    return std::visit([](const auto& config) { return rules::ruleBook(config); }, memory.config);
}

QString hex(quint32 value)
{
    return QStringLiteral("0x") + QString::number(value, 16).toUpper();
}

QString nameOf(CommandKind kind)
{
    const std::string_view name = dram::commandName(kind);
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

} // namespace

CommandSteps::CommandSteps(std::shared_ptr<const DramRun> run, const engine::Control& control)
    : m_run(std::move(run))
    , m_book(bookOf(m_run->memory))
    , m_checkpoints(rules::makeCheckpoints(m_book, m_run->commands, control))
    , m_replay(m_book, m_run->commands, m_checkpoints)
{
}

CommandStep CommandSteps::at(std::size_t index)
{
    CommandStep step;
    step.index = index;
    step.command = m_run->commands[index];
    step.banks.resize(std::size_t { m_book.ranks } * m_book.banks);
    m_replay.seek(index);
    const rules::Hold hold = m_replay.hold();
    addRules(step);
    step.why = reason(step, hold);
    addBanks(step, false);
    m_replay.seek(index + 1);
    addBanks(step, true);

    step.what = nameOf(step.command.kind) + QLatin1Char(' ') + place(step.command);
    const std::size_t bank = std::size_t { step.command.rank } * m_book.banks + step.command.bank;
    if (step.command.kind == CommandKind::Activate)
        step.what += QStringLiteral(", row ") + hex(step.command.detail);
    else if (rules::anyColumn.contains(step.command.kind))
        step.what += QStringLiteral(", row %1, column %2")
                         .arg(hex(step.banks[bank].before.row), hex(step.command.detail));
    step.what += QStringLiteral(" at cycle ") + grouped(step.command.cycle);
    return step;
}

void CommandSteps::addRules(CommandStep& step) const
{
    std::vector<rules::Limit> limits;
    m_replay.history().forLimits(step.command, [&limits](const rules::Limit& limit) {
        if (!limit.rule->bus)
            limits.push_back(limit);
    });
    std::ranges::stable_sort(limits, std::ranges::greater {}, &rules::Limit::earliest);
    for (const rules::Limit& limit : limits) {
        const Command& from = m_run->commands[limit.from];
        StepRule rule;
        rule.name = QString::fromStdString(limit.rule->name);
        rule.since = QStringLiteral("%1 at %2").arg(shortName(from), grouped(from.cycle));
        rule.from = limit.from;
        rule.cycles = limit.rule->cycles;
        rule.passed = step.command.cycle - from.cycle;
        rule.decided = step.command.cycle == limit.earliest;
        step.rules.push_back(std::move(rule));
    }
}

QString CommandSteps::reason(const CommandStep& step, const rules::Hold& hold) const
{
    if (hold.last.rule == nullptr)
        return QStringLiteral("nothing held it back");
    const StepRule& last = step.rules.front();
    const QString since = QStringLiteral("%1 = %2 since %3").arg(last.name, grouped(last.cycles), last.since);
    const QString slack = QStringLiteral("%1 cycle%2")
                              .arg(grouped(hold.slack), hold.slack == 1 ? QString() : QStringLiteral("s"));
    switch (hold.decider) {
    case rules::Decider::Rule:
        return QStringLiteral("held back by ") + since;
    case rules::Decider::Bus:
        return QStringLiteral("held back %1 by other commands on the command bus, after %2")
            .arg(slack, since);
    case rules::Decider::Nothing:
        break;
    }
    return QStringLiteral("no rule held it back: the last, %1, had ended %2 before").arg(since, slack);
}

void CommandSteps::addBanks(CommandStep& step, bool after) const
{
    Command place;
    place.channel = step.command.channel;
    for (std::size_t i = 0; i < step.banks.size(); ++i) {
        place.rank = static_cast<std::uint8_t>(i / m_book.banks);
        place.bank = static_cast<std::uint8_t>(i % m_book.banks);
        const rules::BankState state = m_replay.history().bank(place, step.command.cycle);
        (after ? step.banks[i].after : step.banks[i].before) = state;
        if (after)
            addNext(step.banks[i], place);
    }
}

void CommandSteps::addNext(StepBank& bank, Command place) const
{
    using enum rules::BankPhase;
    bank.next.fill(StepBank::closed);
    const bool open = bank.after.phase == Open;
    if (bank.after.phase == PoweredDown || (open && bank.after.until > 0))
        return;
    constexpr std::array kinds = { CommandKind::Activate, CommandKind::Read, CommandKind::Write,
                                   CommandKind::Precharge };
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        if (open != (i > 0))
            continue;
        place.kind = kinds[i];
        bank.next[i] = m_replay.earliest(place);
    }
}

// "bank 3", with the rank and the channel where there are several.
QString CommandSteps::place(const Command& command) const
{
    QString text;
    if (m_book.channels > 1)
        text += QStringLiteral("channel %1 ").arg(command.channel);
    const bool wholeRank = rules::isForRank(command.kind);
    if (m_book.ranks > 1 || wholeRank)
        text += QStringLiteral("rank %1").arg(command.rank);
    if (wholeRank)
        return text;
    return text
        + QStringLiteral("%1bank %2")
              .arg(m_book.ranks > 1 ? QStringLiteral(" ") : QString())
              .arg(command.bank);
}

QString CommandSteps::shortName(const Command& command) const
{
    return nameOf(command.kind) + QLatin1Char(' ') + place(command);
}

} // namespace analysis
