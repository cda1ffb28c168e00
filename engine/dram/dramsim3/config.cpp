#include "engine/dram/dramsim3/config.h"

#include "engine/base/error.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace engine::dram::dramsim3 {

namespace {

// floor(log2), as the fields of the address are cut.
unsigned widthOf(std::int32_t count)
{
    return count > 1 ? static_cast<unsigned>(std::bit_width(static_cast<std::uint32_t>(count))) - 1 : 0;
}

void refuse(const std::string& text)
{
    throw ParameterError(text);
}

void requirePositive(std::int32_t value, const char* name)
{
    if (value <= 0)
        refuse(std::string(name) + ": " + std::to_string(value) + " is not above 0");
}

void requirePower(std::int32_t value, const char* name)
{
    requirePositive(value, name);
    if (!std::has_single_bit(static_cast<std::uint32_t>(value)))
        refuse(std::string(name) + ": " + std::to_string(value) + " is not a power of two");
}

void requireNotNegative(std::int32_t value, const char* name)
{
    if (value < 0 || value > 100'000'000)
        refuse(std::string(name) + ": " + std::to_string(value) + " is outside 0..100000000");
}

void checkTiming(const Config& c)
{
    const bool isClock = c.tCK >= 0.01 && c.tCK <= 1000;
    if (!isClock)
        refuse("tCK: " + std::to_string(c.tCK) + " ns is outside 0.01..1000");
    if (!(c.VDD > 0) || !std::isfinite(c.VDD))
        refuse("VDD: " + std::to_string(c.VDD) + " V is not above 0");
    const auto times = std::to_array<std::pair<std::int32_t, const char*>>({
        { c.AL, "AL" },
        { c.CWL, "CWL" },
        { c.tRCD, "tRCD" },
        { c.tRCDRD, "tRCDRD" },
        { c.tRCDWR, "tRCDWR" },
        { c.tRRD_S, "tRRD_S" },
        { c.tRRD_L, "tRRD_L" },
        { c.tWTR_S, "tWTR_S" },
        { c.tWTR_L, "tWTR_L" },
        { c.tFAW, "tFAW" },
        { c.t32AW, "t32AW" },
        { c.tWR, "tWR" },
        { c.tRTP, "tRTP" },
        { c.tCCD_S, "tCCD_S" },
        { c.tCCD_L, "tCCD_L" },
        { c.tRTRS, "tRTRS" },
        { c.tPPD, "tPPD" },
    });
    for (const auto& [value, name] : times)
        requireNotNegative(value, name);
    for (const auto& [value, name] :
         { std::pair { c.CL, "CL" }, std::pair { c.tRP, "tRP" }, std::pair { c.tRAS, "tRAS" },
           std::pair { c.tRFC, "tRFC" }, std::pair { c.tREFI, "tREFI" } }) {
        requirePositive(value, name);
        requireNotNegative(value, name);
    }
    if (c.tREFI / c.ranks() <= 0 || c.tREFI <= c.tRFC)
        refuse("tREFI: " + std::to_string(c.tREFI) + " is not above tRFC = " + std::to_string(c.tRFC));
    if (!c.isGddr() && !c.isHbm() && c.tRCD < c.AL)
        refuse("tRCD: " + std::to_string(c.tRCD) + " is less than AL = " + std::to_string(c.AL));
}

} // namespace

std::int32_t Config::burstCycles() const
{
    switch (protocol) {
    case Protocol::GDDR5:
        return BL / 4;
    case Protocol::GDDR5X:
        return BL / 8;
    case Protocol::GDDR6:
        return BL / 16;
    default:
        return BL / 2;
    }
}

std::int32_t Config::deviceColumns() const
{
    if (isGddr())
        return columns * BL;
    return isHbm() ? columns * 2 : columns;
}

std::int32_t Config::ranks() const
{
    // Whole megabytes at every step, as the simulator counts.
    const std::int64_t bankMegabytes =
        std::int64_t { deviceColumns() } * deviceWidth / 8 * (rows / 1024) / 1024;
    const std::int64_t rankMegabytes = bankMegabytes * banks() * devicesPerRank();
    return rankMegabytes > 0
        ? static_cast<std::int32_t>(std::max<std::int64_t>(1, channelSize / rankMegabytes))
        : 1;
}

AddressMap Config::addressMap() const
{
    AddressMap map;
    unsigned shift = widthOf(burstBytes());
    for (std::size_t i = addressMapping.size(); i >= 2; i -= 2) {
        const std::string field = addressMapping.substr(i - 2, 2);
        const auto place = [&shift](BitField& to, std::int32_t count) {
            to = { shift, widthOf(count) };
            shift += to.bits;
        };
        if (field == "ch")
            place(map.channel, channels);
        else if (field == "ra")
            place(map.rank, ranks());
        else if (field == "bg")
            place(map.group, groups());
        else if (field == "ba")
            place(map.bank, groupBanks());
        else if (field == "ro")
            place(map.row, rows);
        else
            place(map.column, deviceColumns() / BL);
    }
    map.addressBits = shift;
    return map;
}

Increments Config::increments() const
{
    const double scale = VDD * devicesPerRank() * tCK;
    Increments result;
    result.activate = scale * (IDD0 * (tRAS + tRP) - (IDD3N * tRAS + IDD2N * tRP));
    result.read = scale * (IDD4R - IDD3N) * burstCycles();
    result.write = scale * (IDD4W - IDD3N) * burstCycles();
    result.refresh = scale * (IDD5AB - IDD3N) * tRFC;
    result.bankRefresh = scale * (IDD5PB - IDD3N) * tRFCb;
    result.background[static_cast<std::size_t>(RankState::Active)] = scale * IDD3N;
    result.background[static_cast<std::size_t>(RankState::Precharged)] = scale * IDD2N;
    result.background[static_cast<std::size_t>(RankState::SelfRefresh)] = scale * IDD6x;
    return result;
}

void Config::check() const
{
    requirePower(bankgroups, "bankgroups");
    requirePower(banksPerGroup, "banks_per_group");
    requirePower(rows, "rows");
    requirePower(columns, "columns");
    requirePower(deviceWidth, "device_width");
    requirePower(busWidth, "bus_width");
    requirePower(BL, "BL");
    requirePower(channels, "channels");
    requirePositive(channelSize, "channel_size");
    requirePositive(transQueueSize, "trans_queue_size");
    requirePositive(cmdQueueSize, "cmd_queue_size");
    if (busWidth < deviceWidth || busWidth < 8)
        refuse("bus_width: " + std::to_string(busWidth)
               + " is less than device_width = " + std::to_string(deviceWidth) + " or than 8");
    if (rows > 1 << 24 || columns > 1 << 20 || BL > 64 || channels > 64 || busWidth > 4096
        || std::int64_t { bankgroups } * banksPerGroup > 256 || transQueueSize > 4096 || cmdQueueSize > 4096)
        refuse("The structure is beyond what is simulated: 2^24 rows, 2^20 columns, BL 64, a bus of 4096 "
               "bits, 64 channels, "
               "256 banks and queues of 4096");
    if (ranks() > 64)
        refuse("channel_size: " + std::to_string(channelSize) + " MB makes " + std::to_string(ranks())
               + " ranks, above the limit of 64");
    if (burstCycles() < 1)
        refuse("BL: " + std::to_string(BL)
               + " is too short for this protocol, whose burst would take no cycle");
    if (deviceColumns() < BL)
        refuse("columns: " + std::to_string(columns) + " is less than BL = " + std::to_string(BL));
    if (!std::has_single_bit(static_cast<std::uint32_t>(ranks())))
        refuse("channel_size: " + std::to_string(channelSize) + " MB makes " + std::to_string(ranks())
               + " ranks, which is not a power of two");
    if (addressMapping.size() != 12)
        refuse("address_mapping: \"" + addressMapping + "\" is not made of the six fields ch ra bg ba ro co");
    for (const char* field : { "ch", "ra", "bg", "ba", "ro", "co" }) {
        std::size_t at = addressMapping.find(field);
        while (at != std::string::npos && at % 2 != 0)
            at = addressMapping.find(field, at + 1);
        if (at == std::string::npos)
            refuse("address_mapping: \"" + addressMapping + "\" does not name " + field);
    }
    if (const unsigned bits = addressMap().addressBits; bits > 60)
        refuse("The capacity of 2^" + std::to_string(bits) + " bytes is beyond what is simulated: 2^60");
    checkTiming(*this);
}

} // namespace engine::dram::dramsim3
