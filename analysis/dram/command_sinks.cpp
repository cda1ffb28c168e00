#include "analysis/dram/command_sinks.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <limits>
#include <memory>

namespace analysis {

using engine::dram::Command;
using engine::dram::CommandKind;

CommandHash::CommandHash(std::size_t channels)
    : m_channels(channels)
{
    for (Channel& channel : m_channels)
        channel.hash = std::make_unique<QCryptographicHash>(QCryptographicHash::Sha256);
}

void CommandHash::add(const Command& command)
{
    if (command.kind > CommandKind::SelfRefreshExit)
        return; // The logs it is compared with do not tell power-down.
    constexpr qsizetype piece = 1 << 16;
    std::array<char, 96> line {};
    const std::string_view name = engine::dram::commandName(command.kind);
    const int length =
        std::snprintf(line.data(), line.size(), "%llu %.*s %u %u %u\n",
                      static_cast<unsigned long long>(command.cycle), static_cast<int>(name.size()),
                      name.data(), unsigned { command.rank }, unsigned { command.bank }, command.detail);
    Channel& channel = m_channels[command.channel];
    channel.text.append(line.data(), length);
    if (channel.text.size() >= piece) {
        channel.hash->addData(channel.text);
        channel.text.clear();
    }
}

QStringList CommandHash::results() const
{
    QStringList result;
    for (const Channel& channel : m_channels) {
        channel.hash->addData(channel.text);
        result << QString::fromLatin1(channel.hash->result().toHex());
    }
    return result;
}

RowHits::RowHits(std::size_t channels, std::size_t ranks, std::size_t banks)
    : m_ranks(ranks)
    , m_banks(banks)
    , m_cells(channels * ranks * banks * mostColumns)
    , m_fresh(channels * ranks * banks)
{
}

void RowHits::add(const Command& command)
{
    const std::size_t row =
        (std::size_t { command.channel } * m_ranks + command.rank) * m_banks + command.bank;
    if (command.kind == CommandKind::Activate)
        m_fresh[row] = 1;
    if (command.kind < CommandKind::Read || command.kind > CommandKind::WriteAutoPrecharge)
        return;
    while (command.cycle / m_length >= mostColumns)
        join();
    const std::size_t column = command.cycle / m_length;
    m_columns = std::max(m_columns, column + 1);
    Cell& cell = m_cells[row * mostColumns + column];
    ++cell.columns;
    cell.hits += m_fresh[row] ? 0U : 1U;
    m_fresh[row] = 0;
}

void RowHits::join()
{
    for (std::size_t row = 0; row < rows(); ++row) {
        Cell* cells = &m_cells[row * mostColumns];
        for (std::size_t i = 0; i < mostColumns / 2; ++i)
            cells[i] = { cells[2 * i].columns + cells[2 * i + 1].columns,
                         cells[2 * i].hits + cells[2 * i + 1].hits };
        std::fill(cells + mostColumns / 2, cells + mostColumns, Cell {});
    }
    m_length *= 2;
    m_columns = (m_columns + 1) / 2;
}

float RowHits::share(std::size_t row, std::size_t column) const
{
    const Cell& cell = m_cells[row * mostColumns + column];
    return cell.columns > 0 ? static_cast<float>(cell.hits) / static_cast<float>(cell.columns)
                            : std::numeric_limits<float>::quiet_NaN();
}

} // namespace analysis
