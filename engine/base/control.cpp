#include "engine/base/control.h"

namespace engine {

void Control::report(double fraction, const std::string& item) const
{
    if (progress)
        progress(fraction, item);
}

Control Control::part(double first, double last) const
{
    if (!progress)
        return *this;
    return { stop, [outer = progress, first, last](double fraction, const std::string& item) {
                outer(fraction < 0 ? first : first + (last - first) * fraction, item);
            } };
}

} // namespace engine
