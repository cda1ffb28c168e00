#pragma once

#include "analysis/catalogue.h"

#include <QStringList>

#include <functional>
#include <iosfwd>
#include <span>
#include <stop_token>

namespace app {

/// Exit statuses of tessera-cli; scripts rely on them.
enum ExitStatus { Done = 0, Failed = 1, WrongUsage = 2, Stopped = 130 };

/// What the command line works with; a test puts in its own.
struct Command {
    std::ostream& out; ///< results, nothing else
    std::ostream& err; ///< progress, remarks, sentences about what went wrong
    bool showProgress = false; ///< only when `err` is a terminal
    std::stop_token stop = {};
    std::span<const analysis::Analysis> analyses = analysis::catalogue();
    std::function<analysis::DatasetPtr(const QString& path, const engine::Control&)> open =
        analysis::openDataset;
    QString renderer = {}; ///< the tessera that draws .pdf, .svg and .png
};

/// Runs `tessera-cli` with its arguments, the program's name first. Returns the exit status.
int runCommandLine(const QStringList& arguments, const Command& command);

} // namespace app
