#pragma once

class QColor;
class QWidget;

namespace widgets {

/// Gives a widget's text a colour of the theme that is no palette role (warn, err, ok). To be called again
/// when the theme changes. Set it on the widget that draws the text: a style sheet stops it from being
/// inherited.
void setInk(QWidget* widget, const QColor& colour);

} // namespace widgets
