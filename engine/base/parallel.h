#pragma once

#include "engine/base/control.h"

#include <cstddef>
#include <functional>

namespace engine {

/// Threads that parallelFor may use, the caller's included; 0 = one per core. A setting of the whole program.
void setThreadCount(unsigned count);
unsigned threadCount();

/// Calls body(i, worker) for every i in 0..n-1, in any order; worker < threadCount() names the thread that
/// runs it, so that each may own its scratch space. The only place where the engine makes threads.
///
/// Results must not depend on the order: write into slot i and join the slots afterwards.
/// Stops handing out work when control says so. Returns true when every i was done.
/// Errors  the first exception of a body is thrown again here, after all threads have ended.
bool parallelFor(std::size_t n, const Control& control,
                 const std::function<void(std::size_t i, unsigned worker)>& body);

} // namespace engine
