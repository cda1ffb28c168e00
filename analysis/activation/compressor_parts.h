#pragma once

#include "analysis/activation/compressor_task.h"
#include "analysis/report.h"

namespace analysis {

/// "Compressor" or "Decompressor".
QString engineName(engine::codec::hardware::Direction direction);
/// "" or "_decompress": what is added to names of scalars and columns.
QString engineSuffix(engine::codec::hardware::Direction direction);
/// "input" or "port".
QString limitName(const engine::codec::hardware::Run& run);
/// Words of w bits at that rate and clock [GB/s].
double gigabytesPerSecond(double wordsPerCycle, int wordBits, double clockMhz);

// What does not depend on the layers.
Table gatesTable(const CompressorTask& task);
Chart gatesChart(const CompressorTask& task);

// Of the chosen engine, with the first image of each layer.
Table occupancyTable(const CompressorTask& task,
                     const std::vector<engine::codec::hardware::Occupancy>& watched);
Chart occupancyChart(const engine::codec::hardware::Occupancy& watched,
                     engine::codec::hardware::Direction direction);

// One row a layer.
std::vector<Column> layerColumns(const CompressorTask& task);
std::vector<Cell> layerCells(const CompressorTask& task, const QString& layer,
                             const SimulatedLayer& simulated);

// Where the cycles of every layer went.
BarChart stallBars();
void addStalls(BarChart& bars, const QString& category, const engine::codec::hardware::Run& run,
               engine::codec::hardware::Direction direction);
void dropEmptySeries(BarChart& bars);

} // namespace analysis
