#pragma once

#include "engine/base/control.h"

#include <chrono>
#include <iosfwd>

namespace app {

/// One line on a terminal that is written over: " 61 % conv4_3". Wiped when it goes out of scope.
class ProgressLine {
public:
    ProgressLine(std::ostream& err, bool visible);
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    ~ProgressLine();

    engine::Control::Progress callback(); ///< must not outlive this

private:
    void show(double fraction, const std::string& item);

    std::ostream& m_err;
    bool m_visible;
    bool m_written = false;
    std::chrono::steady_clock::time_point m_last;
};

} // namespace app
