#include "engine/dram/rules/rule.h"

#include <algorithm>

namespace engine::dram::rules {

void RuleBook::add(Rule rule)
{
    if (rule.cycles == 0)
        return;
    const auto index = static_cast<std::uint32_t>(rules.size());
    for (std::size_t kind = 0; kind < commandKinds; ++kind) {
        if (rule.to.contains(static_cast<CommandKind>(kind)))
            rulesTo[kind].push_back(index);
    }
    deepest = std::max(deepest, rule.nth);
    rules.push_back(std::move(rule));
}

} // namespace engine::dram::rules
