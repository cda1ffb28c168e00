#include "analysis/activation/words.h"

#include "engine/base/error.h"

namespace analysis {

WordSource wordSource(const engine::Tensor& tensor, int wordBits, const engine::Control& control)
{
    WordSource source { &tensor, {}, {} };
    const bool done = engine::forEachPiece(
        tensor, control, [&](std::uint64_t, std::span<const float> values) { source.facts.add(values); });
    if (!done) {
        source.facts = {};
        return source;
    }
    if (source.facts.nonFinite > 0)
        throw engine::FormatError(tensor.name + ": " + std::to_string(source.facts.nonFinite)
                                  + " values are not finite, so they cannot be quantised");
    source.quantiser = engine::quantiserFor(tensor, source.facts, wordBits);
    const bool fits =
        source.facts.minimum - static_cast<double>(source.quantiser.zeroPoint) >= source.quantiser.lowest()
        && source.facts.maximum - static_cast<double>(source.quantiser.zeroPoint)
            <= source.quantiser.highest();
    if (source.quantiser.isWhole && source.facts.count > 0 && !fits)
        throw engine::ParameterError(
            tensor.name + ": values " + QString::number(source.facts.minimum).toStdString() + ".."
            + QString::number(source.facts.maximum).toStdString() + " do not fit words of "
            + std::to_string(wordBits) + " bit; raise the word length");
    return source;
}

} // namespace analysis
