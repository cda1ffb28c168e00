#pragma once

#include "widgets/tensor/map_viewport.h"

#include <QPainter>
#include <QRectF>

#include <cstdint>
#include <optional>

namespace widgets {

/// Row numbers left of the area and column numbers above it, the selected ones bold.
void paintAxisNumbers(QPainter& painter, const MapViewport& view, const QRectF& area,
                      const std::optional<MapCell>& selected);

/// Room that the row numbers need on the left.
double rowNumbersWidth(std::int64_t rows);

} // namespace widgets
