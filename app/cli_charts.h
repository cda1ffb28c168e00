#pragma once

#include "app/cli_main.h"
#include "app/cli_options.h"

namespace app {

/// Writes the charts the user asked for: .csv and .tex here, .pdf, .svg and .png through the renderer.
///
/// What the renderer warns of goes to standard error.
/// Errors  engine::Error for a chart that was not made, naming those that were, and when the renderer fails;
///         engine::IoError.
void writeCharts(const Request& request, const analysis::Report& report, const Command& command);

} // namespace app
