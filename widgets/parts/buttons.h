#pragma once

#include <QString>

class QPushButton;
class QToolButton;
class QWidget;

namespace widgets {

/// The one accented button of an area. An empty icon name means none.
QPushButton* primaryButton(const QString& text, const QString& iconName, QWidget* parent = nullptr);
/// An outlined button, 28 px; 24 px when `compact` (panel headers).
QPushButton* plainButton(const QString& text, const QString& iconName = {}, QWidget* parent = nullptr);
QPushButton* compactButton(const QString& text, const QString& iconName = {}, QWidget* parent = nullptr);
/// A flat 24 px button; `name` is its tooltip and what a screen reader says.
QToolButton* iconButton(const QString& iconName, const QString& name, QWidget* parent = nullptr);

} // namespace widgets
