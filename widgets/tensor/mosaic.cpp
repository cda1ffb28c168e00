#include "widgets/tensor/mosaic.h"

#include "widgets/tensor/map_overlay.h"
#include "widgets/theme/theme.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace widgets {
namespace {

QImage colourThumb(const Thumb& thumb, int pixelsPerCell, const ColourScale& scale, Reduction reduction)
{
    const Theme& theme = Theme::current();
    QImage image(static_cast<int>(thumb.columns) * pixelsPerCell,
                 static_cast<int>(thumb.rows) * pixelsPerCell, QImage::Format_RGB32);
    MapViewport view;
    view.setContent(thumb.rows, thumb.columns);
    view.setArea(image.size(), 1);
    paintLevel(image, { view, scale, reduction, theme.panel.rgb(), theme.border.rgb() }, thumb, 0);
    return image;
}

void paintTag(QPainter& painter, const QRect& thumb, std::int64_t channel)
{
    const Theme& theme = Theme::current();
    const QFont font = uiFont(10);
    const QString text = QString::number(channel);
    const int width = static_cast<int>(std::ceil(QFontMetricsF(font).horizontalAdvance(text))) + 4;
    if (thumb.width() < width + 8 || thumb.height() < 24)
        return;
    const QRect tag(thumb.topLeft(), QSize(width, 12));
    painter.fillRect(tag, theme.panel);
    painter.setFont(font);
    painter.setPen(theme.text);
    painter.drawText(tag, static_cast<int>(Qt::AlignCenter) | Qt::TextDontClip, text);
}

} // namespace

Mosaic::Mosaic(QWidget* parent)
    : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Channels"));
    viewport()->setMouseTracking(true);
    connect(&m_thumbs, &ThumbStore::arrived, viewport(), QOverload<>::of(&QWidget::update));
    connect(&m_thumbs, &ThumbStore::failed, this, &Mosaic::failed);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, viewport(), QOverload<>::of(&QWidget::update));
}

void Mosaic::setSource(const Source& source)
{
    m_source = source;
    m_rows = extentOf(source.tensor, source.plan.row);
    m_columns = extentOf(source.tensor, source.plan.column);
    relayout();
    m_pictures.clear();
    m_thumbs.setSource({ source.tensor, source.plan, source.index, m_layout.valuesPerPixel() });
    viewport()->update();
}

void Mosaic::clear()
{
    m_source = {};
    m_rows = m_columns = 0;
    m_thumbs.clear();
    m_pictures.clear();
    relayout();
    viewport()->update();
}

void Mosaic::relayout()
{
    const int axis = m_source.plan.channel;
    const std::int64_t channels = axis < 0 ? 0 : extentOf(m_source.tensor, axis);
    const QSize area = viewport()->size();
    const MosaicLayout before = m_layout;
    m_layout = MosaicLayout(channels, m_rows, m_columns, area);
    if (m_layout.pixelsPerValue() != before.pixelsPerValue())
        m_pictures.clear();
    verticalScrollBar()->setPageStep(area.height());
    verticalScrollBar()->setSingleStep(m_layout.thumbSize().height() + MosaicLayout::gap);
    verticalScrollBar()->setRange(0, std::max(0, m_layout.contentHeight() - area.height()));
    emit captionChanged();
}

void Mosaic::setColours(const ColourScale& scale, Reduction reduction)
{
    m_scale = scale;
    m_reduction = reduction;
    m_pictures.clear();
    viewport()->update();
}

void Mosaic::setSelected(std::int64_t channel)
{
    m_selected = channel;
    if (channel >= 0 && channel < m_layout.channels()) {
        const QRect rect = m_layout.rectOf(channel);
        QScrollBar* bar = verticalScrollBar();
        const int lowest = rect.bottom() + MosaicLayout::gap - viewport()->height();
        bar->setValue(std::clamp(bar->value(), std::min(lowest, rect.top()), rect.top()));
    }
    viewport()->update();
}

void Mosaic::setBox(const QRectF& cells)
{
    m_box = cells;
    viewport()->update();
}

QString Mosaic::caption() const
{
    return tr("All %1 channels").arg(formatCount(m_layout.channels()));
}

QString Mosaic::detail() const
{
    const QString size = tr("%1 × %2 values each").arg(formatCount(m_rows), formatCount(m_columns));
    if (m_layout.valuesPerPixel() > 1)
        return tr("%1, %2 × %2 values per cell").arg(size).arg(m_layout.valuesPerPixel());
    return tr("%1, %2 px per value").arg(size).arg(m_layout.pixelsPerValue());
}

QRect Mosaic::rectOf(std::int64_t channel) const
{
    return m_layout.rectOf(channel).translated(0, -verticalScrollBar()->value());
}

QRectF Mosaic::boxRect() const
{
    const QRectF all(0, 0, static_cast<double>(m_columns), static_cast<double>(m_rows));
    const QRectF inside = m_box.intersected(all);
    if (m_selected < 0 || m_selected >= m_layout.channels() || inside.isEmpty() || inside == all)
        return {};
    const double scale = static_cast<double>(m_layout.pixelsPerValue()) / m_layout.valuesPerPixel();
    const QRect thumb = rectOf(m_selected);
    return { thumb.left() + inside.left() * scale, thumb.top() + inside.top() * scale, inside.width() * scale,
             inside.height() * scale };
}

std::pair<std::int64_t, std::int64_t> Mosaic::shown() const
{
    const int top = verticalScrollBar()->value();
    return m_layout.channelsBetween(top, top + viewport()->height());
}

bool Mosaic::isComplete() const
{
    const auto [first, end] = shown();
    for (std::int64_t channel = first; channel < end; ++channel) {
        if (m_thumbs.find(channel) == nullptr)
            return false;
    }
    return true;
}

const QImage& Mosaic::picture(std::int64_t channel, const Thumb& thumb)
{
    const auto known = m_pictures.find(channel);
    if (known != m_pictures.end())
        return known->second;
    QImage made = colourThumb(thumb, m_layout.pixelsPerValue(), m_scale, m_reduction);
    return m_pictures.emplace(channel, std::move(made)).first->second;
}

void Mosaic::paintChannel(QPainter& painter, std::int64_t channel)
{
    const QRect rect = rectOf(channel);
    if (const Thumb* thumb = m_thumbs.find(channel))
        painter.drawImage(rect, picture(channel, *thumb));
    else
        painter.fillRect(rect, Theme::current().alt);
    paintTag(painter, rect, channel);
}

void Mosaic::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), Theme::current().panel);
    if (m_layout.channels() == 0)
        return;
    const auto [first, end] = shown();
    m_thumbs.want(first, end);
    for (std::int64_t channel = first; channel < end; ++channel)
        paintChannel(painter, channel);
    if (m_selected >= first && m_selected < end)
        paintContainer(painter, rectOf(m_selected));
    const QRectF box = boxRect();
    if (!box.isEmpty()) {
        painter.setPen(Theme::current().text);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(box.toAlignedRect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

void Mosaic::resizeEvent(QResizeEvent*)
{
    relayout();
    setSelected(m_selected);
}

void Mosaic::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const QRectF box = boxRect();
    if (box.adjusted(-2, -2, 2, 2).contains(event->position())) {
        m_grip = box.topLeft() - event->position();
        return;
    }
    const QPoint inContent = event->position().toPoint() + QPoint(0, verticalScrollBar()->value());
    if (const auto channel = m_layout.channelAt(inContent))
        emit channelClicked(*channel);
}

void Mosaic::mouseMoveEvent(QMouseEvent* event)
{
    const bool onBox = m_grip || boxRect().contains(event->position());
    viewport()->setCursor(onBox ? Qt::SizeAllCursor : Qt::ArrowCursor);
    if (!m_grip || !event->buttons().testFlag(Qt::LeftButton))
        return;
    const double scale = static_cast<double>(m_layout.valuesPerPixel()) / m_layout.pixelsPerValue();
    emit boxMoved((event->position() + *m_grip - rectOf(m_selected).topLeft()) * scale);
}

void Mosaic::mouseReleaseEvent(QMouseEvent*)
{
    m_grip.reset();
}

void Mosaic::step(std::int64_t by)
{
    const std::int64_t last = m_layout.channels() - 1;
    if (last >= 0)
        emit channelClicked(std::clamp<std::int64_t>(std::max<std::int64_t>(m_selected, 0) + by, 0, last));
}

void Mosaic::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        return step(-1);
    case Qt::Key_Right:
        return step(1);
    case Qt::Key_Up:
        return step(-m_layout.perRow());
    case Qt::Key_Down:
        return step(m_layout.perRow());
    case Qt::Key_Home:
        return step(-m_layout.channels());
    case Qt::Key_End:
        return step(m_layout.channels());
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

bool Mosaic::viewportEvent(QEvent* event)
{
    if (event->type() != QEvent::ToolTip || !m_tip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto channel = m_layout.channelAt(help->pos() + QPoint(0, verticalScrollBar()->value()));
    QToolTip::showText(help->globalPos(), channel ? m_tip(*channel) : QString(), viewport());
    return true;
}

} // namespace widgets
