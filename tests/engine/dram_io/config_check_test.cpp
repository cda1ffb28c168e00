#include "engine/base/error.h"
#include "engine/dram/presets.h"

#include <QRegularExpression>
#include <QTest>

using namespace engine;
using namespace engine::dram;

namespace {

using Two = dramsim2::Config;
using Three = dramsim3::Config;

Two two()
{
    return { .name = "d",
             .device = dramsim2Device(*findPreset("DDR3_micron_32M_8B_x8_sg15")).value,
             .system = {} };
}

Three three(const char* preset)
{
    return dramsim3Config(*findPreset(preset)).value;
}

template <typename Config>
QString sentenceOf(const Config& config)
{
    try {
        config.check();
    } catch (const ParameterError& error) {
        return QString::fromUtf8(error.what());
    }
    return QStringLiteral("accepted");
}

struct TwoCase {
    const char* name;
    void (*spoil)(Two&);
    const char* sentence;
};

const TwoCase twoCases[] = {
    { "tRC", [](Two& c) { c.device.tRC = 33; }, "tRC: 33 is less than tRAS + tRP = 34" },
    { "tRC, tRRD", [](Two& c) { c.device.tRRD = 35; }, "tRC: 34 is less than tRRD = 35" },
    { "tRC overflows", [](Two& c) { c.device.tRAS = 4294967295U; },
      "tRAS: 4294967295 is outside 0..100000000" },
    { "BL", [](Two& c) { c.device.BL = 0; }, "BL: 0 is not above 0" },
    { "odd BL", [](Two& c) { c.device.BL = 7; }, "BL: 7 is not even" },
    { "CL", [](Two& c) { c.device.CL = 0; }, "CL: 0 is not above 0" },
    { "tRP", [](Two& c) { c.device.tRP = 0; }, "tRP: 0 is not above 0" },
    { "tRFC", [](Two& c) { c.device.tRFC = 0; }, "tRFC: 0 is not above 0" },
    { "tFAW", [](Two& c) { c.device.tFAW = 3; }, "tFAW: 3 is less than tRRD = 4" },
    { "AL", [](Two& c) { c.device.AL = 11; }, "tRCD: 10 is less than AL = 11" },
    { "refresh", [](Two& c) { c.device.refreshPeriod = 150; },
      "REFRESH_PERIOD: 150 is less than tRFC in ns = 160" },
    { "tCK", [](Two& c) { c.device.tCK = 0; }, "tCK: 0.000000 ns is outside 0.01..1000" },
    { "tCK, none", [](Two& c) { c.device.tCK = std::numeric_limits<float>::quiet_NaN(); },
      "tCK: nan ns is outside 0.01..1000" },
    { "Vdd", [](Two& c) { c.device.vdd = -1; }, "Vdd: -1.000000 V is not above 0" },
    { "banks", [](Two& c) { c.device.banks = 0; }, "NUM_BANKS: 0 is not above 0" },
    { "six banks", [](Two& c) { c.device.banks = 6; }, "NUM_BANKS: 6 is not a power of two" },
    { "width", [](Two& c) { c.device.width = 0; }, "DEVICE_WIDTH: 0 is not above 0" },
    { "width and bus", [](Two& c) { c.device.width = 24; },
      "JEDEC_DATA_BUS_BITS: 64 is no multiple of DEVICE_WIDTH = 24" },
    { "columns",
      [](Two& c) {
          c.device.cols = 4;
          c.device.rows = 1 << 23;
      },
      "NUM_COLS: 4 is less than BL = 8" },
    { "rows", [](Two& c) { c.device.rows = 1 << 25; },
      "The device is beyond what is simulated: 2^24 rows, 2^20 columns and BL 64" },
    { "small rank", [](Two& c) { c.device.rows = 1; }, "A rank of this device holds less than 1 MiB" },
    { "bus", [](Two& c) { c.system.busBits = 12; },
      "JEDEC_DATA_BUS_BITS: 12 is no multiple of 8 in 8..4096" },
    { "no channel", [](Two& c) { c.system.channels = 0; }, "NUM_CHANS: 0 is not above 0" },
    { "three channels", [](Two& c) { c.system.channels = 3; }, "NUM_CHANS: 3 is not a power of two" },
    { "32 channels", [](Two& c) { c.system.channels = 32; }, "NUM_CHANS: 32 is outside 1..16" },
    { "three ranks", [](Two& c) { c.system.capacity = 3 * 2048; },
      "Capacity: 6144 MB makes 3 ranks per channel, which is not a power of two" },
    { "many ranks", [](Two& c) { c.system.capacity = 256 * 2048; },
      "256 ranks of 8 banks per channel are above the limit of 1024 banks" },
    { "scheme", [](Two& c) { c.system.mapping = 8; },
      "ADDRESS_MAPPING_SCHEME: scheme8 is outside scheme1..scheme7" },
    { "row accesses", [](Two& c) { c.system.rowAccesses = 0; }, "TOTAL_ROW_ACCESSES: 0 is not above 0" },
    { "transaction queue", [](Two& c) { c.system.transactionQueue = 0; },
      "TRANS_QUEUE_DEPTH: 0 is not above 0" },
    { "command queue", [](Two& c) { c.system.commandQueue = 1; },
      "CMD_QUEUE_DEPTH: 1 is less than the two packets of a request = 2" },
    { "long queue", [](Two& c) { c.system.commandQueue = 5000; },
      "TRANS_QUEUE_DEPTH and CMD_QUEUE_DEPTH are limited to 4096" },
};

struct ThreeCase {
    const char* name;
    const char* preset;
    void (*spoil)(Three&);
    const char* sentence;
};

const ThreeCase threeCases[] = {
    { "tRP", "DDR3_1Gb_x8_1333", [](Three& c) { c.tRP = 0; }, "tRP: 0 is not above 0" },
    { "tRAS", "DDR3_1Gb_x8_1333", [](Three& c) { c.tRAS = -1; }, "tRAS: -1 is not above 0" },
    { "tRFC", "DDR3_1Gb_x8_1333", [](Three& c) { c.tRFC = 0; }, "tRFC: 0 is not above 0" },
    { "tREFI", "DDR3_1Gb_x8_1333", [](Three& c) { c.tREFI = 74; }, "tREFI: 74 is not above tRFC = 74" },
    { "tWR", "DDR3_1Gb_x8_1333", [](Three& c) { c.tWR = -1; }, "tWR: -1 is outside 0..100000000" },
    { "tFAW", "DDR3_1Gb_x8_1333", [](Three& c) { c.tFAW = 200'000'000; },
      "tFAW: 200000000 is outside 0..100000000" },
    { "tRAS, long", "DDR3_1Gb_x8_1333", [](Three& c) { c.tRAS = 2'000'000'000; },
      "tRAS: 2000000000 is outside 0..100000000" },
    { "AL", "DDR3_1Gb_x8_1333", [](Three& c) { c.AL = 11; }, "tRCD: 10 is less than AL = 11" },
    { "tCK", "DDR3_1Gb_x8_1333", [](Three& c) { c.tCK = 0; }, "tCK: 0.000000 ns is outside 0.01..1000" },
    { "VDD", "DDR3_1Gb_x8_1333", [](Three& c) { c.VDD = 0; }, "VDD: 0.000000 V is not above 0" },
    { "BL", "DDR3_1Gb_x8_1333", [](Three& c) { c.BL = 0; }, "BL: 0 is not above 0" },
    { "odd BL", "DDR3_1Gb_x8_1333", [](Three& c) { c.BL = 6; }, "BL: 6 is not a power of two" },
    { "burst of no cycle", "GDDR6_8Gb_x16", [](Three& c) { c.BL = 8; },
      "BL: 8 is too short for this protocol, whose burst would take no cycle" },
    { "columns", "DDR3_1Gb_x8_1333", [](Three& c) { c.columns = 4; }, "columns: 4 is less than BL = 8" },
    { "rows", "DDR3_1Gb_x8_1333", [](Three& c) { c.rows = 1000; }, "rows: 1000 is not a power of two" },
    { "bus", "DDR3_1Gb_x8_1333", [](Three& c) { c.busWidth = 4; },
      "bus_width: 4 is less than device_width = 8 or than 8" },
    { "three ranks", "DDR3_1Gb_x8_1333", [](Three& c) { c.channelSize = 3072; },
      "channel_size: 3072 MB makes 3 ranks, which is not a power of two" },
    { "mapping, short", "DDR3_1Gb_x8_1333", [](Three& c) { c.addressMapping = "rochra"; },
      "address_mapping: \"rochra\" is not made of the six fields ch ra bg ba ro co" },
    { "mapping, twice", "DDR3_1Gb_x8_1333", [](Three& c) { c.addressMapping = "rorochrababg"; },
      "address_mapping: \"rorochrababg\" does not name co" },
    { "channels", "DDR3_1Gb_x8_1333", [](Three& c) { c.channels = 3; }, "channels: 3 is not a power of two" },
    { "queue", "DDR3_1Gb_x8_1333", [](Three& c) { c.cmdQueueSize = 0; }, "cmd_queue_size: 0 is not above 0" },
};

template <typename Case, std::size_t Count>
void addRows(const Case (&cases)[Count])
{
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < Count; ++i)
        QTest::newRow(cases[i].name) << static_cast<int>(i);
}

class ConfigCheckTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void refusedByDramSim2_data() { addRows(twoCases); }
    void refusedByDramSim2()
    {
        QFETCH(int, index);
        Two config = two();
        QCOMPARE(sentenceOf(config), QStringLiteral("accepted"));
        twoCases[index].spoil(config);
        QCOMPARE(sentenceOf(config), QString::fromLatin1(twoCases[index].sentence));
    }

    void refusedByDramSim3_data() { addRows(threeCases); }
    void refusedByDramSim3()
    {
        QFETCH(int, index);
        Three config = three(threeCases[index].preset);
        QCOMPARE(sentenceOf(config), QStringLiteral("accepted"));
        threeCases[index].spoil(config);
        QCOMPARE(sentenceOf(config), QString::fromLatin1(threeCases[index].sentence));
    }
};

} // namespace

QTEST_GUILESS_MAIN(ConfigCheckTest)
#include "config_check_test.moc"
