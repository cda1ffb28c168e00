#include "widgets/tensor/colour_bar.h"

#include "widgets/theme/theme.h"

#include <QFontMetricsF>
#include <QImage>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace widgets {
namespace {

constexpr double barWidth = 16;
constexpr double tickLength = 4;
constexpr double titleHeight = 22;
constexpr double swatchRoom = 26;

QImage gradient(const std::vector<QRgb>& foot)
{
    QImage image(1, static_cast<int>(foot.size()), QImage::Format_RGB32);
    for (int y = 0; y < image.height(); ++y)
        image.setPixel(0, y, foot[foot.size() - 1 - static_cast<std::size_t>(y)]);
    return image;
}

} // namespace

ColourBar::ColourBar(QWidget* parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Colour scale"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    connect(&ThemeManager::instance(), &ThemeManager::changed, this, QOverload<>::of(&QWidget::update));
}

void ColourBar::setScale(const ColourScale& scale)
{
    m_scale = scale;
    updateGeometry();
    update();
}

QSize ColourBar::sizeHint() const
{
    const QFontMetricsF metrics(uiFont(11));
    double width = QFontMetricsF(uiFont(12)).horizontalAdvance(m_scale.title());
    for (const ColourScale::Tick& tick : m_scale.ticks())
        width = std::max(width, barWidth + tickLength + 4 + metrics.horizontalAdvance(tick.text));
    // Room for five digits, so that the map beside it keeps its place.
    width = std::max(width, barWidth + tickLength + 4 + metrics.horizontalAdvance(QStringLiteral("00 000")));
    return { static_cast<int>(std::ceil(width)) + 4, 300 };
}

QRectF ColourBar::barRect() const
{
    const double foot = m_scale.hasZeroSwatch() ? swatchRoom : 8;
    return { 2, titleHeight, barWidth, std::max(1.0, height() - titleHeight - foot) };
}

void ColourBar::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.fillRect(rect(), theme.panel);
    if (m_scale.bar().empty())
        return;
    const QRectF bar = barRect();
    painter.setFont(uiFont(12));
    painter.setPen(theme.text);
    painter.drawText(QRectF(2, 0, width(), titleHeight - 4), Qt::AlignLeft | Qt::AlignVCenter,
                     m_scale.title());
    painter.drawImage(bar, gradient(m_scale.bar()));
    painter.setFont(uiFont(11));
    for (const ColourScale::Tick& tick : m_scale.ticks()) {
        const double y = std::round(bar.bottom() - tick.t * (bar.height() - 1)) - (tick.t == 0 ? 1 : 0);
        painter.fillRect(QRectF(bar.right(), y, tickLength, 1), theme.ctl);
        painter.setPen(theme.text2);
        painter.drawText(QRectF(bar.right() + tickLength + 4, y - 8, width(), 16),
                         Qt::AlignLeft | Qt::AlignVCenter, tick.text);
    }
    if (!m_scale.hasZeroSwatch())
        return;
    const QRectF swatch(bar.left(), bar.bottom() + 8, barWidth, 14);
    painter.fillRect(swatch, QColor::fromRgb(m_scale.zero()));
    painter.setPen(theme.ctl);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(swatch.adjusted(0.5, 0.5, -0.5, -0.5));
    painter.setFont(uiFont(11, true));
    painter.setPen(theme.text);
    painter.drawText(QRectF(bar.right() + tickLength + 4, swatch.top() - 1, width(), 16),
                     Qt::AlignLeft | Qt::AlignVCenter, QStringLiteral("0"));
}

} // namespace widgets
