#pragma once

#include "engine/dram/energy.h"

#include <cstdint>
#include <span>

namespace engine::dram::drampower {

/// Currents of one supply of a device.
struct Domain {
    double volts = 0; ///< [V]; 0 = the supply is absent
    double I0 = 0; ///< one bank activated and precharged in a loop [mA]
    double Ibeta = 0; ///< of a precharge [mA]
    double I2N = 0; ///< all rows closed [mA]
    double I2P = 0; ///< precharge power-down [mA]
    double I3N = 0; ///< rows open in all banks [mA]
    double I4R = 0, I4W = 0, I5 = 0, I6 = 0; ///< read, write, refresh, self refresh [mA]
};

/// A rank of equal devices as the bank-wise model sees it. Times in cycles.
struct Rank {
    Domain vdd;
    Domain vpp;
    double rho = 1; ///< share of I3N - I2N that all open banks share, in 0..1
    double tCK = 1; ///< [ns]
    std::uint32_t devices = 1;
    std::uint32_t banks = 1;
    std::uint32_t burstLength = 8;
    std::uint32_t dataRate = 2; ///< transfers per cycle
    std::uint32_t tRAS = 0, tRP = 0, tRFC = 0;
};

/// What the energies are made of, from the same counts as those of the simulators.
struct Activity {
    Counts counts; ///< Active holds the refreshes too
    std::uint64_t precharges = 0; ///< automatic ones included
    std::uint64_t openBankCycles = 0; ///< summed over the banks [cycle]
};

/// How a simulator counts what Activity wants.
struct Counting {
    std::uint32_t refreshCycles = 0; ///< tRFC
    bool refreshIsActive = false; ///< a rank in refresh is counted as RankState::Active
    bool autoPrecharge = false; ///< every column command closes its row
};

/// A refresh that the end of the run cuts off is counted whole.
Activity activity(const Counts& counts, std::span<const BankCounts> banks, const Counting& counting);
/// Of counts without banks, such as a window of a series; the open banks are given.
Activity activity(const Counts& counts, std::uint64_t openBankCycles, const Counting& counting);

/// What a command or a cycle costs a rank.
struct Increments {
    dram::Increments shared; ///< `activate` without its precharge
    double precharge = 0; ///< [pJ]
    double openBank = 0; ///< a cycle of an open bank besides the shared background [pJ]
};

/// Energy of every command and every bank by itself.
///
/// Source  [DRAMPower] 6, core energies of DDR4; without the interface
Increments increments(const Rank& rank);

/// By category: actPre holds activates and precharges, Active the shared part and that of every bank.
Energy cost(const Activity& activity, const Increments& increments);

} // namespace engine::dram::drampower
