#pragma once

#include <QPalette>

namespace widgets {

struct Theme;

/// The theme's tokens in Qt's roles; a selection in a window that is not active is `selin`.
QPalette paletteOf(const Theme& theme);
/// Of tooltips: inverted.
QPalette toolTipPaletteOf(const Theme& theme);

} // namespace widgets
