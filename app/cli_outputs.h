#pragma once

#include "app/cli_main.h"
#include "app/cli_options.h"

namespace app {

/// Looks at every file that was asked for before the work begins.
///
/// Errors  engine::ParameterError when two of them are one file with different contents; engine::IoError for
///         a place that cannot be written to; engine::Error for a chart that needs a renderer when there is
///         none.
void checkOutputs(const Request& request, const Command& command);

} // namespace app
