#include "engine/codec/hardware/simulation.h"

#include "engine/base/error.h"
#include "engine/codec/hardware/occupancy.h"

#include <algorithm>
#include <string>

namespace engine::codec::hardware {

namespace {

/// Nobody watches: cycles in which nothing special happens may be leapt over.
struct Blind {
    static constexpr bool seesEveryCycle = false;
    void stages(bool) { }
    void cycle(bool, std::uint64_t) { }
};

/// Sizes of a pipeline that its loops need.
struct Sizes {
    explicit Sizes(const Pipeline& pipeline)
        : port(static_cast<std::uint64_t>(pipeline.portBits))
        , buffer(static_cast<std::uint64_t>(bufferBits(pipeline)))
    {
    }

    std::uint64_t port; ///< [bit]
    std::uint64_t buffer; ///< [bit]
};

/// What the beats of a block bring, one after the other.
class Shares {
public:
    Shares(std::uint64_t bits, std::uint64_t beats)
        : m_bits(bits)
        , m_beats(beats)
    {
    }

    std::uint64_t next()
    {
        const std::uint64_t before = m_brought;
        m_brought = ++m_beat == m_beats ? m_bits : m_beat * m_bits / m_beats;
        return m_brought - before;
    }

private:
    std::uint64_t m_bits;
    std::uint64_t m_beats;
    std::uint64_t m_beat = 0;
    std::uint64_t m_brought = 0;
};

/// Wrapper and port of the compressor, from the cycle on in which the first beat comes.
template <typename Watch>
class Wrapper {
public:
    Wrapper(const Sizes& sizes, Run& run, Watch& watch)
        : m_sizes(sizes)
        , m_run(run)
        , m_watch(watch)
    {
    }

    void take(std::uint64_t bits, std::uint64_t beats)
    {
        if (!Watch::seesEveryCycle && leap(bits, beats))
            return;
        Shares shares(bits, beats);
        bool left = leave();
        while (m_held + bits > m_sizes.buffer) {
            ++m_run.bufferFull;
            m_watch.cycle(left, m_held);
            left = leave();
        }
        enter(shares.next(), left);
        for (std::uint64_t beat = 1; beat < beats; ++beat) {
            left = leave();
            enter(shares.next(), left);
        }
    }

    void drain()
    {
        while (m_held > 0) {
            m_held -= std::min(m_held, m_sizes.port);
            ++m_run.portWords;
            ++m_run.drain;
            m_watch.cycle(true, m_held);
        }
    }

private:
    /// A block whose beats bring no more than a word each, into a buffer that holds less than two: a word
    /// leaves one cycle after it is complete, so that the words that leave are those complete before the last
    /// beat.
    bool leap(std::uint64_t bits, std::uint64_t beats)
    {
        if (m_held >= 2 * m_sizes.port || bits > beats * m_sizes.port || m_held + bits > m_sizes.buffer)
            return false;
        const std::uint64_t words = (m_held + (beats - 1) * bits / beats) / m_sizes.port;
        m_held += bits - words * m_sizes.port;
        m_run.portWords += words;
        m_run.portIdle += beats - words;
        return true;
    }

    bool leave()
    {
        if (m_held < m_sizes.port) {
            ++m_run.portIdle;
            return false;
        }
        m_held -= m_sizes.port;
        ++m_run.portWords;
        return true;
    }

    void enter(std::uint64_t bits, bool left)
    {
        m_held += bits;
        m_watch.stages(true);
        m_watch.cycle(left, m_held);
    }

    Sizes m_sizes;
    Run& m_run;
    Watch& m_watch;
    std::uint64_t m_held = 0; ///< [bit]
};

/// Port and bit buffer of the decompressor, from the first word on.
template <typename Watch>
class Unpacker {
public:
    Unpacker(const Sizes& sizes, Run& run, Watch& watch)
        : m_sizes(sizes)
        , m_run(run)
        , m_watch(watch)
        , m_coming(run.bits)
    {
    }

    /// The first word: nothing can start yet.
    void start() { pass(0, false); }

    void give(std::uint64_t bits, std::uint64_t beats)
    {
        for (; m_held < bits; ++m_run.waiting)
            pass(0, false);
        if (!Watch::seesEveryCycle && leap(bits, beats))
            return;
        Shares shares(bits, beats);
        for (std::uint64_t beat = 0; beat < beats; ++beat)
            pass(shares.next(), true);
    }

private:
    /// A block whose beats make room for no more than a word each, in a buffer with room for less than one: a
    /// word comes in the cycle in which there is room for it.
    bool leap(std::uint64_t bits, std::uint64_t beats)
    {
        const std::uint64_t room = m_sizes.buffer - m_held;
        if (room >= m_sizes.port || bits > beats * m_sizes.port)
            return false;
        const std::uint64_t words = (room + bits) / m_sizes.port;
        if (m_coming < (words + 1) * m_sizes.port)
            return false;
        m_coming -= words * m_sizes.port;
        m_held += words * m_sizes.port - bits;
        m_run.portWords += words;
        m_run.bufferFull += beats - words;
        return true;
    }

    void pass(std::uint64_t bits, bool isBeat)
    {
        m_held -= bits;
        const bool came = m_coming > 0 && m_held + m_sizes.port <= m_sizes.buffer;
        if (came) {
            const std::uint64_t word = std::min(m_coming, m_sizes.port);
            m_coming -= word;
            m_held += word;
            ++m_run.portWords;
        } else {
            ++(m_coming > 0 ? m_run.bufferFull : m_run.drain);
        }
        m_watch.stages(isBeat);
        m_watch.cycle(came, m_held);
    }

    Sizes m_sizes;
    Run& m_run;
    Watch& m_watch;
    std::uint64_t m_coming; ///< [bit]
    std::uint64_t m_held = 0; ///< [bit]
};

/// What is known of a run before it starts.
Run planned(const Pipeline& pipeline, std::span<const BlockSize> blocks)
{
    const auto largest = static_cast<std::uint16_t>(largestBlockBits(pipeline));
    Run run;
    run.blocks = blocks.size();
    run.fill = static_cast<std::uint64_t>(fillCycles(pipeline));
    run.beats = run.blocks * static_cast<std::uint64_t>(beatsPerBlock(pipeline));
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (blocks[i].bits < 1 || blocks[i].bits > largest)
            throw ParameterError("block " + std::to_string(i) + ": " + std::to_string(blocks[i].bits)
                                 + " bits are outside 1.." + std::to_string(largest));
        run.bits += blocks[i].bits;
        run.nonzeros += blocks[i].nonzeros;
        run.merging += static_cast<std::uint64_t>(blockCycles(pipeline, blocks[i].nonzeros));
    }
    run.merging -= run.beats;
    const auto port = static_cast<std::uint64_t>(pipeline.portBits);
    run.bound = run.fill + std::max(run.stageCycles(), (run.bits + port - 1) / port);
    return run;
}

template <typename Watch>
Run compressWith(const Pipeline& pipeline, std::span<const BlockSize> blocks, Run run, Watch& watch)
{
    Wrapper<Watch> wrapper(Sizes(pipeline), run, watch);
    for (const BlockSize& block : blocks)
        wrapper.take(block.bits, static_cast<std::uint64_t>(blockCycles(pipeline, block.nonzeros)));
    wrapper.drain();
    // The cycle of the first beat is the last one of the fill; a word cannot leave in it.
    run.portIdle -= 1;
    run.drain -= 1;
    run.cycles = run.fill + run.portWords + run.portIdle;
    return run;
}

template <typename Watch>
Run decompressWith(const Pipeline& pipeline, std::span<const BlockSize> blocks, Run run, Watch& watch)
{
    Unpacker<Watch> unpacker(Sizes(pipeline), run, watch);
    unpacker.start();
    for (const BlockSize& block : blocks)
        unpacker.give(block.bits, static_cast<std::uint64_t>(blockCycles(pipeline, block.nonzeros)));
    run.drain -= 1; // the last word is there one cycle before the last block can start
    run.cycles = run.fill + run.stageCycles() + run.waiting;
    return run;
}

} // namespace

Run& Run::operator+=(const Run& other)
{
    blocks += other.blocks;
    nonzeros += other.nonzeros;
    bits += other.bits;
    portWords += other.portWords;
    fill += other.fill;
    beats += other.beats;
    merging += other.merging;
    bufferFull += other.bufferFull;
    portIdle += other.portIdle;
    waiting += other.waiting;
    drain += other.drain;
    cycles += other.cycles;
    bound += other.bound;
    return *this;
}

Run compress(const Pipeline& pipeline, std::span<const BlockSize> blocks, Occupancy* occupancy)
{
    requirePipeline(pipeline);
    if (blocks.empty())
        return {};
    const Run run = planned(pipeline, blocks);
    if (occupancy == nullptr) {
        Blind blind;
        return compressWith(pipeline, blocks, run, blind);
    }
    occupancy->start(blocks);
    occupancy->fill();
    return compressWith(pipeline, blocks, run, *occupancy);
}

Run decompress(const Pipeline& pipeline, std::span<const BlockSize> blocks, Occupancy* occupancy)
{
    requirePipeline(pipeline);
    if (blocks.empty())
        return {};
    const Run run = planned(pipeline, blocks);
    if (occupancy == nullptr) {
        Blind blind;
        return decompressWith(pipeline, blocks, run, blind);
    }
    occupancy->start(blocks);
    const Run done = decompressWith(pipeline, blocks, run, *occupancy);
    occupancy->fill();
    return done;
}

} // namespace engine::codec::hardware
