#include "engine/dram/dramsim2/config.h"

#include "engine/base/error.h"

#include <array>
#include <bit>
#include <string_view>
#include <utility>

namespace engine::dram::dramsim2 {

namespace {

// ceil(log2), as every field of the address is cut.
unsigned widthOf(std::uint64_t count)
{
    return count > 1 ? static_cast<unsigned>(std::bit_width(count - 1)) : 0;
}

// From the lowest bits upwards: k channel, r rank, b bank, w row, c column.
constexpr std::array<std::string_view, 7> schemes = { "bcwrk", "rbcwk", "wcbrk", "cwbrk",
                                                      "brcwk", "crbwk", "kbrcw" };

void refuse(const std::string& text)
{
    throw ParameterError(text);
}

void requirePositive(std::uint64_t value, const char* name)
{
    if (value == 0)
        refuse(std::string(name) + ": 0 is not above 0");
}

void requireAtLeast(std::uint64_t value, const char* name, std::uint64_t limit, const char* rule)
{
    if (value < limit)
        refuse(std::string(name) + ": " + std::to_string(value) + " is less than " + rule + " = "
               + std::to_string(limit));
}

// The simulator cuts whole address bits for them and would meet numbers there are none of.
void requirePower(std::uint64_t value, const char* name)
{
    requirePositive(value, name);
    if (!std::has_single_bit(value))
        refuse(std::string(name) + ": " + std::to_string(value) + " is not a power of two");
}

void checkLimits(const Device& d)
{
    constexpr std::uint32_t longest = 100'000'000;
    if (d.rows > 1U << 24 || d.cols > 1U << 20 || d.BL > 64)
        refuse("The device is beyond what is simulated: 2^24 rows, 2^20 columns and BL 64");
    const auto times = std::to_array<std::pair<std::uint32_t, const char*>>({
        { d.CL, "CL" },
        { d.AL, "AL" },
        { d.tRAS, "tRAS" },
        { d.tRCD, "tRCD" },
        { d.tRRD, "tRRD" },
        { d.tRC, "tRC" },
        { d.tRP, "tRP" },
        { d.tCCD, "tCCD" },
        { d.tRTP, "tRTP" },
        { d.tWTR, "tWTR" },
        { d.tWR, "tWR" },
        { d.tRFC, "tRFC" },
        { d.tRTRS, "tRTRS" },
        { d.tFAW, "tFAW" },
        { d.tCKE, "tCKE" },
        { d.tXP, "tXP" },
        { d.tCMD, "tCMD" },
        { d.refreshPeriod, "REFRESH_PERIOD" },
    });
    for (const auto& [value, name] : times) {
        if (value > longest)
            refuse(std::string(name) + ": " + std::to_string(value) + " is outside 0.."
                   + std::to_string(longest));
    }
}

void checkDevice(const Device& d)
{
    requirePower(d.banks, "NUM_BANKS");
    requirePositive(d.rows, "NUM_ROWS");
    requirePositive(d.cols, "NUM_COLS");
    requirePositive(d.width, "DEVICE_WIDTH");
    requirePositive(d.BL, "BL");
    requirePositive(d.CL, "CL");
    requirePositive(d.tRP, "tRP");
    requirePositive(d.tRFC, "tRFC");
    requirePositive(d.tFAW, "tFAW");
    requirePositive(d.tCMD, "tCMD");
    const bool isClock = d.tCK >= 0.01F && d.tCK <= 1000;
    if (!isClock)
        refuse("tCK: " + std::to_string(d.tCK) + " ns is outside 0.01..1000");
    if (!(d.vdd > 0))
        refuse("Vdd: " + std::to_string(d.vdd) + " V is not above 0");
    if (d.BL % 2 != 0)
        refuse("BL: " + std::to_string(d.BL) + " is not even");
    checkLimits(d);
    requireAtLeast(d.tRC, "tRC", std::uint64_t { d.tRAS } + d.tRP, "tRAS + tRP");
    requireAtLeast(d.tRC, "tRC", d.tRRD, "tRRD");
    requireAtLeast(d.tRCD, "tRCD", d.AL, "AL");
    requireAtLeast(d.tFAW, "tFAW", d.tRRD, "tRRD");
    requireAtLeast(d.refreshPeriod, "REFRESH_PERIOD",
                   static_cast<std::uint64_t>(static_cast<float>(d.tRFC) * d.tCK), "tRFC in ns");
}

void checkSystem(const System& s)
{
    requirePower(s.channels, "NUM_CHANS");
    requirePositive(s.rowAccesses, "TOTAL_ROW_ACCESSES");
    requirePositive(s.transactionQueue, "TRANS_QUEUE_DEPTH");
    requireAtLeast(s.commandQueue, "CMD_QUEUE_DEPTH", 2, "the two packets of a request");
    if (s.mapping < 1 || s.mapping > schemes.size())
        refuse("ADDRESS_MAPPING_SCHEME: scheme" + std::to_string(s.mapping) + " is outside scheme1..scheme7");
    if (s.busBits < 8 || s.busBits % 8 != 0 || s.busBits > 4096)
        refuse("JEDEC_DATA_BUS_BITS: " + std::to_string(s.busBits) + " is no multiple of 8 in 8..4096");
    if (s.channels > 16)
        refuse("NUM_CHANS: " + std::to_string(s.channels) + " is outside 1..16");
    if (s.transactionQueue > 4096 || s.commandQueue > 4096)
        refuse("TRANS_QUEUE_DEPTH and CMD_QUEUE_DEPTH are limited to 4096");
}

double picojoules(std::uint32_t milliampereCycles, const Device& device)
{
    return milliampereCycles * static_cast<double>(device.vdd) * static_cast<double>(device.tCK);
}

} // namespace

std::uint64_t Config::rankMegabytes() const
{
    return (std::uint64_t { device.rows } * device.cols * device.banks * system.busBits / 8) >> 20;
}

std::uint32_t Config::ranks() const
{
    const std::uint64_t ranks = system.capacity / system.channels / rankMegabytes();
    return ranks > 0 ? static_cast<std::uint32_t>(ranks) : 1;
}

AddressMap Config::addressMap() const
{
    const unsigned offset = widthOf(burstBytes());
    const unsigned column = widthOf(device.cols) - (offset - widthOf(system.busBits / 8));
    AddressMap map;
    unsigned shift = offset;
    const auto place = [&shift](BitField& field, unsigned bits) {
        field = { shift, bits };
        shift += bits;
    };
    for (const char field : schemes[system.mapping - 1]) {
        switch (field) {
        case 'k':
            place(map.channel, widthOf(system.channels));
            break;
        case 'r':
            place(map.rank, widthOf(ranks()));
            break;
        case 'b':
            place(map.bank, widthOf(device.banks));
            break;
        case 'w':
            place(map.row, widthOf(device.rows));
            break;
        default:
            place(map.column, column);
        }
    }
    map.addressBits = shift;
    return map;
}

Increments Config::increments() const
{
    const Device& d = device;
    const std::uint32_t devices = devicesPerRank();
    Increments result;
    result.activate =
        picojoules((d.IDD0 * d.tRC - (d.IDD3N * d.tRAS + d.IDD2N * (d.tRC - d.tRAS))) * devices, d);
    result.read = picojoules((d.IDD4R - d.IDD3N) * d.BL / 2 * devices, d);
    result.write = picojoules((d.IDD4W - d.IDD3N) * d.BL / 2 * devices, d);
    result.refresh = picojoules((d.IDD5 - d.IDD3N) * d.tRFC * devices, d);
    result.background[static_cast<std::size_t>(RankState::Active)] = picojoules(d.IDD3N * devices, d);
    result.background[static_cast<std::size_t>(RankState::Precharged)] = picojoules(d.IDD2N * devices, d);
    result.background[static_cast<std::size_t>(RankState::PowerDown)] = picojoules(d.IDD2P * devices, d);
    return result;
}

void Config::check() const
{
    checkDevice(device);
    checkSystem(system);
    if (system.busBits % device.width != 0)
        refuse("JEDEC_DATA_BUS_BITS: " + std::to_string(system.busBits)
               + " is no multiple of DEVICE_WIDTH = " + std::to_string(device.width));
    if (rankMegabytes() == 0)
        refuse("A rank of this device holds less than 1 MiB");
    if (ranks() > 256)
        refuse("Capacity: " + std::to_string(system.capacity) + " MB makes " + std::to_string(ranks())
               + " ranks per channel, above the limit of 256");
    if (!std::has_single_bit(ranks()))
        refuse("Capacity: " + std::to_string(system.capacity) + " MB makes " + std::to_string(ranks())
               + " ranks per channel, which is not a power of two");
    if (static_cast<float>(device.refreshPeriod) / device.tCK < static_cast<float>(ranks()))
        refuse("REFRESH_PERIOD: " + std::to_string(device.refreshPeriod)
               + " ns is less than a cycle for each of " + std::to_string(ranks()) + " ranks");
    if (widthOf(device.cols) + widthOf(system.busBits / 8) < widthOf(burstBytes()))
        refuse("NUM_COLS: " + std::to_string(device.cols)
               + " is less than BL = " + std::to_string(device.BL));
    if (std::uint64_t { ranks() } * device.banks > 1024 || device.banks > 256)
        refuse(std::to_string(ranks()) + " ranks of " + std::to_string(device.banks)
               + " banks per channel are above the limit of 1024 banks");
    if (const unsigned bits = addressMap().addressBits; bits > 60)
        refuse("The capacity of 2^" + std::to_string(bits) + " bytes is beyond what is simulated: 2^60");
}

} // namespace engine::dram::dramsim2
