#include "engine/dram/rules/check.h"

#include "engine/dram/rules/history.h"

namespace engine::dram::rules {

namespace {

using enum CommandKind;

/// What the state of the bank or rank forbids; empty when nothing.
const char* stateFault(const History& history, const Command& command)
{
    if (command.kind == PowerDownExit)
        return history.isPoweredDown(command) ? "" : "not powered down";
    if (history.isPoweredDown(command))
        return "powered down";
    if (isForRank(command.kind))
        return history.anyOpen(command) ? "open rows in the rank" : "";
    const bool wantsOpen = anyColumn.contains(command.kind) || command.kind == Precharge;
    if (history.isOpen(command) == wantsOpen)
        return "";
    return wantsOpen ? "no open row" : "row open";
}

std::optional<Violation> faultOf(const History& history, std::span<const Command> commands)
{
    const std::size_t index = history.next();
    const Command& command = commands[index];
    const std::size_t before = history.lastOfChannel(command.channel);
    if (before < index && command.cycle < commands[before].cycle)
        return Violation { index, "order", before, commands[before].cycle - command.cycle };
    if (const std::string fault = stateFault(history, command); !fault.empty())
        return Violation { index, fault, index, 0 };
    const Limit limit = history.lastLimit(command);
    if (limit.rule == nullptr || command.cycle >= limit.earliest)
        return std::nullopt;
    return Violation { index, limit.rule->name, limit.from, limit.earliest - command.cycle };
}

} // namespace

std::optional<Violation> firstViolation(const RuleBook& book, std::span<const Command> commands,
                                        const Control& control)
{
    History history(book, commands);
    while (history.next() < commands.size()) {
        if ((history.next() & 0xFFFF) == 0 && control.stopped())
            return std::nullopt;
        if (std::optional<Violation> violation = faultOf(history, commands))
            return violation;
        history.advance();
    }
    return std::nullopt;
}

} // namespace engine::dram::rules
