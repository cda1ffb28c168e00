#include "app/main_window.h"
#include "app/options.h"
#include "app/render.h"
#include "app/screenshot.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QSettings>

#include <cstdio>

namespace {

QStringList argumentList(int argc, char** argv)
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    return arguments;
}

widgets::ThemeChoice themeOf(const app::Options& options)
{
    if (options.theme)
        return *options.theme;
    // Pictures look the same on every machine.
    if (options.needsNoDisplay())
        return widgets::ThemeChoice::Light;
    return static_cast<widgets::ThemeChoice>(
        QSettings().value(QStringLiteral("appearance/theme"), 0).toInt());
}

int openWindow(const app::Options& options)
{
    app::MainWindow window;
    if (options.size)
        window.resize(*options.size);
    window.show();
    if (options.example)
        window.openExample();
    window.openFiles(options.files);
    if (!options.page.isEmpty())
        window.showPageWhenReady(options.page);
    return QApplication::exec();
}

} // namespace

int main(int argc, char** argv)
{
    const app::Options options = app::parseOptions(argumentList(argc, argv));
    if (options.exitStatus >= 0) {
        std::fprintf(options.exitStatus == 0 ? stdout : stderr, "%s\n", qPrintable(options.text));
        return options.exitStatus;
    }
    if (options.needsNoDisplay())
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("Tessera"));
    QApplication::setApplicationName(QStringLiteral("tessera"));
    QApplication::setApplicationDisplayName(QStringLiteral("Tessera"));
    QApplication::setApplicationVersion(QStringLiteral(TESSERA_VERSION));
    widgets::ThemeManager::instance().apply(themeOf(options));
    if (!options.render.isEmpty())
        return app::render(options);
    if (!options.screenshot.isEmpty())
        return app::takeScreenshot(options);
    return openWindow(options);
}
