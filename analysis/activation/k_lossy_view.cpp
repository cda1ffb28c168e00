#include "analysis/activation/k_lossy_view.h"

#include <cmath>
#include <limits>

namespace analysis {

const Score* KLossyView::score(std::size_t map, std::size_t k) const
{
    return m_found.sensitivities && m_found.sensitivities->quantised.images > 0
        ? &m_found.sensitivities->layers[map][k]
        : nullptr;
}

double KLossyView::judged(std::size_t map, std::size_t k) const
{
    const Score* alone = score(map, k);
    const double value =
        alone == nullptr ? m_found.facts[map][k].sqnr() : alone->accuracy().value_or(alone->sqnr());
    return std::isfinite(value) ? value : std::numeric_limits<double>::quiet_NaN();
}

Axis KLossyView::judgedAxis() const
{
    if (!m_found.sensitivities)
        return { QStringLiteral("SQNR of the map"), QStringLiteral("dB") };
    if (m_found.sensitivities->quantised.accuracy())
        return { QStringLiteral("Accuracy"), QStringLiteral("%") };
    return { QStringLiteral("SQNR of the outputs"), QStringLiteral("dB") };
}

double KLossyView::sqnrOf(double loss) const
{
    return decibels(1, loss + lossAtStart(m_found.measure, m_found.sensitivities, m_found.facts));
}

double KLossyView::predicted(const MixedK& point) const
{
    return m_found.curve.isEmpty() ? shown(point.predicted) : m_found.curve.loss(point.predicted);
}

Axis KLossyView::lossAxis() const
{
    switch (m_found.measure) {
    case LossMeasure::Accuracy:
        return { QStringLiteral("Loss of accuracy"), QStringLiteral("points") };
    case LossMeasure::OutputNoise:
        return { QStringLiteral("SQNR of the outputs"), QStringLiteral("dB") };
    case LossMeasure::MapNoise:
        break;
    }
    return { QStringLiteral("SQNR of the maps"), QStringLiteral("dB") };
}

double KLossyView::ratio(std::uint64_t bits) const
{
    return bits > 0 ? static_cast<double>(subject().rawBits()) / static_cast<double>(bits) : 1;
}

double KLossyView::ratio(std::size_t map, std::size_t k) const
{
    const CodedLayer& size = m_found.sizes[map][k];
    return compressionRatio(size.elements, subject().wordBits, size.bits.total());
}

std::uint64_t KLossyView::losslessBits() const
{
    std::uint64_t bits = 0;
    for (const std::vector<CodedLayer>& sizes : m_found.sizes)
        bits += sizes.front().bits.total();
    return bits;
}

const std::vector<MixedK>& KLossyView::tried() const
{
    return m_found.search->tried.empty() ? m_found.search->path : m_found.search->tried;
}

} // namespace analysis
