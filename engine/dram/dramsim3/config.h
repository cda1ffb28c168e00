#pragma once

#include "engine/dram/address.h"
#include "engine/dram/energy.h"

#include <cstdint>
#include <string>

namespace engine::dram::dramsim3 {

enum class Protocol : std::uint8_t { DDR3, DDR4, GDDR5, GDDR5X, GDDR6, LPDDR, LPDDR3, LPDDR4, HBM, HBM2 };
enum class RowPolicy : std::uint8_t { Open, Close };
enum class Queues : std::uint8_t { PerBank, PerRank };

/// A configuration file of DRAMsim3; fields are named as its keys, and the defaults are those it takes for
/// missing keys. Times in cycles, currents in mA.
///
/// Source  [DRAMsim3] 2981759, configs/*.ini
struct Config {
    std::string name;

    // dram_structure
    Protocol protocol = Protocol::DDR3;
    std::int32_t bankgroups = 2;
    std::int32_t banksPerGroup = 2;
    std::int32_t rows = 1 << 16;
    std::int32_t columns = 1 << 10;
    std::int32_t deviceWidth = 8; ///< [bit]
    std::int32_t BL = 8;
    bool bankgroupEnable = true;

    // timing
    double tCK = 1; ///< [ns]
    std::int32_t AL = 0, CL = 12, CWL = 12;
    std::int32_t tRCD = 12, tRCDRD = 24, tRCDWR = 20, tRP = 12, tRAS = 28;
    std::int32_t tRFC = 160, tRFCb = 20, tREFI = 7800, tREFIb = 1950;
    std::int32_t tRRD_S = 4, tRRD_L = 4, tWTR_S = 5, tWTR_L = 5, tFAW = 50, t32AW = 330;
    std::int32_t tWR = 10, tRTP = 5, tCCD_S = 4, tCCD_L = 6, tRTRS = 2, tPPD = 0;

    // power
    double VDD = 1.2; ///< [V]
    double IDD0 = 48, IDD2P = 25, IDD2N = 34, IDD3P = 37, IDD3N = 43, IDD4W = 123, IDD4R = 135;
    double IDD5AB = 250, IDD5PB = 5, IDD6x = 31;

    // system
    std::int32_t channelSize = 1024; ///< [MiB]
    std::int32_t channels = 1;
    std::int32_t busWidth = 64; ///< [bit]
    std::string addressMapping = "chrobabgraco"; ///< from the highest field to the lowest
    Queues queues = Queues::PerBank;
    RowPolicy rowPolicy = RowPolicy::Open;
    std::int32_t transQueueSize = 32;
    std::int32_t cmdQueueSize = 16;
    bool unifiedQueue = false;

    bool isHbm() const { return protocol == Protocol::HBM || protocol == Protocol::HBM2; }
    bool isGddr() const
    {
        return protocol == Protocol::GDDR5 || protocol == Protocol::GDDR5X || protocol == Protocol::GDDR6;
    }

    std::int32_t groups() const { return bankgroupEnable ? bankgroups : 1; }
    std::int32_t groupBanks() const { return bankgroupEnable ? banksPerGroup : banksPerGroup * bankgroups; }
    std::int32_t banks() const { return bankgroups * banksPerGroup; } ///< of a rank
    std::int32_t burstCycles() const; ///< of the data bus [cycle]
    std::int32_t devicesPerRank() const { return busWidth / deviceWidth; }
    std::int32_t burstBytes() const { return busWidth / 8 * BL; } ///< of a request [byte]
    std::int32_t ranks() const; ///< per channel, at least 1
    AddressMap addressMap() const;
    Increments increments() const;

    /// Errors  ParameterError naming the rule that fails.
    void check() const;

    bool operator==(const Config& other) const = default;

private:
    std::int32_t deviceColumns() const; ///< as the capacity counts them
};

} // namespace engine::dram::dramsim3
