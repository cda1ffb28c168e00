#include "widgets/chart/figure_preview.h"

#include "widgets/chart/render.h"
#include "widgets/parts/segmented.h"
#include "widgets/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace widgets {

namespace {

constexpr double mmPerInch = 25.4;
constexpr double largestZoom = 4;

/// Whole points, as a PDF page has them.
int points(double mm)
{
    return static_cast<int>(std::lround(mm / mmPerInch * 72));
}

} // namespace

void FigureSheet::setPage(const QImage& page, const QSizeF& sizeMm, double pixelsPerMm)
{
    m_page = page;
    m_sizeMm = sizeMm;
    m_pixelsPerMm = pixelsPerMm;
    setFixedSize(sizeHint());
    update();
}

QRectF FigureSheet::pageArea() const
{
    return { QPointF(rulerSize, rulerSize), m_sizeMm * m_pixelsPerMm };
}

QSize FigureSheet::sizeHint() const
{
    return (pageArea().size() + QSizeF(rulerSize + 2, rulerSize + 2)).toSize();
}

void FigureSheet::paintRuler(QPainter& painter, Qt::Orientation orientation) const
{
    const bool flat = orientation == Qt::Horizontal;
    const QRectF page = pageArea();
    const Theme& theme = Theme::current();
    const int every = m_pixelsPerMm >= 2.5 ? 1 : m_pixelsPerMm >= 1 ? 2 : 5;
    const auto last = static_cast<int>(flat ? m_sizeMm.width() : m_sizeMm.height());
    for (int mm = 0; mm <= last; mm += every) {
        const double at = std::round((flat ? page.left() : page.top()) + mm * m_pixelsPerMm);
        const double length = mm % 10 == 0 ? 9 : mm % 5 == 0 ? 6 : 3;
        painter.setPen(theme.ctl);
        if (flat)
            painter.drawLine(QPointF(at, page.top() - 1), QPointF(at, page.top() - 1 - length));
        else
            painter.drawLine(QPointF(page.left() - 1, at), QPointF(page.left() - 1 - length, at));
        if (mm % 10 != 0 || (mm == 0 && !flat) || (m_pixelsPerMm < 2 && mm % 50 != 0))
            continue;
        painter.setPen(theme.text2);
        if (flat)
            painter.drawText(QRectF(at + 2, 0, 40, page.top() - 9), Qt::AlignLeft | Qt::AlignVCenter,
                             QString::number(mm));
        else
            painter.drawText(QRectF(0, at - 8, page.left() - 11, 16), Qt::AlignRight | Qt::AlignVCenter,
                             QString::number(mm));
    }
}

void FigureSheet::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.fillRect(QRect(0, 0, width(), rulerSize), theme.alt);
    painter.fillRect(QRect(0, 0, rulerSize, height()), theme.alt);
    painter.setFont(uiFont(10));
    painter.setPen(theme.text2);
    painter.drawText(QRect(0, 0, rulerSize, rulerSize), Qt::AlignCenter, tr("mm"));
    paintRuler(painter, Qt::Horizontal);
    paintRuler(painter, Qt::Vertical);
    painter.drawImage(pageArea(), m_page);
    painter.setPen(theme.border);
    painter.drawRect(pageArea());
}

FigurePreview::FigurePreview(QWidget* parent)
    : QWidget(parent)
    , m_measures(new QLabel)
    , m_zoom(new Segmented(tr("Zoom")))
    , m_scroll(new QScrollArea)
    , m_sheet(new FigureSheet)
{
    m_scroll->setWidget(m_sheet);
    m_scroll->setAlignment(Qt::AlignCenter);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setBackgroundRole(QPalette::Window);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHeader());
    column->addWidget(m_scroll, 1);
}

QWidget* FigurePreview::makeHeader()
{
    auto* header = new QWidget;
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(12, 5, 12, 5);
    auto* title = new QLabel(tr("Preview"));
    title->setFont(uiFont(13, true));
    m_measures->setForegroundRole(QPalette::PlaceholderText);
    m_measures->setObjectName(QStringLiteral("measures"));
    auto* zoomLabel = new QLabel(tr("Zoom"));
    zoomLabel->setForegroundRole(QPalette::PlaceholderText);
    m_zoom->add(tr("100 %"), tr("True size"));
    m_zoom->add(tr("200 %"));
    m_zoom->add(tr("Fit"));
    m_zoom->setCurrent(2);
    connect(m_zoom, &Segmented::chosen, this, &FigurePreview::render);
    row->addWidget(title);
    row->addWidget(m_measures, 1);
    row->addWidget(zoomLabel);
    row->addWidget(m_zoom);
    return header;
}

double FigurePreview::zoom() const
{
    if (m_zoom->current() < 2)
        return m_zoom->current() + 1;
    const double perMm = logicalDpiX() / mmPerInch;
    const double room = FigureSheet::rulerSize + 16;
    const double across = (m_scroll->width() - room) / (m_style.size.widthMm * perMm);
    const double down = (m_scroll->height() - room) / (m_style.size.heightMm * perMm);
    return std::clamp(std::min(across, down), 0.1, largestZoom);
}

void FigurePreview::setFigure(const analysis::Chart& chart, const FigureStyle& style)
{
    m_chart = &chart;
    m_style = style;
    m_measures->setText(tr("%1 \u00D7 %2 mm, page %3 \u00D7 %4 pt")
                            .arg(formatNumber(style.size.widthMm, 1), formatNumber(style.size.heightMm, 1))
                            .arg(points(style.size.widthMm))
                            .arg(points(style.size.heightMm)));
    render();
}

void FigurePreview::render()
{
    if (m_chart == nullptr)
        return;
    const double dpi = logicalDpiX() * zoom();
    m_sheet->setPage(renderFigure(*m_chart, m_style, dpi * devicePixelRatioF()),
                     { m_style.size.widthMm, m_style.size.heightMm }, dpi / mmPerInch);
}

void FigurePreview::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (m_zoom->current() == 2)
        render();
}

} // namespace widgets
