#include "engine/dram/dramsim2/timing.h"
#include "engine/dram/rules/rule.h"

namespace engine::dram::rules {

namespace {

using enum CommandKind;
using dramsim2::Device;
using dramsim2::Timing;

// "x - AL" of devices that have additive latency.
std::string lessAdditive(const char* name, const Device& d)
{
    return d.AL > 0 ? std::string(name) + " - AL" : name;
}

std::string plusAdditive(const char* name, const Device& d)
{
    return d.AL > 0 ? "AL + " + std::string(name) : name;
}

// The time from a read to its precharge; with the usual tCCD = BL/2 it is tRTP.
std::string readToPrecharge(const Device& d, const Timing& t)
{
    if (t.burst == d.tCCD && d.tRTP >= d.tCCD)
        return plusAdditive("tRTP", d);
    return plusAdditive("BL/2 + max(tRTP, tCCD) - tCCD", d);
}

void addActivates(RuleBook& book, const Device& d, const Timing& t)
{
    book.add({ .from = { Activate },
               .to = { Activate, Refresh },
               .scope = Scope::Bank,
               .cycles = d.tRC,
               .name = "tRC",
               .endsWithPowerDown = true });
    book.add({ .from = { Activate },
               .to = { Activate },
               .scope = Scope::Rank,
               .cycles = d.tRRD,
               .name = "tRRD",
               .endsWithPowerDown = true });
    book.add({ .from = { Activate },
               .to = { Activate },
               .scope = Scope::Rank,
               .cycles = d.tFAW,
               .name = "tFAW",
               .nth = 4 });
    book.add({ .from = { Precharge },
               .to = { Activate, Refresh, PowerDownEnter },
               .scope = Scope::Bank,
               .cycles = d.tRP,
               .name = "tRP" });
    const std::string readIdle = readToPrecharge(d, t) + " + tRP";
    book.add({ .from = { ReadAutoPrecharge },
               .to = { Activate, PowerDownEnter },
               .scope = Scope::Bank,
               .cycles = book.readIdle,
               .name = readIdle });
    if (t.readAutoToActivate != book.readIdle)
        book.add({ .from = { ReadAutoPrecharge },
                   .to = { Activate },
                   .scope = Scope::Bank,
                   .cycles = t.readAutoToActivate,
                   .name = plusAdditive("tRTP + tRP", d),
                   .endsWithPowerDown = true });
    book.add({ .from = { ReadAutoPrecharge },
               .to = { Refresh },
               .scope = Scope::Bank,
               .cycles = std::max(t.readAutoToActivate, t.readToPrecharge),
               .name = t.readAutoToActivate >= t.readToPrecharge ? plusAdditive("tRTP + tRP", d)
                                                                 : readToPrecharge(d, t) });
    book.add({ .from = { WriteAutoPrecharge },
               .to = { Activate, Refresh, PowerDownEnter },
               .scope = Scope::Bank,
               .cycles = t.writeAutoToActivate,
               .name = "WL + BL/2 + tWR + tRP" });
}

// Data bus and turnarounds. Another rank's bank whose row is opened later is not held: so the simulator has
// it.
void addColumns(RuleBook& book, const Device& d, const Timing& t)
{
    const std::string column = d.tCCD >= t.burst ? "tCCD" : "BL/2";
    const std::string turn = "RL + BL/2 + tRTRS - WL";
    book.add({ .from = { Activate },
               .to = anyColumn,
               .scope = Scope::Bank,
               .cycles = t.activateToColumn,
               .name = lessAdditive("tRCD", d) });
    for (const bool same : { true, false }) {
        const Scope scope = same ? Scope::Rank : Scope::OtherRanks;
        const std::uint64_t again = same ? t.columnSame : t.columnOther;
        const std::string againName = same ? column : "BL/2 + tRTRS";
        const auto add = [&](Kinds from, Kinds to, std::uint64_t cycles, const std::string& name) {
            book.add({ .from = from,
                       .to = to,
                       .scope = scope,
                       .cycles = cycles,
                       .name = name,
                       .onlyIfOpen = !same });
        };
        add(anyRead, anyRead, again, againName);
        add(anyWrite, anyWrite, again, againName);
        add(anyRead, anyWrite, t.readToWrite, turn);
        add(anyWrite, anyRead, same ? t.writeToReadSame : t.writeToReadOther,
            same ? "WL + BL/2 + tWTR" : "WL + BL/2 + tRTRS - RL");
    }
}

void addPrecharges(RuleBook& book, const Device& d, const Timing& t)
{
    book.add({ .from = { Activate },
               .to = { Precharge },
               .scope = Scope::Bank,
               .cycles = d.tRAS,
               .name = "tRAS" });
    book.add({ .from = { Read },
               .to = { Precharge },
               .scope = Scope::Bank,
               .cycles = t.readToPrecharge,
               .name = readToPrecharge(d, t) });
    book.add({ .from = { Write },
               .to = { Precharge },
               .scope = Scope::Bank,
               .cycles = t.writeToPrecharge,
               .name = "WL + BL/2 + tWR" });
}

void addRanks(RuleBook& book, const Device& d)
{
    book.add({ .from = { Refresh },
               .to = { Activate, Refresh, PowerDownEnter },
               .scope = Scope::Rank,
               .cycles = d.tRFC,
               .name = "tRFC" });
    book.add({ .from = { PowerDownEnter },
               .to = { PowerDownExit },
               .scope = Scope::Rank,
               .cycles = d.tCKE,
               .name = "tCKE" });
    book.add({ .from = { PowerDownExit },
               .to = { Activate, Refresh },
               .scope = Scope::Rank,
               .cycles = d.tXP,
               .name = "tXP" });
}

} // namespace

RuleBook ruleBook(const dramsim2::Config& config)
{
    const Device& d = config.device;
    const Timing t(d);
    RuleBook book;
    book.channels = config.system.channels;
    book.ranks = config.ranks();
    book.banks = d.banks;
    book.groupBanks = d.banks;
    book.precharge = d.tRP;
    book.refresh = d.tRFC;
    book.readOpen = t.readToPrecharge;
    book.writeOpen = t.writeToPrecharge;
    book.readIdle = t.readToPrecharge + d.tRP;
    book.writeIdle = t.writeToPrecharge + d.tRP;
    addActivates(book, d, t);
    addColumns(book, d, t);
    addPrecharges(book, d, t);
    addRanks(book, d);
    const Kinds all = { Activate, Read, ReadAutoPrecharge, Write, WriteAutoPrecharge, Precharge, Refresh };
    book.add(
        { .from = all, .to = all, .scope = Scope::Channel, .cycles = 1, .name = "command bus", .bus = true });
    return book;
}

} // namespace engine::dram::rules
