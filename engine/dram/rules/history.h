#pragma once

#include "engine/dram/rules/rule.h"

#include <cstddef>
#include <span>
#include <vector>

namespace engine::dram::rules {

/// What a bank is doing.
enum class BankPhase : std::uint8_t { Idle, Open, Precharging, Refreshing, PoweredDown };

struct BankState {
    BankPhase phase = BankPhase::Idle;
    std::uint32_t row = 0; ///< of Open
    std::uint64_t until =
        0; ///< end of Precharging, Refreshing, or of a row that closes by itself [cycle]; 0 = open end

    bool operator==(const BankState& other) const = default;
};

/// A rule that applies to a command, and the earlier command it counts from.
struct Limit {
    const Rule* rule = nullptr;
    std::size_t from = 0; ///< index of the earlier command
    std::uint64_t earliest = 0; ///< [cycle]
};

/// What the commands so far leave behind: which was the last of its kind in each bank, bank group, rank and
/// channel. Made of indices into the stream, so a copy is a checkpoint of a few kilobytes.
///
/// Shape  commands of one memory in rising cycles; at most 2^32 - 2 of them
class History {
public:
    /// Both outlive this.
    History(const RuleBook& book, std::span<const Command> commands);

    std::size_t next() const { return m_next; } ///< index of the first command that is not yet counted in
    void advance(); ///< counts in the next command
    void advanceTo(std::size_t index);

    /// The rules that hold a command of this kind to this bank (of Refresh and power-down: to this rank),
    /// each with its last cause. Rules without a cause are left out. `told` is called with each Limit.
    template <typename Told>
    void forLimits(const Command& command, Told told) const
    {
        for (const std::uint32_t index : m_book->rulesTo[static_cast<std::size_t>(command.kind)]) {
            const Rule& rule = m_book->rules[index];
            if (const std::uint32_t mark = lastOf(rule, command); mark > 0)
                told(Limit { &rule, mark - 1, m_commands[mark - 1].cycle + rule.cycles });
        }
    }
    /// The one that ends last; no rule when none applies. A tie goes to the rule that stands first.
    Limit lastLimit(const Command& command) const;

    BankState bank(const Command& place, std::uint64_t cycle) const;
    bool isOpen(const Command& place) const; ///< an activate without a precharge since, automatic or not
    bool anyOpen(const Command& place) const; ///< in the rank
    bool isPoweredDown(const Command& place) const; ///< the rank
    /// The last command of the channel, or none as next().
    std::size_t lastOfChannel(std::uint8_t channel) const;

    std::size_t bytes() const; ///< of a copy

private:
    /// Index + 1 of the last command of each kind; 0 = none.
    using Marks = std::array<std::uint32_t, commandKinds>;

    std::size_t rankOf(const Command& c) const { return std::size_t { c.channel } * m_book->ranks + c.rank; }
    std::size_t bankOf(const Command& c) const { return rankOf(c) * m_book->banks + c.bank; }
    std::size_t groupOf(const Command& c) const
    {
        return rankOf(c) * m_book->groups() + c.bank / m_book->groupBanks;
    }
    static std::uint32_t latest(const Marks& marks, Kinds kinds);
    static std::uint32_t mark(const Marks& marks, CommandKind kind)
    {
        return marks[static_cast<std::size_t>(kind)];
    }
    std::uint32_t lastOf(const Rule& rule, const Command& command) const;
    std::uint32_t lastIn(const Rule& rule, const Command& command) const;
    std::uint32_t lastElsewhere(const std::vector<Marks>& places, std::size_t first, std::size_t count,
                                std::size_t own, Kinds kinds) const;
    std::uint32_t nthActivate(std::size_t rank, std::uint32_t nth) const;

    const RuleBook* m_book;
    std::span<const Command> m_commands;
    std::size_t m_next = 0;
    std::vector<Marks> m_banks;
    std::vector<Marks> m_groups;
    std::vector<Marks> m_ranks;
    std::vector<Marks> m_channels;
    std::vector<std::uint32_t> m_activates; ///< a ring of m_book->deepest marks per rank
    std::vector<std::uint32_t> m_activateCounts; ///< per rank
};

/// A command that concerns its whole rank.
constexpr bool isForRank(CommandKind kind)
{
    return kind == CommandKind::Refresh || kind >= CommandKind::SelfRefreshEnter;
}

} // namespace engine::dram::rules
