#include "engine/codec/block_kernel.h"

namespace engine::codec {

const BlockKernels* avx512Kernels()
{
    return nullptr;
}

} // namespace engine::codec
