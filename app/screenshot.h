#pragma once

#include "app/options.h"

namespace app {

/// Draws the real window, with the files of the options open and everything computed, into a PNG. Returns the
/// exit status: 1 with one sentence on standard error when a file cannot be opened or the picture cannot be
/// written.
int takeScreenshot(const Options& options);

} // namespace app
