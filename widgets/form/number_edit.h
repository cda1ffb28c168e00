#pragma once

#include <QAbstractSpinBox>

namespace widgets {

/// A spin box that takes any text, so that a value out of range can be typed and spoken about; only its steps
/// keep within the limits. Numbers in the C locale.
class NumberEdit : public QAbstractSpinBox {
    Q_OBJECT

public:
    NumberEdit(double minimum, double maximum, bool whole, QWidget* parent = nullptr);

    void setPlainText(const QString& text); ///< does not emit edited()
    void stepBy(int steps) override;

signals:
    void edited();

protected:
    StepEnabled stepEnabled() const override;
    QValidator::State validate(QString& input, int& position) const override;
    void fixup(QString& input) const override;
    void wheelEvent(QWheelEvent* event) override;

private:
    double step(double value) const;

    double m_minimum;
    double m_maximum;
    bool m_whole;
};

} // namespace widgets
