#include "widgets/theme/palette.h"

#include "widgets/theme/theme.h"

namespace widgets {

namespace {

void setBevels(QPalette& palette, const Theme& theme)
{
    palette.setColor(QPalette::Light, theme.panel);
    palette.setColor(QPalette::Midlight, theme.grid);
    palette.setColor(QPalette::Mid, theme.border);
    palette.setColor(QPalette::Dark, theme.ctl);
    palette.setColor(QPalette::Shadow, theme.border);
}

} // namespace

QPalette paletteOf(const Theme& theme)
{
    QPalette palette;
    palette.setColor(QPalette::Window, theme.win);
    palette.setColor(QPalette::Base, theme.panel);
    palette.setColor(QPalette::AlternateBase, theme.alt);
    palette.setColor(QPalette::Button, theme.btn);
    for (const auto role : { QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::BrightText,
                             QPalette::HighlightedText }) {
        palette.setColor(role, theme.text);
        palette.setColor(QPalette::Disabled, role, theme.dis);
    }
    palette.setColor(QPalette::PlaceholderText, theme.text2);
    palette.setColor(QPalette::Highlight, theme.sel);
    palette.setColor(QPalette::Inactive, QPalette::Highlight, theme.selin);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, theme.selin);
    palette.setColor(QPalette::Link, theme.accent);
    palette.setColor(QPalette::LinkVisited, theme.accent);
    palette.setColor(QPalette::ToolTipBase, theme.text);
    palette.setColor(QPalette::ToolTipText, theme.panel);
    setBevels(palette, theme);
    return palette;
}

QPalette toolTipPaletteOf(const Theme& theme)
{
    QPalette palette = paletteOf(theme);
    for (const auto role : { QPalette::Window, QPalette::Base, QPalette::ToolTipBase })
        palette.setColor(role, theme.text);
    for (const auto role : { QPalette::WindowText, QPalette::Text, QPalette::ToolTipText })
        palette.setColor(role, theme.panel);
    return palette;
}

} // namespace widgets
