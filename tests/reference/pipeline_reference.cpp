#include "tests/reference/pipeline_reference.h"

#include <algorithm>
#include <deque>
#include <optional>

namespace reference {

namespace {

/// A bit of the stream, known by its number.
using Bit = std::uint64_t;

struct Beat {
    bool isFirst = false; ///< of its block
    int blockBits = 0;
    std::vector<Bit> bits;
};

int log2OfPower(int value)
{
    int levels = 0;
    for (int reach = 1; reach < value; reach *= 2)
        ++levels;
    return levels;
}

int beatsOf(const EngineShape& shape)
{
    int beats = 0;
    for (int words = 0; words < shape.blockWords; words += shape.wordsPerCycle)
        ++beats;
    return beats;
}

/// Detection or unpacking; mask and width or header; the levels; wrapper or output; and where the beats of a
/// block wait for one another.
std::size_t registersOf(const EngineShape& shape)
{
    return static_cast<std::size_t>(1 + 1 + log2OfPower(shape.wordsPerCycle) + 1 + beatsOf(shape) - 1);
}

/// All beats of a stream, in order: bit i of a block is in the first beat that brings so much of it.
std::deque<Beat> beatsOfStream(const EngineShape& shape, const std::vector<EngineBlock>& blocks)
{
    std::deque<Beat> all;
    Bit next = 0;
    for (const EngineBlock& block : blocks) {
        const int beats = shape.serial ? std::max(block.nonzeros, beatsOf(shape)) : beatsOf(shape);
        int brought = 0;
        for (int beat = 1; beat <= beats; ++beat) {
            Beat made { beat == 1, block.bits, {} };
            for (; brought < block.bits * beat / beats; ++brought)
                made.bits.push_back(next++);
            all.push_back(made);
        }
    }
    return all;
}

using Registers = std::vector<std::optional<Beat>>;

bool anyHeld(const Registers& registers)
{
    return std::any_of(registers.begin(), registers.end(), [](const auto& r) { return r.has_value(); });
}

/// Every register takes what the one before held.
void handOn(Registers& registers, std::optional<Beat> first, EngineCounts& counts)
{
    for (std::size_t i = registers.size() - 1; i > 0; --i)
        registers[i] = registers[i - 1];
    registers[0] = std::move(first);
    for (std::size_t i = 0; i < registers.size(); ++i)
        counts.held[i] += registers[i].has_value() ? 1 : 0;
}

std::optional<Beat> takeFrom(std::deque<Beat>& beats)
{
    if (beats.empty())
        return std::nullopt;
    const Beat beat = beats.front();
    beats.pop_front();
    return beat;
}

} // namespace

EngineCounts compressCycles(const EngineShape& shape, const std::vector<EngineBlock>& blocks)
{
    const auto port = static_cast<std::size_t>(shape.portBits);
    const std::size_t room = 2 * port + static_cast<std::size_t>(shape.largestBlockBits);
    std::deque<Beat> input = beatsOfStream(shape, blocks);
    Registers registers(registersOf(shape)); // the last one is the wrapper's
    std::deque<Bit> buffer;
    Bit expected = 0;
    EngineCounts counts;
    counts.held.resize(registers.size());
    while (true) {
        const bool moreToCome =
            !input.empty() || anyHeld({ registers.begin(), registers.end() - 1 }); // else the stream ends
        if (!moreToCome && buffer.empty())
            return counts;
        ++counts.cycles;
        if (buffer.size() >= port || !moreToCome) {
            ++counts.portWords;
            for (std::size_t i = 0; i < port && !buffer.empty(); ++i) {
                counts.inOrder = counts.inOrder && buffer.front() == expected++;
                buffer.pop_front();
            }
        }
        const std::optional<Beat>& candidate = registers[registers.size() - 2];
        const bool refused = candidate.has_value() && candidate->isFirst
            && buffer.size() + static_cast<std::size_t>(candidate->blockBits) > room;
        if (refused) {
            ++counts.stillCycles;
        } else {
            handOn(registers, takeFrom(input), counts);
            if (registers.back().has_value())
                for (const Bit bit : registers.back()->bits)
                    buffer.push_back(bit);
        }
        counts.bufferSum += buffer.size();
    }
}

EngineCounts decompressCycles(const EngineShape& shape, const std::vector<EngineBlock>& blocks)
{
    const auto port = static_cast<std::size_t>(shape.portBits);
    const std::size_t room = 2 * port + static_cast<std::size_t>(shape.largestBlockBits);
    std::deque<Beat> wanted = beatsOfStream(shape, blocks);
    std::deque<Bit> memory;
    for (const Beat& beat : wanted)
        memory.insert(memory.end(), beat.bits.begin(), beat.bits.end());
    Registers registers(registersOf(shape)); // the first one is the unpacker's
    std::deque<Bit> buffer;
    EngineCounts counts;
    counts.held.resize(registers.size());
    while (!wanted.empty() || anyHeld({ registers.begin(), registers.end() - 1 })) {
        ++counts.cycles;
        const bool starts = !wanted.empty()
            && (!wanted.front().isFirst
                || buffer.size() >= static_cast<std::size_t>(wanted.front().blockBits));
        counts.emptyCycles += !wanted.empty() && !starts ? 1 : 0;
        handOn(registers, starts ? takeFrom(wanted) : std::nullopt, counts);
        if (registers.front().has_value())
            for (const Bit bit : registers.front()->bits) {
                counts.inOrder = counts.inOrder && buffer.front() == bit;
                buffer.pop_front();
            }
        if (!memory.empty() && buffer.size() + port <= room) {
            ++counts.portWords;
            for (std::size_t i = 0; i < port && !memory.empty(); ++i) {
                buffer.push_back(memory.front());
                memory.pop_front();
            }
        } else if (!memory.empty()) {
            ++counts.stillCycles;
        }
        counts.bufferSum += buffer.size();
    }
    return counts;
}

} // namespace reference
