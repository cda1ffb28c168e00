#include "analysis/activation/loss_curve.h"

#include <algorithm>

namespace analysis {

namespace {

/// Neighbours that had to be joined for the curve to rise.
struct Pool {
    double noise = 0; ///< sum
    double loss = 0; ///< sum
    double count = 0;

    double meanLoss() const { return loss / count; }
};

} // namespace

LossCurve::LossCurve(std::vector<Point> points)
{
    std::ranges::stable_sort(points, {}, &Point::noise);
    std::vector<Pool> pools;
    for (const Point& point : points) {
        Pool pool { point.noise, point.loss, 1 };
        while (!pools.empty() && pools.back().meanLoss() >= pool.meanLoss()) {
            pool = { pools.back().noise + pool.noise, pools.back().loss + pool.loss,
                     pools.back().count + pool.count };
            pools.pop_back();
        }
        pools.push_back(pool);
    }
    for (const Pool& pool : pools)
        m_steps.push_back({ pool.noise / pool.count, std::max(0.0, pool.meanLoss()) });
}

double LossCurve::loss(double noise) const
{
    const auto above = std::ranges::upper_bound(m_steps, noise, {}, &Point::noise);
    if (above == m_steps.end())
        return m_steps.empty() ? 0 : m_steps.back().loss;
    const Point before = above == m_steps.begin() ? Point {} : *(above - 1);
    const double width = above->noise - before.noise;
    if (!(width > 0) || noise <= before.noise)
        return before.loss;
    return before.loss + (noise - before.noise) / width * (above->loss - before.loss);
}

LossCurve lossCurve(const Sensitivities& sensitivities)
{
    const std::optional<double> before = sensitivities.quantised.accuracy();
    if (!before)
        return {};
    std::vector<LossCurve::Point> points;
    for (const std::vector<Score>& layer : sensitivities.layers)
        for (const Score& score : layer)
            points.push_back({ std::max(0.0, score.noiseShare() - sensitivities.quantised.noiseShare()),
                               *before - score.accuracy().value_or(0) });
    return LossCurve(std::move(points));
}

} // namespace analysis
