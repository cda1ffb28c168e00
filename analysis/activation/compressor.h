#pragma once

#include "analysis/catalogue.h"

namespace analysis {

/// Cycles, stalls and gates of the compressor and the decompressor on real feature maps.
Analysis compressorRow();

} // namespace analysis
