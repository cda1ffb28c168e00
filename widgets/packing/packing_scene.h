#pragma once

#include "engine/codec/packing_steps.h"
#include "widgets/packing/packed_stream.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace widgets {

enum class PackingDirection { Compress, Decompress };

/// How far a thing has come at a step.
enum class Phase : std::uint8_t { ToCome, Now, Done };

/// What the pointer is on: a word or one of its bits, or a bit of the stream.
struct PackingSpot {
    int word = -1; ///< of the block shown; -1 = none
    int bit = -1; ///< of its code
    std::optional<std::uint64_t> streamBit = {};

    bool operator==(const PackingSpot&) const = default;
};

/// Everything the packing view shows: a block of a stream at one cycle of the hardware.
class PackingScene {
public:
    PackingScene() = default;
    PackingScene(std::shared_ptr<const PackedStream> stream, std::uint64_t block,
                 const engine::codec::PackingPort& port, PackingDirection direction);

    bool isEmpty() const { return !m_stream; }
    const std::shared_ptr<const PackedStream>& streamPointer() const { return m_stream; }
    const PackedStream& stream() const { return *m_stream; }
    const engine::codec::PackedBlock& block() const { return m_block; }
    const engine::codec::PackingPort& port() const { return m_port; }
    const engine::codec::MergeTree& tree() const { return m_tree; }
    PackingDirection direction() const { return m_direction; }
    bool isCompressing() const { return m_direction == PackingDirection::Compress; }
    int lossyBits() const { return m_stream->choice.options.lossyBits; } ///< K

    int steps() const { return static_cast<int>(m_steps.size()); }
    int step() const { return m_step; }
    void setStep(int step); ///< outside goes to the nearest
    const engine::codec::PackingStep& actions() const { return m_steps[static_cast<std::size_t>(m_step)]; }

    Phase wordPhase(int word) const { return m_words[static_cast<std::size_t>(word)]; }
    Phase maskPhase(int word) const { return m_masks[static_cast<std::size_t>(word)]; }
    Phase stringPhase(std::size_t level, int firstWord) const;
    Phase bitPhase(std::uint64_t streamBit) const; ///< of the block's own bits

    /// Which colour a word has: its place among those stored; -1 = none.
    int rank(int word) const { return m_ranks[static_cast<std::size_t>(word)]; }

private:
    void apply(const engine::codec::PackingAction& action, Phase phase);
    void applyWords(std::vector<Phase>& phases, const engine::codec::PackingAction& action, Phase phase);

    std::shared_ptr<const PackedStream> m_stream;
    engine::codec::PackedBlock m_block;
    engine::codec::PackingPort m_port;
    engine::codec::MergeTree m_tree;
    PackingDirection m_direction = PackingDirection::Compress;
    std::vector<engine::codec::PackingStep> m_steps;
    std::vector<int> m_ranks;
    int m_step = 0;
    std::vector<Phase> m_words;
    std::vector<Phase> m_masks;
    std::vector<std::vector<Phase>> m_strings; ///< by level and word
    std::vector<Phase> m_bits; ///< of the block
};

} // namespace widgets
