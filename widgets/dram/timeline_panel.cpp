#include "widgets/dram/timeline_panel.h"

#include "widgets/dram/command_timeline.h"
#include "widgets/parts/buttons.h"
#include "widgets/parts/empty_state.h"
#include "widgets/parts/panel_header.h"
#include "widgets/tensor/latest_job.h"
#include "widgets/theme/theme.h"

#include <QComboBox>
#include <QFontMetrics>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace widgets {

using engine::dram::CommandKind;

namespace {

constexpr int leastTimeline = 150; ///< [px]
constexpr int leastStrip = 190; ///< of the view in it [px]

} // namespace

TimelinePanel::TimelinePanel(analysis::JobQueue& jobs, QWidget* parent)
    : QWidget(parent)
    , m_jobs(jobs)
    , m_job(new LatestJob(this))
    , m_header(new PanelHeader(tr("Commands per bank")))
    , m_channel(new QComboBox)
    , m_rank(new QComboBox)
    , m_stack(new QStackedWidget)
    , m_timeline(new CommandTimeline)
    , m_scroll(new QScrollArea)
    , m_notKept(new NothingYet(tr("The commands of this run were not kept."),
                               tr("Keep commands and run again"), QStringLiteral("run")))
    , m_wait(new NothingYet(tr("The commands are being sorted by bank."), {}, {}))
    , m_split(new QSplitter(Qt::Vertical))
{
    buildHeader();
    m_scroll->setWidget(m_timeline);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setMinimumHeight(leastTimeline);
    for (QWidget* page :
         { static_cast<QWidget*>(m_scroll), static_cast<QWidget*>(m_notKept), static_cast<QWidget*>(m_wait) })
        m_stack->addWidget(page);
    m_split->setChildrenCollapsible(false);
    m_split->addWidget(m_stack);
    m_split->setStretchFactor(0, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_split, 1);
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
    m_jumps = buildJumps();
    m_header->addRight(m_jumps);
    m_header->addRight(m_jumpMenu);
    m_jumpMenu->hide();
    QToolButton* home = iconButton(QStringLiteral("home"), tr("Whole run"));
    connect(home, &QToolButton::clicked, m_timeline, &CommandTimeline::resetView);
    m_header->addRight(home);
}

QWidget* TimelinePanel::buildJumps()
{
    auto* jumps = new QWidget;
    auto* row = new QHBoxLayout(jumps);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    auto* next = new QLabel(tr("Next"));
    next->setForegroundRole(QPalette::PlaceholderText);
    row->addWidget(next);
    QPushButton* all = compactButton(tr("Next"));
    auto* menu = new QMenu(all);
    const std::pair<CommandKind, QString> kinds[] = { { CommandKind::Activate, tr("ACT") },
                                                      { CommandKind::Precharge, tr("PRE") },
                                                      { CommandKind::Refresh, tr("REF") } };
    for (const auto& [kind, name] : kinds) {
        const auto jump = [this, kind = kind] { m_timeline->jumpTo(kind); };
        QPushButton* button = compactButton(name);
        button->setToolTip(tr("Next %1").arg(name));
        button->setAccessibleName(tr("Next %1").arg(name));
        connect(button, &QPushButton::clicked, m_timeline, jump);
        row->addWidget(button);
        menu->addAction(tr("Next %1").arg(name), m_timeline, jump);
    }
    all->setMenu(menu);
    all->setToolTip(tr("Go to the next command of a kind"));
    m_jumpMenu = all;
    return jumps;
}

/// The buttons give way to a menu before anything in the header is cut.
void TimelinePanel::arrangeHeader()
{
    constexpr int around = 90; ///< margins, spaces and the home button [px]
    int needed = QFontMetrics(uiFont(13, true)).horizontalAdvance(m_header->title()) + around
        + m_jumps->sizeHint().width();
    for (const QComboBox* box : { m_channel, m_rank })
        needed += box->isVisibleTo(this) ? box->minimumWidth() : 0;
    m_jumps->setVisible(width() >= needed);
    m_jumpMenu->setVisible(width() < needed);
}

void TimelinePanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrangeHeader();
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
    m_stack->setCurrentWidget(m_scroll);
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
        box->setMinimumWidth(box->sizeHint().width());
    };
    fill(m_channel, index ? index->channels() : 0, tr("channel %1"));
    fill(m_rank, index ? index->ranks() : 0, tr("rank %1"));
    showRank();
    arrangeHeader();
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
    auto* header = new PanelHeader(title);
    QToolButton* toggle = iconButton(QStringLiteral("up"), tr("Show %1").arg(title));
    toggle->setCheckable(true);
    header->addRight(toggle);
    m_strip = new QWidget;
    m_stripView = view;
    auto* column = new QVBoxLayout(m_strip);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(header);
    column->addWidget(view, 1);
    m_split->addWidget(m_strip);
    view->hide();
    m_strip->setFixedHeight(header->height());
    connect(toggle, &QToolButton::toggled, this, [this, toggle](bool open) {
        openStrip(open);
        toggle->setIcon(icon(open ? QStringLiteral("down") : QStringLiteral("up")));
    });
}

void TimelinePanel::openStrip(bool open)
{
    const int header = m_strip->height() - (m_stripView->isVisible() ? m_stripView->height() : 0);
    m_stripView->setVisible(open);
    m_strip->setMinimumHeight(open ? header + leastStrip : header);
    m_strip->setMaximumHeight(open ? QWIDGETSIZE_MAX : header);
    // Whatever room there is beyond the lanes belongs to the view that was opened.
    m_split->setStretchFactor(0, open ? 0 : 1);
    m_split->setStretchFactor(1, open ? 1 : 0);
    emit stripOpened(open); // others make room now; how much is known when all is laid out
    if (open)
        QMetaObject::invokeMethod(this, &TimelinePanel::shareHeight, Qt::QueuedConnection);
}

void TimelinePanel::shareHeight()
{
    const int wanted = std::min(m_timeline->comfortableHeight(), m_split->height() / 2);
    m_split->setSizes({ wanted, m_split->height() - wanted });
}

} // namespace widgets
