#pragma once

#include "analysis/activation/sensitivity.h"

#include <span>
#include <vector>

namespace analysis {

/// What noise of the outputs costs in accuracy, as the trials with single lossy layers show it.
///
/// The rising curve closest to the points of all trials (isotonic regression by least squares), straight
/// lines between the means of its steps, 0 at no noise. Losses of single layers on few pictures are uncertain
/// and do not add up; noise does, nearly, and the trials of all layers together say what it costs. Units
/// noise over signal, on top of that of K = 0; loss in points of accuracy. Source  Tessera's definition.
class LossCurve {
public:
    struct Point {
        double noise = 0;
        double loss = 0;
    };

    LossCurve() = default;
    explicit LossCurve(std::vector<Point> points);

    bool isEmpty() const { return m_steps.empty(); }
    double loss(double noise) const; ///< that of the last step beyond it
    const std::vector<Point>& steps() const { return m_steps; }

private:
    std::vector<Point> m_steps; ///< both rising
};

/// From every trial; empty without labels.
LossCurve lossCurve(const Sensitivities& sensitivities);

} // namespace analysis
