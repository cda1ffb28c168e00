#include "engine/dram/dramsim3/timing.h"
#include "engine/dram/rules/rule.h"

namespace engine::dram::rules {

namespace {

using enum CommandKind;
using dramsim3::Config;
using dramsim3::Timing;

std::string burstName(const Config& c)
{
    return "BL/" + std::to_string(c.BL / c.burstCycles());
}

/// Names of distances that the bank groups make two of: _S for other groups, _L for the same.
std::string pairName(const Config& c, const std::string& name, bool sameGroup)
{
    return name + (sameGroup && c.groups() > 1 ? "_L" : "_S");
}

std::string lessAdditive(const std::string& name, const Config& c)
{
    return c.AL > 0 ? name + " - AL" : name;
}

std::string plusAdditive(const std::string& name, const Config& c)
{
    return c.AL > 0 ? "AL + " + name : name;
}

/// Of the two times a burst keeps the next one away, the longer.
std::string columnName(const Config& c, bool sameGroup)
{
    const std::int32_t ccd = sameGroup && c.groups() > 1 ? c.tCCD_L : c.tCCD_S;
    return ccd >= c.burstCycles() ? pairName(c, "tCCD", sameGroup) : burstName(c);
}

void addActivates(RuleBook& book, const Config& c, const Timing& t)
{
    const auto add = [&book](Kinds from, Kinds to, Scope scope, std::uint64_t cycles, std::string name,
                             std::uint32_t nth = 1) {
        book.add({ .from = from,
                   .to = to,
                   .scope = scope,
                   .cycles = cycles,
                   .name = std::move(name),
                   .nth = nth });
    };
    add({ Activate }, { Activate }, Scope::Bank, t.activateAgain, "tRAS + tRP");
    add({ Activate }, { Activate }, Scope::Group, t.activateToActivate[1], pairName(c, "tRRD", true));
    add({ Activate }, { Activate }, Scope::OtherGroups, t.activateToActivate[0], pairName(c, "tRRD", false));
    add({ Activate }, { Activate }, Scope::Rank, static_cast<std::uint64_t>(c.tFAW), "tFAW", 4);
    if (c.isGddr())
        add({ Activate }, { Activate }, Scope::Rank, static_cast<std::uint64_t>(c.t32AW), "t32AW", 32);
    add({ Precharge }, { Activate, Refresh }, Scope::Bank, t.prechargeToActivate, "tRP");
    add({ ReadAutoPrecharge }, { Activate, Refresh }, Scope::Bank, t.readAutoToActivate,
        plusAdditive(burstName(c) + " + tRTP + tRP", c));
    add({ WriteAutoPrecharge }, { Activate, Refresh }, Scope::Bank, t.writeAutoToActivate,
        "WL + " + burstName(c) + " + tWR + tRP");
    add({ Refresh }, { Activate, Refresh }, Scope::Rank, t.refreshToActivate, "tRFC");
}

void addColumns(RuleBook& book, const Config& c, const Timing& t)
{
    const bool split = c.isGddr() || c.isHbm();
    const std::string burst = burstName(c);
    const auto add = [&book](Kinds from, Kinds to, Scope scope, std::uint64_t cycles, std::string name) {
        book.add({ .from = from, .to = to, .scope = scope, .cycles = cycles, .name = std::move(name) });
    };
    add({ Activate }, anyRead, Scope::Bank, t.activateToRead, lessAdditive(split ? "tRCDRD" : "tRCD", c));
    add({ Activate }, anyWrite, Scope::Bank, t.activateToWrite, lessAdditive(split ? "tRCDWR" : "tRCD", c));
    for (const bool same : { true, false }) {
        const Scope scope = same ? Scope::Group : Scope::OtherGroups;
        const std::size_t near = same ? 1 : 0;
        add(anyRead, anyRead, scope, t.readToRead[near], columnName(c, same));
        add(anyWrite, anyWrite, scope, t.writeToWrite[near], columnName(c, same));
        add(anyWrite, anyRead, scope, t.writeToRead[near],
            "WL + " + burst + " + " + pairName(c, "tWTR", same));
        add(anyRead, anyWrite, same ? Scope::Rank : Scope::OtherRanks, t.readToWrite,
            "RL + " + burst + " + tRTRS - WL");
    }
    add(anyRead, anyRead, Scope::OtherRanks, t.readToReadOther, burst + " + tRTRS");
    add(anyWrite, anyRead, Scope::OtherRanks, t.writeToReadOther, "WL + " + burst + " + tRTRS - RL");
    add(anyWrite, anyWrite, Scope::OtherRanks, t.writeToWriteOther, burst);
}

void addPrecharges(RuleBook& book, const Config& c, const Timing& t)
{
    const auto add = [&book](Kinds from, Scope scope, std::uint64_t cycles, std::string name) {
        book.add(
            { .from = from, .to = { Precharge }, .scope = scope, .cycles = cycles, .name = std::move(name) });
    };
    add({ Activate }, Scope::Bank, t.activateToPrecharge, "tRAS");
    add({ Read }, Scope::Bank, t.readToPrecharge, plusAdditive("tRTP", c));
    add({ Write }, Scope::Bank, t.writeToPrecharge, "WL + " + burstName(c) + " + tWR");
    add({ Precharge }, Scope::Rank, t.prechargeToPrecharge, "tPPD");
}

void addBus(RuleBook& book, Kinds kinds, const char* name)
{
    book.add({ .from = kinds, .to = kinds, .scope = Scope::Channel, .cycles = 1, .name = name, .bus = true });
}

} // namespace

RuleBook ruleBook(const Config& config)
{
    const Timing t(config);
    RuleBook book;
    book.channels = static_cast<std::uint32_t>(config.channels);
    book.ranks = static_cast<std::uint32_t>(config.ranks());
    book.banks = static_cast<std::uint32_t>(config.banks());
    book.groupBanks = static_cast<std::uint32_t>(config.groupBanks());
    book.precharge = t.prechargeToActivate;
    book.refresh = t.refreshToActivate;
    book.readIdle = t.readAutoToActivate;
    book.writeIdle = t.writeAutoToActivate;
    addActivates(book, config, t);
    addColumns(book, config, t);
    addPrecharges(book, config, t);
    if (config.isHbm()) {
        addBus(book, anyRow, "row command bus");
        addBus(book, anyColumn, "column command bus");
    } else {
        addBus(
            book,
            { Activate, Read, ReadAutoPrecharge, Write, WriteAutoPrecharge, Precharge, Refresh, RefreshBank },
            "command bus");
    }
    return book;
}

} // namespace engine::dram::rules
