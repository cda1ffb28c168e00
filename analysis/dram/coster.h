#pragma once

#include "analysis/dram/run.h"
#include "engine/dram/drampower/energy.h"

#include <optional>

namespace analysis {

/// Turns what the ranks of a run did into energies, by the energy model the run asks for.
class Coster {
public:
    /// With the currents of `memory`, which is that of the run but for them.
    Coster(const DramRun& run, const Memory& memory);

    engine::dram::Energy ofRank(std::size_t channel, std::size_t rank) const;
    /// Of a window of time. The bank-wise model has no open banks there; it spreads those of the run over the
    /// cycles in which any is open.
    engine::dram::Energy ofWindow(const engine::dram::Counts& counts) const;

private:
    struct BankWise {
        engine::dram::drampower::Increments increments;
        engine::dram::drampower::Counting counting;
        double openBanks = 0; ///< mean of the active cycles
    };

    const DramRun& m_run;
    engine::dram::Increments m_increments;
    std::optional<BankWise> m_bankWise;
};

} // namespace analysis
