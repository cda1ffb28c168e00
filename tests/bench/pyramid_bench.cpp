#include "engine/base/random.h"
#include "engine/tensor/pyramid.h"
#include "tests/bench/peer.h"

namespace {

/// As large as the first fully connected layer of VGG-16.
const engine::Tensor& matrix()
{
    static const engine::Tensor tensor = [] {
        engine::Tensor made;
        made.shape = engine::Shape { 25088, 4096 };
        std::vector<float> values(made.shape.elements());
        engine::Random random(1);
        for (float& value : values)
            value = static_cast<float>(static_cast<std::int32_t>(random.next() >> 32)) * 0x1p-31F;
        made.source = engine::memorySource(made.shape, std::move(values));
        return made;
    }();
    return tensor;
}

void build(benchmark::State& state)
{
    engine::PlaneSelector plane = engine::defaultPlane(matrix());
    if (state.range(0) != 0)
        std::swap(plane.rowAxis, plane.columnAxis);
    for (auto step : state) {
        static_cast<void>(step);
        benchmark::DoNotOptimize(engine::Pyramid::build(matrix(), plane, {}));
    }
    bench::setBytes(state, static_cast<double>(matrix().bytes()));
}
BENCHMARK(build)->ArgName("turned")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond)->UseRealTime();

void window(benchmark::State& state)
{
    const auto pyramid = engine::Pyramid::build(matrix(), engine::defaultPlane(matrix()), {});
    for (auto step : state) {
        static_cast<void>(step);
        benchmark::DoNotOptimize(pyramid->values(12000, 1000, 1000, 1600));
    }
    bench::setBytes(state, 1000.0 * 1600 * sizeof(float));
}
BENCHMARK(window)->Unit(benchmark::kMillisecond)->UseRealTime();

} // namespace
