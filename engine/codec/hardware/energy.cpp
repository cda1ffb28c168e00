#include "engine/codec/hardware/energy.h"

#include "engine/base/error.h"

#include <cmath>
#include <limits>
#include <sstream>

namespace engine::codec::hardware {

namespace {

void requireWithin(const char* what, double value, double most)
{
    if (std::isfinite(value) && value >= 0 && value <= most)
        return;
    std::ostringstream text;
    text << what << ": " << value;
    if (std::isinf(most) || most == std::numeric_limits<double>::max())
        text << " is not a number from 0 on";
    else
        text << " is outside 0.." << most;
    throw ParameterError(text.str());
}

} // namespace

EngineEnergy engineEnergy(double gates, double activity, double cycles, double picojoulePerGateCycle)
{
    constexpr double any = std::numeric_limits<double>::max();
    requireWithin("gates", gates, any);
    requireWithin("activity", activity, 1);
    requireWithin("cycles", cycles, any);
    requireWithin("energy per gate and cycle", picojoulePerGateCycle, any);
    return { gates, activity, cycles, picojoulePerGateCycle };
}

} // namespace engine::codec::hardware
