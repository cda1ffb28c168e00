#include "widgets/tensor/value_map.h"

#include "widgets/parts/badge.h"
#include "widgets/theme/theme.h"

#include <QPaintEvent>
#include <QPainter>

#include <cmath>

namespace widgets {
namespace {

constexpr double columnNumbersHeight = 22;

} // namespace

ValueMap::ValueMap(QWidget* parent)
    : QWidget(parent)
    , m_tip(new ValueTip(this))
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Value map"));
    connect(&m_values, &WindowValues::arrived, this, [this] {
        m_stale = true;
        update();
    });
    connect(&m_values, &WindowValues::failed, this, &ValueMap::failed);
    connect(&ThemeManager::instance(), &ThemeManager::changed, this, &ValueMap::refreshColours);
    refreshColours();
}

ValueMap::~ValueMap() = default;

void ValueMap::setPyramid(std::shared_ptr<const engine::Pyramid> pyramid)
{
    m_pyramid = std::move(pyramid);
    m_values.setPyramid(m_pyramid);
    m_shown.reset();
    setHovered(std::nullopt);
    m_view.setContent(m_pyramid ? m_pyramid->rows() : 0, m_pyramid ? m_pyramid->columns() : 0);
    updateArea();
    changeView();
}

void ValueMap::setStretchable(bool stretchable)
{
    m_view.setStretchable(stretchable);
    changeView();
}

void ValueMap::setColours(const ColourSpec& spec)
{
    m_spec = spec;
    refreshColours();
}

void ValueMap::refreshColours()
{
    m_spec.dark = Theme::current().isDark;
    m_scale = ColourScale(m_spec);
    m_stale = true;
    update();
    emit coloursChanged();
}

void ValueMap::setSelected(const std::optional<MapCell>& cell, int bit)
{
    m_marks.selected = cell;
    m_marks.bit = bit;
    update();
}

void ValueMap::setOutlines(const std::vector<CellRange>& ranges)
{
    m_marks.outlines = ranges;
    update();
}

void ValueMap::setLoading(bool loading)
{
    m_isLoading = loading;
    update();
}

void ValueMap::moveTo(const QPointF& originInCells)
{
    m_view.moveTo(originInCells);
    changeView();
}

void ValueMap::setScale(double pixelsPerValue)
{
    if (m_view.isEmpty())
        return;
    const QPointF middle(m_view.area().width() / 2.0, m_view.area().height() / 2.0);
    m_view.zoom(middle, 2 * std::log2(pixelsPerValue / m_view.scaleX()),
                2 * std::log2(pixelsPerValue / m_view.scaleY()));
    changeView();
}

void ValueMap::reveal(const MapCell& cell)
{
    if (m_view.isEmpty())
        return;
    m_view.show({ cell.row, cell.column, 1, 1 });
    changeView();
}

void ValueMap::resetView()
{
    m_view.fit();
    changeView();
}

CellWriting ValueMap::writing() const
{
    return { m_spec.mode, m_spec.quantiser, m_pyramid && engine::isInteger(m_pyramid->tensor().type) };
}

QRectF ValueMap::mapArea() const
{
    const double left = rowNumbersWidth(m_view.rows());
    return { left, columnNumbersHeight, std::max(0.0, width() - left - 2),
             std::max(0.0, height() - columnNumbersHeight - 2) };
}

void ValueMap::updateArea()
{
    const double ratio = devicePixelRatioF();
    const QRectF area = mapArea();
    m_view.setArea({ static_cast<int>(area.width() * ratio), static_cast<int>(area.height() * ratio) },
                   ratio);
}

void ValueMap::changeView()
{
    m_stale = true;
    update();
    emit viewChanged();
}

MapInk ValueMap::ink() const
{
    const Theme& theme = Theme::current();
    return { m_view, m_scale, reductionFor(m_spec), theme.panel.rgb(), theme.border.rgb() };
}

void ValueMap::makeImage()
{
    if (!m_stale)
        return;
    m_stale = false;
    m_shown.reset();
    if (m_image.size() != m_view.area())
        m_image = QImage(m_view.area(), QImage::Format_RGB32);
    if (m_image.isNull() || !m_pyramid)
        return;
    const auto levels = m_pyramid->levels();
    m_drawnLevel = m_view.level(static_cast<int>(levels.size()));
    if (m_drawnLevel == 0) {
        m_shown = m_values.covering(m_view.visible());
        if (!m_shown && !levels.empty())
            m_drawnLevel = 1; // until the values arrive
    }
    if (m_drawnLevel == 0 && m_shown)
        paintValues(m_image, ink(), *m_shown);
    else if (m_drawnLevel > 0)
        paintLevel(m_image, ink(), levels[static_cast<std::size_t>(m_drawnLevel - 1)], m_drawnLevel);
    else
        m_image.fill(Theme::current().panel);
    m_image.setDevicePixelRatio(m_view.pixelRatio());
}

void ValueMap::paintEvent(QPaintEvent* event)
{
    if (devicePixelRatioF() != m_view.pixelRatio())
        updateArea();
    QPainter painter(this);
    painter.fillRect(event->rect(), Theme::current().panel);
    const QRectF area = mapArea();
    if (m_pyramid && !m_view.isEmpty()) {
        makeImage();
        painter.drawImage(area.topLeft(), m_image);
        painter.save();
        painter.setClipRect(area);
        painter.translate(area.topLeft());
        if (m_shown && m_view.showsNumbers())
            paintCellTexts(painter, m_view, *m_shown, m_scale, writing());
        painter.setClipRect(QRectF(QPointF(), area.size()).adjusted(-1, -1, 1, 1));
        paintMarks(painter, m_view, m_marks, writing());
        painter.restore();
        paintAxisNumbers(painter, m_view, area, m_marks.selected);
    }
    if (m_isLoading) {
        const QPointF corner = area.topRight() - QPointF(badgeSize(tr("loading")).width() + 4, -4);
        drawBadge(painter, corner.toPoint(), tr("loading"), BadgeKind::Neutral);
    }
}

} // namespace widgets
