#include "widgets/chart/chart_view.h"

#include "widgets/chart/chart_motion.h"
#include "widgets/chart/factory.h"
#include "widgets/parts/value_tip.h"
#include "widgets/theme/theme.h"

#include <QAction>
#include <QApplication>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QStyleHints>
#include <QWheelEvent>
#include <qcustomplot.h>

#include <cmath>
#include <numbers>
#include <utility>

namespace widgets {

namespace {

constexpr double wheelStep = 120; ///< [1/8 degree]

/// The axis that shows values, where a logarithmic scale makes sense.
struct ValueAxis {
    analysis::Axis& operator()(analysis::BarChart& chart) const { return chart.value; }
    analysis::Axis& operator()(analysis::HistogramChart& chart) const { return chart.count; }
    analysis::Axis& operator()(analysis::LineChart& chart) const { return chart.y; }
    analysis::Axis& operator()(analysis::ScatterChart& chart) const { return chart.y; }
    analysis::Axis& operator()(analysis::MapChart& chart) const { return chart.value; }
};

} // namespace

ChartView::ChartView(QWidget* parent)
    : QWidget(parent)
    , m_tip(new ValueTip(this))
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setProperty("focusRing", true);
    addActions();
    connect(&ThemeManager::instance(), &ThemeManager::changed, this, &ChartView::rebuildInPlace);
    rebuild();
}

ChartView::~ChartView()
{
    delete m_plot; // it draws through the view
}

void ChartView::addActions()
{
    const auto add = [this](const QString& text, const QString& iconName, const QKeySequence& key,
                            auto slot) {
        auto* action = new QAction(icon(iconName), text, this);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, slot);
        addAction(action);
    };
    add(tr("&Copy"), QStringLiteral("copy"), QKeySequence::Copy, &ChartView::copyPicture);
    add(tr("Copy &data"), QStringLiteral("copy"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C),
        &ChartView::copyData);
    add(tr("&Export\u2026"), QStringLiteral("export"), {}, &ChartView::exportRequested);
    add(tr("Show as &table"), QStringLiteral("table"), QKeySequence(Qt::Key_T), &ChartView::tableRequested);
    add(tr("Show the &whole"), QStringLiteral("home"), QKeySequence(Qt::Key_Home), &ChartView::resetView);
}

void ChartView::setChart(const analysis::Chart& chart)
{
    const bool sameChart = chart.id == m_chart.id && chart.kind.index() == m_chart.kind.index();
    const Interval homeX = m_view->frame().homeX();
    const Interval homeY = m_view->frame().homeY();
    const Interval x = m_view->frame().rangeX();
    const Interval y = m_view->frame().rangeY();
    const bool zoomed = !isAtHome(*m_view);
    m_chart = chart;
    if (!sameChart)
        m_highlight = -1;
    rebuild();
    if (sameChart && zoomed && m_view->frame().homeX() == homeX && m_view->frame().homeY() == homeY) {
        showRanges(*m_view, x, y);
        replot();
    }
}

void ChartView::setLogarithmic(bool on)
{
    bool& logarithmic = std::visit(ValueAxis(), m_chart.kind).logarithmic;
    if (std::exchange(logarithmic, on) != on)
        rebuild();
}

void ChartView::rebuild()
{
    m_view.reset();
    delete m_plot;
    m_plot = new QCustomPlot(this);
    m_plot->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_plot->setFocusPolicy(Qt::NoFocus);
    placePlot();
    connect(m_plot, &QCustomPlot::afterReplot, this, &ChartView::laidOut);
    m_view = makeView(m_chart, PlotFrame(*m_plot, screenLook(Theme::current())));
    if (m_highlight >= m_view->count())
        m_highlight = -1;
    m_view->setHighlight(m_highlight);
    m_plot->lower();
    m_plot->show();
    clearHover();
    describe();
    replot();
}

void ChartView::rebuildInPlace()
{
    const Interval x = m_view->frame().rangeX();
    const Interval y = m_view->frame().rangeY();
    rebuild();
    showRanges(*m_view, x, y);
    replot();
}

/// A plot without room cannot be drawn: it keeps some, out of sight.
void ChartView::placePlot()
{
    m_plot->setGeometry(size().isEmpty() ? QRect(QPoint(0, 0), minimumSizeHint()) : rect());
}

void ChartView::replot()
{
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void ChartView::replotMoved()
{
    replot();
    emit rangeMoved();
}

void ChartView::showRangeX(const Interval& range)
{
    showRanges(*m_view, range, m_view->frame().rangeY());
    replot();
}

int ChartView::leftMargin() const
{
    return m_plot->axisRect()->margins().left();
}

int ChartView::rightMargin() const
{
    return m_plot->axisRect()->margins().right();
}

void ChartView::setLeastMargins(int left, int right)
{
    QMargins margins = m_plot->axisRect()->minimumMargins();
    margins.setLeft(left);
    margins.setRight(right);
    m_plot->axisRect()->setMinimumMargins(margins);
    replot();
}

void ChartView::describe()
{
    const QString summary = m_view->summary();
    setAccessibleName(m_chart.title.isEmpty() ? summary : m_chart.title + QStringLiteral(". ") + summary);
}

void ChartView::setHighlight(int index)
{
    const int wanted = index >= 0 && index < m_view->count() ? index : -1;
    if (wanted == m_highlight)
        return;
    m_highlight = wanted;
    m_view->setHighlight(wanted);
    replot();
}

void ChartView::resetView()
{
    showRanges(*m_view, m_view->frame().homeX(), m_view->frame().homeY());
    replotMoved();
}

void ChartView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    placePlot();
}

void ChartView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return QWidget::mousePressEvent(event);
    m_press = m_last = event->position();
    m_dragging = false;
}

void ChartView::mouseMoveEvent(QMouseEvent* event)
{
    const QPointF now = event->position();
    if (!m_press || !event->buttons().testFlag(Qt::LeftButton)) {
        m_press.reset();
        showHit(m_view->hitAt(now), now.toPoint());
        return;
    }
    if (!m_dragging && (now - *m_press).manhattanLength() < QApplication::startDragDistance())
        return;
    if (!m_dragging && !isAtHome(*m_view))
        setCursor(Qt::ClosedHandCursor);
    m_dragging = true;
    clearHover();
    panView(*m_view, m_last, now);
    m_last = now;
    replotMoved();
}

void ChartView::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_press)
        return QWidget::mouseReleaseEvent(event);
    const bool dragged = std::exchange(m_dragging, false);
    m_press.reset();
    unsetCursor();
    const Hit hit = m_view->hitAt(event->position());
    if (dragged || hit.element < 0)
        return;
    setHighlight(hit.element);
    emit clicked(hit.element);
}

void ChartView::wheelEvent(QWheelEvent* event)
{
    if (m_view->isEmpty() || !m_view->frame().area().contains(event->position()))
        return event->ignore();
    const QPoint turned = event->angleDelta();
    if (std::abs(turned.x()) > std::abs(turned.y()) && event->modifiers() == Qt::NoModifier) {
        panView(*m_view, event->position(), event->position() + QPointF(turned.x() / 2.0, 0));
    } else {
        const bool onlyX = event->modifiers().testFlag(Qt::ControlModifier);
        const bool onlyY = event->modifiers().testFlag(Qt::ShiftModifier);
        const Qt::Orientations directions = onlyX ? Qt::Horizontal
            : onlyY                               ? Qt::Vertical
                                                  : Qt::Horizontal | Qt::Vertical;
        const int delta = turned.y() != 0 ? turned.y() : turned.x();
        zoomView(*m_view, event->position(), std::pow(std::numbers::sqrt2, delta / wheelStep), directions);
    }
    event->accept();
    showHit(m_view->hitAt(event->position()), event->position().toPoint());
    replotMoved();
}

void ChartView::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    clearHover();
}

void ChartView::contextMenuEvent(QContextMenuEvent* event)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions(actions());
    menu->popup(event->globalPos());
}

void ChartView::showHit(const Hit& hit, const QPoint& pointer)
{
    if (hit.value.isEmpty())
        return clearHover();
    m_view->setHover(hit.element);
    m_plot->layer(QStringLiteral("overlay"))->replot();
    const bool isMap = std::holds_alternative<analysis::MapChart>(m_chart.kind);
    const QRect avoid = isMap ? m_view->outline(hit.element).toAlignedRect() : QRect();
    m_tip->showAt(pointer, avoid, { hit.value, {}, hit.place });
    if (std::exchange(m_hoverText, hit.text()) != hit.text())
        emit hovered(m_hoverText);
}

void ChartView::clearHover()
{
    m_tip->hide();
    if (m_hoverText.isEmpty())
        return;
    m_hoverText.clear();
    m_view->setHover(-1);
    m_plot->layer(QStringLiteral("overlay"))->replot();
    emit hovered({});
}

void ChartView::moveHighlight(Qt::Key key)
{
    if (m_view->isEmpty())
        return;
    setHighlight(m_view->neighbour(m_highlight, key));
    m_hoverText = m_view->hit(m_highlight).text();
    setAccessibleDescription(m_hoverText);
    emit hovered(m_hoverText);
}

void ChartView::keyPressEvent(QKeyEvent* event)
{
    const auto key = static_cast<Qt::Key>(event->key());
    switch (key) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
        return moveHighlight(key);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_highlight >= 0)
            emit clicked(m_highlight);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace widgets
