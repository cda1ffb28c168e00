#pragma once

#include "engine/base/random.h"
#include "engine/network/image_set.h"

#include <cstddef>
#include <cstdint>
#include <memory>

namespace engine::nn {

/// How much drawn digits differ from one another.
struct DigitOptions {
    int size = 28; ///< side of the picture [pixel]
    double rotation = 11; ///< at most, either way [degree]
    double slant = 0.28; ///< at most, either way; as the shear of the upright [1]
    double stretch = 0.14; ///< of height and width, either way [1]
    double shift = 1.6; ///< at most, either way, on either axis [pixel]
    double elastic = 0.055; ///< standard deviation of the smooth displacement; the digit is 1 high [1]
    double thinnest = 1.5; ///< pen [pixel]
    double thickest = 3.4; ///< pen [pixel]
    double noise = 9; ///< standard deviation of the grey values [1/255]
};

/// A handwritten-looking digit, white on black, (1, size, size), whole values 0..255; paper is exactly 0.
///
/// One of several ways to write it, as pen strokes that are bent by a smooth random field, slanted, turned
/// and drawn with a pen of random width. Errors  ParameterError for a digit outside 0..9 or a size below 8.
/// Source  Tessera's definition.
Image drawDigit(int digit, Random& random, const DigitOptions& options = {});

/// `count` digits with labels; picture i shows i mod 10 and depends on `seed` and i only. Drawn when read.
std::shared_ptr<const ImageSet> digitSet(std::size_t count, std::uint64_t seed,
                                         const DigitOptions& options = {});

} // namespace engine::nn
