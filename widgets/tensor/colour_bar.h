#pragma once

#include "widgets/tensor/colour_scale.h"

#include <QWidget>

namespace widgets {

/// What the colours of a map mean: title with unit, the colours, numbers, and zero as a swatch of its own.
class ColourBar : public QWidget {
    Q_OBJECT

public:
    explicit ColourBar(QWidget* parent = nullptr);

    void setScale(const ColourScale& scale);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return { sizeHint().width(), 80 }; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QRectF barRect() const;

    ColourScale m_scale;
};

} // namespace widgets
