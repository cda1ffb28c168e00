#pragma once

#include <QString>

namespace widgets {

struct Theme;

/// Style sheet of the containers only; everything that can be operated is drawn by ProxyStyle.
QString styleSheet(const Theme& theme);

} // namespace widgets
