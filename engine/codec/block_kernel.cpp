#include "engine/codec/block_kernel.h"

#include <vector>

namespace engine::codec {

std::span<const BlockKernels* const> blockKernels()
{
    static const std::vector<const BlockKernels*> present = [] {
        std::vector<const BlockKernels*> sets = { &portableKernels() };
        for (const BlockKernels* set : { bmi2Kernels(), avx512Kernels() }) {
            if (set != nullptr)
                sets.push_back(set);
        }
        return sets;
    }();
    return present;
}

const BlockKernels& bestKernels()
{
    return *blockKernels().back();
}

} // namespace engine::codec
