#include "app/cli_outputs.h"

#include "analysis/overwrite.h"
#include "analysis/path.h"
#include "engine/base/error.h"
#include "engine/base/file.h"

#include <map>

namespace app {

namespace {

/// A file that will be written.
struct Planned {
    QString path;
    QString content; ///< as the user calls it; files of the same content may be one
};

QString chartContent(const ChartRequest& chart)
{
    return QStringLiteral("the chart \"%1\"").arg(chart.chart);
}

void planChart(const ChartRequest& chart, std::vector<Planned>& files)
{
    const QString data = chartContent(chart) + QStringLiteral(" as numbers");
    const QString suffix = chart.suffix();
    if (suffix == QStringLiteral("csv")) {
        files.push_back({ chart.file, data });
        files.push_back({ chart.file + QStringLiteral(".json"), data });
        return;
    }
    files.push_back({ chart.file, chartContent(chart) });
    if (suffix == QStringLiteral("tex"))
        files.push_back({ analysis::pgfplotsDataPath(chart.file), data });
}

std::vector<Planned> plan(const Request& request)
{
    std::vector<Planned> files;
    for (const ChartRequest& chart : request.charts)
        planChart(chart, files);
    if (!request.out.isEmpty())
        files.push_back({ request.out, QStringLiteral("the report") });
    for (const analysis::Parameter& parameter : request.analysis->parameters) {
        if (parameter.type != analysis::ParameterType::Output)
            continue;
        const QString path = request.values.text(parameter.id);
        if (!path.isEmpty())
            files.push_back({ path, QStringLiteral("--") + parameter.id });
    }
    return files;
}

std::vector<Planned> planTables(const Request& request)
{
    std::vector<Planned> files;
    if (request.csvFolder.isEmpty())
        return files;
    for (const analysis::Output& table : request.analysis->tables) {
        const QString path = QDir(request.csvFolder).filePath(table.name + QStringLiteral(".csv"));
        const QString content = QStringLiteral("the table \"%1\"").arg(table.name);
        files.push_back({ path, content });
        files.push_back({ path + QStringLiteral(".json"), content });
    }
    return files;
}

void checkCollisions(const std::vector<Planned>& files)
{
    std::map<QString, QString> contents;
    for (const Planned& file : files) {
        const QString path = QDir::cleanPath(QFileInfo(file.path).absoluteFilePath());
        const auto [known, isNew] = contents.emplace(path, file.content);
        if (isNew || known->second == file.content)
            continue;
        const QString sentence =
            QStringLiteral("%1: %2 and %3 would both be written there; give one of them another name")
                .arg(file.path, known->second, file.content);
        throw engine::ParameterError(sentence.toStdString());
    }
}

/// What the run reads: its inputs and every parameter that may name a file.
QStringList readFiles(const Request& request)
{
    QStringList files = request.inputs;
    for (const analysis::Parameter& parameter : request.analysis->parameters) {
        using Type = analysis::ParameterType;
        if (parameter.type == Type::Input || parameter.type == Type::Text)
            files += request.values.text(parameter.id);
    }
    return files;
}

/// Tries what will be done later; pipes and devices would notice.
void checkWritable(const QString& path)
{
    const QFileInfo info(path);
    if (info.isDir())
        throw engine::IoError(path.toStdString() + ": is a folder, a file is wanted");
    if (!info.exists() || info.isFile())
        const engine::AtomicFile attempt(analysis::toPath(path));
}

/// A folder may be made for the tables; then the one it is made in counts.
void checkFolder(const QString& folder)
{
    QFileInfo there(folder);
    while (!there.exists() && !there.isRoot())
        there = QFileInfo(there.absolutePath());
    if (!there.isDir())
        throw engine::IoError(folder.toStdString() + ": the folder cannot be made, "
                              + there.filePath().toStdString() + " is a file");
    try {
        checkWritable(QDir(there.filePath()).filePath(QStringLiteral("tessera.csv")));
    } catch (const engine::IoError&) {
        throw engine::IoError(folder.toStdString() + ": the folder cannot be made or written to");
    }
}

void checkRenderer(const Request& request, const Command& command)
{
    for (const ChartRequest& chart : request.charts) {
        const bool drawn = chart.suffix() != QStringLiteral("csv") && chart.suffix() != QStringLiteral("tex");
        if (!drawn || QFileInfo(command.renderer).isExecutable())
            continue;
        const QString sentence =
            QStringLiteral("%1: cannot be drawn without the program %2; .csv and .tex can")
                .arg(chart.file, command.renderer);
        throw engine::Error(sentence.toStdString());
    }
}

} // namespace

void checkOutputs(const Request& request, const Command& command)
{
    if (request.verb != Request::Verb::Run)
        return;
    const std::vector<Planned> files = plan(request);
    std::vector<Planned> all = planTables(request);
    all.insert(all.begin(), files.begin(), files.end());
    checkCollisions(all);
    for (const Planned& file : all)
        analysis::requireOtherFile(file.path, file.content, readFiles(request));
    checkRenderer(request, command);
    for (const Planned& file : files)
        checkWritable(file.path);
    if (!request.csvFolder.isEmpty())
        checkFolder(request.csvFolder);
}

} // namespace app
