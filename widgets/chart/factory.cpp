#include "widgets/chart/factory.h"

#include "widgets/chart/bar_view.h"
#include "widgets/chart/histogram_view.h"
#include "widgets/chart/line_view.h"
#include "widgets/chart/map_view.h"
#include "widgets/chart/scatter_view.h"

#include <utility>

namespace widgets {

namespace {

std::unique_ptr<KindView> viewOf(const analysis::BarChart& chart, PlotFrame frame)
{
    return std::make_unique<BarView>(chart, std::move(frame));
}

std::unique_ptr<KindView> viewOf(const analysis::HistogramChart& chart, PlotFrame frame)
{
    return std::make_unique<HistogramView>(chart, std::move(frame));
}

std::unique_ptr<KindView> viewOf(const analysis::LineChart& chart, PlotFrame frame)
{
    return std::make_unique<LineView>(chart, std::move(frame));
}

std::unique_ptr<KindView> viewOf(const analysis::ScatterChart& chart, PlotFrame frame)
{
    return std::make_unique<ScatterView>(chart, std::move(frame));
}

std::unique_ptr<KindView> viewOf(const analysis::MapChart& chart, PlotFrame frame)
{
    return std::make_unique<MapView>(chart, std::move(frame));
}

} // namespace

std::unique_ptr<KindView> makeView(const analysis::Chart& chart, PlotFrame frame)
{
    return std::visit([&frame](const auto& kind) { return viewOf(kind, std::move(frame)); }, chart.kind);
}

} // namespace widgets
