#include "app/cli_charts.h"

#include "analysis/export/chart_json.h"
#include "engine/base/error.h"

#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <ostream>

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
    fail(QStringLiteral("chart: \"%1\" was not made; there are: %2").arg(id, there));
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

/// What the renderer said itself, line by line, without its name in front; else what was said last.
QStringList sentences(QProcess& process)
{
    const QString name = QStringLiteral("tessera: ");
    const QStringList lines =
        QString::fromUtf8(process.readAllStandardError()).split(u'\n', Qt::SkipEmptyParts);
    QStringList own;
    for (const QString& line : lines.filter(QRegularExpression(u'^' + name)))
        own += line.mid(name.size());
    return own.isEmpty() ? lines.mid(lines.size() - 1) : own;
}

void printWarnings(const QStringList& sentences, const ChartRequest& wanted, const Command& command)
{
    const QString mark = QStringLiteral("warning: ");
    for (const QString& sentence : sentences) {
        if (sentence.startsWith(mark))
            command.err << "warning: " << wanted.file.toStdString() << ": "
                        << sentence.mid(mark.size()).toStdString() << std::endl;
    }
}

void render(const Request& request, const ChartRequest& wanted, const QByteArray& chartJson,
            const Command& command)
{
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
    const QStringList said = sentences(process);
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        fail(QStringLiteral("%1: was not drawn: %2")
                 .arg(wanted.file, said.isEmpty() ? QStringLiteral("ended without a word") : said.back()));
    printWarnings(said, wanted, command);
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
            analysis::writePgfplots(chart, wanted.file, request.figureSize(), provenance);
        else
            render(request, wanted, analysis::chartToJson(chart, provenance), command);
    }
}

} // namespace app
