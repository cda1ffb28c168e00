#pragma once

#include "engine/codec/hardware/pipeline.h"
#include "engine/codec/hardware/simulation.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace engine::codec::hardware {

/// Sizes of cells in gate equivalents, i.e. 2-input NAND gates of the same library.
///
/// Source  areas of NangateOpenCellLibrary 45 nm: NAND2_X1 0.798, MUX2_X1 1.862, OR2_X1 1.064, DFF_X1
///         4.522 um2.
struct GateEquivalents {
    double mux = 2.33; ///< 2-input multiplexer
    double orGate = 1.33; ///< 2-input OR; an AND takes as much and is counted as one
    double flipFlop = 5.67;
};

/// Cells of one stage. An adder bit counts as 3 multiplexers: two as exclusive or, one for the carry.
struct StageGates {
    std::string stage;
    std::uint64_t muxes = 0;
    std::uint64_t ors = 0;
    std::uint64_t flipFlops = 0;
    std::string formula; ///< "OR: P (w - 1); flip-flops: P w"

    double logic(const GateEquivalents& cells) const; ///< multiplexers and ORs [gate equivalents]
    double registers(const GateEquivalents& cells) const; ///< [gate equivalents]
    double total(const GateEquivalents& cells) const { return logic(cells) + registers(cells); }
};

/// Symbols of the formulas: P, S, w, W as in Pipeline;
///     n = ceil(S/P)       beats of a block
///     v                   bits of the width field, 0 where there is none
///     H = flag + v + S    bits of the head
///     B                   bits of the buffer, 2 W + the largest block
///     A                   bits that enter the wrapper, or leave the unpacker, in a cycle: P w + H, serial w
///     + H u                   step of the shifts in the tree: 1 bit, or a whole word where all are w bits
///     (zvc) g                   step of the shift at the port: 1 bit; of zvc the greatest common divisor of
///     S, w, W b(x) = bits of x    floor(log2(x)) + 1
///
/// The estimate leaves out control, clock tree and wiring; with P > S the lanes beyond S are counted too.
/// Errors  ParameterError for a pipeline that cannot be.
/// Source  [Wang 2022] 4.3; Tessera's definition.
std::vector<StageGates> gateEstimate(const Pipeline& pipeline, Direction direction);

/// All stages together [gate equivalents].
double totalGates(std::span<const StageGates> stages, const GateEquivalents& cells);
double logicGates(std::span<const StageGates> stages, const GateEquivalents& cells);

} // namespace engine::codec::hardware
