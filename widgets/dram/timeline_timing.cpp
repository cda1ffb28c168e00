#include "engine/dram/dramsim2/timing.h"
#include "engine/dram/dramsim3/timing.h"
#include "widgets/dram/timeline_index.h"

namespace widgets {

namespace sim2 = engine::dram::dramsim2;
namespace sim3 = engine::dram::dramsim3;

TimelineTiming TimelineTiming::of(const analysis::Memory& memory)
{
    TimelineTiming result;
    if (const auto* two = std::get_if<sim2::Config>(&memory.config)) {
        const sim2::Timing timing(two->device);
        result.burst = timing.burst;
        result.readData = timing.readDone - timing.burst;
        result.writeData = timing.writeDone - timing.burst;
        result.readToPrecharge = timing.readToPrecharge;
        result.writeToPrecharge = timing.writeToPrecharge;
        result.refresh = two->device.tRFC;
        result.burstColumns = two->device.BL;
    } else {
        const auto& three = std::get<sim3::Config>(memory.config);
        const sim3::Timing timing(three);
        result.burst = static_cast<std::uint64_t>(three.burstCycles());
        result.readData = timing.readDone - result.burst;
        result.writeData = timing.writeDone - result.burst;
        result.readToPrecharge = timing.readToPrecharge;
        result.writeToPrecharge = timing.writeToPrecharge;
        result.refresh = timing.refreshToActivate;
        result.burstColumns = static_cast<std::uint32_t>(three.BL);
    }
    result.clockNs = memory.clockNs();
    return result;
}

} // namespace widgets
