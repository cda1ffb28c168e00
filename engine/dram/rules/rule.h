#pragma once

#include "engine/dram/command.h"
#include "engine/dram/dramsim2/config.h"
#include "engine/dram/dramsim3/config.h"

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

namespace engine::dram::rules {

/// A set of kinds of commands.
class Kinds {
public:
    constexpr Kinds(std::initializer_list<CommandKind> kinds)
    {
        for (const CommandKind kind : kinds)
            m_bits = static_cast<std::uint16_t>(m_bits | 1U << static_cast<unsigned>(kind));
    }

    constexpr bool contains(CommandKind kind) const
    {
        return (m_bits >> static_cast<unsigned>(kind) & 1U) != 0;
    }
    constexpr std::uint16_t bits() const { return m_bits; }

private:
    std::uint16_t m_bits = 0;
};

constexpr Kinds anyRead = { CommandKind::Read, CommandKind::ReadAutoPrecharge };
constexpr Kinds anyWrite = { CommandKind::Write, CommandKind::WriteAutoPrecharge };
constexpr Kinds anyColumn = { CommandKind::Read, CommandKind::ReadAutoPrecharge, CommandKind::Write,
                              CommandKind::WriteAutoPrecharge };
constexpr Kinds autoPrecharges = { CommandKind::ReadAutoPrecharge, CommandKind::WriteAutoPrecharge };
constexpr Kinds anyRow = { CommandKind::Activate, CommandKind::Precharge, CommandKind::Refresh,
                           CommandKind::RefreshBank };

/// Where the earlier command went, as seen from the later one.
enum class Scope : std::uint8_t {
    Bank,
    Group, ///< the same bank group, the bank itself included
    OtherGroups, ///< of the same rank
    Rank, ///< the same rank, the bank itself included
    OtherRanks, ///< of the same channel
    Channel
};

/// "Not before `cycles` after the last such command there."
struct Rule {
    Kinds from;
    Kinds to;
    Scope scope;
    std::uint64_t cycles;
    std::string name; ///< "tRCD", "RL + BL/2 + tRTRS - WL"
    std::uint32_t nth = 1; ///< counts from the nth last of them: 4 for tFAW
    bool bus = false; ///< a slot of the command bus, not a time of the devices
    bool onlyIfOpen = false; ///< holds only banks whose row was already open at the earlier command
    bool endsWithPowerDown = false; ///< forgotten when the rank wakes
};

/// All distances between commands of one memory, and how long its banks are busy.
struct RuleBook {
    std::vector<Rule> rules;
    std::array<std::vector<std::uint32_t>, commandKinds> rulesTo; ///< indices into `rules`, by later command

    std::uint32_t channels = 1;
    std::uint32_t ranks = 1; ///< of a channel
    std::uint32_t banks = 1; ///< of a rank
    std::uint32_t groupBanks = 1; ///< of a bank group
    std::uint32_t deepest = 1; ///< the largest Rule::nth

    std::uint64_t precharge = 0; ///< [cycle]
    std::uint64_t refresh = 0; ///< [cycle]
    std::uint64_t readOpen = 0; ///< from a read with auto-precharge to the start of that precharge [cycle]
    std::uint64_t writeOpen = 0; ///< the same of a write
    std::uint64_t readIdle = 0; ///< from a read with auto-precharge to an idle bank [cycle]
    std::uint64_t writeIdle = 0;

    std::uint32_t groups() const { return banks / groupBanks; } ///< of a rank
    /// Leaves out a rule of 0 cycles: it cannot hold anything.
    void add(Rule rule);
};

/// Sources  [DRAMSim2] 753819a, CommandQueue::isIssuable and BankState updates of MemoryController::update
RuleBook ruleBook(const dramsim2::Config& config);
/// Sources  [DRAMsim3] 2981759, Timing
RuleBook ruleBook(const dramsim3::Config& config);

} // namespace engine::dram::rules
