#pragma once

#include "engine/base/control.h"
#include "engine/dram/rules/rule.h"

#include <cstddef>
#include <optional>
#include <span>

namespace engine::dram::rules {

/// A command that may not be where it is.
struct Violation {
    std::size_t index = 0; ///< of the command
    /// "tRCD", or what the state forbids: "row open", "no open row", "open rows in the rank", "powered down",
    /// "not powered down", "order".
    std::string rule;
    std::size_t from = 0; ///< the earlier command the rule counts from; `index` when there is none
    std::uint64_t early = 0; ///< by so much [cycle]; 0 when no waiting would help
};

/// The first command that comes too early or to a bank in the wrong state; none when all is well, or when
/// control said stop before one was found.
///
/// Shape  commands in rising cycles within each channel, with power commands when the memory powers down
std::optional<Violation> firstViolation(const RuleBook& book, std::span<const Command> commands,
                                        const Control& control = {});

} // namespace engine::dram::rules
