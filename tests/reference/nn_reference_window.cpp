#include "tests/reference/nn_reference.h"

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace reference {

namespace {

using Extents = std::vector<std::int64_t>;

struct Window {
    Extents kernel, strides, dilations, begin, end, output;
};

Window window(const engine::Node& node, const Array& x, const Extents& kernel)
{
    const std::size_t n = kernel.size();
    Window w { kernel,
               node.integers("strides", Extents(n, 1)),
               node.integers("dilations", Extents(n, 1)),
               Extents(n, 0),
               Extents(n, 0),
               Extents(n, 0) };
    const Extents pads = node.integers("pads", Extents(2 * n, 0));
    const std::string automatic = node.text("auto_pad", "NOTSET");
    for (std::size_t i = 0; i < n; ++i) {
        const std::int64_t size = x.shape[i + 2];
        const std::int64_t reach = (kernel[i] - 1) * w.dilations[i] + 1;
        if (automatic == "NOTSET") {
            w.begin[i] = pads[i];
            w.end[i] = pads[i + n];
        } else if (automatic != "VALID") {
            const std::int64_t out = (size + w.strides[i] - 1) / w.strides[i];
            const std::int64_t total = std::max<std::int64_t>(0, (out - 1) * w.strides[i] + reach - size);
            w.begin[i] = automatic == "SAME_UPPER" ? total / 2 : (total + 1) / 2;
            w.end[i] = total - w.begin[i];
        }
        // Count the windows one by one.
        const bool ceil = node.integer("ceil_mode", 0) != 0;
        const std::int64_t last = size + w.begin[i] + w.end[i];
        for (std::int64_t start = 0; start + (ceil ? 0 : reach - 1) < last; start += w.strides[i]) {
            const bool whole = start + reach <= last;
            const bool reachesOver = start > 0 && start - w.strides[i] + reach < last;
            if (whole || (ceil && start < size + w.begin[i] && (start == 0 || reachesOver)))
                ++w.output[i];
        }
    }
    return w;
}

/// Calls body(kernel place, source place or empty when in the padding, counted) for every tap of a window.
template <typename Body>
void taps(const Window& w, const Array& x, const Extents& outPlace, const Body& body)
{
    Array kernel { w.kernel, {} };
    for (std::int64_t k = 0; k < kernel.elements(); ++k) {
        const Extents tap = kernel.place(k);
        Extents source(tap.size());
        bool inside = true;
        bool declared = true;
        for (std::size_t i = 0; i < tap.size(); ++i) {
            source[i] = outPlace[i + 2] * w.strides[i] + tap[i] * w.dilations[i] - w.begin[i];
            inside = inside && source[i] >= 0 && source[i] < x.shape[i + 2];
            declared = declared && source[i] < x.shape[i + 2] + w.end[i];
        }
        body(k, source, inside, declared);
    }
}

Extents outputShape(const Window& w, const Array& x, std::int64_t channels)
{
    Extents shape { x.shape[0], channels };
    shape.insert(shape.end(), w.output.begin(), w.output.end());
    return shape;
}

} // namespace

Array convolution(const engine::Node& node, const Array& x, const Array& weights, const Array* bias)
{
    const Window w = window(node, x, Extents(weights.shape.begin() + 2, weights.shape.end()));
    const std::int64_t groups = node.integer("group", 1);
    const std::int64_t perGroup = weights.shape[0] / groups;
    Array y { outputShape(w, x, weights.shape[0]), {} };
    const std::int64_t kernel = Array { w.kernel, {} }.elements();
    for (std::int64_t i = 0; i < y.elements(); ++i) {
        const Extents place = y.place(i);
        double sum = bias != nullptr ? bias->values[static_cast<std::size_t>(place[1])] : 0;
        for (std::int64_t c = 0; c < weights.shape[1]; ++c)
            taps(w, x, place, [&](std::int64_t k, const Extents& source, bool inside, bool) {
                Extents from { place[0], place[1] / perGroup * weights.shape[1] + c };
                from.insert(from.end(), source.begin(), source.end());
                const auto weight = (place[1] * weights.shape[1] + c) * kernel + k;
                if (inside)
                    sum += x.at(from) * weights.values[static_cast<std::size_t>(weight)];
            });
        y.values.push_back(sum);
    }
    return y;
}

Array pooling(const engine::Node& node, const Array& x)
{
    const bool global = node.op.starts_with("Global");
    const bool maximum = node.op.ends_with("MaxPool");
    const bool counted = node.integer("count_include_pad", 0) != 0;
    const Window w =
        window(node, x, global ? Extents(x.shape.begin() + 2, x.shape.end()) : node.integers("kernel_shape"));
    Array y { outputShape(w, x, x.shape[1]), {} };
    for (std::int64_t i = 0; i < y.elements(); ++i) {
        const Extents place = y.place(i);
        double best = -std::numeric_limits<double>::infinity();
        double sum = 0;
        int count = 0;
        taps(w, x, place, [&](std::int64_t, const Extents& source, bool inside, bool declared) {
            Extents from { place[0], place[1] };
            from.insert(from.end(), source.begin(), source.end());
            if (inside) {
                best = std::max(best, x.at(from));
                sum += x.at(from);
            }
            count += inside || (counted && declared) ? 1 : 0;
        });
        y.values.push_back(maximum ? best : sum / count);
    }
    return y;
}

} // namespace reference
