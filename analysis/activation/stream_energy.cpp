#include "analysis/activation/stream_energy.h"

#include "engine/dram/trace/generator.h"

namespace analysis {

namespace {

constexpr std::uint64_t bursts = 16384;

double energyPerBit(const Memory& memory, bool writes, const engine::Control& control)
{
    const engine::dram::Pattern pattern { .requests = bursts,
                                          .bytes = memory.burstBytes(),
                                          .range = bursts * memory.burstBytes(),
                                          .writeShare = writes ? 1.0 : 0.0 };
    const auto source = engine::dram::makeGenerator("sequential", pattern);
    const engine::dram::RunResult result = memory.simulate(*source, {}, control);
    if (result.stopped)
        return 0;
    const engine::dram::Energy energy = engine::dram::cost(result.counts(), memory.increments());
    constexpr double bitsPerByte = 8;
    return energy.total() / (static_cast<double>(bursts * memory.burstBytes()) * bitsPerByte);
}

} // namespace

StreamEnergy streamEnergy(const Memory& memory, const engine::Control& control)
{
    return { energyPerBit(memory, true, control.part(0, 0.5)),
             energyPerBit(memory, false, control.part(0.5, 1)) };
}

} // namespace analysis
