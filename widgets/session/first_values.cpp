#include "widgets/session/first_values.h"

#include "analysis/activation/recipe.h"
#include "widgets/session/session.h"

#include <algorithm>

namespace widgets {

namespace {

bool has(const analysis::Analysis& row, const QString& id)
{
    return std::any_of(row.parameters.begin(), row.parameters.end(),
                       [&](const analysis::Parameter& parameter) { return parameter.id == id; });
}

/// Commands of a run are kept for its timeline where they take no more than some 300 MB.
constexpr quint64 mostTraceBytes = 200'000'000;

QString openPictures(const Session& session)
{
    for (const DatasetItem& one : session.datasets())
        if (one.dataset && one.dataset->content.images && !one.path.isEmpty())
            return one.path;
    return {};
}

QString openNetwork(const Session& session)
{
    for (const DatasetItem& one : session.datasets())
        if (one.dataset && one.dataset->content.graph && !one.path.isEmpty())
            return one.path;
    return {};
}

} // namespace

analysis::Values firstValues(const analysis::Analysis& row, const Session& session, int subject)
{
    analysis::Values values(row.parameters);
    const DatasetItem* item = session.dataset(subject);
    const bool hasGraph = item != nullptr && item->dataset && item->dataset->content.graph;
    if (has(row, QStringLiteral("network")) && !hasGraph)
        values.set(row.parameters, QStringLiteral("network"), openNetwork(session));
    if (has(row, QStringLiteral("images")) && (hasGraph || !has(row, QStringLiteral("network"))))
        values.set(row.parameters, QStringLiteral("images"), openPictures(session));
    if (has(row, QStringLiteral("preset")) && item != nullptr && item->dataset
        && item->dataset->content.graph)
        values.set(row.parameters, QStringLiteral("preset"),
                   analysis::likelyPreset(*item->dataset->content.graph));
    values = followPreset(row, analysis::Values(row.parameters), std::move(values));
    if (has(row, QStringLiteral("pattern")) && item == nullptr)
        values.set(row.parameters, QStringLiteral("pattern"), QStringLiteral("sequential"));
    if (has(row, QStringLiteral("keep"))) {
        values.set(row.parameters, QStringLiteral("keep"), true);
        values.set(row.parameters, QStringLiteral("limit"), qint64 { 16 });
    }
    if (has(row, QStringLiteral("timeline")) && item != nullptr && item->dataset
        && item->dataset->fileBytes <= mostTraceBytes)
        values.set(row.parameters, QStringLiteral("timeline"), true);
    return values;
}

analysis::Values followPreset(const analysis::Analysis& row, const analysis::Values& before,
                              analysis::Values after)
{
    const QString preset = QStringLiteral("preset");
    const QString custom = QStringLiteral("custom");
    if (!has(row, preset))
        return after;
    if (after.text(preset) != before.text(preset)) {
        if (after.text(preset) != custom)
            analysis::setRecipe(after, engine::nn::findPreset(after.text(preset).toStdString()).recipe);
        return after;
    }
    if (after.text(preset) == custom)
        return after;
    for (const analysis::Parameter& step : analysis::recipeParameters())
        if (after.all().at(step.id) != before.all().at(step.id))
            after.set(row.parameters, preset, custom);
    return after;
}

} // namespace widgets
