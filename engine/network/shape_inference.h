#pragma once

#include "engine/network/dataset.h"
#include "engine/network/graph.h"

#include <map>
#include <string>
#include <vector>

namespace engine {

/// Fills `graph.shapes` from inputs and constants, node by node. `hints` are shapes the file itself gives;
/// one is used where the operator is not known.
///
/// Shape   a free first extent of an input, and the first extent of pictures (rank 4 or 5), becomes 1.
/// Errors  none: what cannot be known, or cannot be right, is left out and told in the remarks (at most one
/// per operator).
std::vector<Remark> inferShapes(Graph& graph, const std::map<std::string, Shape>& hints = {});

} // namespace engine
