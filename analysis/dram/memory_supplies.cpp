#include "analysis/dram/memory.h"
#include "engine/dram/dramsim2/files.h"
#include "engine/dram/dramsim3/files.h"

#include <cmath>

namespace analysis {

namespace sim2 = engine::dram::dramsim2;
namespace sim3 = engine::dram::dramsim3;

namespace {

QString fromView(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

std::vector<Supply> supplies(const Memory& memory)
{
    std::vector<Supply> result;
    const QString ampere = QStringLiteral("mA");
    double volts = 0;
    if (const auto* two = std::get_if<sim2::Config>(&memory.config)) {
        for (const sim2::Current& row : sim2::currents())
            result.push_back({ fromView(row.key), ampere, fromView(row.meaning),
                               static_cast<double>(two->device.*row.member) });
        volts = static_cast<double>(two->device.vdd);
    } else {
        const auto& three = std::get<sim3::Config>(memory.config);
        for (const sim3::Current& row : sim3::currents())
            result.push_back({ fromView(row.key), ampere, fromView(row.meaning), three.*row.member });
        volts = three.VDD;
    }
    result.push_back({ QStringLiteral("Vdd"), QStringLiteral("V"), QStringLiteral("supply"), volts });
    result.push_back(
        { QStringLiteral("tCK"), QStringLiteral("ns"), QStringLiteral("clock period"), memory.clockNs() });
    return result;
}

void setSupply(Memory& memory, const QString& key, double value)
{
    if (auto* two = std::get_if<sim2::Config>(&memory.config)) {
        if (key == QLatin1String("Vdd"))
            two->device.vdd = static_cast<float>(value);
        if (key == QLatin1String("tCK"))
            two->device.tCK = static_cast<float>(value);
        for (const sim2::Current& row : sim2::currents()) {
            if (fromView(row.key) == key)
                two->device.*row.member = static_cast<std::uint32_t>(std::lround(value));
        }
        return;
    }
    auto& three = std::get<sim3::Config>(memory.config);
    if (key == QLatin1String("Vdd"))
        three.VDD = value;
    if (key == QLatin1String("tCK"))
        three.tCK = value;
    for (const sim3::Current& row : sim3::currents()) {
        if (fromView(row.key) == key)
            three.*row.member = value;
    }
}

} // namespace analysis
