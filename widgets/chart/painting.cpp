#include "widgets/chart/painting.h"

#include <QWidget>
#include <qcustomplot.h>

#include <utility>

namespace widgets {

namespace {

void wantEdges(QCPPainter& painter)
{
    painter.setAntialiasing(painter.modes().testFlag(QCPPainter::pmVectorized));
}

class Painting : public QCPLayerable {
public:
    Painting(QCustomPlot& plot, const QString& layerName, Clip clip, Paint paint)
        : QCPLayerable(&plot, layerName)
        , m_clip(clip)
        , m_paint(std::move(paint))
    {
    }

protected:
    QRect clipRect() const override
    {
        return m_clip == Clip::Axes ? mParentPlot->axisRect()->rect() : mParentPlot->viewport();
    }
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override { wantEdges(*painter); }
    void draw(QCPPainter* painter) override { m_paint(*painter); }

private:
    Clip m_clip;
    Paint m_paint;
};

class PaintedElement : public QCPLayoutElement {
public:
    PaintedElement(QCustomPlot& plot, std::function<QSize()> size,
                   std::function<void(QPainter&, const QRect&)> paint)
        : QCPLayoutElement(&plot)
        , m_size(std::move(size))
        , m_paint(std::move(paint))
    {
        setLayer(QStringLiteral("legend"));
    }

    QSize minimumOuterSizeHint() const override { return m_size(); }
    QSize maximumOuterSizeHint() const override
    {
        const QSize size = m_size();
        return { size.width() == 0 ? QWIDGETSIZE_MAX : size.width(),
                 size.height() == 0 ? QWIDGETSIZE_MAX : size.height() };
    }

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override { wantEdges(*painter); }
    void draw(QCPPainter* painter) override { m_paint(*painter, rect()); }

private:
    std::function<QSize()> m_size;
    std::function<void(QPainter&, const QRect&)> m_paint;
};

} // namespace

void addPainting(QCustomPlot& plot, const char* layer, Clip clip, Paint paint)
{
    new Painting(plot, QString::fromLatin1(layer), clip, std::move(paint)); // the plot is its parent
}

QCPLayoutElement* newPaintedElement(QCustomPlot& plot, std::function<QSize()> size,
                                    std::function<void(QPainter&, const QRect&)> paint)
{
    return new PaintedElement(plot, std::move(size), std::move(paint));
}

} // namespace widgets
