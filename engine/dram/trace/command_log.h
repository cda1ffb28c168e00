#pragma once

#include "engine/base/file.h"
#include "engine/dram/command.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace engine::dram {

/// How a command log needs to know the memory.
struct CommandLogShape {
    std::uint32_t groupBanks = 1; ///< banks per bank group
    std::uint32_t burstBytes = 64; ///< of a column command [byte]
    std::uint32_t burstColumns = 8; ///< columns of a burst
    std::uint32_t commandDelay = 1; ///< tCMD, from issue to the log's cycle [cycle]
};

/// Writes commands as they come: DRAMSim2's verification log or DRAMPower's CSV. The file appears with
/// commit(), whole or not at all. One log per channel: other channels' commands are passed over, and so is
/// what neither format knows.
class CommandLog : public CommandSink {
public:
    enum class Format : std::uint8_t { DramSim2, DramPower };

    CommandLog(const std::filesystem::path& path, Format format, const CommandLogShape& shape,
               std::uint8_t channel = 0);

    void add(const Command& command) override;
    void commit(std::uint64_t endCycle);

private:
    void addDramSim2(const Command& command, std::uint32_t row);
    void addDramPower(const Command& command, std::uint32_t row);

    AtomicFile m_file;
    Format m_format;
    CommandLogShape m_shape;
    std::uint8_t m_channel;
    std::map<std::uint32_t, std::uint32_t> m_rows; ///< (rank, bank) -> open row
    std::string m_text; ///< not yet written
    std::string m_data; ///< of a column command: the values are not simulated
};

} // namespace engine::dram
