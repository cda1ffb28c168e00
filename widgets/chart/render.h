#pragma once

#include "analysis/chart.h"
#include "analysis/export/figure_presets.h"
#include "analysis/export/writers.h"
#include "widgets/chart/figure_style.h"

#include <QByteArray>
#include <QImage>
#include <QString>
#include <QStringList>

#include <vector>

namespace widgets {

using analysis::FigurePreset;
using analysis::figurePreset;
using analysis::figurePresets;

/// The preset's measures in a style.
FigureStyle withPreset(FigureStyle style, const FigurePreset& preset);

enum class FigureFormat { Pdf, Svg, Png, Tex, Csv };

/// "pdf", in the order of FigureFormat.
const QStringList& figureSuffixes();
/// Errors  engine::ParameterError for a suffix that is none of them, naming those there are.
FigureFormat figureFormat(const QString& path);

/// Writes a chart by the file's suffix: pdf, svg, png, csv, tex (with its csv beside it). A provenance
/// without program is not written. Each file appears whole or not at all. Errors  engine::IoError;
/// engine::ParameterError for another suffix, naming those there are, and for a
///         picture of more than 100 million pixels.
void exportChart(const analysis::Chart& chart, const QString& path, const FigureStyle& style,
                 const analysis::Provenance& provenance);

/// The bytes of such a file. PDF pages have whole points; fonts are embedded; maps are lossless.
QByteArray figurePdf(const analysis::Chart& chart, const FigureStyle& style,
                     const analysis::Provenance& provenance);
QByteArray figureSvg(const analysis::Chart& chart, const FigureStyle& style,
                     const analysis::Provenance& provenance);
QByteArray figurePng(const analysis::Chart& chart, const FigureStyle& style,
                     const analysis::Provenance& provenance);

/// The figure as it will print, at `dpi`.
QImage renderFigure(const analysis::Chart& chart, const FigureStyle& style, double dpi);

/// A sentence per rule of the preset, kept or broken.
struct FigureCheck {
    bool kept;
    QString text;
};

std::vector<FigureCheck> checkFigure(const analysis::Chart& chart, const FigureStyle& style,
                                     const FigurePreset& preset, FigureFormat format = FigureFormat::Pdf);

} // namespace widgets
