#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace engine::dram {

enum class CommandKind : std::uint8_t {
    Activate,
    Read,
    ReadAutoPrecharge,
    Write,
    WriteAutoPrecharge,
    Precharge,
    Refresh,
    RefreshBank,
    SelfRefreshEnter,
    SelfRefreshExit,
    PowerDownEnter, ///< told only when asked for, see RunOptions::powerCommands
    PowerDownExit
};
constexpr std::size_t commandKinds = 12;

/// "ACT", "RD", "RDA", ... as in command logs.
std::string_view commandName(CommandKind kind);

/// A command on the command bus of one channel.
struct Command {
    std::uint64_t cycle = 0; ///< of issue
    std::uint32_t detail = 0; ///< row of Activate; column in bursts of reads and writes; else 0 as issued
    CommandKind kind = {};
    std::uint8_t channel = 0;
    std::uint8_t rank = 0;
    std::uint8_t bank = 0; ///< within the rank, bank groups counted through; 0 for whole ranks

    bool operator==(const Command& other) const = default;
};

/// Hears every command in the order of issue within its channel.
class CommandSink {
public:
    virtual ~CommandSink() = default;
    virtual void add(const Command& command) = 0;
    /// The precharge just told closed its row while requests for another one waited.
    virtual void markConflict() { }
};

} // namespace engine::dram
