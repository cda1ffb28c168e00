#pragma once

#include <QByteArray>
#include <QSizeF>
#include <QString>

namespace widgets {

struct SvgFinish {
    QString title;
    QString description = {}; ///< provenance; empty = none
    bool outlines = false; ///< text as paths
};

/// What QSvgGenerator of Qt 6.4 leaves undone: exact size in mm, escaped title and description with the
/// metadata, font families a reader without our fonts can replace, and text as outlines when wanted.
QByteArray finishSvg(const QByteArray& svg, const QSizeF& sizeMm, const SvgFinish& finish);

} // namespace widgets
