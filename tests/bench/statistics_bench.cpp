#include "engine/base/random.h"
#include "engine/tensor/quantise.h"
#include "engine/tensor/statistics.h"
#include "tests/bench/peer.h"

namespace {

std::vector<float> values(std::size_t n)
{
    std::vector<float> drawn(n);
    engine::Random random(1);
    for (float& value : drawn)
        value = random.uniform() < 0.5 ? 0 : static_cast<float>(random.normal());
    return drawn;
}

engine::Tensor tensorOf(std::int64_t channels, std::int64_t side)
{
    engine::Tensor tensor;
    tensor.role = engine::Role::Activation;
    tensor.shape = engine::Shape { 4, channels, side, side };
    tensor.source = engine::memorySource(tensor.shape, values(tensor.shape.elements()));
    return tensor;
}

void addToStatistics(benchmark::State& state)
{
    const std::vector<float> input = values(static_cast<std::size_t>(state.range(0)));
    for (auto step : state) {
        static_cast<void>(step);
        engine::Statistics result;
        result.add(input);
        benchmark::DoNotOptimize(result);
    }
    bench::setBytes(state, static_cast<double>(input.size() * sizeof(float)));
}
BENCHMARK(addToStatistics)->Arg(1 << 10)->Arg(1 << 14)->Arg(1 << 20)->Arg(1 << 24);

void perChannel(benchmark::State& state)
{
    const engine::Tensor tensor = tensorOf(256, state.range(0));
    for (auto step : state) {
        static_cast<void>(step);
        benchmark::DoNotOptimize(engine::statistics(tensor, {}));
    }
    bench::setBytes(state, static_cast<double>(tensor.bytes()));
}
BENCHMARK(perChannel)->Arg(1)->Arg(7)->Arg(56)->Unit(benchmark::kMicrosecond);

void histogram(benchmark::State& state)
{
    const engine::Tensor tensor = tensorOf(256, 56);
    const engine::Statistics known = engine::statistics(tensor, {}).whole;
    for (auto step : state) {
        static_cast<void>(step);
        benchmark::DoNotOptimize(engine::histogram(tensor, known, 256, {}));
    }
    bench::setBytes(state, static_cast<double>(tensor.bytes()));
}
BENCHMARK(histogram)->Unit(benchmark::kMillisecond);

void quantise(benchmark::State& state)
{
    const engine::Tensor tensor = tensorOf(256, 56);
    for (auto step : state) {
        static_cast<void>(step);
        benchmark::DoNotOptimize(engine::quantise(tensor, 8, {}));
    }
    bench::setBytes(state, static_cast<double>(tensor.bytes()));
}
BENCHMARK(quantise)->Unit(benchmark::kMillisecond);

} // namespace
