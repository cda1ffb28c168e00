#pragma once

#include "analysis/export/writers.h"

#include <QString>

#include <vector>

namespace analysis {

/// One paper format: a venue and its rules (export.md).
struct FigurePreset {
    QString id; ///< "ieee-column"
    QString title; ///< "IEEE, one column (88.9 mm)"
    double widthMm;
    double heightMm;
    double textPt;
    double minimumTextPt;
    double maximumHeightMm;
    int rasterDpi;
    double minimumLinePt = 0.5;
    double linePt = 1;

    FigureSize size() const { return { widthMm, heightMm, textPt, linePt }; }
};

const std::vector<FigurePreset>& figurePresets();
/// The first preset for an unknown id.
const FigurePreset& figurePreset(const QString& id);

} // namespace analysis
