#include "engine/codec/packing_steps.h"

#include "engine/codec/hardware/pipeline.h"

#include <algorithm>

namespace engine::codec {

namespace {

unsigned levels(const PackingPort& port)
{
    return static_cast<unsigned>(hardware::treeLevels(static_cast<int>(port.wordsPerCycle)));
}

struct Slice {
    unsigned firstWord;
    unsigned words;
};

/// The words that enter together, a slice a cycle.
std::vector<Slice> slices(const PackedBlock& block, const PackingPort& port)
{
    std::vector<Slice> result;
    const auto words = static_cast<unsigned>(block.words.size());
    for (unsigned first = 0; first < words; first += port.wordsPerCycle)
        result.push_back({ first, std::min(port.wordsPerCycle, words - first) });
    return result;
}

/// The bits a slice adds to the stream; the first brings the head with it.
struct BitRange {
    std::uint64_t first = 0;
    std::uint64_t end = 0;
};

std::uint64_t headEnd(const PackedBlock& block)
{
    const auto payload =
        std::ranges::find_if(block.fields, [](const PackedField& field) { return field.word >= 0; });
    return payload == block.fields.end() ? block.end() : payload->start;
}

BitRange bitsOf(const PackedBlock& block, const Slice& slice)
{
    BitRange range { block.end(), block.end() };
    const auto last = static_cast<int>(slice.firstWord + slice.words);
    bool found = false;
    for (const PackedField& field : block.fields) {
        if (field.word < static_cast<int>(slice.firstWord) || field.word >= last)
            continue;
        range.first = found ? range.first : field.start;
        range.end = field.start + field.bits;
        found = true;
    }
    if (slice.firstWord != 0)
        return range;
    return { block.start, found ? range.end : headEnd(block) };
}

PackingStep& at(std::vector<PackingStep>& steps, std::size_t cycle)
{
    if (steps.size() <= cycle)
        steps.resize(cycle + 1);
    return steps[cycle];
}

/// Words of W bits leave one a cycle from the moment they are full.
void addLeaving(std::vector<PackingStep>& steps, const PackedBlock& block, const PackingPort& port)
{
    const std::uint64_t width = port.portBits;
    std::uint64_t next = block.start / width;
    std::uint64_t filled = block.start;
    for (std::size_t cycle = 0; cycle < steps.size() || (next + 1) * width <= filled; ++cycle) {
        PackingStep& step = at(steps, cycle);
        for (const PackingAction& action : step)
            if (action.stage == PackingStage::Append && action.bits != 0)
                filled = action.firstBit + action.bits;
        if ((next + 1) * width <= filled)
            step.push_back({ PackingStage::Leave, 0, 0, 0, next++ * width, port.portBits });
    }
}

} // namespace

MergeTree mergeTree(const PackedBlock& block, const PackingPort& port)
{
    MergeTree tree(1);
    for (unsigned i = 0; i < block.words.size(); ++i) {
        MergeString leaf { i, 1, {}, 0, 0 };
        if (block.words[i].isStored) {
            leaf.words = { static_cast<int>(i) };
            leaf.bits = block.width;
        }
        tree.front().push_back(leaf);
    }
    for (unsigned level = 1; level <= levels(port); ++level) {
        const std::vector<MergeString>& below = tree.back();
        std::vector<MergeString> joined;
        for (std::size_t i = 0; i < below.size(); i += 2) {
            MergeString string = below[i];
            string.shift = string.bits;
            if (i + 1 < below.size()) {
                const MergeString& second = below[i + 1];
                string.span += second.span;
                string.words.insert(string.words.end(), second.words.begin(), second.words.end());
                string.bits += second.bits;
            }
            joined.push_back(std::move(string));
        }
        tree.push_back(std::move(joined));
    }
    return tree;
}

std::vector<PackingStep> compressorSteps(const PackedBlock& block, const PackingPort& port)
{
    std::vector<PackingStep> steps;
    const std::vector<Slice> entering = slices(block, port);
    for (std::size_t i = 0; i < entering.size(); ++i) {
        const Slice& slice = entering[i];
        std::size_t cycle = i;
        const auto add = [&](PackingStage stage, unsigned level = 0) {
            at(steps, cycle++).push_back({ stage, slice.firstWord, slice.words, level });
        };
        add(PackingStage::Detect);
        // Mask and width are those of the whole block: the first slice waits for the last.
        cycle = entering.size() + i;
        add(PackingStage::Mask);
        for (unsigned level = 1; level <= levels(port); ++level)
            add(PackingStage::Merge, level);
        const BitRange range = bitsOf(block, slice);
        at(steps, cycle)
            .push_back({ PackingStage::Append, slice.firstWord, slice.words, 0, range.first,
                         static_cast<unsigned>(range.end - range.first) });
    }
    addLeaving(steps, block, port);
    return steps;
}

std::vector<PackingStep> decompressorSteps(const PackedBlock& block, const PackingPort& port)
{
    std::vector<PackingStep> steps;
    const std::uint64_t width = port.portBits;
    for (std::uint64_t word = block.start / width; word * width < block.end(); ++word)
        steps.push_back({ { PackingStage::Unpack, 0, 0, 0, word * width, port.portBits } });
    const std::uint64_t head = headEnd(block) - block.start;
    steps.push_back({ { PackingStage::Head, 0, 0, 0, block.start, static_cast<unsigned>(head) } });
    std::size_t entry = steps.size();
    for (const Slice& slice : slices(block, port)) {
        std::size_t cycle = entry++;
        for (unsigned level = levels(port); level-- > 0;)
            at(steps, cycle++).push_back({ PackingStage::Split, slice.firstWord, slice.words, level });
        at(steps, cycle).push_back({ PackingStage::Restore, slice.firstWord, slice.words });
    }
    return steps;
}

} // namespace engine::codec
