#pragma once

#include "analysis/catalogue.h"

#include <QByteArray>

#include <span>

namespace app {

/// What `list` prints: every analysis with id, title, source and input.
QByteArray listText(std::span<const analysis::Analysis> analyses);
QByteArray listJson(std::span<const analysis::Analysis> analyses);

/// What `describe` prints: parameters and outputs of one analysis.
QByteArray describeText(const analysis::Analysis& row);
QByteArray describeJson(const analysis::Analysis& row);

} // namespace app
