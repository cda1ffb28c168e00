#include "widgets/packing/packing_scene.h"

#include <algorithm>

namespace widgets {

using engine::codec::PackingAction;
using engine::codec::PackingStage;

PackingScene::PackingScene(std::shared_ptr<const PackedStream> stream, std::uint64_t block,
                           const engine::codec::PackingPort& port, PackingDirection direction)
    : m_stream(std::move(stream))
    , m_block(m_stream->block(block))
    , m_port(port)
    , m_tree(engine::codec::mergeTree(m_block, port))
    , m_direction(direction)
    , m_steps(direction == PackingDirection::Compress ? engine::codec::compressorSteps(m_block, port)
                                                      : engine::codec::decompressorSteps(m_block, port))
{
    int rank = 0;
    for (const engine::codec::PackedWord& word : m_block.words)
        m_ranks.push_back(word.isStored || (m_block.maskIsWords && word.code != 0) ? rank++ : -1);
    setStep(steps() - 1);
}

void PackingScene::setStep(int step)
{
    m_step = std::clamp(step, 0, steps() - 1);
    m_words.assign(m_block.words.size(), Phase::ToCome);
    m_masks = m_words;
    m_strings.assign(m_tree.size(), m_words);
    m_bits.assign(m_block.bits(), Phase::ToCome);
    for (int i = 0; i <= m_step; ++i)
        for (const PackingAction& action : m_steps[static_cast<std::size_t>(i)])
            apply(action, i == m_step ? Phase::Now : Phase::Done);
}

void PackingScene::applyWords(std::vector<Phase>& phases, const PackingAction& action, Phase phase)
{
    const auto first = phases.begin() + static_cast<std::ptrdiff_t>(action.firstWord);
    std::fill(first, first + static_cast<std::ptrdiff_t>(action.words), phase);
}

void PackingScene::apply(const PackingAction& action, Phase phase)
{
    const auto fillBits = [&] {
        const std::uint64_t first = std::max(action.firstBit, m_block.start);
        const std::uint64_t end = std::min(action.firstBit + action.bits, m_block.end());
        for (std::uint64_t bit = first; bit < end; ++bit)
            m_bits[static_cast<std::size_t>(bit - m_block.start)] = phase;
    };
    switch (action.stage) {
    case PackingStage::Detect:
    case PackingStage::Restore:
        applyWords(m_words, action, phase);
        break;
    case PackingStage::Mask:
        applyWords(m_masks, action, phase);
        applyWords(m_strings.front(), action, phase);
        break;
    case PackingStage::Merge:
    case PackingStage::Split:
        applyWords(m_strings[action.level], action, phase);
        break;
    case PackingStage::Append:
    case PackingStage::Leave:
    case PackingStage::Unpack:
        fillBits();
        break;
    case PackingStage::Head:
        std::fill(m_masks.begin(), m_masks.end(), phase);
        std::fill(m_strings.back().begin(), m_strings.back().end(), phase);
        break;
    }
}

Phase PackingScene::stringPhase(std::size_t level, int firstWord) const
{
    return m_strings[level][static_cast<std::size_t>(firstWord)];
}

Phase PackingScene::bitPhase(std::uint64_t streamBit) const
{
    return m_bits[static_cast<std::size_t>(streamBit - m_block.start)];
}

} // namespace widgets
