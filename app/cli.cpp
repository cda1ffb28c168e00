#include "app/cli_interrupt.h"
#include "app/cli_main.h"

#include <QCoreApplication>
#include <QDir>

#include <clocale>
#include <iostream>
#include <unistd.h>

int main(int argc, char* argv[])
{
    const QCoreApplication application(argc, argv);
    std::setlocale(LC_NUMERIC, "C"); // the application has taken the user's
    const app::Interrupt interrupt;
    const app::Command command {
        .out = std::cout,
        .err = std::cerr,
        .showProgress = ::isatty(STDERR_FILENO) == 1,
        .stop = interrupt.token(),
        .renderer = QDir(QCoreApplication::applicationDirPath()).filePath(QStringLiteral("tessera")),
    };
    return app::runCommandLine(QCoreApplication::arguments(), command);
}
