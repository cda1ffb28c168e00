#include "analysis/dram/command_logs.h"

#include <QFileInfo>

namespace analysis {

namespace dram = engine::dram;

namespace {

dram::CommandLogShape shapeOf(const dram::dramsim2::Config& config)
{
    return { .groupBanks = config.device.banks,
             .burstBytes = config.burstBytes(),
             .burstColumns = config.device.BL,
             .commandDelay = config.device.tCMD };
}

dram::CommandLogShape shapeOf(const dram::dramsim3::Config& config)
{
    return { .groupBanks = static_cast<std::uint32_t>(config.groupBanks()),
             .burstBytes = static_cast<std::uint32_t>(config.burstBytes()),
             .burstColumns = static_cast<std::uint32_t>(config.BL),
             .commandDelay = 0 };
}

} // namespace

QString commandLogPath(const QString& path, std::uint32_t channel, std::uint32_t channels)
{
    if (channels == 1)
        return path;
    const QString suffix = QFileInfo(path).suffix();
    const qsizetype tail = suffix.isEmpty() ? 0 : suffix.size() + 1;
    return path.chopped(tail) + QStringLiteral("_ch%1").arg(channel) + path.right(tail);
}

CommandLogs::CommandLogs(const QString& path, dram::CommandLog::Format format, const Memory& memory)
{
    const dram::CommandLogShape shape =
        std::visit([](const auto& config) { return shapeOf(config); }, memory.config);
    for (std::uint32_t c = 0; c < memory.channels(); ++c)
        m_logs.push_back(
            std::make_unique<dram::CommandLog>(commandLogPath(path, c, memory.channels()).toStdString(),
                                               format, shape, static_cast<std::uint8_t>(c)));
}

void CommandLogs::appendTo(SinkList& sinks)
{
    for (const auto& log : m_logs)
        sinks.append(log.get());
}

void CommandLogs::commit(std::uint64_t endCycle)
{
    for (const auto& log : m_logs)
        log->commit(endCycle);
}

} // namespace analysis
