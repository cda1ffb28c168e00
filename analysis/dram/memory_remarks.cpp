#include "analysis/dram/memory.h"
#include "analysis/number.h"

#include <algorithm>
#include <array>

namespace analysis {

namespace dram = engine::dram;
namespace sim2 = engine::dram::dramsim2;
namespace sim3 = engine::dram::dramsim3;

namespace {

// DRAMSim2 counts in unsigned 32-bit numbers: what is less than nothing comes out as several mJ.
constexpr double wrapped = 1e9; ///< [pJ]

QString plain(double value)
{
    return QString::fromLatin1(shortest(value));
}

std::uint64_t usualCapacity(const Memory& memory)
{
    if (memory.isDramSim2())
        return sim2::System().capacity;
    const auto& three = std::get<sim3::Config>(memory.config);
    return static_cast<std::uint64_t>(three.channelSize) * memory.channels();
}

} // namespace

std::vector<Remark> remarksOf(const Memory& memory)
{
    std::vector<Remark> remarks;
    for (const QString& line : memory.warnings)
        remarks.push_back({ Level::Warning, {}, line });
    for (const QString& line : impossibleCurrents(memory))
        remarks.push_back({ Level::Warning, {}, line });
    for (const QString& line : memory.remarks)
        remarks.push_back({ Level::Note, {}, line });
    return remarks;
}

QStringList impossibleCurrents(const Memory& memory)
{
    const dram::Increments increments = memory.increments();
    const auto commands = std::to_array<std::pair<const char*, double>>({ { "IDD0", increments.activate },
                                                                          { "IDD4R", increments.read },
                                                                          { "IDD4W", increments.write },
                                                                          { "IDD5", increments.refresh } });
    const std::vector<Supply> all = supplies(memory);
    const auto find = [&all](const QString& key) {
        return std::ranges::find_if(all, [&](const Supply& one) { return one.key.startsWith(key); });
    };
    QStringList sentences;
    for (const auto& [key, energy] : commands) {
        if (energy >= 0 && energy < wrapped)
            continue;
        const auto low = find(QString::fromLatin1(key));
        const auto open = find(QStringLiteral("IDD3N"));
        sentences << QStringLiteral("%1: %2 mA is too low beside %3 = %4 mA; the command would give energy "
                                    "back")
                         .arg(low->key, plain(low->value), open->key, plain(open->value));
    }
    return sentences;
}

void tellUnverified(Memory& memory)
{
    const auto tell = [&memory](const QString& what) {
        memory.remarks << what + QStringLiteral(" is not verified against the simulator's own figures");
    };
    if (const auto* two = std::get_if<sim2::Config>(&memory.config)) {
        if (two->system.mapping == 1 || two->system.mapping == 3 || two->system.mapping == 4)
            tell(QStringLiteral("address mapping scheme%1").arg(two->system.mapping));
        if (two->device.AL > 0)
            tell(QStringLiteral("additive latency"));
        return;
    }
    const auto& three = std::get<sim3::Config>(memory.config);
    if (three.isGddr() || three.protocol == sim3::Protocol::LPDDR3 || three.protocol == sim3::Protocol::LPDDR)
        tell(QStringLiteral("this protocol"));
    if (three.unifiedQueue)
        tell(QStringLiteral("the unified queue"));
    if (three.rowPolicy == sim3::RowPolicy::Close)
        tell(QStringLiteral("the closed-page policy"));
    if (three.queues == sim3::Queues::PerRank)
        tell(QStringLiteral("one command queue per rank"));
}

void tellCapacity(Memory& memory, std::uint64_t asked)
{
    const std::uint64_t wanted = asked > 0 ? asked : usualCapacity(memory);
    const std::uint64_t got = memory.capacity();
    if (got == wanted)
        return;
    const auto counted = [](std::uint32_t count, const char* noun) {
        return QStringLiteral("%1 %2%3").arg(count).arg(QLatin1String(noun),
                                                        QLatin1String(count == 1 ? "" : "s"));
    };
    QStringList& lines = asked > 0 ? memory.warnings : memory.remarks;
    lines << QStringLiteral("capacity: %1 MB instead of %2 MB, in %3 of %4 of this device")
                 .arg(got)
                 .arg(wanted)
                 .arg(counted(memory.channels(), "channel"), counted(memory.ranks(), "rank"));
}

} // namespace analysis
