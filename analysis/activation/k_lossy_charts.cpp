#include "analysis/activation/k_lossy_view.h"

#include <algorithm>
#include <cmath>

namespace analysis {

namespace {

constexpr std::size_t mostColours = 8; ///< lines that can be told apart

/// Maps whose lines have a colour: the most sensitive ones where there are many.
std::vector<std::size_t> shownMaps(const KLossyView& view)
{
    const auto fall = [&](std::size_t map) {
        double sum = 0;
        for (std::size_t k = 1; k < view.found().sizes[map].size(); ++k)
            if (const double value = view.judged(map, k); std::isfinite(value))
                sum -= value;
        return sum;
    };
    std::vector<std::size_t> maps(view.maps());
    for (std::size_t map = 0; map < maps.size(); ++map)
        maps[map] = map;
    if (maps.size() <= mostColours)
        return maps;
    std::ranges::stable_sort(maps, std::ranges::greater {}, fall);
    maps.resize(mostColours);
    std::ranges::sort(maps);
    return maps;
}

std::vector<Chart> lineCharts(const KLossyView& view)
{
    const Axis axis { .title = QStringLiteral("Dropped bits K"),
                      .unit = QStringLiteral("bit"),
                      .whole = true };
    LineChart bits { .x = axis,
                     .y = { QStringLiteral("Coded size"), QStringLiteral("bit per word") },
                     .reference =
                         Reference { static_cast<double>(view.subject().wordBits), QStringLiteral("raw") } };
    LineChart well { .x = axis, .y = view.judgedAxis() };
    if (const auto& found = view.found().sensitivities; found && found->floating.accuracy())
        well.reference = Reference { *found->floating.accuracy(), QStringLiteral("float") };
    const std::vector<std::size_t> shown = shownMaps(view);
    for (std::size_t map = 0; map < view.maps(); ++map) {
        const auto place = std::ranges::find(shown, map);
        LineChart::Series series { .name = view.subject().layer(map) };
        series.quiet = place == shown.end();
        series.colour = series.quiet ? -1 : static_cast<int>(place - shown.begin());
        LineChart::Series judged = series;
        const auto words = static_cast<double>(std::max<std::uint64_t>(1, view.subject().elements(map)));
        for (std::size_t k = 0; k < view.found().sizes[map].size(); ++k) {
            series.x.push_back(static_cast<double>(k));
            series.y.push_back(static_cast<double>(view.found().sizes[map][k].bits.total()) / words);
            judged.y.push_back(view.judged(map, k));
        }
        judged.x = series.x;
        bits.series.push_back(std::move(series));
        well.series.push_back(std::move(judged));
    }
    const QString title = well.y.title + QStringLiteral(" against K");
    return { { QStringLiteral("bits"), QStringLiteral("Coded size against K"), std::move(bits) },
             { QStringLiteral("accuracy"), title, std::move(well) } };
}

Chart pathChart(const KLossyView& view)
{
    const MixedSearch& search = *view.found().search;
    ScatterChart chart { .x = view.lossAxis(), .y = { QStringLiteral("Compression ratio"), {} } };
    ScatterChart::Series predicted { .name = QStringLiteral("predicted, layer by layer") };
    ScatterChart::Series measured { .name = QStringLiteral("measured, all layers together") };
    ScatterChart::Series chosen { .name = QStringLiteral("chosen") };
    const auto put = [&](ScatterChart::Series& series, double loss, std::uint64_t bits) {
        if (!std::isfinite(loss))
            return;
        series.x.push_back(loss);
        series.y.push_back(view.ratio(bits));
    };
    for (const MixedK& point : search.path)
        put(predicted, view.predicted(point), point.bits);
    for (const MixedK& point : search.tried)
        put(measured, view.shown(*point.measured), point.bits);
    const auto& loss = search.chosen.measured;
    put(chosen, loss ? view.shown(*loss) : view.predicted(search.chosen), search.chosen.bits);
    chart.series.push_back(std::move(predicted));
    if (!measured.x.empty())
        chart.series.push_back(std::move(measured));
    chart.series.push_back(std::move(chosen));
    return { QStringLiteral("path"), QStringLiteral("Ratio against loss"), std::move(chart) };
}

Chart chosenChart(const KLossyView& view)
{
    BarChart chart {
        .category = { QStringLiteral("Layer"), {} },
        .value = { .title = QStringLiteral("Chosen K"), .unit = QStringLiteral("bit"), .whole = true }
    };
    BarChart::Series series { .name = QStringLiteral("K") };
    for (std::size_t map = 0; map < view.maps(); ++map) {
        chart.categories << view.subject().layer(map);
        series.values.push_back(view.found().search->chosen.lossyBits[map]);
    }
    chart.series.push_back(std::move(series));
    return { QStringLiteral("chosen"), QStringLiteral("Chosen K per layer"), std::move(chart) };
}

} // namespace

std::vector<Chart> kLossyCharts(const KLossyView& view)
{
    if (view.maps() == 0)
        return {};
    std::vector<Chart> charts = lineCharts(view);
    if (view.found().search) {
        charts.push_back(pathChart(view));
        charts.push_back(chosenChart(view));
    }
    return charts;
}

} // namespace analysis
