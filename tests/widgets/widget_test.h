#pragma once

#include <QRegularExpression>
#include <QTest>
#include <QWidget>

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
