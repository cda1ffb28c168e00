#pragma once

#include <cstddef>

namespace engine::nn {

/// (images, pixels, channels) to (images, channels, pixels). oneDNN keeps activations in the first order and
/// turns them several times slower than this.
void planesFromChannelsLast(const float* in, float* out, std::size_t images, std::size_t channels,
                            std::size_t pixels);

} // namespace engine::nn
