#pragma once

#include "analysis/activation/words.h"
#include "engine/codec/hardware/gates.h"
#include "engine/codec/hardware/occupancy.h"
#include "engine/codec/hardware/simulation.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace analysis {

/// An engine that is simulated.
struct EngineDesign {
    QString codec; ///< "bzvc-bypass"
    engine::codec::hardware::Pipeline pipeline;

    bool isTree() const;
    /// "Tree" or "Serial".
    QString way() const;
    double gates(engine::codec::hardware::Direction direction,
                 const engine::codec::hardware::GateEquivalents& cells) const;
    double logicGates(engine::codec::hardware::Direction direction,
                      const engine::codec::hardware::GateEquivalents& cells) const;
};

/// What an engine did with a layer, or with all of them.
struct EngineRun {
    engine::codec::hardware::Run compressed;
    engine::codec::hardware::Run decompressed;

    const engine::codec::hardware::Run& of(engine::codec::hardware::Direction direction) const;
    EngineRun& operator+=(const EngineRun& other);
};

/// What to simulate.
struct CompressorTask {
    std::vector<EngineDesign> designs; ///< first the chosen one
    std::size_t tree = 0; ///< the tree and the serial engine of the chosen P and S, of the same codec
    std::size_t serial = 0;
    std::size_t wordLevel = 0; ///< the tree of `zvc`, of the chosen P and S
    std::vector<std::size_t> sweep; ///< P by S, tree and serial
    std::vector<engine::codec::hardware::Direction> directions;
    engine::codec::hardware::GateEquivalents cells;
    int lossyBits = 0; ///< K
    double percentile = 100;
    double clockMhz = 600;

    const EngineDesign& chosen() const { return designs.front(); }
    bool has(engine::codec::hardware::Direction direction) const;
};

/// What the engines did with one layer, all images together.
struct SimulatedLayer {
    std::uint64_t words = 0;
    std::int64_t streams = 0;
    std::vector<EngineRun> runs; ///< of each design; empty when stopped
};

/// One layer through every engine of the task; images in parallel.
SimulatedLayer simulateLayer(const CompressorTask& task, const WordSource& source,
                             const engine::Control& control);

/// The first image of a layer through the chosen engine, once more, under watch.
void watchLayer(const CompressorTask& task, const WordSource& source,
                engine::codec::hardware::Direction direction, engine::codec::hardware::Occupancy& occupancy);

} // namespace analysis
