#include "widgets/theme/focus_ring.h"

#include <QAbstractButton>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QFocusEvent>
#include <QFocusFrame>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollBar>

namespace widgets {

namespace {

bool isField(const QWidget* widget)
{
    if (qobject_cast<const QLineEdit*>(widget) != nullptr)
        return widget->focusProxy() == nullptr;
    return qobject_cast<const QAbstractSpinBox*>(widget) != nullptr
        || qobject_cast<const QComboBox*>(widget) != nullptr
        || qobject_cast<const QPlainTextEdit*>(widget) != nullptr;
}

bool byKeyboard(const QWidget* widget, Qt::FocusReason reason)
{
    switch (reason) {
    case Qt::TabFocusReason:
    case Qt::BacktabFocusReason:
    case Qt::ShortcutFocusReason:
        return true;
    case Qt::MouseFocusReason:
        return false;
    default:
        return widget->window()->testAttribute(Qt::WA_KeyboardFocusChange);
    }
}

} // namespace

FocusRing::FocusRing(QObject* parent)
    : QObject(parent)
{
}

FocusRing::~FocusRing() = default;

bool FocusRing::wants(const QWidget* widget)
{
    if (qobject_cast<const QScrollBar*>(widget) != nullptr)
        return false;
    return isField(widget) || qobject_cast<const QAbstractButton*>(widget) != nullptr
        || qobject_cast<const QAbstractSlider*>(widget) != nullptr || widget->property("focusRing").toBool();
}

bool FocusRing::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusIn) {
        auto* widget = static_cast<QWidget*>(watched);
        if (isField(widget) || byKeyboard(widget, static_cast<QFocusEvent*>(event)->reason()))
            show(widget);
    } else if (event->type() == QEvent::FocusOut || event->type() == QEvent::Hide) {
        hide(static_cast<QWidget*>(watched));
    }
    return QObject::eventFilter(watched, event);
}

void FocusRing::show(QWidget* widget)
{
    if (widget->isWindow())
        return;
    if (m_frame.isNull())
        m_frame = new QFocusFrame(widget->window());
    m_frame->setWidget(widget);
}

void FocusRing::hide(const QWidget* widget)
{
    if (!m_frame.isNull() && m_frame->widget() == widget)
        m_frame->setWidget(nullptr);
}

} // namespace widgets
