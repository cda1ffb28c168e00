#pragma once

#include "analysis/dataset/dataset.h"
#include "analysis/parameter.h"
#include "analysis/report.h"
#include "engine/base/control.h"

#include <QString>

#include <functional>
#include <span>
#include <vector>

namespace analysis {

/// What an analysis is asked about.
struct Inputs {
    std::vector<DatasetPtr> datasets = {}; ///< the first is the subject
    /// Opens the file an Input parameter names; the window answers from what is already open.
    std::function<DatasetPtr(const QString& path, const engine::Control&)> open = openDataset;
};

/// Which data sets an analysis can work on.
enum class InputKind {
    Any,
    Network, ///< has a graph that runs
    Tensors, ///< has activations, or else any tensors
    Maps, ///< has a graph that runs, or activations
    Trace ///< is a file of memory requests
};

/// What a sentence calls it: "network that can be run".
QString inputNoun(InputKind kind);

/// A scalar, table or chart an analysis puts out, for `describe`.
struct Output {
    QString name = {}; ///< "layers" or "ratio"; "histogram:<layer>" is one for each layer
    QString unit = {};
    QString help = {};
};

/// A row of the catalogue: page, command-line verb, exports, sweep axis and smoke test follow from it.
struct Analysis {
    QString id = {}; ///< stable: "codec"
    QString title = {};
    QString source = {}; ///< "[Wang 2022] 3"; or "Tessera's definition"
    QString help = {}; ///< one line
    InputKind input = {};
    std::vector<Parameter> parameters = {};
    std::vector<Output> scalars = {};
    std::vector<Output> tables = {};
    std::vector<Output> charts = {};
    bool takesMany = false; ///< works on more than one data set
    bool needsInput = true; ///< else it can also do without a data set
    Report (*run)(const Inputs&, const Values&, const engine::Control&) = nullptr;

    bool accepts(const Dataset& dataset) const;
    /// Whether a report may hold a chart of that id.
    bool offersChart(const QString& chartId) const;
};

/// Every analysis, in menu order. To add one, append a row in catalogue.cpp.
std::span<const Analysis> catalogue();

/// Errors  engine::ParameterError listing the ids there are.
const Analysis& findAnalysis(const QString& id);

/// Runs and fills in what every report carries: id, title, version, inputs, parameters.
Report runAnalysis(const Analysis& row, const Inputs& inputs, const Values& values,
                   const engine::Control& control);

/// The command line that does the same.
QString asCommand(const Analysis& row, const QStringList& paths, const Values& values);

} // namespace analysis
