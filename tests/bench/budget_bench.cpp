#include "engine/base/random.h"
#include "engine/codec/knapsack.h"

#include <benchmark/benchmark.h>

// The front of a network the size of MobileNetV2 once the sensitivities are known: 52 maps, 5 codecs, 8 K.

namespace {

constexpr std::uint64_t rawBits = std::uint64_t { 8 } * 6'700'000;

engine::codec::BudgetFront::Layers layers()
{
    constexpr std::size_t maps = 52;
    engine::Random random(1);
    engine::codec::BudgetFront::Layers made(maps);
    for (std::vector<engine::codec::LayerOption>& layer : made) {
        const double raw = static_cast<double>(rawBits) / maps * random.uniform(0.2, 1.8);
        const double weight = random.uniform(0.1, 2);
        for (int codec = 0; codec < 5; ++codec)
            for (int k = 0; k < 8; ++k)
                layer.push_back({ static_cast<std::uint64_t>(raw * (9 - k) / 10 * random.uniform(0.5, 1)),
                                  weight * k * k * random.uniform(0.8, 1.2) });
    }
    return made;
}

void front(benchmark::State& state)
{
    const auto made = layers();
    std::size_t points = 0;
    for (auto step : state) {
        static_cast<void>(step);
        const engine::codec::BudgetFront found(made, engine::codec::usualQuantum(rawBits), {});
        points = found.points().size();
    }
    state.counters["points"] = static_cast<double>(points);
}

BENCHMARK(front)->Unit(benchmark::kMillisecond);

} // namespace
