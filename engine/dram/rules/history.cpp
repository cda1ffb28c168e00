#include "engine/dram/rules/history.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <limits>

namespace engine::dram::rules {

namespace {

using enum CommandKind;

} // namespace

History::History(const RuleBook& book, std::span<const Command> commands)
    : m_book(&book)
    , m_commands(commands)
    , m_banks(std::size_t { book.channels } * book.ranks * book.banks)
    , m_groups(std::size_t { book.channels } * book.ranks * book.groups())
    , m_ranks(std::size_t { book.channels } * book.ranks)
    , m_channels(book.channels)
    , m_activates(m_ranks.size() * book.deepest)
    , m_activateCounts(m_ranks.size())
{
    assert(commands.size() < std::numeric_limits<std::uint32_t>::max());
}

void History::advance()
{
    const Command& command = m_commands[m_next++];
    const auto mark = static_cast<std::uint32_t>(m_next);
    const auto kind = static_cast<std::size_t>(command.kind);
    const std::size_t rank = rankOf(command);
    m_channels[command.channel][kind] = mark;
    m_ranks[rank][kind] = mark;
    if (isForRank(command.kind))
        return;
    m_groups[groupOf(command)][kind] = mark;
    m_banks[bankOf(command)][kind] = mark;
    if (command.kind == Activate)
        m_activates[rank * m_book->deepest + m_activateCounts[rank]++ % m_book->deepest] = mark;
}

void History::advanceTo(std::size_t index)
{
    while (m_next < index)
        advance();
}

Limit History::lastLimit(const Command& command) const
{
    Limit last;
    forLimits(command, [&last](const Limit& limit) {
        if (last.rule == nullptr || limit.earliest > last.earliest)
            last = limit;
    });
    return last;
}

std::uint32_t History::latest(const Marks& marks, Kinds kinds)
{
    std::uint32_t last = 0;
    for (unsigned bits = kinds.bits(); bits != 0; bits &= bits - 1)
        last = std::max(last, marks[static_cast<std::size_t>(std::countr_zero(bits))]);
    return last;
}

std::uint32_t History::lastOf(const Rule& rule, const Command& command) const
{
    const std::uint32_t last = lastIn(rule, command);
    if (rule.onlyIfOpen && last < mark(m_banks[bankOf(command)], Activate))
        return 0;
    if (rule.endsWithPowerDown && last < mark(m_ranks[rankOf(command)], PowerDownExit))
        return 0;
    return last;
}

std::uint32_t History::lastIn(const Rule& rule, const Command& command) const
{
    const std::size_t rank = rankOf(command);
    if (rule.nth > 1)
        return nthActivate(rank, rule.nth);
    switch (rule.scope) {
    case Scope::Bank:
        return latest(isForRank(command.kind) ? m_ranks[rank] : m_banks[bankOf(command)], rule.from);
    case Scope::Group:
        return latest(m_groups[groupOf(command)], rule.from);
    case Scope::OtherGroups:
        return lastElsewhere(m_groups, rank * m_book->groups(), m_book->groups(), groupOf(command),
                             rule.from);
    case Scope::Rank:
        return latest(m_ranks[rank], rule.from);
    case Scope::OtherRanks:
        return lastElsewhere(m_ranks, std::size_t { command.channel } * m_book->ranks, m_book->ranks, rank,
                             rule.from);
    case Scope::Channel:
        return latest(m_channels[command.channel], rule.from);
    }
    return 0;
}

std::uint32_t History::lastElsewhere(const std::vector<Marks>& places, std::size_t first, std::size_t count,
                                     std::size_t own, Kinds kinds) const
{
    std::uint32_t last = 0;
    for (std::size_t place = first; place < first + count; ++place) {
        if (place != own)
            last = std::max(last, latest(places[place], kinds));
    }
    return last;
}

std::uint32_t History::nthActivate(std::size_t rank, std::uint32_t nth) const
{
    const std::uint32_t count = m_activateCounts[rank];
    return count < nth ? 0 : m_activates[rank * m_book->deepest + (count - nth) % m_book->deepest];
}

bool History::isOpen(const Command& place) const
{
    const Marks& marks = m_banks[bankOf(place)];
    return mark(marks, Activate) > latest(marks, { Precharge, ReadAutoPrecharge, WriteAutoPrecharge });
}

bool History::anyOpen(const Command& place) const
{
    Command bank = place;
    for (std::uint32_t b = 0; b < m_book->banks; ++b) {
        bank.bank = static_cast<std::uint8_t>(b);
        if (isOpen(bank))
            return true;
    }
    return false;
}

bool History::isPoweredDown(const Command& place) const
{
    const Marks& marks = m_ranks[rankOf(place)];
    return mark(marks, PowerDownEnter) > mark(marks, PowerDownExit);
}

BankState History::bank(const Command& place, std::uint64_t cycle) const
{
    const Marks& marks = m_banks[bankOf(place)];
    const std::uint32_t activate = mark(marks, Activate);
    const std::uint32_t refresh = mark(m_ranks[rankOf(place)], Refresh);
    const std::uint32_t close = latest(marks, { Precharge, ReadAutoPrecharge, WriteAutoPrecharge });
    if (activate > close)
        return { BankPhase::Open, m_commands[activate - 1].detail, 0 };
    if (isPoweredDown(place))
        return { BankPhase::PoweredDown, 0, 0 };
    if (refresh > close) {
        const std::uint64_t end = m_commands[refresh - 1].cycle + m_book->refresh;
        return cycle < end ? BankState { BankPhase::Refreshing, 0, end } : BankState {};
    }
    if (close == 0)
        return {};
    const Command& closing = m_commands[close - 1];
    const bool read = closing.kind == ReadAutoPrecharge;
    const bool automatic = closing.kind != Precharge;
    const std::uint64_t start = closing.cycle + (automatic ? read ? m_book->readOpen : m_book->writeOpen : 0);
    if (automatic && cycle < start)
        return { BankPhase::Open, m_commands[activate - 1].detail, start };
    const std::uint64_t end = automatic ? closing.cycle + (read ? m_book->readIdle : m_book->writeIdle)
                                        : closing.cycle + m_book->precharge;
    return cycle < end ? BankState { BankPhase::Precharging, 0, end } : BankState {};
}

std::size_t History::lastOfChannel(std::uint8_t channel) const
{
    const Marks& marks = m_channels[channel];
    const std::uint32_t last = *std::ranges::max_element(marks);
    return last > 0 ? last - 1 : m_next;
}

std::size_t History::bytes() const
{
    return sizeof *this
        + (m_banks.size() + m_groups.size() + m_ranks.size() + m_channels.size()) * sizeof(Marks)
        + (m_activates.size() + m_activateCounts.size()) * sizeof(std::uint32_t);
}

} // namespace engine::dram::rules
