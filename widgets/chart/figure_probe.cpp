#include "widgets/chart/figure_probe.h"

#include <QFontInfo>
#include <QPaintEngine>

#include <algorithm>
#include <cmath>

namespace widgets {

double FigureFacts::smallestPx() const
{
    const auto smallest = std::ranges::min_element(texts, {}, &Text::heightPx);
    return smallest == texts.end() ? 0 : smallest->heightPx;
}

QStringList FigureFacts::cutTexts(const QSizeF& page) const
{
    const QRectF inside = QRectF(QPointF(), page).adjusted(-0.5, -0.5, 0.5, 0.5);
    QStringList cut;
    for (const Text& text : texts) {
        if (!inside.contains(text.area))
            cut << text.text;
    }
    return cut;
}

class ProbeEngine : public QPaintEngine {
public:
    explicit ProbeEngine(FigureFacts& facts)
        : QPaintEngine(QPaintEngine::AllFeatures)
        , m_facts(facts)
    {
    }

    bool begin(QPaintDevice* /*device*/) override { return true; }
    bool end() override { return true; }
    Type type() const override { return QPaintEngine::User; }
    void drawPixmap(const QRectF& /*target*/, const QPixmap& /*pixmap*/, const QRectF& /*source*/) override {
    }
    void drawImage(const QRectF& /*target*/, const QImage& /*image*/, const QRectF& /*source*/,
                   Qt::ImageConversionFlags /*flags*/) override
    {
    }

    void updateState(const QPaintEngineState& now) override
    {
        if (now.state().testFlag(QPaintEngine::DirtyPen))
            m_pen = now.pen();
        if (now.state().testFlag(QPaintEngine::DirtyTransform))
            m_transform = now.transform();
    }

    void drawPath(const QPainterPath& /*path*/) override { noteLine(); }
    void drawPolygon(const QPointF* /*points*/, int /*count*/, PolygonDrawMode /*mode*/) override
    {
        noteLine();
    }
    void drawLines(const QLineF* /*lines*/, int /*count*/) override { noteLine(); }
    void drawRects(const QRectF* /*rects*/, int /*count*/) override { noteLine(); }
    void drawEllipse(const QRectF& /*rect*/) override { noteLine(); }
    void drawPoints(const QPointF* /*points*/, int /*count*/) override { } // dots, not lines

    void drawTextItem(const QPointF& origin, const QTextItem& item) override
    {
        const QRectF box(origin.x(), origin.y() - item.ascent(), item.width(),
                         item.ascent() + item.descent());
        const double pixels = item.font().pixelSize() * std::sqrt(std::abs(m_transform.determinant()));
        m_facts.texts.push_back({ item.text(), m_transform.mapRect(box), pixels });
        const QString family = item.font().families().value(0, item.font().family());
        if (QFontInfo(QFont(family)).family() != family && !m_facts.missingFonts.contains(family))
            m_facts.missingFonts << family;
    }

private:
    void noteLine()
    {
        if (m_pen.style() == Qt::NoPen)
            return;
        const double width = m_pen.widthF() * std::sqrt(std::abs(m_transform.determinant()));
        m_facts.thinnestPx = m_facts.thinnestPx == 0 ? width : std::min(m_facts.thinnestPx, width);
    }

    FigureFacts& m_facts;
    QPen m_pen { Qt::NoPen };
    QTransform m_transform;
};

FigureProbe::FigureProbe(const QSize& size, int dpi)
    : m_size(size)
    , m_dpi(dpi)
    , m_engine(std::make_unique<ProbeEngine>(m_facts))
{
}

FigureProbe::~FigureProbe() = default;

QPaintEngine* FigureProbe::paintEngine() const
{
    return m_engine.get();
}

int FigureProbe::metric(PaintDeviceMetric metric) const
{
    switch (metric) {
    case PdmWidth:
        return m_size.width();
    case PdmHeight:
        return m_size.height();
    case PdmWidthMM:
        return static_cast<int>(std::lround(m_size.width() * 25.4 / m_dpi));
    case PdmHeightMM:
        return static_cast<int>(std::lround(m_size.height() * 25.4 / m_dpi));
    case PdmDpiX:
    case PdmDpiY:
    case PdmPhysicalDpiX:
    case PdmPhysicalDpiY:
        return m_dpi;
    case PdmDepth:
        return 32;
    case PdmDevicePixelRatio:
        return 1;
    case PdmDevicePixelRatioScaled:
        return static_cast<int>(devicePixelRatioFScale());
    case PdmNumColors:
        break;
    }
    return QPaintDevice::metric(metric);
}

} // namespace widgets
