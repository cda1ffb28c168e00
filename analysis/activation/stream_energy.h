#pragma once

#include "analysis/dram/memory.h"

namespace analysis {

/// What a bit costs that goes to a memory and comes back in one long stream [pJ].
struct StreamEnergy {
    double write = 0;
    double read = 0;
};

/// Energy of all ranks, background and refresh included, while 16,384 bursts go to consecutive addresses as
/// fast as they are taken, over the bits they carry; written and read apart. Zeros when stopped.
/// Source  Tessera's definition; the energies are those of the DRAM engine.
StreamEnergy streamEnergy(const Memory& memory, const engine::Control& control);

} // namespace analysis
