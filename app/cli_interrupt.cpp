#include "app/cli_interrupt.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace app {

namespace {

constexpr char interrupted = 'i';
constexpr char finished = 'f';

volatile std::sig_atomic_t writeEnd = -1;

extern "C" void onInterrupt(int)
{
    const int saved = errno;
    [[maybe_unused]] const ssize_t written = ::write(writeEnd, &interrupted, 1);
    errno = saved;
}

void handle(void (*handler)(int), int flags)
{
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = flags;
    ::sigemptyset(&action.sa_mask);
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
}

} // namespace

Interrupt::Interrupt()
{
    if (::pipe2(m_pipe.data(), O_CLOEXEC) != 0)
        throw std::system_error(errno, std::generic_category(), "pipe");
    writeEnd = m_pipe[1];
    m_thread = std::thread([this] {
        char byte = 0;
        while (::read(m_pipe[0], &byte, 1) == 1 && byte == interrupted)
            m_source.request_stop();
    });
    handle(onInterrupt, SA_RESTART | static_cast<int>(SA_RESETHAND));
}

Interrupt::~Interrupt()
{
    handle(SIG_DFL, 0);
    [[maybe_unused]] const ssize_t written = ::write(m_pipe[1], &finished, 1);
    m_thread.join();
    ::close(m_pipe[0]);
    ::close(m_pipe[1]);
}

} // namespace app
