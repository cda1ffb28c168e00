#pragma once

#include "engine/network/image_set.h"

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace engine::nn {

enum class ChannelOrder { Rgb, Bgr };

/// How a picture becomes a network's input; the steps are done in this order.
///
/// value = (pixel * scale - mean[c]) / std[c], mean and std in the order of the network's channels (after
/// `channels`); channels beyond the third use the third's.
/// With crop 0 the picture is fitted to the network: one that has the input's height and width is taken as it
/// is, any other is scaled to `size` and centre-cropped to the input. With a crop everything is done as told.
struct Recipe {
    int size = 0; ///< scale the short side to this, bilinear (see resample.h); 0 = leave [pixel]
    /// Centre crop to a square, offset floor((size - crop) / 2); 0 = the network's input size [pixel]
    int crop = 0;
    ChannelOrder channels = ChannelOrder::Rgb;
    double scale = 1;
    std::array<double, 3> mean = { 0, 0, 0 };
    std::array<double, 3> std = { 1, 1, 1 };

    bool operator==(const Recipe&) const = default;
};

/// A row of the preset table.
struct Preset {
    std::string_view id; ///< "imagenet-torch"
    std::string_view title;
    std::string_view help; ///< one line: which networks want it
    Recipe recipe;
};

std::span<const Preset> presets();
/// Errors  ParameterError listing the ids there are.
const Preset& findPreset(std::string_view id);

/// One picture as the network sees it.
///
/// Shape   `input` without the batch: (C, H, W), or any other rank for a network that takes the flat pixels.
/// A
///         grey picture fed to a colour network is repeated, a colour picture fed to a grey network is
///         refused.
/// Errors  ShapeError naming both sizes, and the option that helps, when the result does not fit `input`;
///         ParameterError for a negative size or a deviation of 0.
std::vector<float> prepare(const Image& image, const Recipe& recipe, const Shape& input);

} // namespace engine::nn
