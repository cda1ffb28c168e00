// Trains the example network on drawn digits and writes it, 64 pictures with labels and their activations.
//   make_example FOLDER [STEPS [SEED]]

#include "engine/base/file.h"
#include "engine/formats/catalogue.h"
#include "engine/formats/dump_writer.h"
#include "engine/nn/digits.h"
#include "engine/nn/runner.h"
#include "resources/example/network.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <exception>
#include <map>
#include <numbers>
#include <set>
#include <string>

namespace {

constexpr std::size_t batchImages = 64;
constexpr std::size_t shownImages = 64;
constexpr std::size_t testImages = 5000;
// Pictures of different seeds never coincide: training, test, and the shipped ones.
constexpr std::uint64_t testSeed = 1'000'001;
constexpr std::uint64_t shownSeed = 1'000'002;

void trainStep(example::Network& network, const engine::ImageSet& digits, int step, int steps)
{
    constexpr double firstRate = 4e-3;
    constexpr double decay = 1e-2;
    example::Batch batch(batchImages, 1, 28, 28);
    std::vector<int> labels;
    for (std::size_t i = 0; i < batchImages; ++i) {
        const std::size_t index = static_cast<std::size_t>(step - 1) * batchImages + i;
        const engine::Image image = digits.read(index);
        std::ranges::transform(image.values, batch.image(i), [](float grey) { return grey / 255; });
        labels.push_back(*digits.label(index));
    }
    const example::Loss loss = network.train(batch, labels);
    const double phase = static_cast<double>(step) / steps;
    example::adam(network.parameters(), firstRate * 0.5 * (1 + std::cos(std::numbers::pi * phase)), decay,
                  step);
    if (step % 50 == 0)
        std::printf("step %d of %d: loss %.4f, %zu of %zu right\n", step, steps, loss.value, loss.correct,
                    batchImages);
}

engine::nn::Recipe recipe()
{
    return engine::nn::findPreset("unit").recipe;
}

std::shared_ptr<const engine::Graph> readGraph(const std::filesystem::path& path)
{
    return engine::formats::recognise(engine::formats::catalogue(), path).read(path, {}).graph;
}

/// Top-1 on pictures that were not used for training [%].
double accuracy(const std::filesystem::path& path)
{
    const engine::nn::Runner runner(readGraph(path));
    const auto digits = engine::nn::digitSet(testImages, testSeed);
    const auto result = runner.run(*digits, recipe(), {}, {});
    std::size_t right = 0;
    for (std::size_t i = 0; i < result.images; ++i) {
        const auto row = result.outputs.begin() + static_cast<std::ptrdiff_t>(i * 10);
        right += std::max_element(row, row + 10) - row == *digits->label(i) ? 1 : 0;
    }
    return 100 * static_cast<double>(right) / static_cast<double>(result.images);
}

/// IDX: two zeros, the type (8 = byte), the rank, extents as big-endian 32-bit integers, bytes.
void writeIdx(const std::filesystem::path& path, const std::vector<std::uint32_t>& extents,
              const std::string& bytes)
{
    std::string head { '\0', '\0', '\x08', static_cast<char>(extents.size()) };
    for (const std::uint32_t extent : extents)
        for (const int shift : { 24, 16, 8, 0 })
            head += static_cast<char>(extent >> shift);
    engine::AtomicFile file(path);
    file.write(head + bytes);
    file.commit();
}

void writePictures(const std::filesystem::path& folder)
{
    const auto digits = engine::nn::digitSet(shownImages, shownSeed);
    std::string pixels;
    std::string labels;
    for (std::size_t i = 0; i < shownImages; ++i) {
        for (const float grey : digits->read(i).values)
            pixels += static_cast<char>(static_cast<unsigned char>(grey));
        labels += static_cast<char>(*digits->label(i));
    }
    writeIdx(folder / "digits-images.idx3-ubyte", { shownImages, 28, 28 }, pixels);
    writeIdx(folder / "digits-labels.idx1-ubyte", { shownImages }, labels);
}

/// What a layer hands on to the next: outputs of activation functions, poolings and the classifier.
std::set<std::size_t> shownNodes(const engine::Graph& graph)
{
    const std::set<std::string> shown { "Relu", "MaxPool", "GlobalAveragePool", "Gemm" };
    std::set<std::size_t> nodes;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
        if (shown.contains(graph.nodes[i].op))
            nodes.insert(i);
    return nodes;
}

void writeActivations(const std::filesystem::path& folder)
{
    const auto graph = readGraph(folder / "digits.onnx");
    const auto digits = engine::nn::digitSet(shownImages, shownSeed);
    engine::formats::DumpWriter dump(
        folder / "digits-activations.h5",
        { .network = "digits", .framework = "Tessera", .dataset = "digits-images.idx3-ubyte", .level = 9 });
    engine::nn::RunOptions options;
    options.tapped = shownNodes(*graph);
    std::map<std::size_t, std::size_t> handles;
    for (const std::size_t i : options.tapped) {
        const engine::Node& node = graph->nodes[i];
        const auto& extents = graph->shape(node.outputs.front())->extents();
        const engine::Shape shape(std::vector<std::int64_t>(extents.begin() + 1, extents.end()));
        handles[i] = dump.addActivation({ .name = node.name,
                                          .shapePerImage = shape,
                                          .type = engine::DType::F16,
                                          .layout = shape.rank() == 3 ? "NCHW" : "NF",
                                          .op = node.op,
                                          .index = static_cast<int>(i),
                                          .producer = node.inputs.front() },
                                        shownImages);
    }
    options.tap = [&](unsigned, const engine::nn::NodeOutput& output) {
        dump.write(handles.at(output.node), output.firstImage, output.values);
    };
    engine::nn::Runner(graph).run(*digits, recipe(), options, {});
    std::vector<int> labels;
    for (std::size_t i = 0; i < shownImages; ++i)
        labels.push_back(*digits->label(i));
    dump.writeLabels(labels);
    dump.commit();
}

void make(const std::filesystem::path& folder, int steps, std::uint64_t seed)
{
    engine::Random random(seed);
    example::Network network(random);
    const auto digits = engine::nn::digitSet(static_cast<std::size_t>(steps) * batchImages, seed);
    for (int step = 1; step <= steps; ++step)
        trainStep(network, *digits, step, steps);
    network.write(folder / "digits.onnx");
    writePictures(folder);
    const double top1 = accuracy(folder / "digits.onnx");
    writeActivations(folder);
    std::printf("%.2f %% of %zu fresh digits are recognised\n", top1, testImages);
}

} // namespace

int main(int count, char** arguments)
{
    try {
        if (count < 2) {
            std::fputs("usage: make_example FOLDER [STEPS [SEED]]\n", stderr);
            return 2;
        }
        make(arguments[1], count > 2 ? std::stoi(arguments[2]) : 1000,
             count > 3 ? std::stoull(arguments[3]) : 1);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
