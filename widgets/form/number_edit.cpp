#include "widgets/form/number_edit.h"

#include "analysis/number.h"

#include <QLineEdit>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace widgets {

NumberEdit::NumberEdit(double minimum, double maximum, bool whole, QWidget* parent)
    : QAbstractSpinBox(parent)
    , m_minimum(minimum)
    , m_maximum(maximum)
    , m_whole(whole)
{
    setFocusPolicy(Qt::StrongFocus);
    setMinimumWidth(64);
    connect(lineEdit(), &QLineEdit::textEdited, this, &NumberEdit::edited);
}

void NumberEdit::setPlainText(const QString& text)
{
    lineEdit()->setText(text);
    if (!hasFocus()) // of a long number the front counts
        lineEdit()->setCursorPosition(0);
}

/// A power of ten: a hundredth of a finite range at most, else a tenth of the value's own.
double NumberEdit::step(double value) const
{
    if (m_whole)
        return 1;
    const double range = m_maximum - m_minimum;
    const double size =
        std::isfinite(range) && range > 0 ? range / 20 : std::max(std::abs(value), 1e-6) * 0.5;
    return std::pow(10.0, std::floor(std::log10(size)));
}

void NumberEdit::stepBy(int steps)
{
    bool good = false;
    double value = text().toDouble(&good);
    if (!good)
        value = std::clamp(0.0, m_minimum, m_maximum);
    const double size = step(value);
    // Onto the grid of the step, so that 0.1 + 0.1 + 0.1 stays 0.3.
    constexpr double hair = 1e-9;
    const double place = steps > 0 ? std::floor(value / size + hair) : std::ceil(value / size - hair);
    const double target = (place + steps) * size;
    const double next = std::clamp(target, m_minimum, m_maximum);
    const int decimals = size >= 1 ? 0 : static_cast<int>(std::lround(-std::log10(size)));
    const double clean = QString::number(next, 'f', decimals).toDouble();
    setPlainText(QString::fromLatin1(analysis::shortest(next == target ? clean : next)));
    lineEdit()->selectAll();
    emit edited();
}

QAbstractSpinBox::StepEnabled NumberEdit::stepEnabled() const
{
    bool good = false;
    const double value = text().toDouble(&good);
    StepEnabled result = StepNone;
    if (!good || value < m_maximum)
        result |= StepUpEnabled;
    if (!good || value > m_minimum)
        result |= StepDownEnabled;
    return isReadOnly() ? StepNone : result;
}

QValidator::State NumberEdit::validate(QString&, int&) const
{
    return QValidator::Acceptable;
}

void NumberEdit::fixup(QString&) const { }

void NumberEdit::wheelEvent(QWheelEvent* event)
{
    if (hasFocus())
        QAbstractSpinBox::wheelEvent(event);
    else
        event->ignore();
}

} // namespace widgets
