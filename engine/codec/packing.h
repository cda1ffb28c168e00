#pragma once

#include "engine/codec/codec.h"
#include "engine/codec/word_codes.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace engine::codec {

/// How a block of words is laid out in its stream.
enum class BlockForm : std::uint8_t {
    Masked, ///< a mask, then the words that are not zero
    Dense, ///< every word in the width of the largest, no mask
    Raw, ///< every word in all its bits
    Zero, ///< nothing follows the head
};

/// The fields a block of one codec can have.
///
/// Source  golden/codecs/FORMATS.md 2 and 4.
struct PackingFormat {
    CodeFormat codes;
    unsigned blockWords = 16; ///< S
    unsigned flagBits = 0; ///< of the bypass flag [bit]
    unsigned widthBits = 0; ///< of the width field [bit]
    unsigned blockCodeBits = 0; ///< of the code that says form and width at once [bit]

    unsigned codeBits() const { return static_cast<unsigned>(codes.codeBits()); } ///< w' [bit]
    unsigned rawBits() const { return blockWords * codeBits(); } ///< of the words of a raw block [bit]
};

/// Whether a codec of the catalogue packs blocks that can be traced.
bool packsBlocks(std::string_view codec);

/// Errors  ParameterError for a codec that does not pack blocks, and for options outside their range.
PackingFormat packingFormat(std::string_view codec, const WordFormat& word, const Options& options);

/// Where every block of a stream starts: random access without reading what comes before.
struct BlockIndex {
    std::vector<std::uint64_t> starts; ///< of each block, and the end of the last [bit]
    std::vector<BlockForm> forms; ///< of each block
    BitCount count; ///< of the whole stream

    std::uint64_t blocks() const { return forms.size(); }
    /// The block a bit of the stream lies in; `bit` is below the end.
    std::uint64_t blockAt(std::uint64_t bit) const;
    /// The first raw block at or after `from`, searched round; nothing when there is none.
    std::optional<std::uint64_t> nextRaw(std::uint64_t from) const;
};

/// Errors  ParameterError for a word outside its format.
BlockIndex indexBlocks(const PackingFormat& format, const Words& words);

enum class FieldKind : std::uint8_t { Flag, BlockCode, Width, Mask, Payload, Raw };

/// Neighbouring bits of a stream with one meaning, least significant first.
struct PackedField {
    FieldKind kind;
    int word; ///< in the block, of Payload and Raw; -1 else
    std::uint64_t start; ///< in the whole stream [bit]
    unsigned bits;
    std::uint64_t value;
};

struct PackedWord {
    std::int32_t value = 0; ///< before coding
    std::int32_t restored = 0; ///< after decoding: less what the K-lossy step took
    std::uint16_t code = 0; ///< after the K-lossy step and zigzag
    bool isPadding = false; ///< of the last block
    bool isStored = false; ///< has bits of its own in the stream
};

/// One bit of the code of a word.
struct WordBit {
    int word = 0; ///< in the block
    int bit = 0;

    bool operator==(const WordBit&) const = default;
};

/// All there is to know about how one block was packed.
struct PackedBlock {
    std::uint64_t number = 0;
    std::uint64_t start = 0; ///< in the whole stream [bit]
    std::uint64_t firstWord = 0; ///< in the whole stream
    std::vector<PackedWord> words; ///< S of them
    BlockForm form = BlockForm::Masked;
    unsigned codeBits = 8; ///< w' [bit]
    unsigned neededBits = 1; ///< e: of the largest word, at least 1 [bit]
    unsigned width = 0; ///< bits each stored word takes in the stream; 0 = none takes any [bit]
    bool maskIsWords = false; ///< words of one bit: the mask says all, nothing follows it
    unsigned nonzeros = 0;
    unsigned codedBits = 0; ///< what the block takes with a mask, or would have taken, flag left out [bit]
    unsigned rawBits = 0; ///< of its words uncompressed [bit]
    std::vector<PackedField> fields; ///< one after the other, from `start`

    std::uint64_t end() const { return fields.empty() ? start : fields.back().start + fields.back().bits; }
    unsigned bits() const { return static_cast<unsigned>(end() - start); }
    unsigned payloadBits() const; ///< those that carry words [bit]
    const PackedField* field(FieldKind kind) const; ///< the first of its kind; null when there is none
    const PackedField* fieldAt(std::uint64_t streamBit) const; ///< null outside
    /// The bit of a word that a bit of the stream carries; nothing for bits of the head.
    std::optional<WordBit> wordBitAt(std::uint64_t streamBit) const;
    /// Where a bit of a word is in the stream; nothing when it was dropped.
    std::optional<std::uint64_t> streamBitOf(const WordBit& bit) const;
};

/// `number` is below index.blocks().
PackedBlock traceBlock(const PackingFormat& format, const BlockIndex& index, const Words& words,
                       std::uint64_t number);

} // namespace engine::codec
