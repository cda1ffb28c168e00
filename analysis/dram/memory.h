#pragma once

#include "analysis/parameter.h"
#include "analysis/report.h"
#include "engine/dram/drampower/supplement.h"
#include "engine/dram/dramsim2/config.h"
#include "engine/dram/dramsim3/config.h"
#include "engine/dram/energy.h"
#include "engine/dram/simulation.h"

#include <QString>
#include <QStringList>

#include <variant>
#include <vector>

namespace analysis {

/// A memory as it was asked for: device, controller, and what the readers had to say about their files.
struct Memory {
    std::variant<engine::dram::dramsim2::Config, engine::dram::dramsim3::Config> config;
    QStringList remarks;
    QStringList warnings; ///< what the user asked for or wrote and does not get
    std::vector<InputRecord> files; ///< that were read
    engine::dram::drampower::Supplement supplement; ///< for the bank-wise energies

    bool isDramSim2() const { return config.index() == 0; }
    QString name() const; ///< of the device
    QString modelName() const; ///< "DRAMSim2"
    double clockNs() const; ///< tCK [ns]
    std::uint32_t burstBytes() const; ///< of a request [byte]
    std::uint32_t burstCycles() const; ///< of the data bus [cycle]
    std::uint64_t capacity() const; ///< of all channels [MiB]
    std::uint32_t channels() const;
    std::uint32_t ranks() const; ///< per channel
    std::uint32_t banks() const; ///< per rank
    engine::dram::AddressMap addressMap() const;
    engine::dram::Increments increments() const;
    engine::dram::RunResult simulate(engine::dram::RequestSource& source,
                                     const engine::dram::RunOptions& options,
                                     const engine::Control& control) const;
};

/// What the memory has to say for itself, to go into the report: its warnings and remarks.
std::vector<Remark> remarksOf(const Memory& memory);
/// One sentence for each current that makes a command give energy back; the simulators go on with it.
QStringList impossibleCurrents(const Memory& memory);
/// Says in `memory` what the golden figures of the simulators do not decide.
void tellUnverified(Memory& memory);
/// Says where the capacity is another one than `asked` [MiB], 0 = the simulator's own.
void tellCapacity(Memory& memory, std::uint64_t asked);

/// A current, the supply or the clock period, as a form or a slider shows and changes it.
struct Supply {
    QString key; ///< as in the device file: "IDD0"
    QString unit; ///< "mA", "V" or "ns"
    QString meaning;
    double value = 0;
};
std::vector<Supply> supplies(const Memory& memory);
/// Changes one; an unknown key is our mistake. Whole milliamperes where the model counts so.
void setSupply(Memory& memory, const QString& key, double value);

/// The parameters that make a memory; shared by every analysis that simulates one.
std::vector<Parameter> memoryParameters();

/// Errors  engine::ParameterError, engine::FormatError or engine::IoError in one sentence.
Memory makeMemory(const Values& values);

} // namespace analysis
