#pragma once

#include <QRect>
#include <QSize>

#include <functional>

class QCPLayoutElement;
class QCustomPlot;
class QPainter;

namespace widgets {

using Paint = std::function<void(QPainter&)>;

enum class Clip { Axes, Nothing };

/// Draws with the layer of that name, after what was added before. The plot keeps it.
void addPainting(QCustomPlot& plot, const char* layer, Clip clip, Paint paint);

/// A cell of the plot's layout with our own picture in it. `size` is asked at every layout, `paint` gets the
/// cell. The layout it is added to keeps it.
QCPLayoutElement* newPaintedElement(QCustomPlot& plot, std::function<QSize()> size,
                                    std::function<void(QPainter&, const QRect&)> paint);

} // namespace widgets
