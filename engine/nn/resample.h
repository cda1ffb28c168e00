#pragma once

#include "engine/network/image_set.h"

namespace engine::nn {

/// Scales a picture so that its short side has `size` pixels; the long side is rounded down.
///
/// Bilinear: triangle filter about the pixel centres (output pixel i lies at (i + 0.5) * scale in the
/// source), widened by the scale when shrinking, as Pillow's BILINEAR does; values stay unrounded floats.
/// Errors  ShapeError for an empty picture or a result of more than 2^28 pixels.
Image scaleShortSide(const Image& image, int size);

} // namespace engine::nn
