#include "engine/codec/packing.h"

#include <algorithm>

namespace engine::codec {

unsigned PackedBlock::payloadBits() const
{
    unsigned bits = 0;
    for (const PackedField& each : fields)
        bits += each.word >= 0 ? each.bits : 0;
    return bits;
}

const PackedField* PackedBlock::field(FieldKind kind) const
{
    const auto found = std::ranges::find(fields, kind, &PackedField::kind);
    return found == fields.end() ? nullptr : &*found;
}

const PackedField* PackedBlock::fieldAt(std::uint64_t streamBit) const
{
    for (const PackedField& each : fields)
        if (streamBit >= each.start && streamBit < each.start + each.bits)
            return &each;
    return nullptr;
}

std::optional<WordBit> PackedBlock::wordBitAt(std::uint64_t streamBit) const
{
    const PackedField* found = fieldAt(streamBit);
    if (found == nullptr)
        return std::nullopt;
    const auto offset = static_cast<int>(streamBit - found->start);
    if (found->word >= 0)
        return WordBit { found->word, offset };
    if (found->kind == FieldKind::Mask && maskIsWords)
        return WordBit { offset, 0 };
    return std::nullopt;
}

std::optional<std::uint64_t> PackedBlock::streamBitOf(const WordBit& bit) const
{
    if (const auto found = std::ranges::find(fields, bit.word, &PackedField::word); found != fields.end()) {
        if (bit.bit < 0 || static_cast<unsigned>(bit.bit) >= found->bits)
            return std::nullopt;
        return found->start + static_cast<std::uint64_t>(bit.bit);
    }
    const PackedField* mask = maskIsWords ? field(FieldKind::Mask) : nullptr;
    if (mask == nullptr || bit.bit != 0 || bit.word < 0 || static_cast<unsigned>(bit.word) >= mask->bits)
        return std::nullopt;
    return mask->start + static_cast<std::uint64_t>(bit.word);
}

} // namespace engine::codec
