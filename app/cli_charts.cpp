#include "app/cli_charts.h"

#include "analysis/export/chart_json.h"
#include "engine/base/error.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>

namespace app {

namespace {

[[noreturn]] void fail(const QString& sentence)
{
    throw engine::Error(sentence.toStdString());
}

const analysis::Chart& findChart(const analysis::Report& report, const QString& id)
{
    if (const analysis::Chart* chart = report.chart(id))
        return *chart;
    QStringList ids;
    for (const analysis::Chart& chart : report.charts)
        ids += chart.id;
    const QString there = ids.isEmpty() ? QStringLiteral("none") : ids.join(QStringLiteral(", "));
    fail(QStringLiteral("chart: \"%1\" is not there; there are: %2").arg(id, there));
}

/// Beside the .tex, as LaTeX looks for it.
void writeLatex(const Request& request, const ChartRequest& wanted, const analysis::Chart& chart,
                const analysis::Provenance& provenance)
{
    analysis::FigureSize size;
    size.widthMm = request.chartWidthMm.value_or(size.widthMm);
    size.heightMm = request.chartHeightMm.value_or(size.heightMm);
    const QFileInfo tex(wanted.file);
    const QString csvName = tex.completeBaseName() + QStringLiteral(".csv");
    analysis::writeCsvFile(tex.dir().filePath(csvName), analysis::toCsv(chart), provenance);
    analysis::writeFile(wanted.file, analysis::toPgfplots(chart, size, csvName, provenance));
}

QStringList rendererArguments(const Request& request, const ChartRequest& wanted, const QString& chartFile)
{
    QStringList arguments = { QStringLiteral("--render"), chartFile, QStringLiteral("--out"),
                              QFileInfo(wanted.file).absoluteFilePath() };
    if (request.chartWidthMm)
        arguments += { QStringLiteral("--width"), QString::number(*request.chartWidthMm) };
    if (request.chartHeightMm)
        arguments += { QStringLiteral("--height"), QString::number(*request.chartHeightMm) };
    if (!request.chartPreset.isEmpty())
        arguments += { QStringLiteral("--preset"), request.chartPreset };
    return arguments;
}

/// The renderer's last line without its name in front.
QString complaint(QProcess& process)
{
    const QStringList lines =
        QString::fromUtf8(process.readAllStandardError()).split(u'\n', Qt::SkipEmptyParts);
    QString line = lines.isEmpty() ? QStringLiteral("ended without a word") : lines.back();
    const QString name = QStringLiteral("tessera: ");
    return line.startsWith(name) ? line.mid(name.size()) : line;
}

void render(const Request& request, const ChartRequest& wanted, const QByteArray& chartJson,
            const Command& command)
{
    if (!QFileInfo(command.renderer).isExecutable())
        fail(QStringLiteral("%1: cannot be drawn without the program %2; .csv and .tex can")
                 .arg(wanted.file, command.renderer));
    const QTemporaryDir folder;
    const QString chartFile = folder.filePath(QStringLiteral("chart.json"));
    analysis::writeFile(chartFile, chartJson);

    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    process.setProcessEnvironment(environment);
    process.start(command.renderer, rendererArguments(request, wanted, chartFile));
    while (!process.waitForFinished(50) && process.state() != QProcess::NotRunning) {
        if (command.stop.stop_requested())
            process.terminate();
    }
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        fail(QStringLiteral("%1: was not drawn: %2").arg(wanted.file, complaint(process)));
}

} // namespace

void writeCharts(const Request& request, const analysis::Report& report, const Command& command)
{
    for (const ChartRequest& wanted : request.charts)
        findChart(report, wanted.chart);
    const analysis::Provenance provenance = analysis::provenance(report);
    for (const ChartRequest& wanted : request.charts) {
        const analysis::Chart& chart = findChart(report, wanted.chart);
        if (wanted.suffix() == QStringLiteral("csv"))
            analysis::writeCsvFile(wanted.file, analysis::toCsv(chart), provenance);
        else if (wanted.suffix() == QStringLiteral("tex"))
            writeLatex(request, wanted, chart, provenance);
        else
            render(request, wanted, analysis::chartToJson(chart, provenance), command);
    }
}

} // namespace app
