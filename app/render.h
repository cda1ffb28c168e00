#pragma once

#include "app/options.h"

namespace app {

/// Draws a chart file that tessera-cli wrote into a PDF, SVG or PNG. Returns the exit status: 1 with one
/// sentence on standard error when the chart cannot be read or the figure cannot be written.
int render(const Options& options);

} // namespace app
