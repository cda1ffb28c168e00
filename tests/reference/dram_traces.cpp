#include "tests/reference/dram_traces.h"

#include <sstream>

namespace reference {

namespace {

using engine::dram::Request;
using Trace = std::vector<Request>;

/// xorshift64*
class Xorshift {
public:
    explicit Xorshift(std::uint64_t seed)
        : m_state(seed)
    {
    }

    std::uint64_t below(std::uint64_t bound)
    {
        m_state ^= m_state >> 12;
        m_state ^= m_state << 25;
        m_state ^= m_state >> 27;
        return ((m_state * 0x2545F4914F6CDD1DU) >> 32) % bound;
    }

private:
    std::uint64_t m_state;
};

Trace sequential(bool write)
{
    Trace trace;
    for (std::uint64_t i = 0; i < 100'000; ++i)
        trace.push_back({ i * 64, 0, write });
    return trace;
}

Trace random()
{
    Trace trace;
    Xorshift drawn(0x9E3779B97F4A7C15U);
    for (int i = 0; i < 100'000; ++i) {
        const std::uint64_t address = drawn.below(1 << 24) * 64;
        trace.push_back({ address, 0, drawn.below(2) == 1 });
    }
    return trace;
}

Trace strided()
{
    Trace trace;
    for (std::uint64_t i = 0; i < 20'000; ++i)
        trace.push_back({ i * 65536 % (1 << 30), 0, false });
    return trace;
}

Trace bursty()
{
    Trace trace;
    Xorshift drawn(0xD1B54A32D192ED03U);
    for (std::uint64_t burst = 0; burst < 400; ++burst) {
        const std::uint64_t read = drawn.below(1 << 18) * 4096;
        const std::uint64_t written = drawn.below(1 << 18) * 4096;
        for (std::uint64_t k = 0; k < 64; ++k)
            trace.push_back(
                { k < 48 ? read + 64 * k : written + 64 * (k - 48), burst * 3000 + 2 * k, k >= 48 });
    }
    return trace;
}

/// A 1x1 convolution of 128 -> 256 channels of 56 x 56 bytes, 14 rows and 64 output channels at a time.
class Convolution {
public:
    Trace trace()
    {
        std::uint64_t tile = 0;
        for (std::uint64_t row = 0; row < size; row += rows) {
            for (std::uint64_t out = 0; out < 256; out += outputs) {
                m_cycle = 16'000 * tile++;
                slices(0, 0, inputs, row, false);
                lines(std::uint64_t { 256 } << 20, out * inputs, (out + outputs) * inputs, false);
                slices(std::uint64_t { 512 } << 20, out, out + outputs, row, true);
            }
        }
        return m_trace;
    }

private:
    static constexpr std::uint64_t size = 56, rows = 14, inputs = 128, outputs = 64;

    void slices(std::uint64_t base, std::uint64_t first, std::uint64_t last, std::uint64_t row, bool write)
    {
        for (std::uint64_t channel = first; channel < last; ++channel) {
            const std::uint64_t start = channel * size * size;
            lines(base, start + row * size, start + (row + rows) * size, write);
        }
    }

    void lines(std::uint64_t base, std::uint64_t first, std::uint64_t last, bool write)
    {
        for (std::uint64_t address = first / 64 * 64; address < last; address += 64) {
            m_trace.push_back({ base + address, m_cycle, write });
            m_cycle += 4;
        }
    }

    Trace m_trace;
    std::uint64_t m_cycle = 0;
};

} // namespace

std::vector<Request> dramTrace(std::string_view name)
{
    if (name == "seq_read" || name == "seq_write")
        return sequential(name == "seq_write");
    if (name == "rand_rw")
        return random();
    if (name == "stride_conflict")
        return strided();
    if (name == "bursty_idle")
        return bursty();
    return name == "conv_tile" ? Convolution().trace() : Trace {};
}

std::string maseText(const std::vector<Request>& requests)
{
    std::ostringstream text;
    for (const Request& request : requests)
        text << "0x" << std::hex << request.address << (request.write ? " WRITE " : " READ ") << std::dec
             << request.cycle << '\n';
    return text.str();
}

} // namespace reference
