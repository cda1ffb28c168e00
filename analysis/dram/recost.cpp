#include "analysis/dram/recost.h"

#include "analysis/dram/run.h"
#include "analysis/number.h"
#include "engine/base/error.h"

#include <algorithm>
#include <array>

namespace analysis {

namespace dram = engine::dram;

namespace {

// DRAMSim2 counts in unsigned 32-bit numbers: what is less than nothing comes out as several mJ.
constexpr double wrapped = 1e9; ///< [pJ]

QString plain(double value)
{
    return QString::fromLatin1(shortest(value));
}

void check(const Memory& memory)
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
    for (const auto& [key, energy] : commands) {
        if (energy >= 0 && energy < wrapped)
            continue;
        const auto low = find(QString::fromLatin1(key));
        const auto open = find(QStringLiteral("IDD3N"));
        throw engine::ParameterError(
            QStringLiteral("%1: %2 mA is too low beside %3 = %4 mA; the command would give energy back")
                .arg(low->key, plain(low->value), open->key, plain(open->value))
                .toStdString());
    }
}

} // namespace

QString changedText(const Memory& before, const ChangedSupplies& changed)
{
    QStringList parts;
    for (const Supply& one : supplies(before)) {
        const auto found = changed.find(one.key);
        if (found != changed.end())
            parts << QStringLiteral("%1 %2 instead of %3 %4")
                         .arg(one.key, plain(found->second), plain(one.value), one.unit);
    }
    return QStringLiteral("costed with changed currents: ") + parts.join(QStringLiteral(", "));
}

Report recost(const Report& simulated, const ChangedSupplies& changed)
{
    Memory memory = simulated.dram->memory;
    for (const auto& [key, value] : changed)
        setSupply(memory, key, value);
    check(memory);
    Report made = dramReport(*simulated.dram, memory);
    made.analysis = simulated.analysis;
    made.title = simulated.title;
    made.version = simulated.version;
    made.inputs = simulated.inputs;
    made.parameters = simulated.parameters;
    made.remarks = simulated.remarks;
    for (const Scalar& scalar : simulated.scalars)
        if (made.scalar(scalar.name) == nullptr)
            made.scalars.push_back(scalar);
    made.dram = simulated.dram;
    if (!changed.empty())
        made.remarks.push_back({ Level::Note, {}, changedText(simulated.dram->memory, changed) });
    return made;
}

Chart compareEnergy(const Report& a, const Report& b)
{
    const Chart& first = *a.chart(QStringLiteral("energy"));
    const auto& left = std::get<BarChart>(first.kind);
    const auto& right = std::get<BarChart>(b.chart(QStringLiteral("energy"))->kind);
    BarChart both = left;
    both.categories.clear();
    for (BarChart::Series& series : both.series)
        series.values.clear();
    for (qsizetype rank = 0; rank < left.categories.size(); ++rank) {
        const QString name = QString(left.categories[rank]).replace(u'/', u' ');
        both.categories << name + QStringLiteral("/A, as simulated") << name + QStringLiteral("/B, changed");
        const auto at = static_cast<std::size_t>(rank);
        for (std::size_t i = 0; i < both.series.size(); ++i) {
            both.series[i].values.push_back(left.series[i].values[at]);
            both.series[i].values.push_back(right.series[i].values[at]);
        }
    }
    return { first.id, first.title, std::move(both) };
}

Chart energySlices(const Report& report, std::size_t most)
{
    const auto& lines = std::get<LineChart>(report.chart(QStringLiteral("energy-time"))->kind);
    BarChart bars { .category = { QStringLiteral("Time from"), lines.x.unit },
                    .value = { QStringLiteral("Energy"), lines.y.unit },
                    .series = {},
                    .stacked = true };
    const std::size_t windows = lines.series.front().x.size() - 1;
    const std::size_t joined = std::max<std::size_t>(1, (windows + most - 1) / most);
    for (std::size_t at = 0; at < windows; at += joined)
        bars.categories << QString::number(lines.series.front().x[at], 'g', 4);
    for (const LineChart::Series& line : lines.series) {
        if (line.name == QLatin1String("Total"))
            continue;
        BarChart::Series series { .name = line.name, .colour = line.colour };
        for (std::size_t at = 0; at < windows; at += joined)
            series.values.push_back(line.y[std::min(at + joined, windows)] - line.y[at]);
        bars.series.push_back(std::move(series));
    }
    return { QStringLiteral("energy-slices"), QStringLiteral("Energy in slices of time"), std::move(bars) };
}

} // namespace analysis
