#include "analysis/dram/memory.h"
#include "engine/dram/presets.h"

namespace analysis {

namespace {

Parameter choice(const char* id, const char* title,
                 std::initializer_list<std::pair<const char*, const char*>> choices, const char* help)
{
    Parameter parameter { .id = QString::fromLatin1(id),
                          .title = QString::fromLatin1(title),
                          .type = ParameterType::Choice,
                          .unit = {},
                          .fallback = QString::fromLatin1(choices.begin()->first),
                          .help = QString::fromLatin1(help) };
    for (const auto& [choiceId, choiceTitle] : choices)
        parameter.choices.push_back({ QString::fromLatin1(choiceId), QString::fromLatin1(choiceTitle) });
    return parameter;
}

Parameter count(const char* id, const char* title, const char* unit, double maximum, const char* help)
{
    return { .id = QString::fromLatin1(id),
             .title = QString::fromLatin1(title),
             .type = ParameterType::Integer,
             .unit = QString::fromLatin1(unit),
             .fallback = qint64 { 0 },
             .minimum = 0,
             .maximum = maximum,
             .help = QString::fromLatin1(help) };
}

Parameter device()
{
    Parameter parameter { .id = QStringLiteral("device"),
                          .title = QStringLiteral("Device"),
                          .type = ParameterType::Input,
                          .unit = {},
                          .fallback = QStringLiteral("DDR3_micron_32M_8B_x8_sg15"),
                          .help = QStringLiteral(
                              "the name of a preset, or a device file of DRAMSim2 or DRAMsim3") };
    for (const engine::dram::Preset& preset : engine::dram::presets()) {
        const QString name =
            QString::fromUtf8(preset.name.data(), static_cast<qsizetype>(preset.name.size()));
        parameter.choices.push_back({ name, name });
    }
    return parameter;
}

} // namespace

std::vector<Parameter> memoryParameters()
{
    return {
        choice("model", "Model",
               { { "auto", "by the device" }, { "dramsim2", "DRAMSim2" }, { "dramsim3", "DRAMsim3" } },
               "the simulator whose cycles are followed exactly"),
        device(),
        { .id = QStringLiteral("system"),
          .title = QStringLiteral("System file"),
          .type = ParameterType::Input,
          .unit = {},
          .fallback = QString(),
          .help = QStringLiteral("system.ini of DRAMSim2; none: its shipped defaults") },
        count("capacity", "Capacity", "MB", 1 << 24,
              "capacity of all channels; 0 = as the device has it, 2048 for DRAMSim2"),
        count("channels", "Channels", "", 64, "number of channels; 0 = as the files say"),
        { .id = QStringLiteral("mapping"),
          .title = QStringLiteral("Address mapping"),
          .type = ParameterType::Text,
          .unit = {},
          .fallback = QStringLiteral("default"),
          .help = QStringLiteral("the order of the address bits: scheme1..scheme7, or an order such as "
                                 "rochrababgco for DRAMsim3") },
        choice("row-policy", "Row policy",
               { { "default", "default" }, { "open", "open page" }, { "close", "closed page" } },
               "when rows are closed"),
        choice("queue", "Queues",
               { { "default", "default" }, { "per-rank", "per rank" }, { "per-bank", "per bank" } },
               "how the command queues are cut"),
        choice("scheduling", "Scheduling",
               { { "default", "default" },
                 { "rank-then-bank", "rank, then bank" },
                 { "bank-then-rank", "bank, then rank" } },
               "the round robin of DRAMSim2"),
        count("row-accesses", "Row accesses", "", 1e6,
              "accesses that may follow the first of an open row; 0 = default"),
        count("trans-queue", "Transaction queue", "", 4096, "depth of the transaction queue; 0 = default"),
        count("cmd-queue", "Command queue", "", 4096, "depth of the command queues; 0 = default"),
        choice("low-power", "Power-down", { { "default", "default" }, { "on", "on" }, { "off", "off" } },
               "precharge power-down of idle ranks in DRAMSim2"),
        { .id = QStringLiteral("fix-keys"),
          .title = QStringLiteral("Mend misspelled keys"),
          .type = ParameterType::Flag,
          .unit = {},
          .fallback = false,
          .help = QStringLiteral("REFI counts as tREFI: no longer exact, but as meant") },
    };
}

} // namespace analysis
