#include "widgets/page/chart_marker.h"

#include "widgets/chart/chart_view.h"
#include "widgets/chart/kind_view.h"
#include "widgets/theme/theme.h"

#include <QEvent>
#include <QFontMetricsF>
#include <QPainter>

#include <cmath>

namespace widgets {

ChartMarker::ChartMarker(ChartView* chart)
    : QWidget(chart)
    , m_chart(chart)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    chart->installEventFilter(this);
    setGeometry(chart->rect());
}

void ChartMarker::setMark(int element, const QString& label)
{
    m_element = element;
    m_label = label;
    raise();
    update();
}

bool ChartMarker::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize)
        setGeometry(m_chart->rect());
    return QWidget::eventFilter(watched, event);
}

void ChartMarker::paintEvent(QPaintEvent*)
{
    if (m_element < 0)
        return;
    const QRectF bar = m_chart->view().outline(m_element);
    const QRectF area = m_chart->view().frame().area();
    const double x = std::round(bar.center().x()) + 0.5;
    if (bar.isEmpty() || x < area.left() || x > area.right())
        return;
    constexpr double fromTop = 20;
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.setPen(QPen(theme.text, 1, Qt::DashLine, Qt::FlatCap));
    painter.drawLine(QPointF(x, area.top() + fromTop), QPointF(x, std::max(area.top() + fromTop, bar.top())));
    painter.setPen(theme.text);
    painter.setFont(uiFont(11));
    const double width = QFontMetricsF(painter.font()).horizontalAdvance(m_label);
    const double left = x + 6 + width > area.right() ? x - 6 - width : x + 6;
    const QRectF label(left, area.top() + fromTop, width, 16);
    if (!m_chart->view().covers(label))
        painter.fillRect(label, theme.panel);
    painter.drawText(label, Qt::AlignVCenter | Qt::TextDontClip, m_label);
}

} // namespace widgets
