#pragma once

#include "engine/dram/command.h"

#include <QCryptographicHash>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <memory>
#include <vector>

namespace analysis {

/// Passes every command on to each of its sinks.
class SinkList : public engine::dram::CommandSink {
public:
    void append(engine::dram::CommandSink* sink) { m_sinks.push_back(sink); }
    bool isEmpty() const { return m_sinks.empty(); }
    void add(const engine::dram::Command& command) override
    {
        for (engine::dram::CommandSink* sink : m_sinks)
            sink->add(command);
    }
    void markConflict() override
    {
        for (engine::dram::CommandSink* sink : m_sinks)
            sink->markConflict();
    }

private:
    std::vector<engine::dram::CommandSink*> m_sinks;
};

/// SHA-256 over lines "cycle CMD rank bank x\n", one digest per channel; x is the row of ACT, the column of
/// column commands, else 0.
class CommandHash : public engine::dram::CommandSink {
public:
    explicit CommandHash(std::size_t channels);
    void add(const engine::dram::Command& command) override;
    QStringList results() const; ///< [hex], by channel

private:
    struct Channel {
        std::unique_ptr<QCryptographicHash> hash;
        QByteArray text; ///< not yet hashed
    };

    std::vector<Channel> m_channels;
};

/// Keeps commands up to a limit, for the timeline; the detail of a precharge is 1 where requests waited for
/// another row.
class CommandRecorder : public engine::dram::CommandSink {
public:
    static constexpr std::size_t most = 20'000'000; ///< 320 MB

    void add(const engine::dram::Command& command) override
    {
        if (m_commands.size() < most)
            m_commands.push_back(command);
        else
            m_complete = false;
    }
    void markConflict() override
    {
        if (m_complete)
            m_commands.back().detail = 1;
    }
    bool isComplete() const { return m_complete; }
    std::vector<engine::dram::Command> take() { return std::move(m_commands); }

private:
    std::vector<engine::dram::Command> m_commands;
    bool m_complete = true;
};

/// Column commands and row hits of every bank over time, in at most `mostColumns` windows of equal length.
class RowHits : public engine::dram::CommandSink {
public:
    static constexpr std::size_t mostColumns = 512;

    RowHits(std::size_t channels, std::size_t ranks, std::size_t banks);
    void add(const engine::dram::Command& command) override;

    std::size_t rows() const { return m_fresh.size(); } ///< banks: channel, rank, bank counted through
    std::size_t columns() const { return m_columns; }
    std::uint64_t length() const { return m_length; } ///< of a window [cycle]
    /// Hits over column commands; NaN where there were none.
    float share(std::size_t row, std::size_t column) const;

private:
    struct Cell {
        std::uint32_t columns = 0;
        std::uint32_t hits = 0;
    };
    void join();

    std::size_t m_ranks;
    std::size_t m_banks;
    std::size_t m_columns = 0;
    std::uint64_t m_length = 64;
    std::vector<Cell> m_cells; ///< [row * mostColumns + column]
    std::vector<char> m_fresh; ///< no column command since the activate
};

} // namespace analysis
