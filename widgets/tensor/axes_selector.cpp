#include "widgets/tensor/axes_selector.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>

#include <algorithm>
#include <limits>

namespace widgets {

AxesSelector::AxesSelector(QWidget* parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this))
{
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSizeConstraint(QLayout::SetMinimumSize);
    m_row->setSpacing(8);
}

void AxesSelector::setTensor(const engine::Tensor& tensor, const AxisPlan& plan,
                             const std::vector<std::int64_t>& index)
{
    const bool sameControls =
        plan == m_plan && tensor.shape == m_tensor.shape && tensor.layout == m_tensor.layout;
    m_tensor = tensor;
    m_plan = plan;
    if (!sameControls)
        rebuild();
    for (const Control& control : m_controls) {
        const QSignalBlocker blocker(control.spin);
        control.spin->setValue(static_cast<int>(index[static_cast<std::size_t>(control.axis)]));
        if (control.slider) {
            const QSignalBlocker sliderBlocker(control.slider);
            control.slider->setValue(control.spin->value());
        }
    }
}

void AxesSelector::clear()
{
    m_tensor = {};
    m_plan = {};
    rebuild();
}

void AxesSelector::setSlidersShown(bool shown)
{
    m_slidersShown = shown;
    for (const Control& control : m_controls) {
        if (control.slider)
            control.slider->setVisible(shown);
    }
}

void AxesSelector::rebuild()
{
    m_controls.clear();
    while (QLayoutItem* item = m_row->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    if (m_plan.batch >= 0)
        addControl(m_plan.batch, false);
    for (const int axis : m_plan.others) {
        if (extentOf(m_tensor, axis) > 1)
            addControl(axis, false);
    }
    if (m_plan.channel >= 0)
        addControl(m_plan.channel, true);
}

void AxesSelector::addControl(int axis, bool withSlider)
{
    const QString title = axisTitle(m_tensor, axis);
    const std::int64_t extent = extentOf(m_tensor, axis);
    const int last =
        static_cast<int>(std::clamp<std::int64_t>(extent - 1, 0, std::numeric_limits<int>::max()));
    auto* label = new QLabel(title, this);
    label->setForegroundRole(QPalette::PlaceholderText);
    auto* spin = new QSpinBox(this);
    spin->setRange(0, last);
    spin->setEnabled(last > 0);
    spin->setKeyboardTracking(false);
    spin->setMinimumWidth(std::max(56, spin->minimumSizeHint().width()));
    spin->setAccessibleName(title);
    spin->setToolTip(last > 0 ? tr("%1, 0 to %2").arg(title).arg(last) : tr("There is only one."));
    label->setBuddy(spin);
    m_row->addWidget(label);
    QSlider* slider = nullptr;
    if (withSlider) {
        slider = new QSlider(Qt::Horizontal, this);
        slider->setRange(0, last);
        slider->setPageStep(std::max(1, last / 10));
        slider->setEnabled(last > 0);
        slider->setMinimumWidth(48); // gives way in a narrow window
        slider->setMaximumWidth(130);
        slider->setAccessibleName(title);
        slider->setVisible(m_slidersShown);
        m_row->addWidget(slider);
        connect(slider, &QSlider::valueChanged, spin, &QSpinBox::setValue);
    }
    m_row->addWidget(spin);
    connect(spin, &QSpinBox::valueChanged, this, [this, axis, slider](int value) {
        if (slider) {
            const QSignalBlocker blocker(slider);
            slider->setValue(value);
        }
        emit indexChosen(axis, value);
    });
    m_controls.push_back({ axis, spin, slider });
}

void AxesSelector::addAxisChoices(QMenu& menu)
{
    if (m_tensor.shape.rank() < 3)
        return;
    addChoices(menu, tr("Rows"), true);
    addChoices(menu, tr("Columns"), false);
}

void AxesSelector::addChoices(QMenu& menu, const QString& title, bool forRows)
{
    QMenu* choices = menu.addMenu(title);
    auto* group = new QActionGroup(choices);
    const int current = forRows ? m_plan.row : m_plan.column;
    const int other = forRows ? m_plan.column : m_plan.row;
    for (int axis = 0; axis < static_cast<int>(m_tensor.shape.rank()); ++axis) {
        QAction* action =
            choices->addAction(tr("%1 (%2)").arg(axisTitle(m_tensor, axis)).arg(extentOf(m_tensor, axis)));
        action->setCheckable(true);
        action->setChecked(axis == current);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, axis, current, other, forRows] {
            // Choosing the other one's axis swaps the two.
            const int partner = axis == other ? current : other;
            emit axesChosen(forRows ? axis : partner, forRows ? partner : axis);
        });
    }
}

} // namespace widgets
