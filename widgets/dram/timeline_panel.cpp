#include "widgets/dram/timeline_panel.h"

#include "widgets/dram/command_timeline.h"
#include "widgets/parts/buttons.h"
#include "widgets/parts/empty_state.h"
#include "widgets/parts/panel_header.h"
#include "widgets/tensor/latest_job.h"
#include "widgets/theme/theme.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace widgets {

using engine::dram::CommandKind;

TimelinePanel::TimelinePanel(analysis::JobQueue& jobs, QWidget* parent)
    : QWidget(parent)
    , m_jobs(jobs)
    , m_job(new LatestJob(this))
    , m_header(new PanelHeader(tr("Commands per bank")))
    , m_channel(new QComboBox)
    , m_rank(new QComboBox)
    , m_stack(new QStackedWidget)
    , m_timeline(new CommandTimeline)
    , m_notKept(new NothingYet(tr("The commands of this run were not kept."),
                               tr("Keep commands and run again"), QStringLiteral("run")))
    , m_wait(new NothingYet(tr("The commands are being sorted by bank."), {}, {}))
    , m_column(new QVBoxLayout(this))
{
    buildHeader();
    for (QWidget* page : { static_cast<QWidget*>(m_timeline), static_cast<QWidget*>(m_notKept),
                           static_cast<QWidget*>(m_wait) })
        m_stack->addWidget(page);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    m_column->addWidget(m_header);
    m_column->addWidget(m_stack, 1);
    connect(m_notKept, &NothingYet::actionRequested, this, &TimelinePanel::keepRequested);
    connect(m_job, &LatestJob::finished, this, &TimelinePanel::takeIndex);
    connect(m_timeline, &CommandTimeline::commandChosen, this, &TimelinePanel::commandChosen);
    connect(m_timeline, &CommandTimeline::hovered, this, &TimelinePanel::hovered);
    connect(m_timeline, &CommandTimeline::rankChanged, this, &TimelinePanel::showRank);
}

void TimelinePanel::buildHeader()
{
    for (QComboBox* box : { m_channel, m_rank }) {
        box->hide();
        m_header->addRight(box);
        connect(box, &QComboBox::activated, this, [this] {
            m_timeline->setRank({ static_cast<std::size_t>(std::max(0, m_channel->currentIndex())),
                                  static_cast<std::size_t>(std::max(0, m_rank->currentIndex())) });
        });
    }
    m_channel->setAccessibleName(tr("Channel"));
    m_rank->setAccessibleName(tr("Rank"));
    auto* next = new QLabel(tr("Next"));
    next->setForegroundRole(QPalette::PlaceholderText);
    m_header->addRight(next);
    const std::pair<CommandKind, QString> kinds[] = { { CommandKind::Activate, tr("ACT") },
                                                      { CommandKind::Precharge, tr("PRE") },
                                                      { CommandKind::Refresh, tr("REF") } };
    for (const auto& [kind, name] : kinds) {
        QPushButton* button = compactButton(name);
        button->setToolTip(tr("Next %1").arg(name));
        button->setAccessibleName(tr("Next %1").arg(name));
        connect(button, &QPushButton::clicked, m_timeline, [this, kind = kind] { m_timeline->jumpTo(kind); });
        m_header->addRight(button);
    }
    QToolButton* home = iconButton(QStringLiteral("home"), tr("Whole run"));
    connect(home, &QToolButton::clicked, m_timeline, &CommandTimeline::resetView);
    m_header->addRight(home);
}

void TimelinePanel::setRun(const std::shared_ptr<const analysis::DramRun>& run)
{
    if (run == m_run)
        return;
    m_run = run;
    m_job->cancel();
    m_timeline->setIndex(nullptr);
    m_header->setRemark({});
    if (!run || run->commands.empty()) {
        m_stack->setCurrentWidget(m_notKept);
        return;
    }
    m_stack->setCurrentWidget(m_wait);
    m_job->start(m_jobs, tr("Commands by bank"), [run](const engine::Control& control) {
        return std::any(TimelineIndex::make(run, control));
    });
}

void TimelinePanel::takeIndex(analysis::Job* job)
{
    m_timeline->setIndex(job->result<std::shared_ptr<const TimelineIndex>>());
    m_stack->setCurrentWidget(m_timeline);
    fillRanks();
}

void TimelinePanel::fillRanks()
{
    const auto& index = m_timeline->index();
    const auto fill = [](QComboBox* box, std::size_t count, const QString& name) {
        box->clear();
        for (std::size_t i = 0; i < count; ++i)
            box->addItem(name.arg(i));
        box->setVisible(count > 1);
    };
    fill(m_channel, index ? index->channels() : 0, tr("channel %1"));
    fill(m_rank, index ? index->ranks() : 0, tr("rank %1"));
    showRank();
}

void TimelinePanel::showRank()
{
    m_channel->setCurrentIndex(static_cast<int>(m_timeline->rank().channel));
    m_rank->setCurrentIndex(static_cast<int>(m_timeline->rank().rank));
}

void TimelinePanel::showCommand(std::size_t index)
{
    m_timeline->showCommand(index);
}

void TimelinePanel::setStrip(const QString& title, QWidget* view)
{
    auto* strip = new PanelHeader(title);
    QToolButton* toggle = iconButton(QStringLiteral("up"), tr("Show %1").arg(title));
    toggle->setCheckable(true);
    strip->addRight(toggle);
    m_column->addWidget(strip);
    m_column->addWidget(view);
    view->hide();
    connect(toggle, &QToolButton::toggled, view, [toggle, view](bool open) {
        view->setVisible(open);
        toggle->setIcon(icon(open ? QStringLiteral("down") : QStringLiteral("up")));
    });
}

} // namespace widgets
