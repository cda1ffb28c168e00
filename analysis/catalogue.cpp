#include "analysis/catalogue.h"

#include "analysis/activation/budget.h"
#include "analysis/activation/capture.h"
#include "analysis/activation/codec.h"
#include "analysis/activation/compressor.h"
#include "analysis/activation/entropy.h"
#include "analysis/activation/k_lossy.h"
#include "analysis/activation/sparsity.h"
#include "analysis/activation/traffic.h"
#include "analysis/dram/dram.h"
#include "analysis/dram/trace.h"
#include "analysis/network/inspect.h"
#include "analysis/reproduce/reproduce.h"
#include "engine/base/error.h"

#include <algorithm>

namespace analysis {

bool Analysis::accepts(const Dataset& dataset) const
{
    switch (input) {
    case InputKind::Network:
        return dataset.content.graph != nullptr;
    case InputKind::Tensors:
        return !dataset.content.tensors.empty();
    case InputKind::Maps:
        return dataset.content.graph != nullptr
            || !dataset.content.withRole(engine::Role::Activation).empty();
    case InputKind::Trace:
        return !dataset.content.trace.empty();
    case InputKind::Any:
        break;
    }
    return true;
}

QString inputNoun(InputKind kind)
{
    switch (kind) {
    case InputKind::Network:
        return QStringLiteral("network that can be run");
    case InputKind::Tensors:
        return QStringLiteral("tensors");
    case InputKind::Maps:
        return QStringLiteral("network that can be run, nor activations");
    case InputKind::Trace:
        return QStringLiteral("memory requests");
    case InputKind::Any:
        break;
    }
    return QStringLiteral("data");
}

bool Analysis::offersChart(const QString& chartId) const
{
    return std::ranges::any_of(charts, [&](const Output& chart) {
        const qsizetype open = chart.name.indexOf(u'<');
        return open < 0 ? chart.name == chartId
                        : chartId.size() > open && chartId.startsWith(chart.name.left(open));
    });
}

std::span<const Analysis> catalogue()
{
    static const std::vector<Analysis> rows = {
        inspectRow(), captureRow(), sparsityRow(), entropyRow(),   codecRow(), compressorRow(),
        kLossyRow(),  budgetRow(),  trafficRow(),  reproduceRow(), dramRow(),  traceRow(),
    };
    return rows;
}

const Analysis& findAnalysis(const QString& id)
{
    const auto rows = catalogue();
    const auto found =
        std::find_if(rows.begin(), rows.end(), [&](const Analysis& row) { return row.id == id; });
    if (found != rows.end())
        return *found;
    QStringList known;
    for (const Analysis& row : rows)
        known << row.id;
    throw engine::ParameterError("analysis: \"" + id.toStdString() + "\" is not one of "
                                 + known.join(QStringLiteral(", ")).toStdString());
}

Report runAnalysis(const Analysis& row, const Inputs& inputs, const Values& values,
                   const engine::Control& control)
{
    if (inputs.datasets.empty() && row.needsInput)
        throw engine::ParameterError(row.id.toStdString() + ": wants a data set to work on");
    if (inputs.datasets.size() > 1 && !row.takesMany)
        throw engine::ParameterError(row.id.toStdString() + ": works on one data set, "
                                     + std::to_string(inputs.datasets.size()) + " are given");
    if (!inputs.datasets.empty() && !row.accepts(*inputs.datasets.front()))
        throw engine::ParameterError(row.id.toStdString() + ": " + inputs.datasets.front()->content.title
                                     + " holds no " + inputNoun(row.input).toStdString());
    Report report = row.run(inputs, values, control);
    report.analysis = row.id;
    report.title = row.title;
    report.version = QStringLiteral(TESSERA_VERSION);
    report.parameters = values;
    std::vector<InputRecord> records;
    for (const DatasetPtr& dataset : inputs.datasets)
        records.push_back({ dataset->path, dataset->sha256 });
    report.inputs.insert(report.inputs.begin(), records.begin(), records.end());
    return report;
}

} // namespace analysis
