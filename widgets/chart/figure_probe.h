#pragma once

#include <QPaintDevice>
#include <QRectF>
#include <QSizeF>
#include <QStringList>

#include <memory>
#include <vector>

namespace widgets {

/// What was drawn, measured on the drawing itself.
struct FigureFacts {
    struct Text {
        QString text;
        QRectF area; ///< [layout px]
        double heightPx = 0; ///< size of the font as drawn [layout px]
    };
    std::vector<Text> texts;
    double thinnestPx = 0; ///< of all lines drawn; 0 = none [layout px]
    QStringList missingFonts; ///< asked for, not installed

    double smallestPx() const; ///< of all fonts; 0 = no text [layout px]
    /// Texts that stick out of the page.
    QStringList cutTexts(const QSizeF& page) const;
};

class ProbeEngine;

/// A paint device that keeps facts instead of pictures.
class FigureProbe : public QPaintDevice {
public:
    FigureProbe(const QSize& size, int dpi);
    ~FigureProbe() override;

    const FigureFacts& facts() const { return m_facts; }
    QPaintEngine* paintEngine() const override;

protected:
    int metric(PaintDeviceMetric metric) const override;

private:
    QSize m_size;
    int m_dpi;
    FigureFacts m_facts;
    std::unique_ptr<ProbeEngine> m_engine;
};

} // namespace widgets
