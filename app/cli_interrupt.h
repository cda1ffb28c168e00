#pragma once

#include <array>
#include <stop_token>
#include <thread>

namespace app {

/// Turns the first Ctrl-C into a request to stop; a second one ends the program at once. One at a time.
class Interrupt {
public:
    Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;
    ~Interrupt();

    std::stop_token token() const { return m_source.get_token(); }

private:
    std::stop_source m_source;
    std::array<int, 2> m_pipe = {}; ///< from the signal handler, which may do little, to the thread
    std::thread m_thread;
};

} // namespace app
