#pragma once

#include "engine/bits/bit_reader.h"
#include "engine/bits/bit_writer.h"
#include "engine/codec/codec.h"
#include "engine/codec/word_codes.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace engine::codec {

constexpr std::size_t pieceCodes = 4096; ///< codes at a time that stay in the first-level cache

/// A codec that sees a stream as codes: unsigned, w' bits, all of them at once. Turns words into codes and
/// back, checks the length, and leaves the format itself to those who derive from it.
class CodeCodec : public ActivationCodec {
public:
    Encoded encode(const Words& words, const Options& options) const final;
    BitCount count(const Words& words, const Options& options) const final;
    void decode(std::span<const std::byte> bytes, std::uint64_t bits, const WordFormat& format,
                const Options& options, std::span<std::int32_t> output) const final;
    Encoded encodeBytes(std::span<const std::uint8_t> words, int wordBits,
                        const Options& options) const override;
    BitCount countBytes(std::span<const std::uint8_t> words, int wordBits,
                        const Options& options) const override;
    void decodeBytes(std::span<const std::byte> bytes, std::uint64_t bits, int wordBits,
                     const Options& options, std::span<std::uint8_t> output) const override;

protected:
    using Codes = std::span<const std::uint16_t>;

    /// Counts codes that come a piece at a time.
    class Counter {
    public:
        virtual ~Counter() = default;
        /// pieceCodes of them, less only in the last call.
        virtual void add(Codes codes) = 0;
        virtual BitCount count() const = 0; ///< of all of them
    };

    /// What a stream of codes is made with.
    struct Stream {
        CodeFormat format;
        Options options; ///< K is already checked
        unsigned bits() const { return static_cast<unsigned>(format.codeBits()); } ///< w' [bit]
    };

    /// What encodeCodes() has to say of what it wrote.
    struct Written {
        BitCount count;
        std::vector<Section> sections = {};
    };

    /// Whether the first bit of a stream is the highest of its first byte, not the lowest. Fields are written
    /// and read all the same; their bits must then come in reverse order.
    virtual bool startsWithHighestBit() const { return false; }
    /// What counts in pieces, which spares the memory of all codes; none for codecs that must see all of
    /// them.
    virtual std::unique_ptr<Counter> counter(const Stream& /*stream*/) const { return nullptr; }
    /// The exact size, without writing. For codecs without a counter(); it is not called for others.
    virtual BitCount countCodes(const Stream& /*stream*/, Codes /*codes*/) const { return {}; }
    virtual Written encodeCodes(const Stream& stream, Codes codes, BitWriter& out) const = 0;
    /// `codes` are zero when it is called.
    /// Errors  FormatError at the first bit that encodeCodes() would not have written. The caller looks for
    /// bits that are left over.
    virtual void decodeCodes(const Stream& stream, BitReader& in, std::span<std::uint16_t> codes) const = 0;

private:
    template <typename Word>
    BitCount countWords(const Stream& stream, std::span<const Word> words) const;
    Encoded encodeAll(const Stream& stream, Codes codes) const;
    std::vector<std::uint16_t> decodeAll(const Stream& stream, std::span<const std::byte> bytes,
                                         std::uint64_t bits, std::size_t words) const;
};

} // namespace engine::codec
