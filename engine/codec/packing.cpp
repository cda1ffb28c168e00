#include "engine/codec/packing.h"

#include "engine/base/error.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <string>

namespace engine::codec {

namespace {

constexpr std::size_t pieceWords = 4096;

enum class Head { None, Width, FlagAndWidth, BlockCode };

struct Row {
    std::string_view codec;
    Head head;
};

constexpr std::array<Row, 4> rows { { { "zvc", Head::None },
                                      { "bzvc", Head::Width },
                                      { "bzvc-bypass", Head::FlagAndWidth },
                                      { "bzvc-x", Head::BlockCode } } };

constexpr unsigned leastDenseBits = 2; ///< of bzvc-x
constexpr unsigned denseCodes = 7; ///< code = width + 7
constexpr unsigned rawCode = 15;

/// What decides how a block is written.
struct Shape {
    BlockForm form = BlockForm::Masked;
    unsigned needed = 1; ///< e [bit]
    unsigned width = 0; ///< of a stored word in the stream [bit]
    unsigned stored = 0; ///< words with bits of their own
    unsigned masked = 0; ///< bits with a mask, flag left out
    unsigned head = 0; ///< bits before the words, as it is written

    unsigned payload() const { return stored * width; }
};

/// The smallest of the forms of bzvc-x; of equal ones that with the smallest code.
Shape chooseForm(const PackingFormat& format, unsigned nonzeros, unsigned needed)
{
    // Words of one bit are all said by the mask.
    const unsigned maskedWidth = needed == 1 ? 0 : needed;
    const unsigned masked = format.blockWords + nonzeros * maskedWidth;
    Shape shape { BlockForm::Masked,
                  needed,
                  maskedWidth,
                  maskedWidth == 0 ? 0 : nonzeros,
                  format.blockCodeBits + masked,
                  format.blockCodeBits + format.blockWords };
    if (nonzeros == 0) {
        shape.form = BlockForm::Zero;
        shape.head = format.blockCodeBits;
        return shape;
    }
    const unsigned plain = std::min(std::max(needed, leastDenseBits), format.codeBits());
    if (format.blockWords * plain < masked) {
        shape.form = plain == format.codeBits() ? BlockForm::Raw : BlockForm::Dense;
        shape.width = plain;
    }
    if (shape.form != BlockForm::Masked) {
        shape.stored = format.blockWords;
        shape.head = format.blockCodeBits;
    }
    return shape;
}

Shape shapeOf(const PackingFormat& format, unsigned nonzeros, unsigned joined)
{
    const auto needed = static_cast<unsigned>(std::bit_width(joined | 1U));
    if (format.blockCodeBits != 0)
        return chooseForm(format, nonzeros, needed);
    Shape shape;
    shape.needed = needed;
    shape.width = format.widthBits == 0 ? format.codeBits() : needed;
    shape.stored = nonzeros;
    shape.masked = format.widthBits + format.blockWords + shape.payload();
    shape.head = format.flagBits + format.widthBits + format.blockWords;
    if (format.flagBits != 0 && shape.masked >= format.rawBits()) {
        shape.form = BlockForm::Raw;
        shape.width = format.codeBits();
        shape.stored = format.blockWords;
        shape.head = format.flagBits;
    }
    return shape;
}

Shape shapeOf(const PackingFormat& format, std::span<const std::uint16_t> codes, unsigned& nonzeros)
{
    unsigned joined = 0;
    nonzeros = 0;
    for (const std::uint16_t code : codes) {
        joined |= code;
        nonzeros += code != 0 ? 1U : 0U;
    }
    return shapeOf(format, nonzeros, joined);
}

/// Appends fields one after the other.
class FieldWriter {
public:
    explicit FieldWriter(PackedBlock& block)
        : m_block(block)
    {
    }

    void put(FieldKind kind, unsigned bits, std::uint64_t value, int word = -1)
    {
        if (bits != 0)
            m_block.fields.push_back({ kind, word, m_block.end(), bits, value });
    }

private:
    PackedBlock& m_block;
};

std::uint64_t blockCode(const Shape& shape)
{
    switch (shape.form) {
    case BlockForm::Zero:
        return 0;
    case BlockForm::Masked:
        return shape.needed;
    case BlockForm::Dense:
        return shape.width + denseCodes;
    case BlockForm::Raw:
        break;
    }
    return rawCode;
}

void writeFields(const PackingFormat& format, const Shape& shape, PackedBlock& block)
{
    FieldWriter out(block);
    out.put(FieldKind::Flag, format.flagBits, shape.form == BlockForm::Raw ? 1 : 0);
    out.put(FieldKind::BlockCode, format.blockCodeBits, blockCode(shape));
    if (shape.form == BlockForm::Masked) {
        std::uint64_t mask = 0;
        for (std::size_t i = 0; i < block.words.size(); ++i)
            mask |= std::uint64_t { block.words[i].code != 0 } << i;
        out.put(FieldKind::Width, format.widthBits, shape.width - 1);
        out.put(FieldKind::Mask, format.blockWords, mask);
    }
    const FieldKind kind = shape.form == BlockForm::Raw ? FieldKind::Raw : FieldKind::Payload;
    for (std::size_t i = 0; i < block.words.size(); ++i)
        if (block.words[i].isStored)
            out.put(kind, shape.width, block.words[i].code, static_cast<int>(i));
}

} // namespace

bool packsBlocks(std::string_view codec)
{
    return std::ranges::find(rows, codec, &Row::codec) != rows.end();
}

PackingFormat packingFormat(std::string_view codec, const WordFormat& word, const Options& options)
{
    const auto row = std::ranges::find(rows, codec, &Row::codec);
    if (row == rows.end())
        throw ParameterError("codec: " + std::string(codec) + " does not pack words into blocks");
    PackingFormat format;
    format.codes = codeFormat(word, options, true);
    format.blockWords = static_cast<unsigned>(blockWords(options));
    if (row->head == Head::BlockCode) {
        if (word.bits < 3 || format.codeBits() > 8)
            throw ParameterError("word length: " + std::to_string(word.bits)
                                 + " bit less K is outside 3..8 of bzvc-x");
        format.blockCodeBits = 4;
        return format;
    }
    if (row->head != Head::None)
        format.widthBits = std::max(1U, static_cast<unsigned>(std::bit_width(format.codeBits() - 1)));
    format.flagBits = row->head == Head::FlagAndWidth ? 1 : 0;
    return format;
}

std::uint64_t BlockIndex::blockAt(std::uint64_t bit) const
{
    assert(!starts.empty() && bit < starts.back());
    return static_cast<std::uint64_t>(std::ranges::upper_bound(starts, bit) - starts.begin()) - 1;
}

std::optional<std::uint64_t> BlockIndex::nextRaw(std::uint64_t from) const
{
    const auto middle = forms.begin() + static_cast<std::ptrdiff_t>(std::min(from, blocks()));
    auto found = std::find(middle, forms.end(), BlockForm::Raw);
    if (found == forms.end()) {
        found = std::find(forms.begin(), middle, BlockForm::Raw);
        if (found == middle)
            return std::nullopt;
    }
    return static_cast<std::uint64_t>(found - forms.begin());
}

BlockIndex indexBlocks(const PackingFormat& format, const Words& words)
{
    BlockIndex index;
    const std::size_t blocks = (words.values.size() + format.blockWords - 1) / format.blockWords;
    index.starts.reserve(blocks + 1);
    index.forms.reserve(blocks);
    std::array<std::uint16_t, pieceWords> codes {};
    std::uint64_t at = 0;
    for (std::size_t first = 0; first < words.values.size(); first += pieceWords) {
        const auto piece = words.values.subspan(first, std::min(pieceWords, words.values.size() - first));
        toCodes(format.codes, piece, first, codes.data());
        std::fill(codes.begin() + static_cast<std::ptrdiff_t>(piece.size()), codes.end(),
                  std::uint16_t { 0 });
        for (std::size_t word = 0; word < piece.size(); word += format.blockWords) {
            unsigned nonzeros = 0;
            const Shape shape = shapeOf(format, std::span(codes).subspan(word, format.blockWords), nonzeros);
            index.starts.push_back(at);
            index.forms.push_back(shape.form);
            index.count += { shape.payload(), shape.head, nonzeros };
            at += shape.payload() + shape.head;
        }
    }
    index.starts.push_back(at);
    return index;
}

PackedBlock traceBlock(const PackingFormat& format, const BlockIndex& index, const Words& words,
                       std::uint64_t number)
{
    assert(number < index.blocks());
    PackedBlock block;
    block.number = number;
    block.start = index.starts[number];
    block.firstWord = number * format.blockWords;
    const auto first = static_cast<std::size_t>(block.firstWord);
    const auto values =
        words.values.subspan(first, std::min<std::size_t>(format.blockWords, words.values.size() - first));
    std::vector<std::uint16_t> codes(format.blockWords);
    std::vector<std::int32_t> restored(values.size());
    toCodes(format.codes, values, first, codes.data());
    toWords(format.codes, codes.data(), restored);
    const Shape shape = shapeOf(format, codes, block.nonzeros);
    block.form = shape.form;
    block.codeBits = format.codeBits();
    block.neededBits = shape.needed;
    block.width = shape.stored == 0 ? 0 : shape.width;
    block.maskIsWords = shape.form == BlockForm::Masked && shape.width == 0;
    block.codedBits = shape.masked;
    block.rawBits = format.rawBits();
    for (std::size_t i = 0; i < codes.size(); ++i) {
        const bool isPadding = i >= values.size();
        const bool stored = shape.width != 0 && (shape.stored == format.blockWords || codes[i] != 0);
        block.words.push_back({ isPadding ? 0 : values[i], isPadding ? 0 : restored[i], codes[i], isPadding,
                                stored && shape.form != BlockForm::Zero });
    }
    writeFields(format, shape, block);
    return block;
}

} // namespace engine::codec
