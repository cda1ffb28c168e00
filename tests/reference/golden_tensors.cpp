#include "tests/reference/golden_tensors.h"

#include <algorithm>
#include <array>

namespace reference {

namespace {

using Values = std::vector<std::int32_t>;

class SplitMix64 {
public:
    explicit SplitMix64(std::uint64_t seed)
        : m_state(seed)
    {
    }

    std::uint64_t next64()
    {
        m_state += 0x9E3779B97F4A7C15U;
        std::uint64_t z = m_state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31);
    }

    std::uint64_t next32() { return next64() >> 32; }

private:
    std::uint64_t m_state;
};

/// Zero with a chance of zeroPerMille, else 1 + geometric, at most `high`.
Values laplace(int n, std::uint64_t zeroPerMille, std::uint64_t mean, int high, std::uint64_t seed)
{
    SplitMix64 random(seed);
    const std::uint64_t zero = (zeroPerMille << 32) / 1000;
    const std::uint64_t stop = (std::uint64_t { 1 } << 32) / mean;
    Values out;
    for (int i = 0; i < n; ++i) {
        int value = 0;
        if (random.next32() >= zero) {
            value = 1;
            while (value < high && random.next32() >= stop)
                ++value;
        }
        out.push_back(value);
    }
    return out;
}

Values boxFilter(const Values& a, int height, int width)
{
    Values out;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            std::int32_t sum = 0;
            for (int i = 0; i < 25; ++i) {
                const int row = std::clamp(y + i / 5 - 2, 0, height - 1);
                const int column = std::clamp(x + i % 5 - 2, 0, width - 1);
                sum += a[static_cast<std::size_t>(row * width + column)];
            }
            out.push_back(sum / 25);
        }
    }
    return out;
}

/// Eight channels of 28 x 28: smoothed noise, cut at a rank, scaled to 127.
Values smooth(std::size_t zeroPerMille, std::uint64_t seed)
{
    constexpr int side = 28;
    constexpr std::int64_t high = 127;
    SplitMix64 random(seed);
    Values out;
    for (int channel = 0; channel < 8; ++channel) {
        Values a;
        for (int i = 0; i < side * side; ++i)
            a.push_back(static_cast<std::int32_t>(random.next64() >> 56) * 4096);
        for (int pass = 0; pass < 3; ++pass)
            a = boxFilter(a, side, side);
        Values sorted = a;
        std::ranges::sort(sorted);
        const std::int32_t cut = sorted[zeroPerMille * a.size() / 1000];
        for (std::int32_t& value : a)
            value = std::max(0, value - cut);
        const std::int32_t top = std::max(1, *std::ranges::max_element(a));
        for (const std::int32_t value : a)
            out.push_back(static_cast<std::int32_t>(value * high / top));
    }
    return out;
}

Values uniform(int n, int bits, bool isSigned, std::uint64_t seed)
{
    SplitMix64 random(seed);
    Values out;
    for (int i = 0; i < n; ++i) {
        const auto x = static_cast<std::int32_t>(random.next64() >> (64 - bits));
        out.push_back(isSigned && x >> (bits - 1) != 0 ? x - (1 << bits) : x);
    }
    return out;
}

template <typename Rule>
Values filled(int n, Rule rule)
{
    Values out;
    for (int i = 0; i < n; ++i)
        out.push_back(rule(i));
    return out;
}

/// Zero runs of every length 0..40, separated by single values.
Values runs()
{
    Values out;
    for (int k = 0; k < 41; ++k) {
        out.insert(out.end(), static_cast<std::size_t>(k), 0);
        out.push_back(k % 127 + 1);
    }
    return out;
}

Values single(int n, int place, int value)
{
    return filled(n, [=](int i) { return i == place ? value : 0; });
}

const std::array<GoldenTensor, 26> tensors { {
    { "lap30", 8, false, [] { return laplace(4096, 300, 12, 127, 30); } },
    { "lap50", 8, false, [] { return laplace(4096, 500, 12, 127, 50); } },
    { "lap70", 8, false, [] { return laplace(4096, 700, 12, 127, 70); } },
    { "lap90", 8, false, [] { return laplace(4096, 900, 12, 127, 90); } },
    { "lap50_small", 8, false, [] { return laplace(4096, 500, 3, 127, 51); } },
    { "smooth0", 8, false, [] { return smooth(0, 100); } },
    { "smooth50", 8, false, [] { return smooth(500, 150); } },
    { "smooth80", 8, false, [] { return smooth(800, 180); } },
    { "zeros", 8, false, [] { return Values(4096); } },
    { "const77", 8, false, [] { return Values(1024, 77); } },
    { "rand_u8", 8, false, [] { return uniform(4096, 8, false, 8); } },
    { "rand_s8", 8, true, [] { return uniform(4096, 8, true, 9); } },
    { "single_first", 8, false, [] { return single(1024, 0, 1); } },
    { "single_mid", 8, false, [] { return single(1024, 500, 255); } },
    { "single_last", 8, false, [] { return single(1024, 1023, 128); } },
    { "ramp256", 8, false, [] { return filled(256, [](int i) { return i; }); } },
    { "ramp_relu", 8, false, [] { return filled(2048, [](int i) { return std::max(0, i % 256 - 128); }); } },
    { "alt_0_127", 8, false, [] { return filled(1024, [](int i) { return 127 * (i & 1); }); } },
    { "runs", 8, false, runs },
    { "len1_zero", 8, false, [] { return Values { 0 }; } },
    { "len1_nz", 8, false, [] { return Values { 5 }; } },
    { "len13", 8, false, [] { return Values { 0, 0, 3, 4, 5, 0, 9, 200, 0, 0, 0, 1, 0 }; } },
    { "len33_dense", 8, false, [] { return filled(33, [](int i) { return (7 * i + 1) % 256; }); } },
    { "s8_mixed", 8, true,
      [] { return filled(960, [](int i) { return i % 3 != 0 ? i * 37 % 256 - 128 : 0; }); } },
    { "lap70_16", 16, false, [] { return laplace(4096, 700, 300, 32767, 716); } },
    { "rand_s16", 16, true, [] { return uniform(2048, 16, true, 16); } },
} };

} // namespace

std::span<const GoldenTensor> goldenTensors()
{
    return tensors;
}

} // namespace reference
