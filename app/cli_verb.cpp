#include "app/cli_verb.h"

#include "analysis/export/figure_presets.h"
#include "app/cli_help.h"
#include "engine/base/error.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace app {

namespace {

using analysis::Parameter;
using analysis::ParameterType;

[[noreturn]] void refuse(const QString& sentence)
{
    throw engine::ParameterError(sentence.toStdString());
}

Parameter millimetres(const char* id, const char* title, double fallback)
{
    return { .id = QString::fromLatin1(id),
             .title = QString::fromLatin1(title),
             .type = ParameterType::Real,
             .unit = QStringLiteral("mm"),
             .fallback = fallback,
             .minimum = 10,
             .maximum = 1000 };
}

const Parameter& chartWidth()
{
    static const Parameter parameter =
        millimetres("chart-width", "width of the charts", analysis::FigureSize {}.widthMm);
    return parameter;
}

const Parameter& chartHeight()
{
    static const Parameter parameter =
        millimetres("chart-height", "height of the charts", analysis::FigureSize {}.heightMm);
    return parameter;
}

/// A choice with every preset there is; empty for none.
const Parameter& chartPreset()
{
    static const Parameter parameter = [] {
        Parameter preset { .id = QStringLiteral("chart-preset"),
                           .title = QStringLiteral("chart preset"),
                           .type = ParameterType::Choice,
                           .unit = {},
                           .fallback = QString(),
                           .help = QStringLiteral("size, text and lines of a journal") };
        for (const analysis::FigurePreset& one : analysis::figurePresets())
            preset.choices.push_back({ one.id, one.title });
        return preset;
    }();
    return parameter;
}

/// "--hash" and "--no-hash"; the help shows the one that changes something.
void addFlag(CLI::App& app, TypedValue& typed)
{
    const Parameter& parameter = *typed.parameter;
    const std::string id = parameter.id.toStdString();
    const std::string help = helpText(parameter).toStdString();
    typed.option = app.add_flag("--" + id, help);
    typed.negation = app.add_flag("--no-" + id, help);
    const bool onByDefault = std::get<bool>(parameter.fallback);
    (onByDefault ? typed.option : typed.negation)->group("");
}

bool hasParameter(const analysis::Analysis& row, const char* id)
{
    return std::ranges::find(row.parameters, QLatin1String(id), &Parameter::id) != row.parameters.end();
}

analysis::Value parsed(const Parameter& parameter, const std::string& text)
{
    return parameter.parse(QString::fromStdString(text));
}

QString chartNames(const analysis::Analysis& row)
{
    QStringList names;
    for (const analysis::Output& chart : row.charts)
        names += chart.name;
    return names.isEmpty() ? QStringLiteral("none") : names.join(QStringLiteral(", "));
}

ChartRequest chartRequest(const analysis::Analysis& row, const std::string& text)
{
    static const QStringList suffixes = { QStringLiteral("pdf"), QStringLiteral("svg"), QStringLiteral("png"),
                                          QStringLiteral("tex"), QStringLiteral("csv") };
    const QString spec = QString::fromStdString(text);
    const qsizetype equals = spec.indexOf(u'=');
    if (equals <= 0 || equals + 1 == spec.size())
        refuse(QStringLiteral("chart: \"%1\" is not of the form NAME=FILE").arg(spec));
    ChartRequest request { spec.left(equals), spec.mid(equals + 1) };
    if (!suffixes.contains(request.suffix()))
        refuse(QStringLiteral("chart: \"%1\" does not end in one of .%2")
                   .arg(request.file, suffixes.join(QStringLiteral(", ."))));
    if (!row.offersChart(request.chart))
        refuse(QStringLiteral("chart: \"%1\" is no chart of %2; there are: %3")
                   .arg(request.chart, row.id, chartNames(row)));
    return request;
}

analysis::Values valuesOf(const VerbArguments& verb)
{
    analysis::Values values(verb.analysis->parameters);
    for (const auto& typed : verb.values) {
        const Parameter& parameter = *typed->parameter;
        const bool negated = typed->negation != nullptr && typed->negation->count() > 0;
        const bool given = typed->option->count() > 0;
        if (given && negated)
            refuse(QStringLiteral("--%1 and --no-%1 contradict each other").arg(parameter.id));
        if (!given && !negated)
            continue;
        const analysis::Value value =
            typed->negation != nullptr ? analysis::Value(!negated) : parsed(parameter, typed->text);
        values.set(verb.analysis->parameters, parameter.id, value);
    }
    return values;
}

} // namespace

CLI::Option* addTextOption(CLI::App& app, const Parameter& parameter, std::string& text)
{
    return app.add_option("--" + parameter.id.toStdString(), text, helpText(parameter).toStdString())
        ->type_name(placeholder(parameter.type).toStdString());
}

void addParameter(VerbArguments& verb, const Parameter& parameter)
{
    auto typed = std::make_unique<TypedValue>();
    typed->parameter = &parameter;
    if (parameter.type == ParameterType::Flag)
        addFlag(*verb.app, *typed);
    else
        typed->option = addTextOption(*verb.app, parameter, typed->text);
    verb.values.push_back(std::move(typed));
}

void addGeneralOptions(VerbArguments& verb)
{
    CLI::App& app = *verb.app;
    const analysis::Analysis& row = *verb.analysis;
    if (!hasParameter(row, "csv"))
        app.add_option("--csv", verb.csvFolder, "write every table as FOLDER/<table>.csv")
            ->type_name("FOLDER");
    if (!hasParameter(row, "chart"))
        app.add_option("--chart", verb.charts, "write a chart: NAME=FILE.pdf, .svg, .png, .tex or .csv")
            ->type_name("NAME=FILE")
            ->expected(1)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    if (!hasParameter(row, "out"))
        app.add_option("--out", verb.out, "write the JSON report to a file too")->type_name("FILE");
    addTextOption(app, chartWidth(), verb.width);
    addTextOption(app, chartHeight(), verb.height);
    addTextOption(app, chartPreset(), verb.preset);
}

Request requestOf(const VerbArguments& verb)
{
    Request request;
    request.verb = verb.verb;
    request.analysis = verb.analysis;
    request.json = verb.json;
    for (const std::string& word : verb.words)
        request.inputs += QString::fromStdString(word);
    if (verb.verb != Request::Verb::Run)
        return request;
    request.values = valuesOf(verb);
    request.csvFolder = QString::fromStdString(verb.csvFolder);
    request.out = QString::fromStdString(verb.out);
    if (!verb.preset.empty())
        request.chartPreset = std::get<QString>(parsed(chartPreset(), verb.preset));
    if (!verb.width.empty())
        request.chartWidthMm = std::get<double>(parsed(chartWidth(), verb.width));
    if (!verb.height.empty())
        request.chartHeightMm = std::get<double>(parsed(chartHeight(), verb.height));
    for (const std::string& chart : verb.charts)
        request.charts.push_back(chartRequest(*verb.analysis, chart));
    return request;
}

} // namespace app
