#include "widgets/parts/segmented.h"

#include "widgets/theme/theme.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QToolButton>

namespace widgets {

namespace {

QString placeOf(qsizetype index, qsizetype count)
{
    if (count == 1)
        return QStringLiteral("only");
    if (index == 0)
        return QStringLiteral("first");
    return index + 1 == count ? QStringLiteral("last") : QStringLiteral("middle");
}

} // namespace

Segmented::Segmented(const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
{
    setAccessibleName(name);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    connect(m_group, &QButtonGroup::idClicked, this, &Segmented::chosen);
}

int Segmented::add(const QString& text, const QString& help)
{
    auto* button = new QToolButton(this);
    button->setText(text);
    button->setToolTip(help);
    button->setCheckable(true);
    button->setProperty("compact", true);
    button->setFont(uiFont(12));
    button->setFocusPolicy(Qt::StrongFocus);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    const int index = static_cast<int>(m_group->buttons().size());
    m_group->addButton(button, index);
    layout()->addWidget(button);
    const auto buttons = m_group->buttons();
    for (qsizetype i = 0; i < buttons.size(); ++i)
        buttons[i]->setProperty("segment", placeOf(i, buttons.size()));
    button->setChecked(index == 0);
    return index;
}

int Segmented::current() const
{
    return m_group->checkedId();
}

void Segmented::setCurrent(int index)
{
    if (QAbstractButton* button = m_group->button(index))
        button->setChecked(true);
}

void Segmented::setSegmentEnabled(int index, bool enabled, const QString& reason)
{
    QAbstractButton* button = m_group->button(index);
    if (button == nullptr)
        return;
    button->setEnabled(enabled);
    if (!reason.isEmpty())
        button->setToolTip(reason);
}

} // namespace widgets
