#include "engine/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace engine {

namespace {

std::atomic<unsigned> chosenCount { 0 };

} // namespace

void setThreadCount(unsigned count)
{
    chosenCount = count;
}

unsigned threadCount()
{
    const unsigned chosen = chosenCount;
    return chosen != 0 ? chosen : std::max(1u, std::thread::hardware_concurrency());
}

bool parallelFor(std::size_t n, const Control& control,
                 const std::function<void(std::size_t, unsigned)>& body)
{
    std::atomic<std::size_t> next { 0 };
    std::atomic<std::size_t> done { 0 };
    std::atomic<bool> failed { false };
    std::mutex mutex;
    std::exception_ptr error;

    const auto work = [&](unsigned worker) {
        while (!failed && !control.stopped()) {
            const std::size_t i = next++;
            if (i >= n)
                return;
            try {
                body(i, worker);
                ++done;
            } catch (...) {
                const std::scoped_lock lock(mutex);
                if (!error)
                    error = std::current_exception();
                failed = true;
            }
        }
    };
    {
        const auto helpers = static_cast<unsigned>(std::min<std::size_t>(threadCount(), n));
        std::vector<std::jthread> threads;
        for (unsigned worker = 1; worker < helpers; ++worker)
            threads.emplace_back(work, worker);
        work(0);
    }
    if (error)
        std::rethrow_exception(error);
    return done == n;
}

} // namespace engine
