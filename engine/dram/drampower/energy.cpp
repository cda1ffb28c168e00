#include "engine/dram/drampower/energy.h"

#include <algorithm>

namespace engine::dram::drampower {

namespace {

constexpr auto active = static_cast<std::size_t>(RankState::Active);
constexpr auto precharged = static_cast<std::size_t>(RankState::Precharged);
constexpr auto powerDown = static_cast<std::size_t>(RankState::PowerDown);
constexpr auto selfRefresh = static_cast<std::size_t>(RankState::SelfRefresh);

void add(Increments& sum, const Domain& d, const Rank& rank)
{
    const double scale = d.volts * rank.tCK * rank.devices; // [pJ per mA and cycle]
    const double tRAS = rank.tRAS;
    const double tRP = rank.tRP;
    const double shared = rank.rho * (d.I3N - d.I2N) + d.I2N;
    const double one = (d.I3N + (rank.banks - 1.0) * shared) / rank.banks;
    const double theta = (d.I0 * (tRP + tRAS) - d.Ibeta * tRP) / tRAS;
    sum.shared.activate += scale * (theta - one) * tRAS;
    sum.precharge += scale * (d.Ibeta - d.I2N) * tRP;
    sum.shared.read += scale * (d.I4R - d.I3N) * rank.burstLength / rank.dataRate;
    const std::uint32_t wholeCycles = rank.burstLength / rank.dataRate; // the model cuts it for writes
    sum.shared.write += scale * (d.I4W - d.I3N) * wholeCycles;
    sum.shared.refresh += scale * (d.I5 - d.I3N) * rank.tRFC;
    sum.shared.background[active] += scale * shared;
    sum.shared.background[precharged] += scale * d.I2N;
    sum.shared.background[powerDown] += scale * d.I2P;
    sum.shared.background[selfRefresh] += scale * d.I6;
    sum.openBank += scale * (one - shared);
}

} // namespace

Activity activity(const Counts& counts, std::uint64_t openBankCycles, const Counting& counting)
{
    Activity result { counts, counts.precharges, openBankCycles };
    if (counting.autoPrecharge)
        result.precharges = std::min(counts.activates, counts.precharges + counts.reads + counts.writes);
    if (!counting.refreshIsActive) {
        std::uint64_t& idle = result.counts.residency[precharged];
        const std::uint64_t moved = std::min(idle, counts.refreshes * counting.refreshCycles);
        idle -= moved;
        result.counts.residency[active] += moved;
    }
    return result;
}

Activity activity(const Counts& counts, std::span<const BankCounts> banks, const Counting& counting)
{
    // A refresh opens a row of every bank.
    std::uint64_t open = counts.refreshes * counting.refreshCycles * banks.size();
    for (const BankCounts& bank : banks)
        open += bank.openCycles;
    return activity(counts, open, counting);
}

Increments increments(const Rank& rank)
{
    Increments result;
    add(result, rank.vdd, rank);
    add(result, rank.vpp, rank);
    return result;
}

Energy cost(const Activity& activity, const Increments& increments)
{
    Energy energy = dram::cost(activity.counts, increments.shared);
    energy.actPre += static_cast<double>(activity.precharges) * increments.precharge;
    energy.states[active] += static_cast<double>(activity.openBankCycles) * increments.openBank;
    return energy;
}

} // namespace engine::dram::drampower
