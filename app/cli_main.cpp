#include "app/cli_main.h"

#include "analysis/export/writers.h"
#include "analysis/failure.h"
#include "app/cli_charts.h"
#include "app/cli_info.h"
#include "app/cli_listing.h"
#include "app/cli_options.h"
#include "app/cli_outputs.h"
#include "app/cli_progress.h"
#include "engine/base/error.h"
#include "engine/base/parallel.h"

#include <QDir>

#include <algorithm>
#include <cerrno>
#include <ostream>
#include <system_error>

namespace app {

namespace {

/// Results go out whole: a full disk behind a redirection must not pass for success.
void print(const Command& command, const QByteArray& text)
{
    errno = 0;
    command.out.write(text.constData(), text.size());
    command.out.flush();
    if (!command.out)
        throw engine::IoError("standard output: cannot write: " + std::generic_category().message(errno));
}

void complain(const Command& command, const QString& sentence)
{
    command.err << "tessera-cli: " << sentence.toStdString() << std::endl;
}

const char* levelName(analysis::Level level)
{
    switch (level) {
    case analysis::Level::Note:
        return "note";
    case analysis::Level::Warning:
        return "warning";
    case analysis::Level::Problem:
        break;
    }
    return "problem";
}

void printRemarks(const Command& command, const analysis::Report& report)
{
    for (const analysis::Remark& remark : report.remarks) {
        command.err << levelName(remark.level) << ": ";
        if (!remark.layer.isEmpty())
            command.err << remark.layer.toStdString() << ": ";
        command.err << remark.text.toStdString() << '\n';
    }
    command.err.flush();
}

void writeTables(const QString& folder, const analysis::Report& report)
{
    if (!QDir().mkpath(folder))
        throw engine::IoError(folder.toStdString() + ": the folder cannot be made");
    const analysis::Provenance provenance = analysis::provenance(report);
    for (const analysis::Table& table : report.tables)
        analysis::writeCsvFile(QDir(folder).filePath(table.id + QStringLiteral(".csv")),
                               analysis::toCsv(table), provenance);
}

void writeFiles(const Request& request, const analysis::Report& report, const Command& command)
{
    if (!request.csvFolder.isEmpty())
        writeTables(request.csvFolder, report);
    if (!request.out.isEmpty())
        analysis::writeFile(request.out, analysis::toJson(report));
    writeCharts(request, report, command);
}

bool wantsFiles(const Request& request)
{
    return !request.csvFolder.isEmpty() || !request.out.isEmpty() || !request.charts.empty();
}

/// Prints what there is and writes what was asked for. Nothing is written of work that was stopped.
int deliver(const Request& request, const analysis::Report& report, const Command& command)
{
    print(command, request.json ? analysis::toJson(report) : analysis::toText(report));
    printRemarks(command, report);
    if (command.stop.stop_requested()) {
        complain(command,
                 wantsFiles(request) ? QStringLiteral("stopped; the files asked for were not written")
                                     : QStringLiteral("stopped"));
        return Stopped;
    }
    writeFiles(request, report, command);
    return Done;
}

analysis::Report analyse(const Request& request, const std::vector<analysis::DatasetPtr>& datasets,
                         const Command& command, const engine::Control& control)
{
    if (request.verb == Request::Verb::Info)
        return infoReport(*datasets.front(), control);
    const analysis::Inputs inputs { .datasets = datasets, .open = command.open };
    return analysis::runAnalysis(*request.analysis, inputs, request.values, control);
}

void checkSubject(const Request& request, const analysis::Dataset& subject)
{
    if (request.analysis == nullptr || request.analysis->accepts(subject))
        return;
    const QString sentence =
        QStringLiteral("%1: holds no %2, which %3 works on")
            .arg(request.inputs.front(), analysis::inputNoun(request.analysis->input), request.analysis->id);
    throw engine::Error(sentence.toStdString());
}

int work(const Request& request, const Command& command)
{
    analysis::Report report;
    {
        ProgressLine line(command.err, command.showProgress);
        const engine::Control control { command.stop, line.callback() };
        std::vector<analysis::DatasetPtr> datasets;
        for (const QString& input : request.inputs) {
            const engine::Control opening { command.stop, control.progress };
            opening.report(-1, "opening " + input.toStdString());
            datasets.push_back(command.open(input, opening));
            if (command.stop.stop_requested()) {
                complain(command, QStringLiteral("stopped"));
                return Stopped;
            }
        }
        if (!datasets.empty())
            checkSubject(request, *datasets.front());
        report = analyse(request, datasets, command, control);
    }
    return deliver(request, report, command);
}

const analysis::Analysis& findRow(const Command& command, const QString& id)
{
    const auto row = std::ranges::find(command.analyses, id, &analysis::Analysis::id);
    if (row != command.analyses.end())
        return *row;
    QStringList ids;
    for (const analysis::Analysis& known : command.analyses)
        ids += known.id;
    const QString sentence =
        QStringLiteral("\"%1\" is not an analysis; there are: %2").arg(id, ids.join(QStringLiteral(", ")));
    throw engine::ParameterError(sentence.toStdString());
}

int carryOut(const Request& request, const Command& command)
{
    switch (request.verb) {
    case Request::Verb::Nothing:
        print(command, request.text.toUtf8() + '\n');
        return Done;
    case Request::Verb::List:
        print(command, request.json ? listJson(command.analyses) : listText(command.analyses));
        return Done;
    case Request::Verb::Describe: {
        const analysis::Analysis& row = findRow(command, request.inputs.front());
        print(command, request.json ? describeJson(row) : describeText(row));
        return Done;
    }
    case Request::Verb::Info:
    case Request::Verb::Run:
        break;
    }
    checkOutputs(request, command);
    engine::setThreadCount(request.threads);
    return work(request, command);
}

} // namespace

int runCommandLine(const QStringList& arguments, const Command& command)
{
    QString task = QStringLiteral("tessera-cli");
    try {
        const Request request = parseCommandLine(arguments, command.analyses);
        if (request.analysis != nullptr)
            task = request.analysis->id;
        return carryOut(request, command);
    } catch (const engine::ParameterError& error) {
        complain(command, QString::fromUtf8(error.what()));
        return WrongUsage;
    } catch (...) {
        complain(command, analysis::failureSentence(std::current_exception(), task));
        return command.stop.stop_requested() ? Stopped : Failed;
    }
}

} // namespace app
