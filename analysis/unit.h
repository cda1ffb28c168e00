#pragma once

#include <QString>

namespace analysis {

/// A unit as people read it: "uJ per image" becomes "µJ per image". Files and the command line keep the plain
/// letters, which every tool can read.
QString shownUnit(const QString& unit);

} // namespace analysis
