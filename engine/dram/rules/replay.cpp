#include "engine/dram/rules/replay.h"

#include <algorithm>
#include <cassert>

namespace engine::dram::rules {

namespace {

constexpr std::size_t leastInterval = 4096; // [command]
constexpr std::size_t mostBytes = std::size_t { 64 } << 20;

} // namespace

Checkpoints makeCheckpoints(const RuleBook& book, std::span<const Command> commands, const Control& control)
{
    Checkpoints checkpoints;
    History history(book, commands);
    const std::size_t most = std::max<std::size_t>(1, mostBytes / history.bytes());
    const std::size_t interval = std::max(leastInterval, commands.size() / most + 1);
    checkpoints.reserve(commands.size() / interval + 1);
    while (true) {
        checkpoints.push_back(history);
        if (history.next() + interval >= commands.size() || control.stopped())
            return checkpoints;
        history.advanceTo(history.next() + interval);
        control.report(static_cast<double>(history.next()) / static_cast<double>(commands.size()), {});
    }
}

Replay::Replay(const RuleBook& book, std::span<const Command> commands, std::span<const History> checkpoints)
    : m_book(book)
    , m_commands(commands)
    , m_checkpoints(checkpoints)
    , m_history(book, commands)
{
}

void Replay::seek(std::size_t index)
{
    assert(index <= m_commands.size());
    const auto after = std::upper_bound(m_checkpoints.begin(), m_checkpoints.end(), index,
                                        [](std::size_t i, const History& h) { return i < h.next(); });
    const History* nearest = after == m_checkpoints.begin() ? nullptr : &*std::prev(after);
    if (index < m_history.next() || (nearest != nullptr && nearest->next() > m_history.next()))
        m_history = nearest != nullptr ? *nearest : History(m_book, m_commands);
    m_history.advanceTo(index);
}

Hold Replay::hold() const
{
    const Command& command = m_commands[position()];
    Hold hold;
    m_history.forLimits(command, [&hold](const Limit& limit) {
        if (!limit.rule->bus && (hold.last.rule == nullptr || limit.earliest > hold.last.earliest))
            hold.last = limit;
    });
    if (hold.last.rule == nullptr)
        return hold;
    hold.slack = command.cycle - std::min(command.cycle, hold.last.earliest);
    if (hold.slack == 0)
        hold.decider = Decider::Rule;
    else if (busWasTaken(hold.last.earliest))
        hold.decider = Decider::Bus;
    return hold;
}

std::uint64_t Replay::earliest(const Command& command) const
{
    return m_history.lastLimit(command).earliest;
}

bool Replay::busWasTaken(std::uint64_t since) const
{
    const Command& command = m_commands[position()];
    const auto& rules = m_book.rulesTo[static_cast<std::size_t>(command.kind)];
    const auto bus =
        std::ranges::find_if(rules, [this](std::uint32_t index) { return m_book.rules[index].bus; });
    if (bus == rules.end())
        return false;
    const Kinds users = m_book.rules[*bus].from;
    std::uint64_t free = command.cycle - 1; // the last slot not yet known to be taken
    for (std::size_t i = position(); i > 0 && m_commands[i - 1].cycle >= free; --i) {
        const Command& other = m_commands[i - 1];
        if (other.channel != command.channel || !users.contains(other.kind) || other.cycle != free)
            continue;
        if (free == since)
            return true;
        --free;
    }
    return false;
}

} // namespace engine::dram::rules
