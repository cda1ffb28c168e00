#pragma once

#include "analysis/activation/k_lossy_report.h"

namespace analysis {

/// What tables and charts of the analysis `k-lossy` ask of its findings.
class KLossyView {
public:
    explicit KLossyView(const KLossyFindings& found)
        : m_found(found)
    {
    }

    const KLossyFindings& found() const { return m_found; }
    const LossySubject& subject() const { return m_found.subject; }
    std::size_t maps() const { return m_found.sizes.size(); } ///< that were finished

    /// With only this map lossy; null where no network was run.
    const Score* score(std::size_t map, std::size_t k) const;
    /// What a map is judged by: accuracy, SQNR of the outputs, or its own SQNR. NaN where it is infinite.
    double judged(std::size_t map, std::size_t k) const;
    Axis judgedAxis() const;

    bool countsAccuracy() const { return m_found.measure == LossMeasure::Accuracy; }
    /// Noise over signal on top of that of K = 0, as SQNR [dB].
    double sqnrOf(double loss) const;
    /// A loss as it is shown: points of accuracy, or SQNR.
    double shown(double loss) const { return countsAccuracy() ? loss : sqnrOf(loss); }
    /// The predicted loss of a point as it is shown.
    double predicted(const MixedK& point) const;
    Axis lossAxis() const;

    double ratio(std::uint64_t bits) const; ///< of all maps
    double ratio(std::size_t map, std::size_t k) const;
    std::uint64_t losslessBits() const;
    /// Points of the way to the chosen K: those that were measured, else those that were predicted.
    const std::vector<MixedK>& tried() const;

private:
    const KLossyFindings& m_found;
};

std::vector<Table> kLossyTables(const KLossyView& view);
std::vector<Chart> kLossyCharts(const KLossyView& view);

} // namespace analysis
