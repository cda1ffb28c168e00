#pragma once

#include <QComboBox>

namespace widgets {

/// A combo box that lets the wheel scroll the form around it unless it has the focus, and that gives way when
/// its texts are long.
class CalmCombo : public QComboBox {
    Q_OBJECT

public:
    explicit CalmCombo(QWidget* parent = nullptr);

protected:
    void wheelEvent(QWheelEvent* event) override;
};

} // namespace widgets
