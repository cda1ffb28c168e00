#include "analysis/activation/words.h"

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
    source.quantiser = engine::quantiserFor(tensor, source.facts, wordBits);
    engine::requireQuantisable(tensor, source.facts, source.quantiser, control);
    return source;
}

} // namespace analysis
