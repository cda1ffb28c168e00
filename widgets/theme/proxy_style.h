#pragma once

#include <QProxyStyle>

#include <memory>

namespace widgets {

class FocusRing;

/// Fusion with the flat parts of look.md section 4: buttons, fields, marks, bars, headers, tabs and rows.
///
/// Dynamic properties a widget may carry (set them before it is shown, or call update() after):
/// "primary" (bool) a button with the accent face, one per area; "compact" (bool) a 24 px button;
/// "segment" (first, middle, last, only) a tool button of a Segmented; "invalid" (bool) a field with the err
/// outline; "focusRing" (bool) a widget of our own that wants the ring when it has the focus.
class ProxyStyle : public QProxyStyle {
    Q_OBJECT

public:
    ProxyStyle();
    ~ProxyStyle() override;

    using QProxyStyle::polish;
    using QProxyStyle::unpolish;
    void polish(QWidget* widget) override;
    void unpolish(QWidget* widget) override;

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override;

    QIcon standardIcon(StandardPixmap name, const QStyleOption* option, const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* data) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                         const QWidget* widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption* option,
                         const QWidget* widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& contents,
                           const QWidget* widget) const override;

private:
    std::unique_ptr<FocusRing> m_ring;
};

} // namespace widgets
