#include "engine/codec/lossy.h"

#include "engine/base/error.h"

#include <algorithm>
#include <array>
#include <string>

namespace engine::codec {

LossyStep::LossyStep(const Quantiser& quantiser, int lossyBits, bool midpoint)
    : m_quantiser(quantiser)
    , m_lossyBits(lossyBits)
    , m_middle(midpoint && lossyBits > 0 ? 1 << (lossyBits - 1) : 0)
{
    if (lossyBits < 0 || lossyBits >= quantiser.bits)
        throw ParameterError("K: " + std::to_string(lossyBits) + " is outside 0.."
                             + std::to_string(quantiser.bits - 1) + " for words of "
                             + std::to_string(quantiser.bits) + " bit");
}

void LossyStep::words(std::span<std::int32_t> words) const
{
    const auto kept = static_cast<std::int32_t>(~std::uint32_t { 0 } << m_lossyBits);
    const std::int32_t low = m_quantiser.lowest();
    const std::int32_t high = m_quantiser.highest();
    for (std::int32_t& word : words) {
        const std::int32_t sign = word >> 31;
        const std::int32_t magnitude = ((word ^ sign) - sign) & kept;
        const std::int32_t middled = magnitude + (magnitude != 0 ? m_middle : 0);
        word = std::clamp((middled ^ sign) - sign, low, high);
    }
}

void LossyStep::values(std::span<float> values) const
{
    std::array<std::int32_t, 1024> room;
    for (std::size_t first = 0; first < values.size(); first += room.size()) {
        const std::span<float> piece = values.subspan(first, std::min(room.size(), values.size() - first));
        const std::span<std::int32_t> pieceWords = std::span(room).first(piece.size());
        m_quantiser(piece, pieceWords);
        words(pieceWords);
        for (std::size_t i = 0; i < piece.size(); ++i)
            piece[i] = static_cast<float>(m_quantiser.scale * pieceWords[i]);
    }
}

} // namespace engine::codec
