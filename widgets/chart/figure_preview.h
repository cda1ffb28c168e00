#pragma once

#include "analysis/chart.h"
#include "widgets/chart/figure_style.h"

#include <QImage>
#include <QScrollArea>

class QLabel;

namespace widgets {

class Segmented;

/// The page with rulers in mm along its top and left.
class FigureSheet : public QWidget {
    Q_OBJECT

public:
    static constexpr int rulerSize = 28; ///< [px]

    using QWidget::QWidget;

    void setPage(const QImage& page, const QSizeF& sizeMm, double pixelsPerMm);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintRuler(QPainter& painter, Qt::Orientation orientation) const;
    QRectF pageArea() const;

    QImage m_page;
    QSizeF m_sizeMm;
    double m_pixelsPerMm = 1;
};

/// How the figure will print, at true size, twice that, or as large as it fits.
class FigurePreview : public QWidget {
    Q_OBJECT

public:
    explicit FigurePreview(QWidget* parent = nullptr);

    /// The chart must stay until the next call.
    void setFigure(const analysis::Chart& chart, const FigureStyle& style);
    double zoom() const; ///< 1 = true size

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeHeader();
    void render();

    const analysis::Chart* m_chart = nullptr;
    FigureStyle m_style;
    QLabel* m_measures;
    Segmented* m_zoom;
    QScrollArea* m_scroll;
    FigureSheet* m_sheet;
};

} // namespace widgets
