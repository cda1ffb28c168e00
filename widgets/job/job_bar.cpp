#include "widgets/job/job_bar.h"

#include "widgets/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace widgets {

namespace {

constexpr int barHeight = 10;
constexpr double block = 0.25;
/// Places of the block: from left to right and back.
constexpr int steps = 6;

} // namespace

JobBar::JobBar(int width, QWidget* parent)
    : QWidget(parent)
    , m_width(width)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("Progress"));
    m_timer.setInterval(500);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_step = (m_step + 1) % steps;
        update();
    });
}

void JobBar::setFraction(double fraction)
{
    if (fraction == m_fraction)
        return;
    m_fraction = fraction;
    setAccessibleDescription(fraction < 0 ? tr("running") : formatPercent(fraction, 0));
    runTimer();
    update();
}

void JobBar::runTimer()
{
    const bool wanted = m_fraction < 0 && isVisible();
    if (wanted != m_timer.isActive())
        wanted ? m_timer.start() : m_timer.stop();
}

QSize JobBar::sizeHint() const
{
    return { m_width, barHeight };
}

void JobBar::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    const QRect frame(0, (height() - barHeight) / 2, width(), barHeight);
    painter.setPen(theme.ctl);
    painter.setBrush(theme.panel);
    painter.drawRect(frame.adjusted(0, 0, -1, -1));
    const QRectF inner = QRectF(frame).adjusted(1, 1, -1, -1);
    const int place = m_step <= steps / 2 ? m_step : steps - m_step;
    const double from = m_fraction < 0 ? place * block : 0;
    const double length = m_fraction < 0 ? block : std::clamp(m_fraction, 0.0, 1.0);
    painter.fillRect(
        QRectF(inner.left() + from * inner.width(), inner.top(), length * inner.width(), inner.height()),
        theme.accent);
}

void JobBar::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    runTimer();
}

void JobBar::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_timer.stop();
}

} // namespace widgets
