#pragma once

#include "engine/tensor/pyramid.h"
#include "widgets/parts/value_tip.h"
#include "widgets/tensor/colour_scale.h"
#include "widgets/tensor/map_frame.h"
#include "widgets/tensor/map_overlay.h"
#include "widgets/tensor/map_viewport.h"
#include "widgets/tensor/window_values.h"

#include <QImage>
#include <QWidget>

#include <functional>
#include <memory>
#include <optional>

namespace widgets {

/// A matrix as colours, down to single values with their numbers and bits.
///
/// Drag pans, wheel zooms in steps of the square root of 2 at the pointer (Ctrl columns only, Shift rows
/// only); arrows move the element selection, + and - zoom, Home shows all, Page up and down change the
/// channel.
class ValueMap : public QWidget {
    Q_OBJECT

public:
    using TipText = std::function<ValueTip::Content(const MapCell&)>;

    explicit ValueMap(QWidget* parent = nullptr);
    ~ValueMap() override;

    /// Null shows nothing. The view stays when the size is the same.
    void setPyramid(std::shared_ptr<const engine::Pyramid> pyramid);
    const std::shared_ptr<const engine::Pyramid>& pyramid() const { return m_pyramid; }
    void setStretchable(bool stretchable); ///< see MapViewport
    void setColours(const ColourSpec& spec); ///< `dark` is filled in from the theme
    const ColourScale& colours() const { return m_scale; }
    const ColourSpec& colourSpec() const { return m_spec; }

    void setSelected(const std::optional<MapCell>& cell, int bit = -1);
    void setOutlines(const std::vector<CellRange>& ranges); ///< containers, in accent
    void setLoading(bool loading);
    void setTipText(TipText tip) { m_tipText = std::move(tip); }

    const MapViewport& view() const { return m_view; }
    void moveTo(const QPointF& originInCells);
    void setScale(double pixelsPerValue); ///< both ways [device px], about the middle
    void reveal(const MapCell& cell);
    void resetView();
    /// Known when the cell is visible and has been read.
    std::optional<float> valueAt(const MapCell& cell) const { return m_values.at(cell); }
    /// The level drawn last: 0 the values themselves.
    int drawnLevel() const { return m_drawnLevel; }
    QRectF mapArea() const; ///< without the numbers along the edges
    QSize sizeHint() const override { return { 480, 420 }; }
    QSize minimumSizeHint() const override { return { 160, 120 }; }

signals:
    void cellClicked(const widgets::MapCell& cell, int bit); ///< -1 when no bit was hit
    void cellHovered(const widgets::MapCell& cell);
    void hoverLeft();
    void selectionMoved(const widgets::MapCell& cell); ///< by the arrow keys
    void channelStep(int step);
    void viewChanged();
    void coloursChanged();
    void failed(const QString& sentence);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void refreshColours();
    void updateArea();
    void changeView();
    void makeImage();
    MapInk ink() const;
    CellWriting writing() const;
    void setHovered(const std::optional<MapCell>& cell);
    void placeTip();
    void moveSelection(int rows, int columns);
    bool moveByKey(int key);
    QPointF toArea(const QPointF& position) const; ///< device pixels from the area's corner

    std::shared_ptr<const engine::Pyramid> m_pyramid;
    WindowValues m_values;
    ColourSpec m_spec;
    ColourScale m_scale;
    MapViewport m_view;
    MapMarks m_marks;
    TipText m_tipText;
    ValueTip* m_tip;
    QImage m_image;
    std::optional<MapValues> m_shown; ///< values under the image, when it shows them
    QPointF m_pointer; ///< [logical px]
    QPointF m_pressed;
    QPointF m_dragged;
    double m_wheelRest = 0; ///< wheel movement short of a step
    int m_drawnLevel = 0;
    bool m_stale = true; ///< the image has to be made anew
    bool m_isDragging = false;
    bool m_isPressed = false;
    bool m_isLoading = false;
};

} // namespace widgets
