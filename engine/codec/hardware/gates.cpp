#include "engine/codec/hardware/gates.h"

#include <bit>
#include <numeric>
#include <string_view>

namespace engine::codec::hardware {

namespace {

using Count = std::uint64_t;

Count bitsOf(Count value)
{
    return static_cast<Count>(std::bit_width(value));
}

/// Stages of a shifter by 0..most: ceil(log2(most + 1)).
Count shiftStages(Count most)
{
    return bitsOf(most);
}

Count ceilDivide(Count value, Count by)
{
    return (value + by - 1) / by;
}

/// The symbols of the header.
struct Symbols {
    explicit Symbols(const Pipeline& pipeline);

    bool isSerial;
    bool hasBypass;
    bool hasWidth;
    Count P, S, w, W;
    Count n; ///< beats of a block
    Count v; ///< bits of the width field
    Count H; ///< bits of the head
    Count B; ///< bits of the buffer
    Count A; ///< bits in a cycle
    Count u; ///< step of a shift in the tree
    Count g; ///< step of the shift at the port
    Count c; ///< bits of a count of 0..S
};

Symbols::Symbols(const Pipeline& pipeline)
    : isSerial(pipeline.concatenation == Concatenation::Serial)
    , hasBypass(pipeline.head == BlockZvc::Head::WidthAndBypass)
    , hasWidth(pipeline.head != BlockZvc::Head::Mask)
    , P(static_cast<Count>(pipeline.wordsPerCycle))
    , S(static_cast<Count>(pipeline.blockWords))
    , w(static_cast<Count>(pipeline.wordBits))
    , W(static_cast<Count>(pipeline.portBits))
    , n(static_cast<Count>(beatsPerBlock(pipeline)))
    , v(blockFormat(pipeline.head, pipeline.wordBits, pipeline.blockWords).widthBits)
    , H((hasBypass ? 1 : 0) + v + S)
    , B(static_cast<Count>(bufferBits(pipeline)))
    , A((isSerial ? w : P * w) + H)
    , u(hasWidth ? 1 : w)
    , g(hasWidth ? 1 : std::gcd(std::gcd(S, w), W))
    , c(bitsOf(S))
{
}

/// Joins the formulas that are not empty.
std::string formulas(std::string_view muxes, std::string_view ors, std::string_view flipFlops)
{
    std::string text;
    const auto add = [&](std::string_view name, std::string_view formula) {
        if (formula.empty())
            return;
        text.append(text.empty() ? "" : "; ").append(name).append(": ").append(formula);
    };
    add("mux", muxes);
    add("OR", ors);
    add("flip-flops", flipFlops);
    return text;
}

StageGates detection(const Symbols& s)
{
    return { "Zero detection", 0, s.P * (s.w - 1), s.P * s.w, formulas({}, "P (w - 1)", "P w") };
}

/// Joins all words of a block, and turns the highest bit of the join into a number.
StageGates leadingOne(const Symbols& s)
{
    const Count join = (s.P - 1) * s.w + (s.n > 1 ? s.w : 0);
    const Count leading = 2 * (s.w - 1) + s.v * (ceilDivide(s.w, 2) - 1);
    return { "Leading one", 0, join + leading, s.w,
             formulas({},
                      s.n > 1 ? "P w + 2 (w - 1) + v (ceil(w/2) - 1)"
                              : "(P - 1) w + 2 (w - 1) + v (ceil(w/2) - 1)",
                      "w") };
}

StageGates wait(const Symbols& s)
{
    return { "Wait for the block", 0, 0, (s.n - 1) * s.P * s.w, formulas({}, {}, "(n - 1) P w") };
}

/// Counts the mask, multiplies by the width; bypass compares the result and makes all words look full.
StageGates head(const Symbols& s, bool alwaysCounts)
{
    StageGates stage { alwaysCounts ? "Header" : "Mask and width", 0, s.P * (s.v + 1), s.H, {} };
    std::string muxes;
    std::string ors = "P (v + 1)";
    if (alwaysCounts || s.hasBypass) {
        stage.muxes = 3 * (s.S - 1) + 3 * s.v * s.c;
        stage.ors += s.v * s.c;
        muxes = "3 (S - 1) + 3 v b(S)";
        ors += s.v > 0 ? " + v b(S)" : "";
    }
    if (s.hasBypass) {
        stage.muxes += 3 * bitsOf(s.S * s.w) + s.v;
        stage.ors += s.P;
        muxes += " + 3 b(S w) + v";
        ors += " + P";
    }
    stage.formula = formulas(muxes, ors, "H");
    return stage;
}

/// "2^level w / u", as one reads it.
std::string stringLength(const Symbols& s, Count level)
{
    std::string text = level == 0 ? "w" : std::to_string(Count { 1 } << level) + " w";
    return s.u == 1 ? text : text.append(" / u");
}

/// Joins, or splits, strings of at most 2^level w bits: a shifter over P w bits and the sum of two lengths.
StageGates treeLevel(const Symbols& s, Count level)
{
    const Count length = (s.w << level) / s.u; // in steps
    const Count joins = s.P >> (level + 1);
    const Count lengthBits = bitsOf(2 * length);
    std::string sum = "P/" + std::to_string(Count { 2 } << level);
    sum.append(" b(").append(stringLength(s, level + 1)).append(")");
    std::string muxes = "P w b(";
    muxes.append(stringLength(s, level)).append(") + 3 ").append(sum);
    return { "Level " + std::to_string(level + 1), s.P * s.w * shiftStages(length) + joins * 3 * lengthBits,
             s.P * s.w / 2, s.P * s.w + joins * lengthBits, formulas(muxes, "P w / 2", "P w + " + sum) };
}

/// Finds the next word that is not zero and takes it, or puts it into its lane.
StageGates serialMerge(const Symbols& s, Direction direction)
{
    if (direction == Direction::Compress)
        return { "Concatenation", (s.P - 1) * s.w, 2 * (s.P - 1), s.P * s.w + s.P + s.w,
                 formulas("(P - 1) w", "2 (P - 1)", "P w + P + w") };
    return { "Expansion", s.P * s.w, 2 * (s.P - 1) + s.w, s.P * s.w + s.P,
             formulas("P w", "2 (P - 1) + w", "P w + P") };
}

/// The buffer with its shifters: A bits at any place, words of W bits at whole words.
StageGates buffer(const Symbols& s, std::string name)
{
    const Count words = ceilDivide(s.B, s.W);
    return { std::move(name),
             (s.A + s.W) * shiftStages(s.W / s.g - 1) + s.B * shiftStages(words - 1) + s.B + 6 * bitsOf(s.B),
             s.B, s.B + bitsOf(s.B),
             formulas("(A + W) b(W/g - 1) + B b(ceil(B/W) - 1) + B + 6 b(B)", "B", "B + b(B)") };
}

/// Cuts words down to their width, and gathers the beats of a block.
StageGates output(const Symbols& s)
{
    return { "Output", 0, s.isSerial ? 0 : s.P * s.w, s.n * s.P * s.w,
             formulas({}, s.isSerial ? "" : "P w", "n P w") };
}

void addConcatenation(std::vector<StageGates>& stages, const Symbols& s, Direction direction)
{
    if (s.isSerial) {
        stages.push_back(serialMerge(s, direction));
        return;
    }
    const Count levels = bitsOf(s.P) - 1;
    for (Count level = 0; level < levels; ++level)
        stages.push_back(treeLevel(s, direction == Direction::Compress ? level : levels - 1 - level));
}

std::vector<StageGates> compressorGates(const Symbols& s)
{
    std::vector<StageGates> stages = { detection(s) };
    if (s.hasWidth)
        stages.push_back(leadingOne(s));
    if (s.n > 1)
        stages.push_back(wait(s));
    stages.push_back(head(s, false));
    addConcatenation(stages, s, Direction::Compress);
    stages.push_back(buffer(s, "Wrapper"));
    return stages;
}

std::vector<StageGates> decompressorGates(const Symbols& s)
{
    std::vector<StageGates> stages = { buffer(s, "Unpacker"), head(s, true) };
    addConcatenation(stages, s, Direction::Decompress);
    stages.push_back(output(s));
    return stages;
}

} // namespace

double StageGates::logic(const GateEquivalents& cells) const
{
    return static_cast<double>(muxes) * cells.mux + static_cast<double>(ors) * cells.orGate;
}

double StageGates::registers(const GateEquivalents& cells) const
{
    return static_cast<double>(flipFlops) * cells.flipFlop;
}

std::vector<StageGates> gateEstimate(const Pipeline& pipeline, Direction direction)
{
    requirePipeline(pipeline);
    const Symbols symbols(pipeline);
    return direction == Direction::Compress ? compressorGates(symbols) : decompressorGates(symbols);
}

double logicGates(std::span<const StageGates> stages, const GateEquivalents& cells)
{
    double sum = 0;
    for (const StageGates& stage : stages)
        sum += stage.logic(cells);
    return sum;
}

double totalGates(std::span<const StageGates> stages, const GateEquivalents& cells)
{
    double sum = 0;
    for (const StageGates& stage : stages)
        sum += stage.total(cells);
    return sum;
}

} // namespace engine::codec::hardware
