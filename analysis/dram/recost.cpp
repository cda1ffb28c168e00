#include "analysis/dram/recost.h"

#include "analysis/dram/run.h"
#include "analysis/number.h"
#include "engine/base/error.h"

#include <algorithm>
#include <cmath>

namespace analysis {

namespace dram = engine::dram;

namespace {

QString plain(double value)
{
    return QString::fromLatin1(shortest(value));
}

/// What could not be before may stay so: each current is changed by itself.
void check(const Memory& before, const Memory& now)
{
    constexpr double shortest = 0.01; // as the configurations are checked [ns]
    constexpr double longest = 1000;
    if (!(now.clockNs() >= shortest && now.clockNs() <= longest))
        throw engine::ParameterError(
            QStringLiteral("tCK: %1 ns is outside 0.01..1000").arg(plain(now.clockNs())).toStdString());
    const QStringList known = impossibleCurrents(before);
    const auto key = [](const QString& sentence) { return sentence.left(sentence.indexOf(u':') + 1); };
    for (const QString& sentence : impossibleCurrents(now)) {
        if (std::ranges::none_of(known, [&](const QString& one) { return one.startsWith(key(sentence)); }))
            throw engine::ParameterError(sentence.toStdString());
    }
}

/// Those of the run, but for what its currents cannot be.
std::vector<Remark> remarksWith(const Report& simulated, const Memory& now)
{
    const QStringList before = impossibleCurrents(simulated.dram->memory);
    std::vector<Remark> remarks;
    for (const QString& sentence : impossibleCurrents(now))
        remarks.push_back({ Level::Warning, {}, sentence });
    for (const Remark& remark : simulated.remarks) {
        if (!before.contains(remark.text))
            remarks.push_back(remark);
    }
    return remarks;
}

/// The least of 1, 2, 5, 10, 20 ... that is not below `value`.
double roundUp(double value)
{
    const double decade = std::pow(10.0, std::floor(std::log10(value)));
    for (const double step : { 1.0, 2.0, 5.0 }) {
        if (step * decade >= value * (1 - 1e-12))
            return step * decade;
    }
    return 10 * decade;
}

/// A unit in which the times of a run are neither long nor all below 1.
struct TimeUnit {
    const char* name;
    double perMicro;
};

TimeUnit unitFor(double micros)
{
    if (micros < 10)
        return { "ns", 1000 };
    return micros < 10'000 ? TimeUnit { "us", 1 }
        : micros < 1e7     ? TimeUnit { "ms", 1e-3 }
                           : TimeUnit { "s", 1e-6 };
}

/// Of a line that rises from point to point.
double valueAt(const LineChart::Series& line, double x)
{
    const auto after = std::ranges::upper_bound(line.x, x);
    if (after == line.x.end())
        return line.y.back();
    const auto at = static_cast<std::size_t>(after - line.x.begin());
    const double part = (x - line.x[at - 1]) / (line.x[at] - line.x[at - 1]);
    return line.y[at - 1] + part * (line.y[at] - line.y[at - 1]);
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
    const QString text = QStringLiteral("costed with changed currents: ") + parts.join(QStringLiteral(", "));
    return changed.contains(QStringLiteral("tCK"))
        ? text + QStringLiteral("; what happens in which cycle is that of the run")
        : text;
}

Report recost(const Report& simulated, const ChangedSupplies& changed)
{
    Memory memory = simulated.dram->memory;
    for (const auto& [key, value] : changed)
        setSupply(memory, key, value);
    check(simulated.dram->memory, memory);
    Report made = dramReport(*simulated.dram, memory);
    made.analysis = simulated.analysis;
    made.title = simulated.title;
    made.version = simulated.version;
    made.inputs = simulated.inputs;
    made.parameters = simulated.parameters;
    made.remarks = remarksWith(simulated, memory);
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
        if (left.categories.size() == 1)
            both.categories << QStringLiteral("A, as simulated") << QStringLiteral("B, changed");
        else
            both.categories << name + QStringLiteral("/A") << name + QStringLiteral("/B");
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
    const double end = lines.series.front().x.back();
    const TimeUnit unit = unitFor(end);
    const double width = end > 0 ? roundUp(end * unit.perMicro / static_cast<double>(most)) : 1;
    const auto count = static_cast<std::size_t>(std::max(1.0, std::ceil(end * unit.perMicro / width - 1e-9)));
    BarChart bars { .category = { QStringLiteral("Time from"), QString::fromLatin1(unit.name) },
                    .value = { QStringLiteral("Energy"), lines.y.unit },
                    .series = {},
                    .stacked = true };
    for (std::size_t i = 0; i < count; ++i)
        bars.categories << QString::number(static_cast<double>(i) * width, 'g', 6);
    for (const LineChart::Series& line : lines.series) {
        if (line.name == QLatin1String("Total"))
            continue;
        BarChart::Series series { .name = line.name, .colour = line.colour };
        const auto until = [&](std::size_t slice) {
            return valueAt(line, static_cast<double>(slice) * width / unit.perMicro);
        };
        for (std::size_t i = 0; i < count; ++i)
            series.values.push_back(until(i + 1) - until(i));
        bars.series.push_back(std::move(series));
    }
    return { QStringLiteral("energy-slices"),
             QStringLiteral("Energy in slices of %1 %2")
                 .arg(QString::number(width, 'g', 6), shownUnit(bars.category.unit)),
             std::move(bars) };
}

} // namespace analysis
