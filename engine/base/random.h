#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>

namespace engine {

/// Counter-based random numbers: the value at (seed, stream, index) depends on nothing else, so results do
/// not depend on threads or order. SplitMix64 as the mixing function.
class Random {
public:
    explicit Random(std::uint64_t seed, std::uint64_t stream = 0)
        : m_state(seed ^ mix(stream * 0xD1B54A32D192ED03U + 0x2545F4914F6CDD1DU))
    {
    }

    std::uint64_t next() { return mix(m_state += step); }

    /// Uniform in [0, 1).
    double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
    double uniform(double low, double high) { return low + (high - low) * uniform(); }

    /// Uniform in 0..bound-1.
    std::uint64_t below(std::uint64_t bound)
    {
        return static_cast<std::uint64_t>((static_cast<Wide>(next()) * bound) >> 64);
    }

    /// Standard normal (Box-Muller).
    double normal()
    {
        const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
        return radius * std::cos(2.0 * std::numbers::pi * uniform());
    }

private:
    __extension__ using Wide = unsigned __int128;
    static constexpr std::uint64_t step = 0x9E3779B97F4A7C15U;

    static std::uint64_t mix(std::uint64_t z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31);
    }

    std::uint64_t m_state;
};

} // namespace engine
