#include "engine/nn/window.h"

#include <algorithm>

namespace engine::nn {

namespace {

using Dims = dnnl::memory::dims;

/// No extent, stride or pad of a real network comes near it; keeps products far from overflow.
constexpr std::int64_t largest = 1 << 20;

Dims list(const Site& site, const std::string& key, std::size_t count, std::int64_t fallback,
          std::int64_t least)
{
    const auto values = site.node().integers(key, std::vector<std::int64_t>(count, fallback));
    if (values.size() != count)
        site.fail(key + " has " + std::to_string(values.size()) + " values, " + std::to_string(count)
                  + " are needed");
    for (const std::int64_t value : values)
        if (value < least || value > largest)
            site.fail(key + ": " + std::to_string(value) + " is outside " + std::to_string(least) + ".."
                      + std::to_string(largest));
    return { values.begin(), values.end() };
}

void padAutomatically(SlidingWindow& window, const Dims& input, bool upper)
{
    for (std::size_t i = 0; i < input.size(); ++i) {
        const std::int64_t output = (input[i] + window.strides[i] - 1) / window.strides[i];
        const std::int64_t reach = (window.kernel[i] - 1) * window.dilations[i] + 1;
        const std::int64_t total =
            std::max<std::int64_t>(0, (output - 1) * window.strides[i] + reach - input[i]);
        window.padBegin[i] = upper ? total / 2 : total - total / 2;
        window.padEnd[i] = total - window.padBegin[i];
    }
}

void readPadding(const Site& site, SlidingWindow& window, const Dims& input)
{
    const std::size_t rank = input.size();
    const std::string automatic = site.node().text("auto_pad", "NOTSET");
    window.padBegin.assign(rank, 0);
    window.padEnd.assign(rank, 0);
    if (automatic == "SAME_UPPER" || automatic == "SAME_LOWER") {
        padAutomatically(window, input, automatic == "SAME_UPPER");
    } else if (automatic == "NOTSET") {
        const Dims pads = list(site, "pads", 2 * rank, 0, 0);
        std::copy_n(pads.begin(), rank, window.padBegin.begin());
        std::copy_n(pads.begin() + static_cast<std::ptrdiff_t>(rank), rank, window.padEnd.begin());
    } else if (automatic != "VALID") {
        site.fail("auto_pad " + automatic + " is not known");
    }
}

void measure(const Site& site, SlidingWindow& window, const Dims& input, bool ceil)
{
    for (std::size_t i = 0; i < input.size(); ++i) {
        const std::int64_t reach = (window.kernel[i] - 1) * window.dilations[i] + 1;
        const std::int64_t room = input[i] + window.padBegin[i] + window.padEnd[i] - reach;
        if (room < 0)
            site.failShape("a kernel of " + std::to_string(reach) + " does not fit into the padded input of "
                           + std::to_string(room + reach));
        std::int64_t output = (room + (ceil ? window.strides[i] - 1 : 0)) / window.strides[i] + 1;
        if (ceil && (output - 1) * window.strides[i] >= input[i] + window.padBegin[i])
            --output;
        const std::int64_t end = (output - 1) * window.strides[i] + reach - input[i] - window.padBegin[i];
        window.overhangs = window.overhangs || end > window.padEnd[i];
        window.padEnd[i] = end;
        window.output.push_back(output);
    }
}

} // namespace

SlidingWindow slidingWindow(const Site& site, const Shape& input, const Dims& kernel)
{
    const std::size_t rank = kernel.size();
    const Dims spatial(input.extents().begin() + 2, input.extents().end());
    SlidingWindow window;
    window.kernel = kernel;
    window.strides = list(site, "strides", rank, 1, 1);
    window.dilations = list(site, "dilations", rank, 1, 1);
    readPadding(site, window, spatial);
    measure(site, window, spatial, site.node().integer("ceil_mode", 0) != 0);
    return window;
}

} // namespace engine::nn
