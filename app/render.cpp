#include "app/render.h"

#include "analysis/export/chart_json.h"
#include "engine/base/error.h"
#include "widgets/chart/render.h"

#include <QFile>

#include <algorithm>
#include <cstdio>

namespace app {

namespace {

analysis::ChartFile readChart(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw engine::IoError(path.toStdString() + ": cannot be read: " + file.errorString().toStdString());
    return analysis::chartFromJson(file.readAll());
}

/// Errors  engine::ParameterError for a preset that is not there.
widgets::FigureStyle styleOf(const Options& options)
{
    const std::vector<widgets::FigurePreset>& presets = widgets::figurePresets();
    const bool known = options.preset.isEmpty()
        || std::any_of(presets.begin(), presets.end(),
                       [&](const auto& preset) { return preset.id == options.preset; });
    if (!known) {
        QStringList ids;
        for (const widgets::FigurePreset& preset : presets)
            ids << preset.id;
        throw engine::ParameterError("preset: \"" + options.preset.toStdString() + "\" is not one of "
                                     + ids.join(QStringLiteral(", ")).toStdString());
    }
    widgets::FigureStyle style = widgets::withPreset({}, widgets::figurePreset(options.preset));
    if (options.widthMm > 0)
        style.size.widthMm = options.widthMm;
    if (options.heightMm > 0)
        style.size.heightMm = options.heightMm;
    return style;
}

/// The rules the figure breaks. Who asks for another width has left the preset's on purpose.
void printWarnings(const analysis::Chart& chart, const widgets::FigureStyle& style, const Options& options)
{
    widgets::FigurePreset preset = widgets::figurePreset(options.preset);
    if (options.widthMm > 0)
        preset.widthMm = options.widthMm;
    for (const widgets::FigureCheck& check :
         widgets::checkFigure(chart, style, preset, widgets::figureFormat(options.out))) {
        if (!check.kept)
            std::fprintf(stderr, "tessera: warning: %s\n", qUtf8Printable(check.text));
    }
}

} // namespace

int render(const Options& options)
{
    try {
        const analysis::ChartFile file = readChart(options.render);
        const widgets::FigureStyle style = styleOf(options);
        widgets::exportChart(file.chart, options.out, style, file.provenance);
        printWarnings(file.chart, style, options);
        return 0;
    } catch (const engine::Error& error) {
        std::fprintf(stderr, "tessera: %s\n", error.what());
        return 1;
    }
}

} // namespace app
