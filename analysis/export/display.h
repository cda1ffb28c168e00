#pragma once

#include "analysis/report.h"

#include <QString>

namespace analysis {

/// A cell for people: fixed decimals, fractions in percent, no thousands signs, C locale. A value too small
/// for its decimals is given with three digits instead of as zero. Empty for no value.
QString displayText(const Column& column, const Cell& cell);
/// Of what displayText() gives: "%" for fractions, else the column's.
QString displayUnit(const Column& column);
/// "0.713", "269722"; without the unit.
QString displayText(const Scalar& scalar);

bool isNumeric(const Column& column);

} // namespace analysis
