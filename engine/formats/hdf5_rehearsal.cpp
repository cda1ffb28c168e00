#include "engine/formats/hdf5_rehearsal.h"

#include "engine/formats/hdf5_file.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace engine::formats {

namespace {

using Clock = std::chrono::steady_clock;

constexpr auto patience = std::chrono::seconds(30);
constexpr rlim_t mostMemory = rlim_t { 1 } << 30; ///< for a file's structure alone [byte]
constexpr int tooMuchMemory = 3;

void limit(int resource, rlim_t soft)
{
    struct rlimit limits = {};
    if (::getrlimit(resource, &limits) == 0 && (limits.rlim_max == RLIM_INFINITY || soft < limits.rlim_max)) {
        limits.rlim_cur = soft;
        ::setrlimit(resource, &limits);
    }
}

/// Heap and private mappings of this process [byte].
rlim_t dataBytes()
{
    std::ifstream statistics("/proc/self/statm");
    rlim_t pages = 0;
    for (int field = 0; field < 6; ++field) // The sixth is data and stack.
        statistics >> pages;
    return statistics ? pages * static_cast<rlim_t>(::sysconf(_SC_PAGE_SIZE)) : RLIM_INFINITY / 2;
}

rlim_t peakBytes()
{
    struct rusage usage = {};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<rlim_t>(usage.ru_maxrss) * 1024;
}

/// Silent, without core dumps, and with an end to time and memory.
void confine()
{
    for (const int number : { SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGTERM, SIGINT, SIGPIPE })
        std::signal(number, SIG_DFL);
    const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    if (nowhere >= 0) {
        ::dup2(nowhere, STDOUT_FILENO);
        ::dup2(nowhere, STDERR_FILENO);
    }
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_CPU, static_cast<rlim_t>(patience.count()));
#ifndef __SANITIZE_ADDRESS__
    limit(RLIMIT_DATA, dataBytes() + 2 * mostMemory);
#endif
}

[[noreturn]] void runChild(const std::function<void()>& work)
{
    Hdf5Session::standAlone();
    confine();
    const rlim_t before = peakBytes();
    try {
        work();
    } catch (...) { // NOLINT(bugprone-empty-catch): the same is thrown again where it can be told
    }
    ::_exit(peakBytes() > before + mostMemory ? tooMuchMemory : 0);
}

/// Forks while no other thread is within the library, so that the child finds it in order.
pid_t forkIdle(const std::function<void()>& work)
{
    const Hdf5Session session;
    const pid_t child = ::fork();
    if (child == 0)
        runChild(work);
    return child;
}

std::string verdict(int status)
{
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return {};
    if (WIFEXITED(status) && WEXITSTATUS(status) == tooMuchMemory)
        return "the HDF5 library needs more than 1 GB for its structure alone";
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        return "the HDF5 library does not come to an end on it";
    return "the HDF5 library crashes on it";
}

std::string waitFor(pid_t child, const Control& control)
{
    const auto deadline = Clock::now() + patience;
    auto pause = std::chrono::microseconds(200);
    int status = 0;
    while (true) {
        const pid_t ended = ::waitpid(child, &status, WNOHANG);
        if (ended == child)
            return verdict(status);
        if (ended < 0 && errno != EINTR)
            return {}; // Somebody else has collected it; nothing is known against the file.
        const bool late = Clock::now() > deadline;
        if (late || control.stopped()) {
            ::kill(child, SIGKILL);
            ::waitpid(child, &status, 0);
            return late ? "the HDF5 library does not come to an end on it" : "";
        }
        std::this_thread::sleep_for(pause);
        pause = std::min<std::chrono::microseconds>(2 * pause, std::chrono::milliseconds(10));
    }
}

} // namespace

std::string rehearse(const std::function<void()>& work, const Control& control)
{
    const pid_t child = forkIdle(work);
    if (child < 0)
        return {}; // No process to be had: opening directly is what every other program does.
    return waitFor(child, control);
}

} // namespace engine::formats
