#pragma once

#include "engine/codec/block_sizes.h"
#include "engine/codec/hardware/pipeline.h"

#include <cstdint>
#include <span>

namespace engine::codec::hardware {

class Occupancy;

enum class Direction { Compress, Decompress };

/// What limits a run from below.
enum class Limit {
    Input, ///< the stages: cycles the blocks take of them
    Port, ///< words of W bits, one a cycle
};

/// Where the cycles of a run went; runs of several streams, one after the other, add up.
///
/// Both sides of an engine are accounted for to the cycle:
///     compressor    cycles = fill + beats + merging + bufferFull + drain = fill + portWords + portIdle
///     decompressor  cycles = fill + beats + merging + waiting = fill + portWords + bufferFull + drain
struct Run {
    std::uint64_t blocks = 0;
    std::uint64_t nonzeros = 0;
    std::uint64_t bits = 0; ///< of the stream, the padding of its last word left out [bit]
    std::uint64_t portWords = 0; ///< words of W bits through the port

    std::uint64_t fill = 0; ///< cycles until a stream fills the pipeline
    std::uint64_t beats = 0; ///< cycles in which blocks take the stages: ceil(S/P) each
    std::uint64_t merging = 0; ///< cycles more, because words are joined one by one (serial)
    /// Cycles in which the buffer had no room: compressor: for the next block, and all stages stood still;
    /// decompressor: for the next word, and the port stood still.
    std::uint64_t bufferFull = 0;
    std::uint64_t portIdle =
        0; ///< compressor: no word left, since the buffer held less than one (input-bound)
    std::uint64_t waiting = 0; ///< decompressor: no block started, since its bits were not there (port-bound)
    std::uint64_t drain = 0; ///< compressor: words left over after the last block; decompressor: the reverse
    std::uint64_t cycles = 0;
    std::uint64_t bound = 0; ///< closed form: the larger of stageCycles() and portWords, plus fill

    std::uint64_t stageCycles() const { return beats + merging; }
    Limit limit() const { return portWords > stageCycles() ? Limit::Port : Limit::Input; }
    Run& operator+=(const Run& other);
    bool operator==(const Run&) const = default;
};

/// Compresses one stream, cycle by cycle.
///
/// A block reaches the wrapper as m = blockCycles() beats, of which beat j brings the bits up to
/// floor(j L / m). Every cycle first a word leaves, if the cycle before left W bits in the buffer, then the
/// next beat enters; the first beat of a block enters when the buffer has room for the whole block, and else
/// all stages stand still. After the last beat a word that is not full leaves as well. The run ends with the
/// last word.
///
/// Errors  ParameterError for a pipeline that cannot be, and for a block that is empty or larger than
///         largestBlockBits(), naming it.
Run compress(const Pipeline& pipeline, std::span<const BlockSize> blocks, Occupancy* occupancy = nullptr);

/// Decompresses one stream, cycle by cycle.
///
/// Every cycle first the block at hand takes its beat out of the bit buffer, by the same shares; a block
/// starts when the cycle before left all its bits there. Then a word of W bits comes over the port, if the
/// buffer has room for one. A beat passes unpacker, header, log2(P) levels of the tree, and the output, which
/// gathers the ceil(S/P) beats of a block before it hands on P words a cycle. The run ends with the last of
/// them.
///
/// Errors  those of compress().
Run decompress(const Pipeline& pipeline, std::span<const BlockSize> blocks, Occupancy* occupancy = nullptr);

} // namespace engine::codec::hardware
