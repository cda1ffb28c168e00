#pragma once

#include "widgets/theme/theme.h"

namespace widgets {

/// What Theme::current() answers from now on. For ThemeManager alone; `theme` must live for ever.
void setCurrentTheme(const Theme& theme);

} // namespace widgets
