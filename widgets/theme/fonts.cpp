#include "widgets/theme/theme.h"

#include <QFont>

namespace widgets {

namespace {

/// Points, so that text scales with the screen; 13 px at 96 dpi are 9.75 pt.
QFont fontOf(const QStringList& families, int pixels)
{
    QFont font;
    font.setFamilies(families);
    font.setPointSizeF(pixels * 0.75);
    return font;
}

} // namespace

QFont uiFont(int pixels, bool semibold)
{
    QFont font = fontOf({ QStringLiteral("Open Sans"), QStringLiteral("DejaVu Sans") }, pixels);
    font.setWeight(semibold ? QFont::DemiBold : QFont::Normal);
    return font;
}

QFont monoFont(int pixels)
{
    QFont font = fontOf({ QStringLiteral("DejaVu Sans Mono"), QStringLiteral("Liberation Mono") }, pixels);
    font.setStyleHint(QFont::Monospace);
    return font;
}

} // namespace widgets
