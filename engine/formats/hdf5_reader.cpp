#include "engine/formats/hdf5_reader.h"

#include "engine/base/error.h"
#include "engine/formats/guard.h"
#include "engine/formats/hdf5_keras.h"
#include "engine/formats/hdf5_listing.h"
#include "engine/formats/hdf5_rehearsal.h"
#include "engine/formats/hdf5_source.h"
#include "engine/formats/roles.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <span>
#include <utility>

namespace engine::formats {

namespace {

/// What dumping programs call an operator, and its ONNX name.
struct OperatorName {
    std::string_view theirs;
    std::string_view ours;
};

constexpr std::array operatorNames = {
    OperatorName { "relu", "Relu" },
    OperatorName { "ReLU", "Relu" },
    OperatorName { "ReLU6", "Clip" },
    OperatorName { "Conv1d", "Conv" },
    OperatorName { "Conv2d", "Conv" },
    OperatorName { "Conv2D", "Conv" },
    OperatorName { "DepthwiseConv2D", "Conv" },
    OperatorName { "conv", "Conv" },
    OperatorName { "Linear", "Gemm" },
    OperatorName { "Dense", "Gemm" },
    OperatorName { "BatchNorm2d", "BatchNormalization" },
    OperatorName { "MaxPool2d", "MaxPool" },
    OperatorName { "MaxPooling2D", "MaxPool" },
    OperatorName { "AvgPool2d", "AveragePool" },
    OperatorName { "AveragePooling2D", "AveragePool" },
    OperatorName { "AdaptiveAvgPool2d", "GlobalAveragePool" },
    OperatorName { "GlobalAveragePooling2D", "GlobalAveragePool" },
};

std::string operatorName(const std::string& text)
{
    const auto* found = std::ranges::find(operatorNames, std::string_view(text), &OperatorName::theirs);
    return found == operatorNames.end() ? text : std::string(found->ours);
}

std::string textOf(const Hdf5Dataset& dataset, const std::string& key)
{
    const auto found = dataset.texts.find(key);
    return found == dataset.texts.end() ? std::string() : found->second;
}

double numberOf(const Hdf5Dataset& dataset, const std::string& key, double fallback)
{
    const auto found = dataset.numbers.find(key);
    return found == dataset.numbers.end() ? fallback : found->second;
}

/// Nothing when no attribute speaks of it; senseless values are left alone.
std::optional<Quantisation> quantisationOf(const Hdf5Dataset& dataset)
{
    constexpr double largest = 1e9;
    const double scale = numberOf(dataset, "scale", 1);
    const double zeroPoint = numberOf(dataset, "zero_point", 0);
    const double bits = numberOf(dataset, "bits", 8 * static_cast<double>(byteSize(dataset.type)));
    const bool stated = dataset.numbers.contains("scale") || dataset.numbers.contains("zero_point")
        || dataset.numbers.contains("bits");
    const bool sound = scale > 0 && std::abs(zeroPoint) < largest && bits >= 1 && bits <= 64; // No NaN is.
    if (!stated || !sound)
        return std::nullopt;
    return Quantisation { scale, static_cast<std::int64_t>(zeroPoint), static_cast<int>(bits) };
}

Tensor tensorOf(const Hdf5Dataset& dataset)
{
    Tensor tensor;
    tensor.name = dataset.path;
    tensor.type = dataset.type;
    tensor.shape = dataset.shape;
    tensor.layout = textOf(dataset, "layout");
    tensor.op = operatorName(textOf(dataset, "op"));
    tensor.quantisation = quantisationOf(dataset);
    return tensor;
}

/// Data sets with an index come first, in its order; the others keep theirs.
void sortByIndex(std::vector<Hdf5Dataset>& datasets)
{
    std::ranges::stable_sort(datasets, {}, [](const Hdf5Dataset& dataset) {
        const double index = numberOf(dataset, "index", std::numeric_limits<double>::infinity());
        return index == index ? index : std::numeric_limits<double>::infinity();
    });
}

/// "91.73", in the C locale.
std::string shortest(double value)
{
    std::array<char, 32> text = {};
    return { text.data(), std::to_chars(text.data(), text.data() + text.size(), value).ptr };
}

void addFacts(Dataset& dataset, const Hdf5Listing& listing)
{
    dataset.facts = listing.facts;
    if (listing.top1)
        dataset.facts.emplace("top1", shortest(*listing.top1));
    if (listing.top5)
        dataset.facts.emplace("top5", shortest(*listing.top5));
}

void addRemarks(Dataset& dataset, const Hdf5Listing& listing)
{
    for (const std::string& sentence : listing.skipped)
        dataset.remarks.push_back({ Severity::Warning, {}, sentence });
    if (listing.skippedCount > listing.skipped.size())
        dataset.remarks.push_back(
            { Severity::Warning,
              {},
              std::to_string(listing.skippedCount - listing.skipped.size()) + " more were left out" });
    if (listing.isKeras)
        dataset.remarks.push_back({ Severity::Note,
                                    {},
                                    "this is a Keras file: its weights are shown as they are stored, its "
                                    "graph is not read; export it with tf2onnx to run it" });
}

bool isNumberedKeras(const Hdf5Dataset& dataset)
{
    return dataset.path.find("/vars/") != std::string::npos;
}

/// Null when stopped.
std::shared_ptr<const Hdf5File> openRehearsed(const std::filesystem::path& path, const Control& control)
{
    const std::string refusal = rehearse([&] { listHdf5(*Hdf5File::open(path)); }, control);
    if (!refusal.empty())
        throw FormatError(path.string() + ": is damaged: " + refusal);
    return control.stopped() ? nullptr : Hdf5File::open(path);
}

} // namespace

bool recogniseHdf5(std::string_view head, const std::filesystem::path&)
{
    return hdf5Signature(std::as_bytes(std::span(head))).has_value();
}

Dataset readHdf5(const std::filesystem::path& path, const Control& control)
{
    const auto file = openRehearsed(path, control);
    if (!file)
        return {};
    Hdf5Listing listing = listHdf5(*file);
    if (listing.datasets.empty())
        throw FormatError(path.string() + ": holds no numbers that can be read"
                          + (listing.skipped.empty() ? "" : ": " + listing.skipped.front()));
    listing.isKeras = listing.isKeras || std::ranges::any_of(listing.datasets, isNumberedKeras);

    Dataset dataset;
    dataset.title = titleOf(path);
    dataset.format = "hdf5";
    addFacts(dataset, listing);
    addRemarks(dataset, listing);
    sortByIndex(listing.datasets);
    const auto cache = std::make_shared<Hdf5ChunkCache>();
    for (Hdf5Dataset& found : listing.datasets) {
        Tensor tensor = tensorOf(found);
        tensor.source = hdf5Source(file, std::move(found), cache, dataset.tensors.size());
        dataset.tensors.push_back(std::move(tensor));
    }
    assignRoles(dataset);
    if (listing.isKeras)
        assignKerasRoles(dataset);
    offerImages(dataset);
    buildLayers(dataset);
    return dataset;
}

} // namespace engine::formats
