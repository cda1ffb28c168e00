#include "engine/dram/dramsim2/simulate.h"
#include "engine/dram/dramsim3/simulate.h"
#include "tests/engine/dram/golden.h"
#include "tests/reference/dram_traces.h"

#include <QJsonArray>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <limits>
#include <map>

// Requests a second on the shared traces, in processor time, and how many times the reference simulator's.
// Their rates stand in the golden files; a chain of xorshift64* steps says how fast this machine is beside
// the one they were measured on.

namespace {

namespace dram = engine::dram;

double seconds()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

/// How many times as fast as the machine of the golden files, on which the chain took 0.1402 s.
double machineFactor()
{
    static const double factor = [] {
        double best = 1e9;
        for (int run = 0; run < 5; ++run) {
            const double start = seconds();
            std::uint64_t state = 88172645463325252U;
            for (int step = 0; step < 100'000'000; ++step) {
                state ^= state >> 12;
                state ^= state << 25;
                state ^= state >> 27;
            }
            benchmark::DoNotOptimize(state * 0x2545F4914F6CDD1DU);
            best = std::min(best, seconds() - start);
        }
        std::printf("100 million xorshift64* steps: %.4f s\n", best);
        return 0.1402 / best;
    }();
    return factor;
}

struct Rate {
    double requests = 0; ///< a second
    double gain = 0; ///< times the reference simulator
};

/// By case, of the best iteration: what the summary is made of.
std::map<std::string, Rate>& rates()
{
    static std::map<std::string, Rate> all;
    return all;
}

const QJsonObject& golden(const char* model)
{
    static std::map<std::string, QJsonObject> files;
    QJsonObject& file = files[model];
    if (file.isEmpty())
        file = dramgolden::file(QString::fromLatin1(model));
    return file;
}

template <typename Config>
Rate measure(benchmark::State& state, const Config& config, const QJsonObject& entry)
{
    const std::vector<dram::Request> trace =
        reference::dramTrace(entry[QLatin1String("trace")].toString().toStdString());
    const dram::RunOptions options { .cycles = static_cast<std::uint64_t>(
                                         entry[QLatin1String("cycles")].toInteger()),
                                     .window = 0,
                                     .wrapAddresses = false,
                                     .sink = nullptr };
    const double factor = machineFactor();
    double best = 1e9;
    for (auto step : state) {
        static_cast<void>(step);
        dram::RequestList source(trace);
        const double start = seconds();
        const dram::RunResult result = simulate(config, source, options, {});
        const double taken = seconds() - start;
        best = std::min(best, taken);
        state.SetIterationTime(taken);
        if (!result.drained) {
            state.SkipWithError("the trace was not carried out");
            return { 0, 0 };
        }
    }
    const double reference =
        entry[QLatin1String("speed")][QLatin1String("requests_per_s")].toDouble() * factor;
    const double rate = static_cast<double>(trace.size()) / best;
    state.counters["Mrequests/s"] = rate * 1e-6;
    state.counters["gain"] = rate / reference;
    return { rate, rate / reference };
}

void registerCases(const char* model, const QString& only)
{
    for (const QJsonValue& value : golden(model)[QLatin1String("cases")].toArray()) {
        const QJsonObject entry = value.toObject();
        const QString config = entry[QLatin1String("config")].toString();
        if (!config.startsWith(only))
            continue;
        const std::string name = std::string(model) + "/" + config.toStdString() + "/"
            + entry[QLatin1String("trace")].toString().toStdString();
        const auto body = [=, model = std::string(model)](benchmark::State& state) {
            rates()[name] = model == "dramsim2"
                ? measure(state, dramgolden::dramsim2Config(golden("dramsim2"), config).value, entry)
                : measure(state, dramgolden::dramsim3Config(golden("dramsim3"), config).value, entry);
        };
        benchmark::RegisterBenchmark(name.c_str(), body)
            ->UseManualTime()
            ->MinTime(model == std::string("dramsim2") ? 0.4 : 0.1)
            ->Unit(benchmark::kMillisecond);
    }
}

/// Geometric mean and smallest gain of a model's cases; 0 without any.
std::pair<double, double> gains(const std::string& model)
{
    double logarithms = 0;
    double least = 1e9;
    int count = 0;
    for (const auto& [name, rate] : rates()) {
        if (name.rfind(model, 0) != 0)
            continue;
        if (rate.gain <= 0)
            return { std::numeric_limits<double>::min(), 0.0 };
        logarithms += std::log(rate.gain);
        least = std::min(least, rate.gain);
        ++count;
    }
    return count > 0 ? std::pair { std::exp(logarithms / count), least } : std::pair { 0.0, 0.0 };
}

bool isFastEnough()
{
    const auto [mean, least] = gains("dramsim2");
    bool holds = mean >= 10 && least >= 3;
    for (const auto& [name, rate] : rates()) {
        for (const char* trace : { "seq_read", "seq_write", "conv_tile", "bursty_idle" }) {
            if (name.find(std::string("dramsim2/A").append(1, '_')) == 0
                && name.find(trace) != std::string::npos)
                holds = holds && rate.requests >= 5e6;
        }
    }
    return holds;
}

} // namespace

int main(int argc, char** argv)
{
    benchmark::Initialize(&argc, argv);
    registerCases("dramsim2", QStringLiteral("A_"));
    registerCases("dramsim3", {});
    benchmark::RunSpecifiedBenchmarks();
    for (const char* model : { "dramsim2", "dramsim3" }) {
        const auto [mean, least] = gains(model);
        std::printf("%s: geometric mean of the gains %.2f, least %.2f\n", model, mean, least);
    }
    if (gains("dramsim2").first == 0)
        return 0; // others were asked for
    const bool holds = isFastEnough();
    std::printf("the bars of configuration A %s\n", holds ? "hold" : "are MISSED");
    return holds ? 0 : 1;
}
