#pragma once

#include "tests/engine/nn/graph_kit.h"

#include <functional>
#include <string>
#include <vector>

/// A small network that exercises one operator, or a chain that is fused unless somebody looks inside.
struct OperatorCase {
    const char* name;
    GraphKit::Extents input; ///< one image
    std::function<std::string(GraphKit&)> build; ///< returns the output
};

std::vector<OperatorCase> operatorCases();
