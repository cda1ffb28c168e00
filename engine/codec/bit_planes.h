#pragma once

#include "engine/codec/zero_runs.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace engine::codec {

/// The bits of a run of codes, sorted by significance: bit i of plane p is bit p of code i.
class BitPlanes {
public:
    /// Planes of zeros, to be filled.
    BitPlanes(std::size_t codes, unsigned planes);
    BitPlanes(std::span<const std::uint16_t> codes, unsigned planes);

    unsigned count() const { return m_planes; }
    BitRow row(unsigned plane) const
    {
        return { std::span(m_words).subspan(plane * rowWords(m_codes), rowWords(m_codes)), m_codes };
    }
    /// What is written beyond the last code must be zero.
    std::span<std::uint64_t> words(unsigned plane)
    {
        return std::span(m_words).subspan(plane * rowWords(m_codes), rowWords(m_codes));
    }

    /// The codes again; `codes` holds as many as there are.
    void toCodes(std::span<std::uint16_t> codes) const;

private:
    std::size_t m_codes;
    unsigned m_planes;
    std::vector<std::uint64_t> m_words; ///< plane after plane
};

} // namespace engine::codec
