#pragma once

#include "engine/codec/block_zvc.h"

namespace engine::codec::hardware {

/// How the words of a block become one string of bits.
enum class Concatenation {
    Tree, ///< log2(P) merge levels, P words a cycle: the scalable engine
    Serial, ///< one word that is not zero a cycle: the baseline
};

/// What the compressor and the decompressor of a codec in blocks are built for.
///
/// A block of S words passes as ceil(S/P) beats of P words. The pipeline, a stage a cycle:
///
///     detection            zeros and leading ones of a beat
///     (ceil(S/P) - 1)      its beats wait for the last one, since mask and width are of the whole block
///     mask and width
///     concatenation        log2(P) levels
///     output wrapper       from here words of W bits leave
///
/// K-lossy codes are narrower than w; the hardware serves every K and is built for w.
///
/// Source  [Wang 2022] 4; the figures are Tessera's definition.
struct Pipeline {
    int wordsPerCycle = 16; ///< P: 4, 8, 16 or 32
    int blockWords = 16; ///< S: 4, 8, 16, 32 or 64
    int wordBits = 8; ///< w: 1..16 [bit]
    int portBits = 64; ///< W: 8..512 [bit]
    BlockZvc::Head head = BlockZvc::Head::WidthAndBypass; ///< of which codec
    Concatenation concatenation = Concatenation::Tree;
};

/// Errors  ParameterError naming the value and its limits.
void requirePipeline(const Pipeline& pipeline);

/// Merge levels of the tree: log2(P).
int treeLevels(int wordsPerCycle);

/// Cycles in which the words of a block are taken: ceil(S/P).
int beatsPerBlock(const Pipeline& pipeline);

/// The cycle, from 1, in which the first beat of the first block reaches the wrapper: 3 + log2(P) +
/// ceil(S/P) - 1; for a serial engine the same, so that both differ in nothing but throughput. The last beat
/// of that block follows ceil(S/P) - 1 cycles later: with P >= S the whole block is there.
int fillCycles(const Pipeline& pipeline);

/// Cycles a block takes of every stage: ceil(S/P); in a serial engine not less than its words that are not
/// zero.
int blockCycles(const Pipeline& pipeline, int nonzeros);

/// Bits of the largest block the codec can make of S words of w bits [bit].
int largestBlockBits(const Pipeline& pipeline);

/// Room of the wrapper's buffer, and of the unpacker's: 2 W + the largest block [bit].
int bufferBits(const Pipeline& pipeline);

} // namespace engine::codec::hardware
