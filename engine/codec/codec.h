#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace engine::codec {

/// What the words of a stream are: 0..2^bits-1, or -2^(bits-1)..2^(bits-1)-1 when signed.
struct WordFormat {
    int bits = 8; ///< 1..16 [bit]
    bool isSigned = false;
};

/// Integers to be coded.
struct Words {
    std::span<const std::int32_t> values;
    int wordBits = 8; ///< 1..16 [bit]
    bool isSigned = false;

    WordFormat format() const { return { wordBits, isSigned }; }
};

/// What the user can set on a codec; those it does not use are ignored.
struct Options {
    int blockWords = 16; ///< S: 4, 8, 16, 32 or 64
    int lossyBits = 0; ///< K: 0..wordBits-1, low bits of the magnitude dropped before coding
    /// Reconstruct K-lossy words at the middle of their range: 2^(K-1) is added to the magnitude of a word
    /// that is not zero. A word never leaves its format: -2^(w-1) stays what it is.
    bool midpoint = false;
    /// Rows and columns of one channel plane of the feature map, for codecs that work on cells of it; 0 = not
    /// known, the stream is one row. Words beyond the last whole plane are a plane that ends early.
    int mapRows = 0;
    int mapColumns = 0;
};

/// Sizes of a coded stream. Kept apart because the sources count them apart.
struct BitCount {
    std::uint64_t payload = 0; ///< bits that carry values [bit]
    std::uint64_t header = 0; ///< masks, widths, flags, tables [bit]
    std::uint64_t nonzeros = 0; ///< words that are not zero after the K-lossy step

    std::uint64_t total() const { return payload + header; }
    bool operator==(const BitCount&) const = default;
    BitCount& operator+=(const BitCount& other)
    {
        payload += other.payload;
        header += other.header;
        nonzeros += other.nonzeros;
        return *this;
    }
};

/// A part of a stream that hardware would write as a stream of its own.
struct Section {
    std::string_view name; ///< "znz"
    std::uint64_t start = 0; ///< in the whole stream [bit]
    std::uint64_t bits = 0;
};

struct Encoded {
    std::vector<std::byte> bytes; ///< zero-padded to 64-bit words; the padding is not counted
    BitCount count;
    std::vector<Section> sections = {}; ///< one after the other; empty when the stream is one
    /// The stream starts with the highest bit of a byte, and hardware pads it to whole bytes only.
    bool highestFirst = false;
};

/// Compresses the activations one layer writes to DRAM.
///
/// Shape   a flat run of words, row-major; one stream per image and layer, the last block padded with zeros.
/// Units   word length 1..16 bit, signed words zigzagged after the K-lossy step; sizes in bits, without the
///         padding of the last output word. Words that pad the last block count when they are stored.
/// Errors  encode() and count() throw ParameterError for a word outside its format or options outside their
///         range; decode() throws FormatError at the first bit that encode() would not have written, and when
///         the stream is shorter or longer than its words: what decode() accepts, encode() gives back.
/// Threads const and stateless: one codec may serve many threads.
/// Source  [Wang 2022] chapter 3; each row of catalogue() names its own section.
class ActivationCodec {
public:
    virtual ~ActivationCodec() = default;

    virtual Encoded encode(const Words& words, const Options& options) const = 0;
    /// The size encode() would give, without writing.
    virtual BitCount count(const Words& words, const Options& options) const = 0;
    /// Fills `output`, whose size is the number of words. Equals the input of encode() when options.lossyBits
    /// is 0. `bits` is the exact number of valid bits in `bytes`; what follows them is not looked at.
    virtual void decode(std::span<const std::byte> bytes, std::uint64_t bits, const WordFormat& format,
                        const Options& options, std::span<std::int32_t> output) const = 0;
    /// Unsigned words of up to 8 bits, one in each byte: the same stream, without the detour over 32-bit
    /// integers. Codecs that are made for speed read the bytes directly.
    virtual Encoded encodeBytes(std::span<const std::uint8_t> words, int wordBits,
                                const Options& options) const;
    /// encodeBytes() into memory that was there before: `memory`, the bytes of a stream that is done with,
    /// say, become the bytes of the result. Streams one after the other then cost no fresh pages, which a
    /// fast codec would spend most of its time on. Codecs that are not, leave it.
    virtual Encoded encodeBytesInto(std::vector<std::byte> memory, std::span<const std::uint8_t> words,
                                    int wordBits, const Options& options) const;
    virtual BitCount countBytes(std::span<const std::uint8_t> words, int wordBits,
                                const Options& options) const;
    virtual void decodeBytes(std::span<const std::byte> bytes, std::uint64_t bits, int wordBits,
                             const Options& options, std::span<std::uint8_t> output) const;
    /// No input of `words` words can take more [bit].
    virtual std::uint64_t worstCaseBits(std::uint64_t words, int wordBits, const Options& options) const = 0;
};

/// A row of the catalogue: all that the forms, the command line and the tests need.
struct Entry {
    std::string_view id; ///< stable and lower-case: "bzvc"
    std::string_view title; ///< "Bit-level zero-value compression"
    std::string_view source; ///< "[Wang 2022] 3.1", and whose definition it is where the source is silent
    bool usesBlocks; ///< options.blockWords matters
    bool usesLossyBits; ///< options.lossyBits matters
    bool usesMap; ///< options.mapRows and mapColumns matter
    std::unique_ptr<ActivationCodec> (*make)();
    int leastWordBits = 1; ///< w [bit]
    int mostCodeBits = 16; ///< w' = w - K [bit]

    /// Other words and K are a ParameterError.
    bool canCode(int wordBits, int lossyBits) const
    {
        return wordBits >= leastWordBits && wordBits - (usesLossyBits ? lossyBits : 0) <= mostCodeBits;
    }
};

/// Every codec, in menu order. To add one, append a row in catalogue.cpp.
std::span<const Entry> catalogue();

/// Errors  ParameterError listing the ids there are.
const Entry& find(std::string_view id);

} // namespace engine::codec
