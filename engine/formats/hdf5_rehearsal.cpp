#include "engine/formats/hdf5_rehearsal.h"

#include "engine/formats/hdf5_file.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace engine::formats {

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool limitsMemory = false; // The sanitizers reserve terabytes.
#else
constexpr bool limitsMemory = true;
#endif

using Clock = std::chrono::steady_clock;

constexpr rlim_t workSeconds = 30; ///< of processor time
constexpr auto patience = std::chrono::seconds(120); ///< a busy machine or a slow disk is no fault
constexpr rlim_t mostMemory = rlim_t { 1 } << 30; ///< for a file's structure alone [byte]
constexpr int tooMuchMemory = 3;
constexpr const char* endless = "the HDF5 library does not come to an end on it";

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
    limit(RLIMIT_CPU, workSeconds);
    if (limitsMemory)
        limit(RLIMIT_DATA, dataBytes() + 2 * mostMemory);
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

/// A child and the end of a pipe that tells when it is gone.
struct Child {
    pid_t id = -1;
    int gone = -1;
};

/// Forks while no other thread is within the library, so that the child finds it in order.
Child forkIdle(const std::function<void()>& work)
{
    std::array<int, 2> ends = { -1, -1 };
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return {};
    const Hdf5Session session;
    const pid_t id = ::fork();
    if (id == 0)
        runChild(work);
    ::close(ends[1]);
    return { id, ends[0] };
}

std::string verdict(int status)
{
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return {};
    if (WIFEXITED(status) && WEXITSTATUS(status) == tooMuchMemory)
        return "the HDF5 library needs more than 1 GB for its structure alone";
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        return endless;
    return "the HDF5 library crashes on it";
}

/// True when the child has ended by itself.
bool waitUntilGone(const Child& child, const Control& control)
{
    constexpr int lookAtStopEvery = 50; // [ms]
    const auto deadline = Clock::now() + patience;
    while (!control.stopped() && Clock::now() < deadline) {
        pollfd watched = { child.gone, POLLIN, 0 };
        if (::poll(&watched, 1, lookAtStopEvery) > 0)
            return true;
    }
    return false;
}

#ifdef __SANITIZE_ADDRESS__
bool isSingleThreaded()
{
    const std::filesystem::directory_iterator tasks("/proc/self/task");
    return std::distance(begin(tasks), end(tasks)) <= 1;
}
#endif

} // namespace

std::string rehearse(const std::function<void()>& work, const Control& control)
{
#ifdef __SANITIZE_ADDRESS__
    // The sanitizer's allocator may be locked by another thread when the child is made, which then waits for
    // ever. A single thread can be rehearsed; the window cannot, and would be stopped at the first bad read
    // anyway.
    if (!isSingleThreaded())
        return {};
#endif
    const Child child = forkIdle(work);
    std::string result;
    if (child.id > 0) {
        int status = 0;
        const bool ended = waitUntilGone(child, control);
        if (!ended)
            ::kill(child.id, SIGKILL);
        pid_t collected = 0;
        do {
            collected = ::waitpid(child.id, &status, 0);
        } while (collected < 0 && errno == EINTR);
        if (!ended && !control.stopped())
            result = endless;
        else if (ended && collected == child.id)
            result = verdict(status);
    } // Without a process: opening directly is what every other program does.
    if (child.gone >= 0)
        ::close(child.gone);
    return result;
}

} // namespace engine::formats
