#pragma once

#include "analysis/catalogue.h"
#include "engine/base/error.h"
#include "engine/network/dataset.h"

#include <QString>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

/// Small data sets made in memory.
namespace sample {

inline engine::Tensor tensor(const std::string& name, const engine::Shape& shape, std::vector<float> values,
                             engine::Role role)
{
    engine::Tensor made;
    made.name = name;
    made.layer = name;
    made.shape = shape;
    made.role = role;
    made.source = engine::memorySource(shape, std::move(values));
    return made;
}

inline analysis::DatasetPtr dataset(std::vector<engine::Tensor> tensors)
{
    auto made = std::make_shared<analysis::Dataset>();
    made->content.title = "sample";
    made->content.tensors = std::move(tensors);
    engine::buildLayers(made->content);
    return made;
}

inline analysis::Values values(const QString& id, const std::map<QString, analysis::Value>& changed = {})
{
    const analysis::Analysis& row = analysis::findAnalysis(id);
    analysis::Values made(row.parameters);
    for (const auto& [name, value] : changed)
        made.set(row.parameters, name, value);
    return made;
}

inline analysis::Report run(const QString& id, const analysis::DatasetPtr& subject,
                            const std::map<QString, analysis::Value>& changed = {},
                            const engine::Control& control = {})
{
    analysis::Inputs inputs;
    inputs.datasets = { subject };
    const analysis::Analysis& row = analysis::findAnalysis(id);
    analysis::Report report = analysis::runAnalysis(row, inputs, values(id, changed), control);
    for (const analysis::Chart& chart : report.charts) {
        if (!row.offersChart(chart.id))
            throw std::logic_error("the catalogue does not offer the chart " + chart.id.toStdString());
    }
    return report;
}

/// A cell of a row as a number.
inline double number(const analysis::Table& table, std::size_t row, const QString& column)
{
    const analysis::Cell& cell = table.rows.at(row).at(static_cast<std::size_t>(table.column(column)));
    if (const auto* whole = std::get_if<qint64>(&cell))
        return static_cast<double>(*whole);
    return std::get<double>(cell);
}

inline QString text(const analysis::Table& table, std::size_t row, const QString& column)
{
    return std::get<QString>(table.rows.at(row).at(static_cast<std::size_t>(table.column(column))));
}

/// what() of the engine::Error that `work` throws; empty when it throws none.
template <typename Work>
QString sentence(Work&& work)
{
    try {
        work();
    } catch (const engine::Error& error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

} // namespace sample
