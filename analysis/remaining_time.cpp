#include "analysis/remaining_time.h"

#include <algorithm>
#include <cmath>

namespace analysis {

namespace {

constexpr double leastFraction = 0.02;
constexpr double leastElapsed = 2; // [s]
constexpr double memory = 3; // a change of pace is believed after about this long [s]

double rounded(double seconds)
{
    const double step = seconds < 10 ? 1 : seconds < 60 ? 5 : seconds < 600 ? 10 : 60;
    return std::max(1.0, std::round(seconds / step)) * step;
}

} // namespace

void RemainingTime::update(double elapsed, double fraction)
{
    if (fraction <= leastFraction || elapsed < leastElapsed)
        return;
    const double end = elapsed / std::min(fraction, 1.0);
    const double weight = m_end < 0 ? 1 : 1 - std::exp(-(elapsed - m_updated) / memory);
    m_end = m_end < 0 ? end : m_end + weight * (end - m_end);
    m_updated = elapsed;
}

double RemainingTime::seconds(double elapsed) const
{
    return m_end < 0 ? -1 : rounded(std::max(0.0, m_end - elapsed));
}

} // namespace analysis
