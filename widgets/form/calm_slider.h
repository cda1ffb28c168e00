#pragma once

#include <QSlider>

namespace widgets {

/// A slider that lets the wheel scroll the form around it unless it has the focus.
class CalmSlider : public QSlider {
    Q_OBJECT

public:
    explicit CalmSlider(Qt::Orientation orientation, QWidget* parent = nullptr);

protected:
    void wheelEvent(QWheelEvent* event) override;
};

} // namespace widgets
