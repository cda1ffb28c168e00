#pragma once

#include "analysis/chart.h"
#include "analysis/export/writers.h"
#include "widgets/chart/chart_view.h"

#include <QImage>
#include <QString>

namespace widgets {

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
};

const std::vector<FigurePreset>& figurePresets();

/// Writes a chart by the file's suffix: pdf, svg, png, csv, tex (with its csv beside it).
/// Errors  engine::IoError; engine::ParameterError for another suffix, naming those there are.
void exportChart(const analysis::Chart& chart, const QString& path, const FigureStyle& style,
                 const analysis::Provenance& provenance);

/// The figure as it will print, at `dpi`.
QImage renderFigure(const analysis::Chart& chart, const FigureStyle& style, double dpi);

/// A sentence per rule of the preset, kept or broken.
struct FigureCheck {
    bool kept;
    QString text;
};

std::vector<FigureCheck> checkFigure(const analysis::Chart& chart, const FigureStyle& style,
                                     const FigurePreset& preset);

} // namespace widgets
