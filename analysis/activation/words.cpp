#include "analysis/activation/words.h"

#include "analysis/number.h"
#include "engine/base/error.h"

namespace analysis {

namespace {

/// Nothing where the largest magnitude counts: integers are words already, and some tensors have a scale.
std::optional<double> reachOf(const engine::Tensor& tensor, const engine::Statistics& facts,
                              double percentile, const engine::Control& control)
{
    if (percentile >= 100 || engine::isInteger(tensor.type) || tensor.quantisation)
        return std::nullopt;
    const double reach = engine::magnitudePercentile(tensor, percentile, control);
    if (reach == 0 && !control.stopped() && (facts.maximum > 0 || facts.minimum < 0))
        throw engine::ParameterError("percentile: " + shortest(percentile).toStdString() + " % of "
                                     + subjectName(tensor).toStdString()
                                     + " are zero, so no scale follows from it; take a higher one");
    return reach;
}

} // namespace

WordSource wordSource(const engine::Tensor& tensor, int wordBits, const engine::Control& control,
                      double percentile)
{
    WordSource source { &tensor, {}, {} };
    const bool done = engine::forEachPiece(
        tensor, control, [&](std::uint64_t, std::span<const float> values) { source.facts.add(values); });
    if (!done) {
        source.facts = {};
        return source;
    }
    source.quantiser = engine::quantiserFor(tensor, source.facts, wordBits,
                                            reachOf(tensor, source.facts, percentile, control));
    engine::requireQuantisable(tensor, source.facts, source.quantiser, control);
    return source;
}

} // namespace analysis
