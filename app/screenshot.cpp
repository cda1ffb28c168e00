#include "app/screenshot.h"

#include "app/main_window.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QPixmap>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdio>

namespace app {

namespace {

constexpr int settleStepMs = 50;
constexpr int quietSteps = 6; ///< so long nothing happens before the picture is taken
constexpr qint64 patienceMs = 10LL * 60 * 1000;

/// Runs the event loop until the window has nothing left to do. False when it takes too long.
bool waitUntilSettled(const MainWindow& window)
{
    QElapsedTimer clock;
    clock.start();
    int quiet = 0;
    while (quiet < quietSteps && clock.elapsed() < patienceMs) {
        QEventLoop loop;
        QTimer::singleShot(settleStepMs, &loop, &QEventLoop::quit);
        loop.exec();
        quiet = window.isSettled() ? quiet + 1 : 0;
    }
    return quiet >= quietSteps;
}

QStringList failures(MainWindow& window)
{
    QStringList sentences;
    for (const widgets::DatasetItem& item : window.session().datasets())
        if (item.state == widgets::DatasetState::Failed || item.state == widgets::DatasetState::Missing)
            sentences << item.problem;
    return sentences;
}

} // namespace

int takeScreenshot(const Options& options)
{
    // Neither the user's layout nor the recent files belong into a picture.
    const QTemporaryDir settings;
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
    MainWindow window;
    window.resize(options.size.value_or(QSize(1600, 1000)));
    window.show();
    if (options.example || options.files.isEmpty())
        window.openExample();
    window.openFiles(options.files);
    waitUntilSettled(window);
    if (!options.page.isEmpty())
        window.showPageWhenReady(options.page);
    const bool settled = waitUntilSettled(window);
    for (const QString& sentence : failures(window))
        std::fprintf(stderr, "tessera: %s\n", qPrintable(sentence));
    if (!settled)
        std::fprintf(stderr, "tessera: the window is still busy after ten minutes\n");
    if (!window.grab().save(options.screenshot, "PNG")) {
        std::fprintf(stderr, "tessera: %s: cannot be written\n", qPrintable(options.screenshot));
        return 1;
    }
    return settled && failures(window).isEmpty() ? 0 : 1;
}

} // namespace app
