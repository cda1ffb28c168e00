#include "engine/dram/trace/generator.h"

#include "engine/base/error.h"
#include "engine/base/random.h"

#include <array>
#include <string>

namespace engine::dram {

namespace {

/// Asks a rule for the address and the cycle of request i; writes are drawn.
template <typename Rule>
class Generator : public RequestSource {
public:
    explicit Generator(const Pattern& pattern)
        : m_pattern(pattern)
        , m_random(pattern.seed)
        , m_rule { pattern }
    {
    }

    std::size_t read(std::span<Request> block) override
    {
        std::size_t count = 0;
        for (; count < block.size() && m_next < m_pattern.requests; ++count, ++m_next) {
            const std::uint64_t offset = m_rule.offset(m_next, m_random) % m_pattern.range;
            block[count] = { m_pattern.base + offset / m_pattern.bytes * m_pattern.bytes,
                             m_rule.cycle(m_next), m_random.uniform() < m_pattern.writeShare };
        }
        return count;
    }

    double fraction() const override
    {
        return m_pattern.requests > 0 ? static_cast<double>(m_next) / static_cast<double>(m_pattern.requests)
                                      : 1;
    }

private:
    Pattern m_pattern;
    Random m_random;
    Rule m_rule;
    std::uint64_t m_next = 0;
};

struct Steady {
    Pattern p;
    std::uint64_t cycle(std::uint64_t i) const { return i * p.interval; }
};

struct Sequential : Steady {
    std::uint64_t offset(std::uint64_t i, Random&) const { return i * p.bytes; }
};

struct Uniform : Steady {
    std::uint64_t offset(std::uint64_t, Random& random) const { return random.below(p.range); }
};

struct Strided : Steady {
    std::uint64_t offset(std::uint64_t i, Random&) const { return i * p.stride; }
};

struct Bursty {
    Pattern p;
    std::uint64_t start = 0;

    std::uint64_t cycle(std::uint64_t i) const { return i / p.burst * p.pause + i % p.burst * p.interval; }
    std::uint64_t offset(std::uint64_t i, Random& random)
    {
        if (i % p.burst == 0)
            start = random.below(p.range);
        return start + i % p.burst * p.bytes;
    }
};

// Row by row within a tile, tile by tile along the rows of the matrix.
struct Tiled : Steady {
    std::uint64_t offset(std::uint64_t i, Random&) const
    {
        const std::uint64_t perTile = std::uint64_t { p.tileRows } * p.tileColumns;
        const std::uint64_t width = std::uint64_t { p.tileColumns } * p.bytes;
        const std::uint64_t across = p.pitch > width ? p.pitch / width : 1;
        const std::uint64_t tile = i / perTile;
        const std::uint64_t row = tile / across * p.tileRows + i % perTile / p.tileColumns;
        return row * p.pitch + tile % across * width + i % p.tileColumns * p.bytes;
    }
};

template <typename Rule>
std::unique_ptr<RequestSource> make(const Pattern& pattern)
{
    return std::make_unique<Generator<Rule>>(pattern);
}

constexpr std::array<GeneratorRow, 5> rows = { {
    { "sequential", "Sequential", "one request after the other", make<Sequential> },
    { "random", "Random", "uniform over the range", make<Uniform> },
    { "strided", "Strided", "a fixed distance apart", make<Strided> },
    { "bursty", "Bursty", "sequential bursts with pauses between them", make<Bursty> },
    { "tiled", "Tiled", "tiles of a matrix, row by row within a tile", make<Tiled> },
} };

void check(const Pattern& p)
{
    if (p.bytes == 0)
        throw ParameterError("Bytes per request: 0 is not above 0");
    if (p.range < p.bytes)
        throw ParameterError("Range: " + std::to_string(p.range) + " bytes is less than a request of "
                             + std::to_string(p.bytes));
    if (p.burst == 0 || p.tileRows == 0 || p.tileColumns == 0 || p.pitch == 0)
        throw ParameterError("Burst, tile rows, tile columns and pitch must be above 0");
    const bool isShare = p.writeShare >= 0 && p.writeShare <= 1;
    if (!isShare)
        throw ParameterError("Share of writes: " + std::to_string(p.writeShare) + " is outside 0..1");
}

} // namespace

std::span<const GeneratorRow> generators()
{
    return rows;
}

std::unique_ptr<RequestSource> makeGenerator(std::string_view id, const Pattern& pattern)
{
    check(pattern);
    std::string all;
    for (const GeneratorRow& row : rows) {
        if (row.id == id)
            return row.make(pattern);
        all += (all.empty() ? "" : ", ") + std::string(row.id);
    }
    throw ParameterError("Pattern: " + std::string(id) + " is not one of " + all);
}

} // namespace engine::dram
