#pragma once

#include "analysis/catalogue.h"

namespace widgets {

class Session;

/// What a new analysis in the window starts with: the defaults, and for a capture the pictures that are open,
/// a preset that fits the network's input, and few enough pictures to look at.
analysis::Values firstValues(const analysis::Analysis& row, const Session& session, int subject);

/// What the form should say after an edit: a preset that is chosen shows its steps, a step that is changed
/// makes the recipe a custom one.
analysis::Values followPreset(const analysis::Analysis& row, const analysis::Values& before,
                              analysis::Values after);

} // namespace widgets
