#pragma once

#include "analysis/parameter.h"

#include <QString>

namespace app {

/// What stands for a value in the help: "N", "FILE".
QString placeholder(analysis::ParameterType type);
/// "0..7", "at least 1"; empty for no limits.
QString rangeText(const analysis::Parameter& parameter);
/// "Words per block [word], 1..256 (default 16)".
QString helpText(const analysis::Parameter& parameter);

} // namespace app
