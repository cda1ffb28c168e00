#include "widgets/dram/command_stepper.h"

#include "widgets/dram/step_banks.h"
#include "widgets/dram/step_rules.h"
#include "widgets/parts/empty_state.h"
#include "widgets/parts/stepper_bar.h"
#include "widgets/tensor/latest_job.h"
#include "widgets/theme/theme.h"

#include <QKeyEvent>
#include <QLabel>
#include <QScopedValueRollback>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace widgets {

CommandStepper::CommandStepper(QWidget* parent)
    : QWidget(parent)
    , m_job(new LatestJob(this))
    , m_pages(new QStackedWidget(this))
    , m_waiting(new QLabel(this))
{
    setAccessibleName(tr("Command stepper"));
    setFocusPolicy(Qt::StrongFocus);
    auto* missing =
        new NothingYet(tr("The commands of this run were not kept. Run it again with them to step "
                          "through the banks; each takes 16 bytes."),
                       tr("Run and keep the commands"), QStringLiteral("run"));
    connect(missing, &NothingYet::actionRequested, this, &CommandStepper::keepCommandsRequested);
    m_missing = missing;
    m_waiting->setAlignment(Qt::AlignCenter);
    m_waiting->setForegroundRole(QPalette::PlaceholderText);
    m_view = makeSteps();
    for (QWidget* page : { m_missing, static_cast<QWidget*>(m_waiting), m_view })
        m_pages->addWidget(page);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_pages);
    connect(m_job, &LatestJob::finished, this,
            [this](analysis::Job* job) { take(job->result<std::shared_ptr<analysis::CommandSteps>>()); });
    connect(m_job, &LatestJob::failed, m_waiting, &QLabel::setText);
    setRun(nullptr);
}

CommandStepper::~CommandStepper() = default;

QWidget* CommandStepper::makeSteps()
{
    auto* view = new QWidget(this);
    m_bar = new StepperBar(tr("Command"), view);
    m_what = new QLabel(view);
    m_what->setFont(uiFont(13, true));
    m_what->setWordWrap(true);
    m_what->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_why = new QLabel(view);
    m_why->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_why->setWordWrap(true);
    m_banks = new StepBanks(view);
    m_rules = new StepRules(view);

    auto* content = new QWidget(view);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(12, 4, 12, 12);
    column->setSpacing(8);
    column->addWidget(m_what);
    column->addWidget(m_why);
    column->addWidget(m_banks);
    column->addWidget(m_rules);
    column->addStretch(1);
    auto* scroll = new QScrollArea(view);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(content);
    scroll->viewport()->setBackgroundRole(QPalette::Base);
    content->setBackgroundRole(QPalette::Base);

    auto* rows = new QVBoxLayout(view);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(m_bar);
    rows->addWidget(scroll, 1);
    connect(m_bar, &StepperBar::moved, this, [this](int position) {
        showStep();
        if (!m_told)
            emit commandChosen(static_cast<std::size_t>(position));
    });
    connect(m_rules, &StepRules::chosen, this,
            [this](std::size_t index) { m_bar->setPosition(static_cast<int>(index)); });
    return view;
}

void CommandStepper::setRun(std::shared_ptr<const analysis::DramRun> run)
{
    if (run != nullptr && run == m_run)
        return;
    m_job->cancel();
    m_run = std::move(run);
    m_steps.reset();
    m_wanted = 0;
    m_bar->setCount(0);
    if (m_run == nullptr || m_run->commands.empty())
        m_pages->setCurrentWidget(m_missing);
    else
        prepare();
}

void CommandStepper::prepare()
{
    m_waiting->setText(tr("Going through %1 commands").arg(formatCount(std::ssize(m_run->commands))));
    m_pages->setCurrentWidget(m_waiting);
    m_job->start(tr("Command steps"), [run = m_run](const engine::Control& control) {
        return std::any(std::make_shared<analysis::CommandSteps>(run, control));
    });
}

void CommandStepper::take(std::shared_ptr<analysis::CommandSteps> steps)
{
    m_steps = std::move(steps);
    m_pages->setCurrentWidget(m_view);
    m_bar->setCount(static_cast<int>(m_steps->size()));
    showCommand(m_wanted);
    showStep();
}

std::size_t CommandStepper::command() const
{
    return static_cast<std::size_t>(m_bar->position());
}

void CommandStepper::showCommand(std::size_t index)
{
    m_wanted = index;
    if (m_steps == nullptr)
        return;
    const QScopedValueRollback told(m_told, true);
    m_bar->setPosition(static_cast<int>(std::min(index, m_steps->size() - 1)));
}

void CommandStepper::showStep()
{
    if (m_steps == nullptr)
        return;
    const analysis::CommandStep step = m_steps->at(command());
    m_bar->setRemark(tr("cycle %1").arg(formatCount(static_cast<qint64>(step.command.cycle))));
    m_what->setText(step.what);
    m_why->setText(step.why);
    m_banks->setStep(step, static_cast<int>(m_steps->banks()));
    m_rules->setStep(step);
}

void CommandStepper::keyPressEvent(QKeyEvent* event)
{
    if (m_steps == nullptr || !m_bar->handleKey(*event))
        QWidget::keyPressEvent(event);
}

} // namespace widgets
