#pragma once

#include "engine/codec/packing.h"

#include <cstdint>
#include <vector>

namespace engine::codec {

/// How wide the hardware is.
struct PackingPort {
    unsigned wordsPerCycle = 16; ///< P: a power of two
    unsigned portBits = 64; ///< W [bit]
};

/// A string of bits in the tree that joins words: two neighbours of the level below, one after the other.
struct MergeString {
    unsigned firstWord = 0; ///< of those it may hold
    unsigned span = 1; ///< words it may hold
    std::vector<int> words; ///< that are in it, in order
    unsigned bits = 0;
    unsigned shift = 0; ///< by which the second neighbour is moved: the bits of the first
};

/// Level 0 has the words, each further level joins pairs; log2(P) levels. A block of more than P words passes
/// through in slices, whose strings stand side by side; one of fewer words fills the lower levels only.
using MergeTree = std::vector<std::vector<MergeString>>;

MergeTree mergeTree(const PackedBlock& block, const PackingPort& port);

/// What a stage of the hardware does in one cycle. The compressor has the first five, top down; the
/// decompressor the others.
enum class PackingStage : std::uint8_t {
    Detect, ///< looks for zeros and leading ones in a slice of words
    Mask, ///< takes over mask and width of a slice
    Merge, ///< joins the strings of a slice up to `level`
    Append, ///< the wrapper takes bits
    Leave, ///< a word of W bits leaves through the port
    Unpack, ///< a word of W bits comes in through the port
    Head, ///< reads flag, width and mask
    Split, ///< cuts the strings of a slice into those of `level`
    Restore, ///< puts the words of a slice into their places
};

struct PackingAction {
    PackingStage stage;
    unsigned firstWord = 0; ///< of the slice
    unsigned words = 0; ///< of the slice
    unsigned level = 0;
    std::uint64_t firstBit = 0; ///< in the whole stream, of Append, Leave, Unpack and Head [bit]
    unsigned bits = 0;
};

/// What happens in one cycle.
using PackingStep = std::vector<PackingAction>;

/// One block through the empty engine, in the stages of hardware::Pipeline: the first slice reaches the
/// wrapper with hardware::fillCycles(), the others follow one a cycle, and so do words of W bits that leave.
///
/// Source  [Wang 2022] 4; Tessera's definition.
std::vector<PackingStep> compressorSteps(const PackedBlock& block, const PackingPort& port);
std::vector<PackingStep> decompressorSteps(const PackedBlock& block, const PackingPort& port);

} // namespace engine::codec
