#pragma once

#include <string_view>

namespace engine::codec::hardware {

/// Tessera's definition where the user gives nothing: a 2-input NAND gate of a 45 nm process that switches
/// about 4 fF at 1 V [pJ].
inline constexpr double defaultPicojoulePerGateCycle = 0.002;
/// Share of the gates that switch in a cycle: Tessera's definition where the user gives nothing.
inline constexpr double defaultActivity = 0.15;

/// What an engine itself takes, to be set against what it saves in DRAM.
///
/// Source  [Wang 2022] 4.4.1; Tessera's definition.
struct EngineEnergy {
    double gates = 0; ///< gate equivalents
    double activity = 0; ///< share of the gates that switch in a cycle, 0..1
    double cycles = 0;
    double picojoulePerGateCycle = 0; ///< of a gate that switches [pJ]

    double picojoules() const { return gates * activity * cycles * picojoulePerGateCycle; }
    static constexpr std::string_view formula = "gates x activity x cycles x pJ per gate and cycle";
};

/// Errors  ParameterError for a value that is negative or not finite, or an activity above 1.
EngineEnergy engineEnergy(double gates, double activity, double cycles, double picojoulePerGateCycle);

} // namespace engine::codec::hardware
