#pragma once

#include <QRegularExpression>
#include <QTest>
#include <QWidget>

#include <ctime>

/// Any warning fails the test, but for the one every window with size limits gets from the offscreen
/// platform.
inline void failOnWarnings()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support)")));
}

/// Shows a window and waits until it has the keyboard.
inline bool showActive(QWidget& widget)
{
    widget.show();
    widget.activateWindow();
    return QTest::qWaitForWindowActive(&widget);
}

/// Processor time of this process: what a loaded machine does not change.
class CpuTime {
public:
    /// Milliseconds since the start or the last call.
    double restart()
    {
        const std::clock_t now = std::clock();
        const double spent = double(now - m_from) * 1000 / CLOCKS_PER_SEC;
        m_from = now;
        return spent;
    }

private:
    std::clock_t m_from = std::clock();
};
