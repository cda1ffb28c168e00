#include "analysis/activation/compressor_parts.h"

#include <algorithm>
#include <array>

namespace analysis {

namespace hardware = engine::codec::hardware;
using hardware::Direction;
using hardware::Run;

namespace {

QString text(const char* latin)
{
    return QString::fromLatin1(latin);
}

/// A column of cycles of one direction.
struct CycleColumn {
    const char* name;
    const char* title;
    Direction direction;
    bool serialOnly;
    std::uint64_t Run::*value;
};

constexpr Direction in = Direction::Compress;
constexpr Direction out = Direction::Decompress;

constexpr std::array<CycleColumn, 10> cycleColumns = { {
    { "cycles", "Cycles", in, false, &Run::cycles },
    { "merging", "Merging", in, true, &Run::merging },
    { "buffer_full", "Buffer full", in, false, &Run::bufferFull },
    { "port_idle", "Port idle (input-bound)", in, false, &Run::portIdle },
    { "drain", "Drain", in, false, &Run::drain },
    { "cycles_decompress", "Cycles, decompressor", out, false, &Run::cycles },
    { "merging_decompress", "Merging, decompressor", out, true, &Run::merging },
    { "waiting", "Waiting for bits (port-bound)", out, false, &Run::waiting },
    { "buffer_full_decompress", "Buffer full, decompressor", out, false, &Run::bufferFull },
    { "drain_decompress", "Drain, decompressor", out, false, &Run::drain },
} };

bool isShown(const CompressorTask& task, const CycleColumn& column)
{
    return task.has(column.direction) && !(column.serialOnly && task.chosen().isTree());
}

Column count(const char* name, const char* title, const char* unit = "")
{
    return { .name = text(name), .title = text(title), .unit = text(unit), .kind = ColumnKind::Count };
}

Column bits(const char* name, const char* title)
{
    return { .name = text(name), .title = text(title), .unit = text("bit"), .kind = ColumnKind::Bits };
}

/// One kind of cycles in the chart of stalls. All that an engine has make up its cycles; drain and a full
/// buffer of a decompressor are of its port, and in others already.
struct Cause {
    const char* title;
    std::uint64_t (*of)(const Run&, Direction);
    int colour;
};

constexpr std::array<Cause, 5> causes = { {
    { "Blocks pass", [](const Run& run, Direction) { return run.beats; }, 0 },
    { "Serial merging", [](const Run& run, Direction) { return run.merging; }, 3 },
    { "Buffer full", [](const Run& run, Direction way) { return way == in ? run.bufferFull : 0; }, 1 },
    { "Waiting for bits", [](const Run& run, Direction) { return run.waiting; }, 4 },
    { "Fill and drain", [](const Run& run, Direction way) { return run.fill + (way == in ? run.drain : 0); },
      6 },
} };

} // namespace

QString engineName(Direction direction)
{
    return direction == Direction::Compress ? text("Compressor") : text("Decompressor");
}

QString engineSuffix(Direction direction)
{
    return direction == Direction::Compress ? QString() : text("_decompress");
}

QString limitName(const Run& run)
{
    return run.limit() == hardware::Limit::Port ? text("port") : text("input");
}

double gigabytesPerSecond(double wordsPerCycle, int wordBits, double clockMhz)
{
    return wordsPerCycle * wordBits / 8 * clockMhz * 1e6 / 1e9;
}

std::vector<Column> layerColumns(const CompressorTask& task)
{
    std::vector<Column> columns = {
        { .name = text("layer"), .title = text("Layer") },
        count("images", "Streams"),
        count("blocks", "Blocks"),
        count("words", "Words"),
        bits("raw", "Raw"),
        bits("coded", "Coded"),
        count("bound", "Bound", "cycle"),
        { .name = text("limit"), .title = text("Bound held by") },
    };
    for (const CycleColumn& column : cycleColumns)
        if (isShown(task, column))
            columns.push_back(count(column.name, column.title, "cycle"));
    for (const Direction direction : task.directions) {
        const QString tail = direction == Direction::Compress ? QString() : text(", decompressor");
        columns.push_back({ .name = text("words_per_cycle") + engineSuffix(direction),
                            .title = text("Words per cycle") + tail,
                            .kind = ColumnKind::Real,
                            .bar = true });
        columns.push_back({ .name = text("bytes_per_cycle") + engineSuffix(direction),
                            .title = text("Bytes per cycle") + tail,
                            .unit = text("B"),
                            .kind = ColumnKind::Real });
        columns.push_back({ .name = text("gbps") + engineSuffix(direction),
                            .title = text("Throughput") + tail,
                            .unit = text("GB/s"),
                            .kind = ColumnKind::Real });
    }
    return columns;
}

std::vector<Cell> layerCells(const CompressorTask& task, const QString& layer,
                             const SimulatedLayer& simulated)
{
    const EngineRun& runs = simulated.runs.front();
    const Run& any = runs.of(task.directions.front());
    const int wordBits = task.chosen().pipeline.wordBits;
    std::vector<Cell> cells = { layer,
                                static_cast<qint64>(simulated.streams),
                                static_cast<qint64>(any.blocks),
                                static_cast<qint64>(simulated.words),
                                static_cast<qint64>(simulated.words) * wordBits,
                                static_cast<qint64>(any.bits),
                                static_cast<qint64>(any.bound),
                                limitName(any) };
    for (const CycleColumn& column : cycleColumns)
        if (isShown(task, column))
            cells.emplace_back(static_cast<qint64>(runs.of(column.direction).*column.value));
    for (const Direction direction : task.directions) {
        const double rate =
            static_cast<double>(simulated.words) / static_cast<double>(runs.of(direction).cycles);
        cells.emplace_back(rate);
        cells.emplace_back(rate * wordBits / 8);
        cells.emplace_back(gigabytesPerSecond(rate, wordBits, task.clockMhz));
    }
    return cells;
}

BarChart stallBars()
{
    BarChart bars { .category = { text("Layer"), {} },
                    .value = { text("Share of the cycles"), text("%") },
                    .stacked = true };
    for (const Cause& cause : causes)
        bars.series.push_back({ .name = text(cause.title), .colour = cause.colour });
    return bars;
}

void addStalls(BarChart& bars, const QString& category, const Run& run, Direction direction)
{
    bars.categories << category;
    for (std::size_t i = 0; i < causes.size(); ++i) {
        const auto cycles = static_cast<double>(causes[i].of(run, direction));
        bars.series[i].values.push_back(100 * cycles / static_cast<double>(run.cycles));
    }
}

void dropEmptySeries(BarChart& bars)
{
    std::erase_if(bars.series, [](const BarChart::Series& series) {
        return std::ranges::all_of(series.values, [](double value) { return value == 0; });
    });
}

} // namespace analysis
