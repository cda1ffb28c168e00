#pragma once

#include <QList>

class QWidget;

namespace app {

/// The widget the Tab key goes to in a window of several areas: through one area after the other, whatever
/// the order they were made in. Null when there is none.
QWidget* nextInAreas(const QList<QWidget*>& areas, const QWidget* from, bool forward);

} // namespace app
