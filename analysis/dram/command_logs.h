#pragma once

#include "analysis/dram/command_sinks.h"
#include "analysis/dram/memory.h"
#include "engine/dram/trace/command_log.h"

#include <QString>

#include <memory>
#include <vector>

namespace analysis {

/// The command stream of a run as files, one per channel: FILE, or FILE_ch0, FILE_ch1 ... before the suffix
/// when there are several. They appear with commit(), whole or not at all.
class CommandLogs {
public:
    /// Errors  engine::IoError.
    CommandLogs(const QString& path, engine::dram::CommandLog::Format format, const Memory& memory);

    void appendTo(SinkList& sinks);
    void commit(std::uint64_t endCycle);

private:
    std::vector<std::unique_ptr<engine::dram::CommandLog>> m_logs;
};

/// The name of a channel's file.
QString commandLogPath(const QString& path, std::uint32_t channel, std::uint32_t channels);

} // namespace analysis
