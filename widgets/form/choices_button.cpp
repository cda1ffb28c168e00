#include "widgets/form/choices_button.h"

#include <QKeyEvent>
#include <QMenu>
#include <QStyleOptionComboBox>
#include <QStylePainter>

namespace widgets {

ChoicesButton::ChoicesButton(const std::vector<analysis::Choice>& choices, QWidget* parent)
    : QToolButton(parent)
{
    setPopupMode(QToolButton::InstantPopup);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto* menu = new QMenu(this);
    for (const analysis::Choice& choice : choices) {
        auto* action = new QAction(choice.title.isEmpty() ? choice.id : choice.title, menu);
        action->setData(choice.id);
        action->setCheckable(true);
        menu->addAction(action);
        m_actions.push_back(action);
        connect(action, &QAction::triggered, this, [this] {
            setToolTip(summary());
            update();
            emit edited();
        });
    }
    menu->installEventFilter(this);
    setMenu(menu);
}

/// Several marks in a row without opening the menu again.
bool ChoicesButton::eventFilter(QObject* watched, QEvent* event)
{
    auto* opened = qobject_cast<QMenu*>(watched);
    const bool space =
        event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Space;
    if (opened != nullptr && (space || event->type() == QEvent::MouseButtonRelease)) {
        QAction* action = space ? opened->activeAction()
                                : opened->actionAt(static_cast<QMouseEvent*>(event)->position().toPoint());
        if (action != nullptr && action->isEnabled()) {
            action->trigger();
            return true;
        }
    }
    return QToolButton::eventFilter(watched, event);
}

QStringList ChoicesButton::chosen() const
{
    QStringList ids;
    for (const QAction* action : m_actions) {
        if (action->isChecked())
            ids.append(action->data().toString());
    }
    return ids;
}

void ChoicesButton::setChosen(const QStringList& ids)
{
    for (QAction* action : m_actions)
        action->setChecked(ids.contains(action->data().toString()));
    setToolTip(summary());
    update();
}

QString ChoicesButton::summary() const
{
    QStringList titles;
    for (const QAction* action : m_actions) {
        if (action->isChecked())
            titles.append(action->text());
    }
    if (titles.isEmpty())
        return tr("none");
    if (m_actions.size() > 2 && titles.size() == static_cast<qsizetype>(m_actions.size()))
        return tr("all %1").arg(titles.size());
    return titles.join(QStringLiteral(", "));
}

QSize ChoicesButton::sizeHint() const
{
    return { 96, std::max(26, fontMetrics().height() + 6) };
}

QSize ChoicesButton::minimumSizeHint() const
{
    return { 64, sizeHint().height() };
}

void ChoicesButton::paintEvent(QPaintEvent*)
{
    QStylePainter painter(this);
    QStyleOptionComboBox option;
    option.initFrom(this);
    option.editable = false;
    option.subControls = QStyle::SC_All;
    option.currentText = fontMetrics().elidedText(summary(), Qt::ElideRight, width() - 34);
    painter.drawComplexControl(QStyle::CC_ComboBox, option);
    painter.drawControl(QStyle::CE_ComboBoxLabel, option);
}

} // namespace widgets
