#include "engine/base/random.h"
#include "tests/bench/peer.h"
#include "widgets/tensor/value_map.h"

#include <QApplication>
#include <QImage>
#include <QPainter>

#include <cmath>
#include <ctime>

namespace {

/// As large as the first fully connected layer of VGG-16: 411 MB.
std::shared_ptr<const engine::Pyramid> pyramid()
{
    static const std::shared_ptr<const engine::Pyramid> made = [] {
        engine::Tensor tensor;
        tensor.shape = engine::Shape { 25088, 4096 };
        std::vector<float> values(tensor.shape.elements());
        engine::Random random(1);
        for (float& value : values)
            value = static_cast<float>(static_cast<std::int32_t>(random.next() >> 32)) * 0x1p-31F;
        tensor.source = engine::memorySource(tensor.shape, std::move(values));
        return engine::Pyramid::build(tensor, engine::defaultPlane(tensor), {});
    }();
    return made;
}

widgets::ColourSpec spec(widgets::MapMode mode)
{
    widgets::ColourSpec made;
    made.mode = mode;
    made.minimum = -1;
    made.maximum = 1;
    made.quantiser = engine::Quantiser { 1.0 / 127, 0, 8, true, false };
    return made;
}

/// A whole frame in milliseconds of processor time: the view moves, everything is painted.
double frame(widgets::ValueMap& map, QImage& screen, int step)
{
    const std::clock_t start = std::clock();
    const QPointF forth(17 / map.view().scaleX(), 11 / map.view().scaleY());
    map.moveTo(map.view().origin() + (step % 2 == 0 ? forth : -forth));
    QPainter painter(&screen);
    map.render(&painter);
    return 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

/// Median time of a frame of 1200 x 900 at 2^(range / 2) pixels a value.
void pan(benchmark::State& state)
{
    widgets::ValueMap map;
    map.resize(1200, 900);
    map.setColours(spec(static_cast<widgets::MapMode>(state.range(1))));
    map.setPyramid(pyramid());
    QImage screen(map.size(), QImage::Format_RGB32);
    map.setScale(std::pow(2.0, static_cast<double>(state.range(0)) / 2));
    map.moveTo({ 1000, 9000 });
    frame(map, screen, 0); // pages of the matrix come into the cache
    std::vector<double> frames;
    for (auto step : state) {
        static_cast<void>(step);
        frames.push_back(frame(map, screen, static_cast<int>(frames.size())));
    }
    std::ranges::sort(frames);
    state.counters["median_ms"] = frames[frames.size() / 2];
    state.counters["worst_ms"] = frames.back();
    state.counters["pixels_per_value"] = map.view().scaleX();
}
BENCHMARK(pan)
    ->ArgNames({ "zoom", "mode" })
    ->ArgsProduct({ { -9, -8, -7, -6, -5, -4, -3, -2, -1, 0, 2, 4, 7, 8, 10, 13 }, { 0, 1 } })
    ->Iterations(41)
    ->Unit(benchmark::kMillisecond);

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
