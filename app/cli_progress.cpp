#include "app/cli_progress.h"

#include <algorithm>
#include <ostream>
#include <string>

namespace app {

namespace {

constexpr auto interval = std::chrono::milliseconds(100);
constexpr std::string_view wipe = "\r\033[K";

} // namespace

ProgressLine::ProgressLine(std::ostream& err, bool visible)
    : m_err(err)
    , m_visible(visible)
    , m_last(std::chrono::steady_clock::now())
{
}

ProgressLine::~ProgressLine()
{
    if (m_written)
        m_err << wipe << std::flush;
}

engine::Control::Progress ProgressLine::callback()
{
    if (!m_visible)
        return {};
    return [this](double fraction, const std::string& item) { show(fraction, item); };
}

void ProgressLine::show(double fraction, const std::string& item)
{
    const auto now = std::chrono::steady_clock::now();
    if (now - m_last < interval)
        return;
    m_last = now;
    m_written = true;
    m_err << wipe;
    if (fraction >= 0)
        m_err << static_cast<int>(std::clamp(fraction, 0.0, 1.0) * 100) << " % ";
    m_err << item.substr(0, 60) << std::flush;
}

} // namespace app
