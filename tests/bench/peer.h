#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <ctime>
#include <vector>

namespace bench {

/// What memcpy does with 64 MiB that lie in main memory, median of nine, measured once in each run
/// in processor time, so that other programs matter less [byte/s].
inline double memcpyRate()
{
    static const double rate = [] {
        constexpr std::size_t bytes = std::size_t { 64 } << 20;
        const std::vector<char> from(bytes, 1);
        std::vector<char> to(bytes, 2);
        std::array<double, 9> seconds {};
        for (double& each : seconds) {
            const std::clock_t start = std::clock();
            std::memcpy(to.data(), from.data(), bytes);
            benchmark::DoNotOptimize(to.data());
            benchmark::ClobberMemory();
            each = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
        }
        std::ranges::nth_element(seconds, seconds.begin() + 4);
        return static_cast<double>(bytes) / seconds[4];
    }();
    return rate;
}

/// Reports `bytes` per iteration as a rate, and as a fraction of memcpy.
inline void setBytes(benchmark::State& state, double bytes)
{
    state.counters["bytes"] =
        benchmark::Counter(bytes, benchmark::Counter::kIsIterationInvariantRate, benchmark::Counter::kIs1000);
    state.counters["of_memcpy"] =
        benchmark::Counter(bytes / memcpyRate(), benchmark::Counter::kIsIterationInvariantRate);
}

} // namespace bench
