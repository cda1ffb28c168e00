#include "widgets/parts/stepper_bar.h"

#include "widgets/parts/buttons.h"
#include "widgets/theme/theme.h"

#include <QComboBox>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QIcon>
#include <QKeyEvent>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>

#include <algorithm>
#include <array>

namespace widgets {

namespace {

constexpr int barHeight = 52;
constexpr int buttonSize = 28;
constexpr std::array<int, 4> speeds = { 1, 2, 5, 10 }; // [step/s]
constexpr int usualSpeed = 2;

} // namespace

StepperBar::StepperBar(const QString& unit, QWidget* parent)
    : QWidget(parent)
    , m_unit(unit)
{
    setFixedHeight(barHeight);
    setAccessibleName(tr("Steps"));
    build();
    connect(&m_timer, &QTimer::timeout, this, &StepperBar::tick);
    setSpeed(usualSpeed);
    setCount(0);
}

void StepperBar::build()
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 12, 0);
    row->setSpacing(4);
    m_first = addButton(QStringLiteral("first"), tr("First (Home)"), &StepperBar::first);
    m_back = addButton(QStringLiteral("back"), tr("Back (,)"), &StepperBar::back);
    m_play = addButton(QStringLiteral("play"), tr("Play (Space)"), &StepperBar::toggle);
    m_play->setCheckable(true);
    m_forward = addButton(QStringLiteral("forward"), tr("Forward (.)"), &StepperBar::forward);
    m_last = addButton(QStringLiteral("last"), tr("Last (End)"), &StepperBar::last);

    row->addSpacing(8);
    m_place = new QLabel(this);
    m_remark = new QLabel(this);
    m_remark->setForegroundRole(QPalette::PlaceholderText);
    row->addWidget(m_place);
    row->addSpacing(8);
    row->addWidget(m_remark);
    row->addSpacing(8);

    m_slider = new QSlider(Qt::Horizontal, this);
    m_slider->setAccessibleName(tr("Position"));
    m_slider->setMinimumWidth(60);
    connect(m_slider, &QSlider::valueChanged, this, &StepperBar::setPosition);
    row->addWidget(m_slider, 1);

    row->addSpacing(8);
    m_speed = new QComboBox(this);
    m_speed->setAccessibleName(tr("Speed"));
    m_speed->setToolTip(tr("Speed of playing"));
    for (const int speed : speeds)
        m_speed->addItem(tr("%1 per s").arg(speed), speed);
    connect(m_speed, &QComboBox::currentIndexChanged, this,
            [this] { m_timer.setInterval(1000 / m_speed->currentData().toInt()); });
    row->addWidget(m_speed);
}

QToolButton* StepperBar::addButton(const QString& iconName, const QString& name,
                                   void (StepperBar::*pressed)())
{
    QToolButton* button = iconButton(iconName, name, this);
    button->setFixedSize(buttonSize, buttonSize);
    connect(button, &QToolButton::clicked, this, pressed);
    layout()->addWidget(button);
    return button;
}

void StepperBar::setCount(int count)
{
    setPlaying(false);
    m_count = std::max(0, count);
    m_position = 0;
    const QSignalBlocker quiet(m_slider);
    m_slider->setRange(0, std::max(0, m_count - 1));
    m_slider->setValue(0);
    m_slider->setPageStep(std::max(1, m_count / 20));
    m_remark->clear();
    // The text keeps its place while the digits grow.
    m_place->setMinimumWidth(m_place->fontMetrics().horizontalAdvance(
                                 tr("%1 %2 of %2", "unit, number, count").arg(m_unit, formatCount(m_count)))
                             + 2);
    showState();
}

void StepperBar::setPosition(int position)
{
    const int target = std::clamp(position, 0, std::max(0, m_count - 1));
    const bool isNew = target != m_position;
    m_position = target;
    const QSignalBlocker quiet(m_slider);
    m_slider->setValue(target);
    showState();
    if (isNew)
        emit moved(target);
}

void StepperBar::setRemark(const QString& remark)
{
    m_remark->setText(remark);
    m_remark->setMinimumWidth(std::max(m_remark->minimumWidth(), m_remark->sizeHint().width()));
}

void StepperBar::setPlaying(bool playing)
{
    const bool wanted = playing && m_count > 1 && isVisible();
    if (wanted != isPlaying()) {
        if (wanted && m_position == m_count - 1)
            first();
        if (wanted)
            m_timer.start();
        else
            m_timer.stop();
        emit playingChanged(wanted);
    }
    showState();
}

void StepperBar::setSpeed(int stepsPerSecond)
{
    const auto* const nearest = std::ranges::min_element(
        speeds, {}, [stepsPerSecond](int speed) { return std::abs(speed - stepsPerSecond); });
    const auto index = static_cast<int>(nearest - speeds.begin());
    m_speed->setCurrentIndex(index);
    m_timer.setInterval(1000 / speeds[static_cast<std::size_t>(index)]);
}

void StepperBar::tick()
{
    forward();
    if (m_position == m_count - 1)
        setPlaying(false);
}

void StepperBar::showState()
{
    m_place->setText(m_count > 0
                         ? tr("%1 %2 of %3").arg(m_unit, formatCount(m_position + 1), formatCount(m_count))
                         : QString());
    m_place->setMinimumWidth(std::max(m_place->minimumWidth(), m_place->sizeHint().width()));
    const bool canBack = m_position > 0;
    const bool canForward = m_position + 1 < m_count;
    m_first->setEnabled(canBack);
    m_back->setEnabled(canBack);
    m_forward->setEnabled(canForward);
    m_last->setEnabled(canForward);
    m_play->setEnabled(m_count > 1);
    m_play->setChecked(isPlaying());
    m_slider->setEnabled(m_count > 1);
    m_speed->setEnabled(m_count > 1);
}

bool StepperBar::handleKey(const QKeyEvent& event)
{
    if ((event.modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier || m_count == 0)
        return false;
    switch (event.key()) {
    case Qt::Key_Comma:
        back();
        return true;
    case Qt::Key_Period:
        forward();
        return true;
    case Qt::Key_Space:
        toggle();
        return true;
    case Qt::Key_Home:
        first();
        return true;
    case Qt::Key_End:
        last();
        return true;
    default:
        return false;
    }
}

void StepperBar::keyPressEvent(QKeyEvent* event)
{
    if (!handleKey(*event))
        QWidget::keyPressEvent(event);
}

void StepperBar::hideEvent(QHideEvent* event)
{
    setPlaying(false);
    QWidget::hideEvent(event);
}

} // namespace widgets
