#pragma once

#include "engine/tensor/tensor.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace engine {

/// One picture as planes (C, H, W), RGB order, as stored: 0..255 for 8-bit sources.
struct Image {
    int channels = 0;
    int height = 0;
    int width = 0;
    std::vector<float> values; ///< channels * height * width
};

/// Pictures with labels, read one at a time; sizes may differ. Thread-safe.
class ImageSet {
public:
    virtual ~ImageSet() = default;

    virtual std::size_t size() const = 0;
    virtual Image read(std::size_t index) const = 0; ///< Errors  IoError, FormatError.
    virtual std::optional<int> label(std::size_t index) const = 0;
    virtual std::string name(std::size_t index) const = 0; ///< file name, or "image 7"
};

/// Pictures in one tensor (N, C, H, W), (N, H, W) or, with layout "NHWC", channels last.
/// Errors  ShapeError when the rank is not 3 or 4 or there are not as many labels as pictures.
std::shared_ptr<const ImageSet> tensorImages(const Tensor& images, std::vector<int> labels);

} // namespace engine
