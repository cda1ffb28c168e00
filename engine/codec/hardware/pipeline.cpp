#include "engine/codec/hardware/pipeline.h"

#include "engine/base/error.h"

#include <algorithm>
#include <bit>
#include <string>

namespace engine::codec::hardware {

namespace {

void requirePower(const char* what, int value, int least, int most)
{
    const bool isPower = value > 0 && std::has_single_bit(static_cast<unsigned>(value));
    if (isPower && value >= least && value <= most)
        return;
    std::string known;
    for (int power = least; power <= most; power *= 2)
        known += (power == least ? "" : power == most ? " or " : ", ") + std::to_string(power);
    throw ParameterError(std::string(what) + ": " + std::to_string(value) + " is not " + known);
}

void requireRange(const char* what, int value, int least, int most)
{
    if (value < least || value > most)
        throw ParameterError(std::string(what) + ": " + std::to_string(value) + " is outside "
                             + std::to_string(least) + ".." + std::to_string(most));
}

} // namespace

void requirePipeline(const Pipeline& pipeline)
{
    requirePower("words per cycle P", pipeline.wordsPerCycle, 4, 32);
    requirePower("block size S", pipeline.blockWords, 4, 64);
    requireRange("word length", pipeline.wordBits, 1, 16);
    requireRange("port width W", pipeline.portBits, 8, 512);
}

int treeLevels(int wordsPerCycle)
{
    return std::bit_width(static_cast<unsigned>(wordsPerCycle)) - 1;
}

int beatsPerBlock(const Pipeline& pipeline)
{
    return (pipeline.blockWords + pipeline.wordsPerCycle - 1) / pipeline.wordsPerCycle;
}

int fillCycles(const Pipeline& pipeline)
{
    return 3 + treeLevels(pipeline.wordsPerCycle) + beatsPerBlock(pipeline) - 1;
}

int blockCycles(const Pipeline& pipeline, int nonzeros)
{
    const int beats = beatsPerBlock(pipeline);
    return pipeline.concatenation == Concatenation::Serial ? std::max(nonzeros, beats) : beats;
}

int largestBlockBits(const Pipeline& pipeline)
{
    return static_cast<int>(blockFormat(pipeline.head, pipeline.wordBits, pipeline.blockWords).worstBits());
}

int bufferBits(const Pipeline& pipeline)
{
    return 2 * pipeline.portBits + largestBlockBits(pipeline);
}

} // namespace engine::codec::hardware
