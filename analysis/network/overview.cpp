#include "analysis/network/overview.h"

#include "analysis/activation/coding.h"
#include "analysis/network/inspect.h"
#include "engine/base/error.h"

namespace analysis {

namespace {

CodingTask ratioTask()
{
    CodingTask task;
    task.methods.push_back(codingMethod("bzvc-bypass"));
    task.streamLimit = 64;
    return task;
}

Cell zeroFraction(const engine::Dataset& content, const std::vector<std::size_t>& tensors,
                  const engine::Control& control)
{
    engine::Statistics facts;
    for (const std::size_t index : tensors)
        engine::forEachPiece(content.tensors[index], control,
                             [&](std::uint64_t, std::span<const float> values) { facts.add(values); });
    return facts.count > 0 ? Cell(facts.zeroFraction()) : Cell();
}

/// Zero fraction and ratio of an activation; the ratio is empty where the values cannot be words.
std::pair<Cell, Cell> activationFigures(const engine::Tensor& tensor, const CodingTask& task,
                                        const engine::Control& control)
{
    try {
        const WordSource source = wordSource(tensor, task.wordBits, control);
        const std::vector<CodedLayer> coded =
            source.facts.count > 0 ? codeLayer(task, source, control) : std::vector<CodedLayer>();
        if (coded.empty() || coded.front().bits.total() == 0)
            return {};
        const double raw = static_cast<double>(coded.front().elements) * task.wordBits;
        return { source.facts.zeroFraction(), raw / static_cast<double>(coded.front().bits.total()) };
    } catch (const engine::ParameterError&) {
        return {};
    }
}

void addActivationColumns(Table& table)
{
    table.columns.push_back({ .name = QStringLiteral("zero_fraction"),
                              .title = QStringLiteral("Activation zeros"),
                              .kind = ColumnKind::Fraction,
                              .bar = true,
                              .decimals = 1 });
    table.columns.push_back({ .name = QStringLiteral("ratio"),
                              .title = QStringLiteral("Ratio"),
                              .kind = ColumnKind::Ratio,
                              .bar = true });
}

} // namespace

Table overviewTable(const engine::Dataset& content, const engine::Control& control)
{
    Table table = layerTable(content);
    const std::size_t firstOwn = table.columns.size();
    const bool hasActivations = !content.withRole(engine::Role::Activation).empty();
    if (hasActivations)
        addActivationColumns(table);
    table.columns.push_back({ .name = QStringLiteral("weight_zeros"),
                              .title = QStringLiteral("Weight zeros"),
                              .kind = ColumnKind::Fraction,
                              .bar = true,
                              .decimals = 1 });
    const CodingTask task = ratioTask();
    for (std::size_t i = 0; i < content.layers.size(); ++i) {
        const engine::Layer& layer = content.layers[i];
        table.rows[i].resize(table.columns.size());
        table.partial = table.partial || control.stopped();
        if (table.partial)
            continue;
        control.report(static_cast<double>(i) / static_cast<double>(content.layers.size()), layer.name);
        Cell* cells = &table.rows[i][firstOwn];
        const engine::Control quiet { control.stop, {} };
        if (layer.activation)
            std::tie(cells[0], cells[1]) = activationFigures(content.tensors[*layer.activation], task, quiet);
        table.rows[i].back() = zeroFraction(content, layer.weights, quiet);
    }
    return table;
}

} // namespace analysis
