#pragma once

#include "analysis/parameter.h"
#include "engine/network/graph.h"
#include "engine/nn/preprocess.h"

#include <vector>

namespace analysis {

/// preset, size, crop, scale, mean, std, channels: how pictures are made into a network's input.
std::vector<Parameter> recipeParameters();

/// The preset, with every single step that differs from its default put over it.
/// Errors  engine::ParameterError for lists that are not three numbers.
engine::nn::Recipe recipeFrom(const Values& values);

/// The preset that is customary for an input of this shape; a guess, so show it.
QString likelyPreset(const engine::Graph& graph);

/// Sets the single steps, not the preset, so that the values say the whole recipe.
void setRecipe(Values& values, const engine::nn::Recipe& recipe);

} // namespace analysis
