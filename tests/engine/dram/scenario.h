#pragma once

#include "engine/dram/address.h"
#include "engine/dram/command.h"
#include "engine/dram/request.h"

#include <optional>
#include <vector>

namespace dramtest {

/// A request of a hand-made trace, by place instead of address.
struct At {
    std::uint32_t rank = 0;
    std::uint32_t bank = 0; ///< bank groups counted through
    std::uint32_t row = 0;
    std::uint32_t column = 0; ///< [burst]
    bool write = false;
    std::uint64_t cycle = 0;
};

inline std::vector<engine::dram::Request> requestsAt(const engine::dram::AddressMap& map,
                                                     const std::vector<At>& places)
{
    std::vector<engine::dram::Request> requests;
    for (const At& at : places) {
        const std::uint64_t group = at.bank >> map.bank.bits;
        const std::uint64_t bank = at.bank & ((1U << map.bank.bits) - 1);
        const std::uint64_t address = std::uint64_t { at.rank } << map.rank.shift | group << map.group.shift
            | bank << map.bank.shift | std::uint64_t { at.row } << map.row.shift
            | std::uint64_t { at.column } << map.column.shift;
        requests.push_back({ address, at.cycle, at.write });
    }
    return requests;
}

/// The n-th command of a kind, n from 0.
struct Nth {
    engine::dram::CommandKind kind;
    std::size_t n = 0;
};

inline std::optional<std::uint64_t> cycleOf(const std::vector<engine::dram::Command>& commands, Nth wanted)
{
    for (const engine::dram::Command& command : commands) {
        if (command.kind == wanted.kind && wanted.n-- == 0)
            return command.cycle;
    }
    return {};
}

} // namespace dramtest
