#pragma once

#include "analysis/dram/run.h"
#include "engine/dram/rules/replay.h"

#include <QString>

#include <array>
#include <memory>
#include <vector>

namespace analysis {

/// A rule that applies to a command.
struct StepRule {
    QString name; ///< "tRCD"
    QString since; ///< the command it counts from: "ACT bank 3 at 10 334"
    std::size_t from = 0; ///< index of that command
    quint64 cycles = 0; ///< its length [cycle]
    quint64 passed = 0; ///< of it, when the command was issued: at least `cycles` [cycle]
    bool decided = false; ///< the command came in the first cycle after it
};

/// A bank before and after a command, and when it may take the next.
struct StepBank {
    engine::dram::rules::BankState before;
    engine::dram::rules::BankState after;
    /// First cycle in which the rules allow ACT, RD, WR and PRE, seen from after the command; `closed` where
    /// the state does not.
    std::array<quint64, 4> next = {};
    static constexpr quint64 closed = ~quint64 { 0 };

    bool isChanged() const { return before.phase != after.phase || before.row != after.row; }
};

/// One command of a run with all that explains it.
struct CommandStep {
    std::size_t index = 0;
    engine::dram::Command command;
    QString what; ///< "RD bank 3, row 0x1A4, column 0x68 at cycle 10 338"
    QString why; ///< "held back by tCCD = 4 since RD bank 0 at 10 334"
    std::vector<StepRule> rules; ///< the one that ended last first
    std::vector<StepBank> banks; ///< of the command's channel: [rank * banksPerRank + bank]
};

/// The commands of a run as steps. Making it walks once over them all, about 0.1 s for ten million: make it
/// in a job. Afterwards any step takes less than a millisecond.
class CommandSteps {
public:
    /// Stops early when control says so; it is then of no use.
    CommandSteps(std::shared_ptr<const DramRun> run, const engine::Control& control);
    CommandSteps(const CommandSteps&) = delete;
    CommandSteps& operator=(const CommandSteps&) = delete;

    std::size_t size() const { return m_run->commands.size(); }
    std::uint32_t ranks() const { return m_book.ranks; }
    std::uint32_t banks() const { return m_book.banks; } ///< of a rank
    CommandStep at(std::size_t index);

private:
    void addRules(CommandStep& step) const;
    void addBanks(CommandStep& step, bool after) const;
    void addNext(StepBank& bank, engine::dram::Command place) const;
    QString reason(const CommandStep& step, const engine::dram::rules::Hold& hold) const;
    QString place(const engine::dram::Command& command) const;
    QString shortName(const engine::dram::Command& command) const;

    std::shared_ptr<const DramRun> m_run;
    engine::dram::rules::RuleBook m_book;
    engine::dram::rules::Checkpoints m_checkpoints;
    engine::dram::rules::Replay m_replay;
};

} // namespace analysis
