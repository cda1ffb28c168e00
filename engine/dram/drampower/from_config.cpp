#include "engine/dram/drampower/from_config.h"

namespace engine::dram::drampower {

namespace {

Domain vppOf(const Supplement& s)
{
    return { s.VPP, s.IPP0, s.IPP0, s.IPP2N, s.IPP2P, s.IPP3N, s.IPP4R, s.IPP4W, s.IPP5, s.IPP6 };
}

} // namespace

Rank rankOf(const dramsim2::Config& config, const Supplement& supplement)
{
    const dramsim2::Device& d = config.device;
    Rank rank;
    rank.vdd = { static_cast<double>(d.vdd),        static_cast<double>(d.IDD0),
                 supplement.Ibeta.value_or(d.IDD0), static_cast<double>(d.IDD2N),
                 static_cast<double>(d.IDD2P),      static_cast<double>(d.IDD3N),
                 static_cast<double>(d.IDD4R),      static_cast<double>(d.IDD4W),
                 static_cast<double>(d.IDD5),       static_cast<double>(d.IDD6) };
    rank.vpp = vppOf(supplement);
    rank.rho = supplement.rho.value_or(1);
    rank.tCK = static_cast<double>(d.tCK);
    rank.devices = config.devicesPerRank();
    rank.banks = d.banks;
    rank.burstLength = d.BL;
    rank.tRAS = d.tRAS;
    rank.tRP = d.tRP;
    rank.tRFC = d.tRFC;
    return rank;
}

Rank rankOf(const dramsim3::Config& config, const Supplement& supplement)
{
    const dramsim3::Config& c = config;
    Rank rank;
    rank.vdd = { c.VDD,   c.IDD0,  supplement.Ibeta.value_or(c.IDD0),
                 c.IDD2N, c.IDD2P, c.IDD3N,
                 c.IDD4R, c.IDD4W, c.IDD5AB,
                 c.IDD6x };
    rank.vpp = vppOf(supplement);
    rank.rho = supplement.rho.value_or(1);
    rank.tCK = c.tCK;
    rank.devices = static_cast<std::uint32_t>(c.devicesPerRank());
    rank.banks = static_cast<std::uint32_t>(c.banks());
    rank.burstLength = static_cast<std::uint32_t>(c.BL);
    rank.dataRate = static_cast<std::uint32_t>(c.BL / c.burstCycles());
    rank.tRAS = static_cast<std::uint32_t>(c.tRAS);
    rank.tRP = static_cast<std::uint32_t>(c.tRP);
    rank.tRFC = static_cast<std::uint32_t>(c.tRFC);
    return rank;
}

Counting countingOf(const dramsim2::Config& config)
{
    return { .refreshCycles = config.device.tRFC,
             .refreshIsActive = true,
             .autoPrecharge = config.system.rowPolicy == dramsim2::RowPolicy::Close };
}

Counting countingOf(const dramsim3::Config& config)
{
    return { .refreshCycles = static_cast<std::uint32_t>(config.tRFC),
             .refreshIsActive = false,
             .autoPrecharge = config.rowPolicy == dramsim3::RowPolicy::Close };
}

std::vector<std::string> assumptions(const Supplement& supplement)
{
    std::vector<std::string> sentences;
    if (!supplement.rho)
        sentences.emplace_back("DRAMPower: rho = 1, as the device gives none");
    if (!supplement.Ibeta)
        sentences.emplace_back("DRAMPower: Ibeta = IDD0, as the device gives no IBETA");
    if (!(supplement.VPP > 0))
        sentences.emplace_back("DRAMPower: VPP = 0, as the device gives none");
    return sentences;
}

} // namespace engine::dram::drampower
