#pragma once

#include "engine/tensor/quantise.h"

#include <QString>

#include <cstdint>
#include <optional>

namespace widgets {

/// One element as it is shown: its stored number, what that means, and its word.
struct ElementValue {
    double stored = 0; ///< as in the file
    double real = 0; ///< stored, less zero point and times scale for quantised integers
    std::optional<std::int64_t> code; ///< the word; none for float values without a quantiser
    int codeBits = 8; ///< [bit]

    /// The word in two's complement; the pattern of the 32-bit float where there is none.
    std::uint64_t pattern() const;
    int patternBits() const { return code ? codeBits : 32; }
};

/// `quantisation` is the tensor's own, when it stores quantised integers.
ElementValue elementValue(double stored, const std::optional<engine::Quantiser>& quantiser,
                          const std::optional<engine::Quantisation>& quantisation);

/// A number in at most `characters`: "1.3996" -> "1.4", ".03", "-12", "1e9", ".00" for what is too
/// small to be told; empty when none fits.
QString fittingNumber(double value, int characters);

/// "1.3996": four decimals, or four significant digits where that says more.
QString readableNumber(double value);

} // namespace widgets
