#pragma once

#include "engine/base/control.h"
#include "engine/dram/rules/history.h"

#include <memory>
#include <optional>

namespace engine::dram::rules {

/// Why a command came when it did.
enum class Decider : std::uint8_t {
    Rule, ///< in the first cycle the rules allowed
    Bus, ///< from that cycle on every slot of the command bus went to others
    Nothing ///< it could have come earlier: the request was not there, or the controller did not choose it
};

/// What held a command back.
struct Hold {
    Decider decider = Decider::Nothing;
    Limit last; ///< the rule that ended last; no rule when none applied
    std::uint64_t slack = 0; ///< from its end to the issue [cycle]
};

/// Histories every few thousand commands, so that any place is reached in under a millisecond.
using Checkpoints = std::vector<History>;

/// Fewer of them for memories with very many banks: all together take at most 64 MB.
/// Returns what it has when control says stop. Book and commands outlive them.
Checkpoints makeCheckpoints(const RuleBook& book, std::span<const Command> commands, const Control& control);

/// Goes to any command of a stream and tells what held it and what the banks do.
class Replay {
public:
    /// All outlive this.
    Replay(const RuleBook& book, std::span<const Command> commands, std::span<const History> checkpoints);

    std::size_t size() const { return m_commands.size(); }
    std::size_t position() const { return m_history.next(); }
    void seek(std::size_t index); ///< before this command; size() = after the last

    /// Everything before the command at position().
    const History& history() const { return m_history; }
    /// Of the command at position().
    Hold hold() const;
    /// The first cycle in which the rules allow it, seen from position(); 0 when nothing holds it. The kind
    /// need not fit the state of the bank.
    std::uint64_t earliest(const Command& command) const;

private:
    bool busWasTaken(std::uint64_t since) const;

    const RuleBook& m_book;
    std::span<const Command> m_commands;
    std::span<const History> m_checkpoints;
    History m_history;
};

} // namespace engine::dram::rules
