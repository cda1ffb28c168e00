#pragma once

#include <QColor>
#include <QObject>
#include <QString>

#include <array>

class QApplication;
class QIcon;

namespace widgets {

enum class ThemeChoice { System, Light, Dark };

/// The colour tokens of look.md section 1; the only place with hex values.
struct Theme {
    bool isDark = false;
    QColor win, panel, alt, btn, border, ctl, grid, text, text2, mut, dis;
    QColor accent, onAccent, sel, selin, hover;
    QColor warn, warnGround, err, errGround, ok, okGround;
    QColor a, b, zero;
    std::array<QColor, 8> categories; ///< Okabe-Ito in the order of use

    static const Theme& light();
    static const Theme& dark();
    /// The one in force; views ask for it at every paint.
    static const Theme& current();
};

/// Puts palette, style sheet and proxy style in force and tells every view.
class ThemeManager : public QObject {
    Q_OBJECT

public:
    static ThemeManager& instance();

    void apply(ThemeChoice choice); ///< System reads the palette the desktop gave at start
    ThemeChoice choice() const { return m_choice; }

signals:
    void changed();

private:
    ThemeManager();

    ThemeChoice m_choice = ThemeChoice::System;
    bool m_systemIsDark = false;
};

/// One of our own SVG icons in the colour of its state; follows the theme. `name` as in resources/icons, no
/// suffix.
QIcon icon(const QString& name);

/// Fonts of look.md section 3: "Open Sans" and "DejaVu Sans Mono", with fallbacks. Pixel size at 96 dpi.
QFont uiFont(int pixels = 13, bool semibold = false);
QFont monoFont(int pixels = 12);

/// "16 384" with thin spaces and U+2212; `decimals` fixed.
QString formatCount(qint64 value);
QString formatNumber(double value, int decimals);
QString formatBytes(double bytes); ///< "16.00 KiB"

} // namespace widgets
