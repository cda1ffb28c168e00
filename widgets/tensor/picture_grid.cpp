#include "widgets/tensor/picture_grid.h"

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

namespace widgets {
namespace {

constexpr int box = 88; ///< of a picture with its label, at least [px]
constexpr int labelHeight = 16; ///< below the picture

/// Where a picture stands in its box: pixels of small ones as whole multiples.
QRect placeIn(const QRect& room, const QSize& picture)
{
    QSize size = picture.scaled(room.size(), Qt::KeepAspectRatio);
    if (const int times = size.width() / picture.width(); times >= 1)
        size = picture * times;
    QRect place(QPoint(), size.expandedTo({ 1, 1 }));
    place.moveCenter(room.center());
    return place;
}

/// A file's name without its folder; "image 7".
QString nameOf(const engine::Dataset& content, std::int64_t picture)
{
    const QString name = QString::fromStdString(content.images->name(static_cast<std::size_t>(picture)));
    return name.mid(name.lastIndexOf(QLatin1Char('/')) + 1);
}

} // namespace

PictureGrid::PictureGrid(QWidget* parent)
    : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Pictures"));
    connect(&m_pictures, &PictureStore::arrived, viewport(), QOverload<>::of(&QWidget::update));
    connect(verticalScrollBar(), &QScrollBar::valueChanged, viewport(), QOverload<>::of(&QWidget::update));
    connect(&ThemeManager::instance(), &ThemeManager::changed, viewport(), QOverload<>::of(&QWidget::update));
}

void PictureGrid::setDataset(const analysis::DatasetPtr& dataset)
{
    if (dataset == m_dataset)
        return;
    m_dataset = dataset;
    m_pictures.setImages(dataset ? dataset->content.images : nullptr);
    m_selected = -1;
    verticalScrollBar()->setValue(0);
    relayout();
    viewport()->update();
}

void PictureGrid::clear()
{
    setDataset(nullptr);
}

void PictureGrid::relayout()
{
    const bool any = m_dataset && m_dataset->content.images;
    const auto count = any ? static_cast<std::int64_t>(m_dataset->content.images->size()) : 0;
    const QSize area = viewport()->size();
    m_layout = MosaicLayout(count, box, box, area);
    verticalScrollBar()->setPageStep(area.height());
    verticalScrollBar()->setSingleStep(m_layout.thumbSize().height() + MosaicLayout::gap);
    verticalScrollBar()->setRange(0, std::max(0, m_layout.contentHeight() - area.height()));
    emit captionChanged();
}

void PictureGrid::setSelected(std::int64_t picture)
{
    m_selected = picture >= 0 && picture < count() ? picture : -1;
    if (m_selected >= 0) {
        const QRect rect = m_layout.rectOf(m_selected);
        QScrollBar* bar = verticalScrollBar();
        const int lowest = rect.bottom() + MosaicLayout::gap - viewport()->height();
        bar->setValue(std::clamp(bar->value(), std::min(lowest, rect.top()), rect.top()));
    }
    viewport()->update();
    emit captionChanged();
}

QString PictureGrid::caption() const
{
    return count() == 1 ? tr("One picture") : tr("%1 pictures").arg(formatCount(count()));
}

QString PictureGrid::detail() const
{
    if (m_selected < 0)
        return {};
    return tr("picture %1: %2").arg(formatCount(m_selected), labelOf(m_selected));
}

QString PictureGrid::labelOf(std::int64_t picture) const
{
    const engine::Dataset& content = m_dataset->content;
    const auto index = static_cast<std::size_t>(picture);
    const std::optional<int> label = content.images->label(index);
    if (!label)
        return nameOf(content, picture);
    const bool named = *label >= 0 && static_cast<std::size_t>(*label) < content.classNames.size();
    return named ? QString::fromStdString(content.classNames[static_cast<std::size_t>(*label)])
                 : QString::number(*label);
}

QString PictureGrid::tipOf(std::int64_t picture) const
{
    const QString name = nameOf(m_dataset->content, picture);
    const QString label = labelOf(picture);
    return label == name ? name : name + QStringLiteral(": ") + label;
}

QRect PictureGrid::rectOf(std::int64_t picture) const
{
    return m_layout.rectOf(picture).translated(0, -verticalScrollBar()->value());
}

std::pair<std::int64_t, std::int64_t> PictureGrid::shown() const
{
    const int top = verticalScrollBar()->value();
    return m_layout.channelsBetween(top, top + viewport()->height());
}

bool PictureGrid::isComplete() const
{
    const auto [first, end] = shown();
    for (std::int64_t picture = first; picture < end; ++picture) {
        if (m_pictures.find(picture) == nullptr)
            return false;
    }
    return true;
}

void PictureGrid::paintPicture(QPainter& painter, std::int64_t picture)
{
    const Theme& theme = Theme::current();
    const QRect rect = rectOf(picture);
    const QRect room = rect.adjusted(2, 2, -2, -labelHeight);
    const QRect line(rect.left() + 2, rect.bottom() - labelHeight + 1, rect.width() - 4, labelHeight);
    painter.setFont(uiFont(11));
    painter.setPen(theme.text2);
    const QString label =
        QFontMetricsF(painter.font()).elidedText(labelOf(picture), Qt::ElideRight, line.width());
    painter.drawText(line, Qt::AlignCenter, label);
    const QImage* image = m_pictures.find(picture);
    if (image == nullptr || image->isNull()) {
        painter.fillRect(room, theme.alt);
        if (image != nullptr)
            painter.drawText(room, Qt::AlignCenter | Qt::TextWordWrap, tr("cannot be read"));
        return;
    }
    const QRect place = placeIn(room, image->size());
    painter.setRenderHint(QPainter::SmoothPixmapTransform, place.width() < image->width());
    painter.drawImage(place, *image);
}

void PictureGrid::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), Theme::current().panel);
    if (count() == 0)
        return;
    const auto [first, end] = shown();
    m_pictures.want(first, end);
    for (std::int64_t picture = first; picture < end; ++picture)
        paintPicture(painter, picture);
    if (m_selected >= first && m_selected < end)
        paintContainer(painter, rectOf(m_selected).adjusted(1, 1, -1, -1));
}

void PictureGrid::resizeEvent(QResizeEvent*)
{
    relayout();
    setSelected(m_selected);
}

std::optional<std::int64_t> PictureGrid::pictureAt(const QPoint& position) const
{
    return m_layout.channelAt(position + QPoint(0, verticalScrollBar()->value()));
}

void PictureGrid::mousePressEvent(QMouseEvent* event)
{
    const auto picture = pictureAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && picture)
        emit pictureClicked(*picture);
}

void PictureGrid::keyPressEvent(QKeyEvent* event)
{
    const std::int64_t last = count() - 1;
    std::int64_t next = std::max<std::int64_t>(m_selected, 0);
    switch (event->key()) {
    case Qt::Key_Left:
        next -= 1;
        break;
    case Qt::Key_Right:
        next += 1;
        break;
    case Qt::Key_Up:
        next -= m_layout.perRow();
        break;
    case Qt::Key_Down:
        next += m_layout.perRow();
        break;
    case Qt::Key_Home:
        next = 0;
        break;
    case Qt::Key_End:
        next = last;
        break;
    default:
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    if (last >= 0)
        emit pictureClicked(std::clamp<std::int64_t>(next, 0, last));
}

bool PictureGrid::viewportEvent(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto picture = pictureAt(help->pos());
    QToolTip::showText(help->globalPos(), picture ? tipOf(*picture) : QString(), viewport());
    return true;
}

} // namespace widgets
