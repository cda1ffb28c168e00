#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace reference {

/// The engine of [Wang 2022] 4 as registers, one cycle at a time and one bit at a time.
struct EngineShape {
    int wordsPerCycle = 16;
    int blockWords = 16;
    int portBits = 64;
    int largestBlockBits = 129;
    bool serial = false;
};

struct EngineBlock {
    int bits = 0;
    int nonzeros = 0;
};

struct EngineCounts {
    std::uint64_t cycles = 0; ///< until the last word has left
    std::uint64_t stillCycles = 0; ///< in which the buffer refused: a block, or a word
    std::uint64_t portWords = 0;
    std::uint64_t emptyCycles = 0; ///< decompressor: the unpacker had no block, blocks were to come
    std::vector<std::uint64_t> held; ///< for each register of the pipeline: cycles in which a new beat came
    std::uint64_t bufferSum = 0; ///< of the bits in the buffer at the end of each cycle
    bool inOrder = true; ///< every bit came out in its place
};

EngineCounts compressCycles(const EngineShape& shape, const std::vector<EngineBlock>& blocks);
EngineCounts decompressCycles(const EngineShape& shape, const std::vector<EngineBlock>& blocks);

} // namespace reference
