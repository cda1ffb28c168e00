#pragma once

#include "widgets/theme/theme.h"

#include <QSize>
#include <QString>
#include <QStringList>

#include <optional>

namespace app {

/// What the command line of `tessera` asks for.
struct Options {
    QStringList files;
    bool example = false;
    std::optional<widgets::ThemeChoice> theme;
    std::optional<QSize> size; ///< of the window [px]
    QString page; ///< to show first
    QString screenshot; ///< picture to write instead of opening a window
    QString render; ///< chart file to draw instead of opening a window
    QString out; ///< of render
    QString preset; ///< figure preset of render
    double widthMm = 0; ///< of render; 0 = the preset's
    double heightMm = 0;
    int exitStatus = -1; ///< 0 or 2 when the program has nothing more to do than print `text`
    QString text;

    bool needsNoDisplay() const { return !screenshot.isEmpty() || !render.isEmpty() || exitStatus >= 0; }
};

/// Reads the arguments, the program's name first. Needs no QApplication.
Options parseOptions(const QStringList& arguments);

} // namespace app
