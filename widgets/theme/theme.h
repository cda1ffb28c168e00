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
    QColor onTag; ///< the letter on an A or B tag
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
    bool m_styled = false;
};

/// What an icon is drawn in. Plain is text2, text when checked; every ink is dis when disabled.
enum class IconInk { Plain, Text, OnAccent, Accent, Warn, Err, Ok };

/// One of our own SVG icons in the colour of its state; follows the theme. `name` as in resources/icons, no
/// suffix. On a primary button use IconInk::OnAccent (or makePrimary() of widgets/parts/buttons.h).
QIcon icon(const QString& name, IconInk ink = IconInk::Plain);

/// Fonts of look.md section 3: "Open Sans" and "DejaVu Sans Mono", with fallbacks. Pixel size at 96 dpi.
QFont uiFont(int pixels = 13, bool semibold = false);
QFont monoFont(int pixels = 12);

/// "16 384" with thin spaces and U+2212; `decimals` fixed. What is not a number is an en dash.
QString formatCount(qint64 value);
QString formatNumber(double value, int decimals);
QString formatBytes(double bytes); ///< "16.00 KiB"
QString formatPercent(double fraction, int decimals = 1); ///< "48.5 %" of 0.485
QString formatRatio(double ratio, int decimals = 2); ///< "1.80 \u00D7"
QString formatDuration(double seconds); ///< "0.8 s", then "0:12", "1:02:09"
QString missingText(); ///< the en dash of a value that is not there
QString formatBits(quint64 code, int bits); ///< "0110 0100b": groups of four from the right
QString formatHex(quint64 code, int bits); ///< "0x64", as many digits as `bits` need

} // namespace widgets
