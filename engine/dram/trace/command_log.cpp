#include "engine/dram/trace/command_log.h"

namespace engine::dram {

namespace {

constexpr std::size_t pieceBytes = 1U << 16;

bool isWrite(CommandKind kind)
{
    return kind == CommandKind::Write || kind == CommandKind::WriteAutoPrecharge;
}

bool isAuto(CommandKind kind)
{
    return kind == CommandKind::ReadAutoPrecharge || kind == CommandKind::WriteAutoPrecharge;
}

} // namespace

CommandLog::CommandLog(const std::filesystem::path& path, Format format, const CommandLogShape& shape,
                       std::uint8_t channel)
    : m_file(path)
    , m_format(format)
    , m_shape(shape)
    , m_channel(channel)
    , m_data(std::size_t { shape.burstBytes } * 2, '0')
{
}

void CommandLog::add(const Command& command)
{
    if (command.channel != m_channel || command.kind > CommandKind::SelfRefreshExit)
        return;
    std::uint32_t& row = m_rows[(std::uint32_t { command.rank } << 8) + command.bank];
    if (command.kind == CommandKind::Activate)
        row = command.detail;
    if (m_format == Format::DramSim2)
        addDramSim2(command, row);
    else
        addDramPower(command, row);
    if (m_text.size() >= pieceBytes) {
        m_file.write(m_text);
        m_text.clear();
    }
}

void CommandLog::addDramSim2(const Command& command, std::uint32_t row)
{
    const std::string rank = std::to_string(command.rank);
    const std::string place = rank + ',' + std::to_string(command.bank) + ',';
    m_text += std::to_string(command.cycle + m_shape.commandDelay) + ": ";
    switch (command.kind) {
    case CommandKind::Activate:
        m_text += "activate (" + place + std::to_string(row);
        break;
    case CommandKind::Precharge:
        m_text += "precharge (" + place + std::to_string(row);
        break;
    case CommandKind::Refresh:
        m_text += "refresh (" + rank;
        break;
    default:
        m_text += (isWrite(command.kind) ? "write (" : "read (") + place + std::to_string(command.detail)
            + (isAuto(command.kind) ? ",1" : ",0");
    }
    m_text += ");\n";
}

void CommandLog::addDramPower(const Command& command, std::uint32_t row)
{
    const bool column = command.kind >= CommandKind::Read && command.kind <= CommandKind::WriteAutoPrecharge;
    const bool wholeRank = command.kind == CommandKind::Refresh;
    const std::uint32_t group = command.bank / m_shape.groupBanks;
    m_text += std::to_string(command.cycle) + ','
        + (wholeRank ? "REFA" : std::string(commandName(command.kind))) + ',' + std::to_string(command.rank)
        + ',' + std::to_string(group) + ',' + std::to_string(command.bank % m_shape.groupBanks) + ','
        + std::to_string(wholeRank ? 0 : row) + ','
        + std::to_string(column ? command.detail * m_shape.burstColumns : 0);
    if (column)
        m_text += ',' + m_data;
    m_text += '\n';
}

void CommandLog::commit(std::uint64_t endCycle)
{
    if (m_format == Format::DramPower)
        m_text += std::to_string(endCycle) + ",END,0,0,0,0,0\n";
    m_file.write(m_text);
    m_text.clear();
    m_file.commit();
}

} // namespace engine::dram
