#pragma once

#include "analysis/activation/compressor_task.h"
#include "analysis/parameter.h"

#include <vector>

namespace analysis {

std::vector<Parameter> compressorParameters();

/// Errors  engine::ParameterError for values that do not go together.
CompressorTask compressorTask(const Values& values);

} // namespace analysis
