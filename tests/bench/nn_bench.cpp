#include "engine/base/parallel.h"
#include "engine/formats/catalogue.h"
#include "engine/network/cost.h"
#include "engine/nn/runner.h"
#include "engine/tensor/statistics.h"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>

// ResNet-20 on CIFAR images, in images and GFLOP a second; the peer is one large convolution of the same run,
// which is as fast as oneDNN gets here.

namespace {

using engine::Graph;

std::filesystem::path data(const std::string& relative)
{
    const char* root = std::getenv("TESSERA_DATA");
    return std::filesystem::path(root != nullptr ? root : TESSERA_SOURCE_DIR "/../shared/data") / relative;
}

engine::Dataset open(const std::string& relative)
{
    return engine::formats::recognise(engine::formats::catalogue(), data(relative)).read(data(relative), {});
}

double operations(const Graph& graph)
{
    double macs = 0;
    for (const engine::Cost& cost : engine::costs(graph))
        macs += static_cast<double>(cost.macs);
    return 2 * macs;
}

engine::Tensor filled(const engine::Shape& shape, float value)
{
    engine::Tensor tensor;
    tensor.shape = shape;
    tensor.source = engine::memorySource(shape, std::vector<float>(shape.elements(), value));
    return tensor;
}

/// 64 channels of 56 x 56, 3 x 3, one after another.
std::shared_ptr<const Graph> convolutions()
{
    auto graph = std::make_shared<Graph>();
    graph->inputs = { { "x", engine::DType::F32, { -1, 64, 56, 56 } } };
    graph->shapes["x"] = { 1, 64, 56, 56 };
    std::string at = "x";
    for (int i = 0; i < 4; ++i) {
        engine::Node node;
        node.name = std::to_string(i).append(". conv");
        node.op = "Conv";
        node.inputs = { at, node.name + ".weight" };
        node.outputs = { node.name };
        node.attributes["pads"] = std::vector<std::int64_t> { 1, 1, 1, 1 };
        graph->constants[node.inputs[1]] = filled({ 64, 64, 3, 3 }, 0.01F);
        graph->shapes[node.inputs[1]] = { 64, 64, 3, 3 };
        graph->shapes[node.name] = { 1, 64, 56, 56 };
        at = node.name;
        graph->nodes.push_back(node);
    }
    graph->outputs = { { at, engine::DType::F32, {} } };
    return graph;
}

void run(benchmark::State& state, const Graph& graph, const engine::ImageSet& images,
         const engine::nn::RunOptions& options)
{
    const engine::nn::Runner runner(std::make_shared<Graph>(graph));
    const auto recipe = engine::nn::findPreset("cifar-torch").recipe;
    std::size_t done = 0;
    for (auto step : state) {
        static_cast<void>(step);
        done += runner.run(images, recipe, options, {}).images;
    }
    const auto total = static_cast<double>(done);
    state.counters["images/s"] = benchmark::Counter(total, benchmark::Counter::kIsRate);
    state.counters["GFLOP/s"] =
        benchmark::Counter(total * operations(graph) / 1e9, benchmark::Counter::kIsRate);
}

void peer(benchmark::State& state)
{
    engine::setThreadCount(static_cast<unsigned>(state.range(0)));
    const auto images = engine::tensorImages(filled({ 16, 64, 56, 56 }, 1), {});
    run(state, *convolutions(), *images, {});
}

void resnet(benchmark::State& state, bool tapped)
{
    static const engine::Dataset net = open("nets/resnet20/resnet20_cifar10.onnx");
    static const engine::Dataset pictures = open("cifar10/test_batch.bin.gz");
    engine::setThreadCount(static_cast<unsigned>(state.range(0)));
    std::mutex mutex;
    std::map<std::size_t, engine::Statistics> facts;
    engine::nn::RunOptions options;
    options.limit = 1000;
    for (std::size_t i = 0; tapped && i < net.graph->nodes.size(); ++i)
        options.tapped.insert(i);
    options.tap = [&](unsigned, const engine::nn::NodeOutput& output) {
        engine::Statistics part;
        part.add(output.values);
        const std::scoped_lock lock(mutex);
        facts[output.node].add(part);
    };
    run(state, *net.graph, *pictures.images, options);
}

BENCHMARK(peer)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(resnet, plain, false)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(resnet, every_node_tapped, true)
    ->Arg(1)
    ->Arg(2)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

} // namespace
