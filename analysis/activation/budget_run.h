#pragma once

#include "analysis/activation/loss_curve.h"
#include "analysis/report.h"

#include <QString>
#include <QStringList>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace analysis {

/// What a budget is counted in.
enum class BudgetUnit {
    Bytes, ///< coded size of all maps, per picture [byte]
    Energy, ///< of the memory that the maps are written to and read from, per picture [uJ]
    Peak ///< buffer for what a layer makes with all it reads, mean over the pictures [byte]
};

/// One way to store a layer.
struct BudgetOption {
    QString codec; ///< id
    int blockWords = 0; ///< S; 0 for a codec without blocks
    int lossyBits = 0; ///< K
    double bits = 0; ///< per picture
    double loss = 0; ///< points of accuracy, or noise over signal
};

/// One option of each layer.
struct BudgetPoint {
    std::vector<std::size_t> options; ///< index into BudgetRun::options, by layer
    double cost = 0; ///< in the unit of the run
    double bits = 0; ///< per picture
    double loss = 0; ///< sum over the layers
};

/// Every budget at once: another point can be chosen without running anything again. Immutable once made.
struct BudgetRun {
    BudgetUnit unit = BudgetUnit::Bytes;
    QStringList layers = {};
    std::vector<double> rawBits = {}; ///< per picture, by layer
    std::vector<std::vector<BudgetOption>> options = {}; ///< by layer
    std::vector<BudgetPoint> points = {}; ///< costs rising, losses falling
    std::vector<BudgetPoint> hull = {}; ///< Lagrangian bound; empty for a peak
    std::size_t chosen = 0; ///< index into points
    double rawCost = 0; ///< everything stored raw
    bool countsAccuracy = false; ///< losses are points of accuracy [%]; else noise over signal
    double lossBefore = 0; ///< noise of K = 0, which losses come on top of; 0 for accuracy
    std::optional<double> accuracyBefore = {}; ///< all maps quantised, K = 0 [%]
    LossCurve curve = {}; ///< what noise costs in accuracy; empty without labels

    double rawTotal() const; ///< [bit per picture]
    double ratio(const BudgetPoint& point) const;
    bool predictsAccuracy() const { return countsAccuracy || !curve.isEmpty(); }
    /// Points of accuracy, or noise over signal where none can be told.
    double predictedLoss(const BudgetPoint& point) const;
    /// Predicted accuracy [%], or SQNR [dB] where none can be told.
    double predicted(const BudgetPoint& point) const;
};

/// Index of the point that loses least within a cost, in the unit of the run; nothing when all cost more.
std::optional<std::size_t> pickWithinCost(const BudgetRun& run, double cost);
/// Index of the point that costs least within a predicted loss; nothing when all lose more.
std::optional<std::size_t> pickWithinLoss(const BudgetRun& run, double loss);

/// "chosen": codec, S and K of each layer at a point.
Table budgetTable(const BudgetRun& run, std::size_t point);
/// Ratio, cost, predicted loss: the figures that change with the point.
std::vector<Scalar> budgetScalars(const BudgetRun& run, std::size_t point);

QString budgetUnitText(BudgetUnit unit); ///< "byte per picture"
QString budgetTitle(BudgetUnit unit); ///< "Coded size"

} // namespace analysis
