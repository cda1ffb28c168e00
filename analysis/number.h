#pragma once

#include <QByteArray>

namespace analysis {

/// The shortest text that reads back as the same number, in the C locale. Whole numbers below 2^53 are
/// written without an exponent; non-finite ones as "nan", "inf" and "-inf".
QByteArray shortest(double value);

/// With that many decimals, in the C locale: "1.80".
QByteArray fixed(double value, int decimals);

} // namespace analysis
