#pragma once

#include "engine/dram/address.h"
#include "engine/dram/energy.h"

#include <cstdint>
#include <string>

namespace engine::dram::dramsim2 {

/// A memory device as DRAMSim2 describes it; fields are named as the keys of its files. Times in cycles,
/// currents in mA.
///
/// Source  [DRAMSim2] 753819a, ini/*.ini
struct Device {
    std::uint32_t banks = 0;
    std::uint32_t rows = 0;
    std::uint32_t cols = 0;
    std::uint32_t width = 0; ///< data pins of a device [bit]
    std::uint32_t refreshPeriod = 0; ///< [ns]
    float tCK = 0; ///< [ns]; single precision like the simulator's, or energies of 1.8 V parts differ
    std::uint32_t CL = 0, AL = 0, BL = 0;
    std::uint32_t tRAS = 0, tRCD = 0, tRRD = 0, tRC = 0, tRP = 0, tCCD = 0, tRTP = 0, tWTR = 0, tWR = 0;
    std::uint32_t tRTRS = 0, tRFC = 0, tFAW = 0, tCKE = 0, tXP = 0, tCMD = 0;
    std::uint32_t IDD0 = 0, IDD1 = 0, IDD2P = 0, IDD2Q = 0, IDD2N = 0, IDD3Pf = 0, IDD3Ps = 0, IDD3N = 0;
    std::uint32_t IDD4W = 0, IDD4R = 0, IDD5 = 0, IDD6 = 0, IDD6L = 0, IDD7 = 0;
    float vdd = 0; ///< [V]

    bool operator==(const Device& other) const = default;
};

enum class RowPolicy : std::uint8_t { Open, Close };
enum class Queues : std::uint8_t { PerRank, PerRankPerBank };
enum class Scheduling : std::uint8_t { RankThenBank, BankThenRank };

/// The controller around the devices; the defaults are those of DRAMSim2's system.ini.example.
struct System {
    std::uint32_t channels = 1;
    std::uint32_t busBits = 64;
    std::uint32_t transactionQueue = 32; ///< [request]
    std::uint32_t commandQueue = 32; ///< [packet]; a request takes two
    RowPolicy rowPolicy = RowPolicy::Open;
    std::uint32_t mapping = 2; ///< scheme 1..7
    Scheduling scheduling = Scheduling::RankThenBank;
    Queues queues = Queues::PerRank;
    bool lowPower = true;
    std::uint32_t rowAccesses = 4; ///< column commands that may follow the one a row was opened for
    std::uint32_t capacity = 2048; ///< of all channels [MiB]

    bool operator==(const System& other) const = default;
};

/// A device in a system, checked.
struct Config {
    std::string name; ///< of the device
    Device device;
    System system;

    std::uint32_t devicesPerRank() const { return system.busBits / device.width; }
    std::uint64_t rankMegabytes() const; ///< [MiB]
    std::uint32_t ranks() const; ///< per channel, at least 1
    std::uint32_t burstBytes() const { return system.busBits / 8 * device.BL; } ///< of a request [byte]
    AddressMap addressMap() const;
    /// What a rank's commands and cycles cost. Unsigned 32-bit products like the simulator's: IDD4R < IDD3N
    /// wraps.
    Increments increments() const;

    /// Errors  ParameterError naming the rule that fails: "tRC: 30 is less than tRAS + tRP = 34".
    void check() const;
};

} // namespace engine::dram::dramsim2
