#include "engine/dram/dramsim3/timing.h"

namespace engine::dram::dramsim3 {

namespace {

std::uint64_t cycles(std::int32_t count)
{
    return static_cast<std::uint64_t>(std::max(0, count));
}

} // namespace

Timing::Timing(const Config& c)
{
    const std::int32_t burst = c.burstCycles();
    const std::int32_t readLatency = c.AL + c.CL;
    const std::int32_t writeLatency = c.AL + c.CWL;
    const bool split = c.isGddr() || c.isHbm();
    // A single bank group knows only the short distances.
    const std::int32_t ccdLong = c.groups() == 1 ? c.tCCD_S : c.tCCD_L;
    const std::int32_t rrdLong = c.groups() == 1 ? c.tRRD_S : c.tRRD_L;
    const std::int32_t wtrLong = c.groups() == 1 ? c.tWTR_S : c.tWTR_L;

    readDone = cycles(readLatency + burst);
    writeDone = cycles(writeLatency + burst);
    readToRead = { cycles(std::max(burst, c.tCCD_S)), cycles(std::max(burst, ccdLong)) };
    readToReadOther = cycles(burst + c.tRTRS);
    readToWrite = cycles(readLatency + burst - writeLatency + c.tRTRS);
    readToPrecharge = cycles(c.AL + c.tRTP);
    readAutoToActivate = cycles(c.AL + burst + c.tRTP + c.tRP);
    writeToRead = { cycles(writeLatency + burst + c.tWTR_S), cycles(writeLatency + burst + wtrLong) };
    writeToReadOther = cycles(writeLatency + burst + c.tRTRS - readLatency);
    writeToWrite = readToRead;
    writeToWriteOther = cycles(burst);
    writeToPrecharge = cycles(writeLatency + burst + c.tWR);
    writeAutoToActivate = writeToPrecharge + cycles(c.tRP);
    activateToActivate = { cycles(c.tRRD_S), cycles(rrdLong) };
    activateAgain = cycles(c.tRAS + c.tRP);
    activateToRead = cycles((split ? c.tRCDRD : c.tRCD) - c.AL);
    activateToWrite = cycles((split ? c.tRCDWR : c.tRCD) - c.AL);
    activateToPrecharge = cycles(c.tRAS);
    prechargeToActivate = cycles(c.tRP);
    prechargeToPrecharge = c.isGddr() || c.protocol == Protocol::LPDDR4 ? cycles(c.tPPD) : 0;
    refreshToActivate = cycles(c.tRFC);
}

} // namespace engine::dram::dramsim3
