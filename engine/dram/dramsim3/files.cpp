#include "engine/dram/dramsim3/files.h"

#include "engine/dram/drampower/supplement.h"

#include <algorithm>
#include <array>

namespace engine::dram::dramsim3 {

namespace {

using C = Config;

bool setProtocol(Config& config, std::string_view word)
{
    constexpr std::array<std::string_view, 10> names = { "DDR3",  "DDR4",   "GDDR5",  "GDDR5X", "GDDR6",
                                                         "LPDDR", "LPDDR3", "LPDDR4", "HBM",    "HBM2" };
    const auto at = std::find(names.begin(), names.end(), word);
    if (at == names.end())
        return false;
    config.protocol = static_cast<Protocol>(at - names.begin());
    return true;
}

bool setPolicy(Config& config, std::string_view word)
{
    config.rowPolicy = word == "OPEN_PAGE" ? RowPolicy::Open : RowPolicy::Close;
    return word == "OPEN_PAGE" || word == "CLOSE_PAGE";
}

bool setQueues(Config& config, std::string_view word)
{
    config.queues = word == "PER_BANK" ? Queues::PerBank : Queues::PerRank;
    return word == "PER_BANK" || word == "PER_RANK";
}

bool setMapping(Config& config, std::string_view word)
{
    config.addressMapping = word;
    return true; // check() knows the fields.
}

bool isStaggered(Config&, std::string_view word)
{
    return word == "RANK_LEVEL_STAGGERED";
}

bool isFalse(Config&, std::string_view word)
{
    bool flag = false;
    return parseNumber(word, flag) && !flag;
}

// The keys of dram_structure and system.
std::vector<Key<Config>> structureKeys()
{
    using enum Missing;
    return {
        { "protocol", setProtocol, Refused,
          "DDR3, DDR4, GDDR5, GDDR5X, GDDR6, LPDDR, LPDDR3, LPDDR4, HBM, HBM2" },
        { "bankgroups", &C::bankgroups, Told },
        { "banks_per_group", &C::banksPerGroup, Told },
        { "rows", &C::rows, Told },
        { "columns", &C::columns, Told },
        { "device_width", &C::deviceWidth, Told },
        { "BL", &C::BL, Told },
        { "bankgroup_enable", &C::bankgroupEnable },
        { "channel_size", &C::channelSize, Told },
        { "channels", &C::channels, Told },
        { "bus_width", &C::busWidth, Told },
        { "address_mapping", setMapping, Told, "", "chrobabgraco" },
        { "queue_structure", setQueues, Told, "PER_BANK, PER_RANK", "PER_BANK" },
        { "row_buf_policy", setPolicy, Told, "OPEN_PAGE, CLOSE_PAGE", "OPEN_PAGE" },
        { "refresh_policy", isStaggered, Silent, "RANK_LEVEL_STAGGERED, the only policy simulated here" },
        { "enable_self_refresh", isFalse, Silent, "false: self refresh is not simulated here" },
        { "trans_queue_size", &C::transQueueSize, Told },
        { "cmd_queue_size", &C::cmdQueueSize, Told },
        { "unified_queue", &C::unifiedQueue },
    };
}

// The keys of timing and power.
std::vector<Key<Config>> timingKeys()
{
    using enum Missing;
    return {
        { "tCK", &C::tCK, Told },     { "AL", &C::AL },
        { "CL", &C::CL, Told },       { "CWL", &C::CWL, Told },
        { "tRCD", &C::tRCD },         { "tRCDRD", &C::tRCDRD },
        { "tRCDWR", &C::tRCDWR },     { "tRP", &C::tRP, Told },
        { "tRAS", &C::tRAS, Told },   { "tRFC", &C::tRFC, Told },
        { "tRFCb", &C::tRFCb },       { "tREFI", &C::tREFI, Told },
        { "tREFIb", &C::tREFIb },     { "tRRD_S", &C::tRRD_S, Told },
        { "tRRD_L", &C::tRRD_L },     { "tWTR_S", &C::tWTR_S, Told },
        { "tWTR_L", &C::tWTR_L },     { "tFAW", &C::tFAW, Told },
        { "t32AW", &C::t32AW },       { "tWR", &C::tWR, Told },
        { "tRTP", &C::tRTP, Told },   { "tCCD_S", &C::tCCD_S, Told },
        { "tCCD_L", &C::tCCD_L },     { "tRTRS", &C::tRTRS, Told },
        { "tPPD", &C::tPPD },         { "VDD", &C::VDD, Told },
        { "IDD0", &C::IDD0, Told },   { "IDD2P", &C::IDD2P },
        { "IDD2N", &C::IDD2N, Told }, { "IDD3P", &C::IDD3P },
        { "IDD3N", &C::IDD3N, Told }, { "IDD4W", &C::IDD4W, Told },
        { "IDD4R", &C::IDD4R, Told }, { "IDD5AB", &C::IDD5AB, Told },
        { "IDD5PB", &C::IDD5PB },     { "IDD6x", &C::IDD6x },
    };
}

std::vector<Key<Config>> makeKeys()
{
    std::vector<Key<Config>> keys = structureKeys();
    const std::vector<Key<Config>> timing = timingKeys();
    keys.insert(keys.end(), timing.begin(), timing.end());
    // Known to the simulator, without effect on what is counted here.
    for (const std::string_view name : { "hbm_dual_cmd",
                                         "num_dies",
                                         "tRPRE",
                                         "tWPRE",
                                         "tRFC2",
                                         "tRFC4",
                                         "tWR2",
                                         "tCKE",
                                         "tCKESR",
                                         "tCKSRE",
                                         "tXS",
                                         "tXP",
                                         "IDD5x",
                                         "IDD6",
                                         "sref_threshold",
                                         "aggressive_precharging_enabled",
                                         "megs_per_stack",
                                         "epoch_period",
                                         "output_level",
                                         "output_prefix",
                                         "loc_mapping",
                                         "power_epoch_period",
                                         "chip_dim_x",
                                         "chip_dim_y",
                                         "amb_temp",
                                         "mat_dim_x",
                                         "mat_dim_y",
                                         "bank_order",
                                         "bank_layer_order",
                                         "row_tile",
                                         "num_row_refresh",
                                         "const_logic_power",
                                         "num_x_grids",
                                         "num_y_grids" })
        keys.emplace_back(name);
    for (const std::string_view name : drampower::supplementKeys())
        keys.emplace_back(name);
    return keys;
}

/// A key of shipped files that the simulator does not read, and the one that was meant.
struct Misspelling {
    std::string_view written;
    std::string_view meant;
};

constexpr std::array<Misspelling, 3> misspellings = {
    { { "REFI", "tREFI" }, { "tRTP_L", "tRTP" }, { "tRTP_S", "" } }
};

std::string valueOf(const Config& config, std::string_view key)
{
    return std::to_string(key == "tREFI" ? config.tREFI : config.tRTP);
}

struct Misspelled {
    IniEntry entry;
    Misspelling known;
};

// Out of the entries, or with `fixKeys` under the name that was meant.
std::vector<Misspelled> takeMisspelled(std::vector<IniEntry>& entries, bool fixKeys)
{
    std::vector<Misspelled> found;
    for (auto entry = entries.begin(); entry != entries.end();) {
        const auto known = std::ranges::find(misspellings, entry->key, &Misspelling::written);
        if (known == misspellings.end()) {
            ++entry;
            continue;
        }
        found.push_back({ *entry, *known });
        if (fixKeys && !known->meant.empty())
            (entry++)->key = known->meant;
        else
            entry = entries.erase(entry);
    }
    return found;
}

} // namespace

Read<Config> readConfig(std::vector<IniEntry> entries, const std::string& place, bool fixKeys)
{
    const std::vector<Misspelled> misspelled = takeMisspelled(entries, fixKeys);
    std::vector<Key<Config>> keys = makeKeys();
    for (Key<Config>& key : keys) {
        // Told below, together with what the file says instead.
        if (std::ranges::any_of(misspelled, [&](const Misspelled& m) { return m.known.meant == key.name; }))
            key.missing = Missing::Silent;
    }
    Read<Config> result = readKeys<Config>({}, keys, entries, place);
    for (const auto& [entry, known] : misspelled) {
        const std::string start = placeOf(entry, place) + ": " + entry.key + " = " + entry.value;
        if (known.meant.empty())
            result.warnings.push_back(start + " is not read by the simulator");
        else if (fixKeys)
            result.remarks.push_back(start + " is used as " + std::string(known.meant));
        else
            result.warnings.push_back(start + " is not read by the simulator, which uses "
                                      + std::string(known.meant) + " = "
                                      + valueOf(result.value, known.meant));
    }
    return result;
}

Read<Config> readConfig(std::string_view text, const std::string& place, bool fixKeys)
{
    return readConfig(parseIni(text, place), place, fixKeys);
}

std::span<const Current> currents()
{
    static constexpr std::array<Current, 6> list = { {
        { "IDD0", &C::IDD0, "activate to precharge" },
        { "IDD2N", &C::IDD2N, "all rows closed" },
        { "IDD3N", &C::IDD3N, "a row open" },
        { "IDD4R", &C::IDD4R, "read burst" },
        { "IDD4W", &C::IDD4W, "write burst" },
        { "IDD5AB", &C::IDD5AB, "refresh" },
    } };
    return list;
}

} // namespace engine::dram::dramsim3
