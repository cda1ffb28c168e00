#pragma once

#include "analysis/catalogue.h"
#include "analysis/export/writers.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <span>
#include <vector>

namespace app {

/// "--chart ratio=fig.pdf".
struct ChartRequest {
    QString chart;
    QString file;

    QString suffix() const; ///< "pdf"
};

/// What the user typed, understood.
struct Request {
    enum class Verb { Nothing, List, Describe, Info, Run };

    Verb verb = Verb::Nothing; ///< Nothing: `text` is all there is to do (help, version)
    QString text = {};
    const analysis::Analysis* analysis = nullptr; ///< of Run and Describe
    analysis::Values values = {};
    QStringList inputs = {};
    bool json = false;
    QString csvFolder = {}; ///< empty = none
    QString out = {}; ///< of the JSON report; empty = none
    std::vector<ChartRequest> charts = {};
    std::optional<double> chartWidthMm = {};
    std::optional<double> chartHeightMm = {};
    QString chartPreset = {}; ///< empty = none
    unsigned threads = 0; ///< 0 = one per core

    analysis::FigureSize figureSize() const; ///< that of the preset, but for what was typed
};

/// Options are generated from the parameters of the analyses.
/// Errors  engine::ParameterError: one sentence, wrong usage.
Request parseCommandLine(const QStringList& arguments, std::span<const analysis::Analysis> analyses);

} // namespace app
