#include "engine/dram/dramsim2/files.h"

#include "engine/dram/drampower/supplement.h"

#include <array>

namespace engine::dram::dramsim2 {

namespace {

using D = Device;
using S = System;

std::span<const Key<Device>> deviceKeys()
{
    static const auto keys = [] {
        std::vector<Key<Device>> list = {
            { "NUM_BANKS", &D::banks },
            { "NUM_ROWS", &D::rows },
            { "NUM_COLS", &D::cols },
            { "DEVICE_WIDTH", &D::width },
            { "REFRESH_PERIOD", &D::refreshPeriod },
            { "tCK", &D::tCK },
            { "CL", &D::CL },
            { "AL", &D::AL },
            { "BL", &D::BL },
            { "tRAS", &D::tRAS },
            { "tRCD", &D::tRCD },
            { "tRRD", &D::tRRD },
            { "tRC", &D::tRC },
            { "tRP", &D::tRP },
            { "tCCD", &D::tCCD },
            { "tRTP", &D::tRTP },
            { "tWTR", &D::tWTR },
            { "tWR", &D::tWR },
            { "tRTRS", &D::tRTRS },
            { "tRFC", &D::tRFC },
            { "tFAW", &D::tFAW },
            { "tCKE", &D::tCKE },
            { "tXP", &D::tXP },
            { "tCMD", &D::tCMD },
            { "IDD0", &D::IDD0 },
            { "IDD1", &D::IDD1 },
            { "IDD2P", &D::IDD2P },
            { "IDD2Q", &D::IDD2Q },
            { "IDD2N", &D::IDD2N },
            { "IDD3Pf", &D::IDD3Pf },
            { "IDD3Ps", &D::IDD3Ps },
            { "IDD3N", &D::IDD3N },
            { "IDD4W", &D::IDD4W },
            { "IDD4R", &D::IDD4R },
            { "IDD5", &D::IDD5 },
            { "IDD6", &D::IDD6 },
            { "IDD6L", &D::IDD6L },
            { "IDD7", &D::IDD7 },
            { "Vdd", &D::vdd },
        };
        for (Key<Device>& key : list)
            key.missing = Missing::Refused;
        for (const std::string_view name : drampower::supplementKeys())
            list.emplace_back(name);
        return list;
    }();
    return keys;
}

// Words the simulator does not know fall back to the last of each list.
bool setMapping(System& system, std::string_view word)
{
    if (word.size() != 7 || !word.starts_with("scheme") || word[6] < '1' || word[6] > '7')
        return false;
    system.mapping = static_cast<std::uint32_t>(word[6] - '0');
    return true;
}

bool setPolicy(System& system, std::string_view word)
{
    system.rowPolicy = word == "open_page" ? RowPolicy::Open : RowPolicy::Close;
    return word == "open_page" || word == "close_page";
}

bool setQueues(System& system, std::string_view word)
{
    system.queues = word == "per_rank" ? Queues::PerRank : Queues::PerRankPerBank;
    return word == "per_rank" || word == "per_rank_per_bank";
}

bool setScheduling(System& system, std::string_view word)
{
    system.scheduling =
        word == "rank_then_bank_round_robin" ? Scheduling::RankThenBank : Scheduling::BankThenRank;
    return word == "rank_then_bank_round_robin" || word == "bank_then_rank_round_robin";
}

/// A word of the system file, what the simulator takes an unknown one for, and what its own file says.
struct WordKey {
    std::string_view name;
    bool (*set)(System&, std::string_view);
    std::string_view unknown;
    std::string_view shipped;
};

constexpr std::array<WordKey, 4> words = { {
    { "ADDRESS_MAPPING_SCHEME", setMapping, "scheme1", "scheme2" },
    { "ROW_BUFFER_POLICY", setPolicy, "close_page", "open_page" },
    { "QUEUING_STRUCTURE", setQueues, "per_rank_per_bank", "per_rank" },
    { "SCHEDULING_POLICY", setScheduling, "bank_then_rank_round_robin", "rank_then_bank_round_robin" },
} };

std::span<const Key<System>> systemKeys()
{
    static const auto keys = [] {
        std::vector<Key<System>> list = {
            { "NUM_CHANS", &S::channels, Missing::Told },
            { "JEDEC_DATA_BUS_BITS", &S::busBits, Missing::Told },
            { "TRANS_QUEUE_DEPTH", &S::transactionQueue, Missing::Told },
            { "CMD_QUEUE_DEPTH", &S::commandQueue, Missing::Told },
            { "USE_LOW_POWER", &S::lowPower, Missing::Told },
            { "TOTAL_ROW_ACCESSES", &S::rowAccesses, Missing::Told },
        };
        for (const WordKey& word : words)
            list.emplace_back(word.name, word.set, Missing::Told, std::string_view(), word.shipped);
        // They steer what the simulator prints.
        for (const std::string_view name :
             { "EPOCH_LENGTH", "VIS_FILE_OUTPUT", "VERIFICATION_OUTPUT", "DEBUG_TRANS_Q", "DEBUG_CMD_Q",
               "DEBUG_ADDR_MAP", "DEBUG_BANKSTATE", "DEBUG_BUS", "DEBUG_BANKS", "DEBUG_POWER" })
            list.emplace_back(name);
        return list;
    }();
    return keys;
}

} // namespace

Read<Device> readDevice(std::span<const IniEntry> entries, const std::string& place)
{
    return readKeys<Device>({}, deviceKeys(), entries, place);
}

Read<Device> readDevice(std::string_view text, const std::string& place)
{
    return readDevice(parseIni(text, place), place);
}

Read<System> readSystem(std::string_view text, const std::string& place)
{
    std::vector<IniEntry> entries = parseIni(text, place);
    std::vector<std::string> fallen;
    for (IniEntry& entry : entries) {
        for (const WordKey& word : words) {
            System unused;
            if (word.name != entry.key || word.set(unused, entry.value))
                continue;
            fallen.push_back(placeOf(entry, place) + ": " + entry.key + ": \"" + printable(entry.value)
                             + "\" is unknown; " + std::string(word.unknown)
                             + " is used, as the simulator does");
            entry.value = word.unknown;
        }
    }
    Read<System> result = readKeys<System>({}, systemKeys(), entries, place);
    result.warnings.insert(result.warnings.end(), fallen.begin(), fallen.end());
    return result;
}

std::span<const Current> currents()
{
    static constexpr std::array<Current, 7> list = { {
        { "IDD0", &D::IDD0, "activate to precharge" },
        { "IDD2P", &D::IDD2P, "power-down" },
        { "IDD2N", &D::IDD2N, "all rows closed" },
        { "IDD3N", &D::IDD3N, "a row open" },
        { "IDD4R", &D::IDD4R, "read burst" },
        { "IDD4W", &D::IDD4W, "write burst" },
        { "IDD5", &D::IDD5, "refresh" },
    } };
    return list;
}

} // namespace engine::dram::dramsim2
