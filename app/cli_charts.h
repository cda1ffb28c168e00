#pragma once

#include "app/cli_main.h"
#include "app/cli_options.h"

namespace app {

/// Writes the charts the user asked for: .csv and .tex here, .pdf, .svg and .png through the renderer.
///
/// Errors  engine::Error for a chart that is not there, naming those that are, and when the renderer is
///         absent or fails; engine::IoError.
void writeCharts(const Request& request, const analysis::Report& report, const Command& command);

} // namespace app
