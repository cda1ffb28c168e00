#include "engine/dram/energy.h"

namespace engine::dram {

double Energy::background() const
{
    double sum = 0;
    for (const double state : states)
        sum += state;
    return sum;
}

double Energy::total() const
{
    return background() + actPre + read + write + refresh;
}

Energy& Energy::operator+=(const Energy& other)
{
    for (std::size_t i = 0; i < states.size(); ++i)
        states[i] += other.states[i];
    actPre += other.actPre;
    read += other.read;
    write += other.write;
    refresh += other.refresh;
    return *this;
}

Energy cost(const Counts& counts, const Increments& increments)
{
    Energy energy;
    for (std::size_t i = 0; i < energy.states.size(); ++i)
        energy.states[i] = static_cast<double>(counts.residency[i]) * increments.background[i];
    energy.actPre = static_cast<double>(counts.activates) * increments.activate;
    energy.read = static_cast<double>(counts.reads) * increments.read;
    energy.write = static_cast<double>(counts.writes) * increments.write;
    energy.refresh = static_cast<double>(counts.refreshes) * increments.refresh
        + static_cast<double>(counts.bankRefreshes) * increments.bankRefresh;
    return energy;
}

} // namespace engine::dram
