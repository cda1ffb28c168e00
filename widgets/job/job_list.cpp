#include "widgets/job/job_list.h"

#include "widgets/job/job_bar.h"
#include "widgets/job/job_text.h"
#include "widgets/parts/buttons.h"
#include "widgets/parts/elided_label.h"
#include "widgets/parts/ink.h"
#include "widgets/theme/theme.h"

#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QPainter>
#include <QScrollArea>
#include <QToolButton>

namespace widgets {

JobRow::JobRow(QWidget* parent)
    : QWidget(parent)
    , m_name(new ElidedLabel({}, this))
    , m_bar(new JobBar(72, this))
    , m_glyph(new QLabel(this))
    , m_word(new QLabel(this))
    , m_percent(new QLabel(this))
    , m_remark(new ElidedLabel({}, this))
    , m_cancel(iconButton(QStringLiteral("close"), tr("Cancel this job"), this))
{
    setFixedHeight(std::max(28, fontMetrics().height() + 8));
    m_name->setFont(uiFont(12));
    m_word->setFont(uiFont(12));
    m_percent->setFont(uiFont(12));
    m_percent->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_remark->setFont(uiFont(12));
    m_remark->setForegroundRole(QPalette::PlaceholderText);
    auto* state = new QWidget(this);
    state->setFixedWidth(124);
    auto* stateRow = new QHBoxLayout(state);
    stateRow->setContentsMargins(0, 0, 0, 0);
    stateRow->setSpacing(6);
    for (QWidget* part : { static_cast<QWidget*>(m_bar), static_cast<QWidget*>(m_glyph) })
        stateRow->addWidget(part);
    stateRow->addWidget(m_word, 1);
    stateRow->addWidget(m_percent, 1);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(10, 0, 4, 1);
    row->setSpacing(10);
    row->addWidget(m_name, 3);
    row->addWidget(state);
    row->addWidget(m_remark, 4);
    row->addWidget(m_cancel);
    QSizePolicy kept = m_cancel->sizePolicy();
    kept.setRetainSizeWhenHidden(true);
    m_cancel->setSizePolicy(kept);
    connect(m_cancel, &QToolButton::clicked, this, [this] {
        if (!m_job.isNull())
            m_job->cancel();
    });
}

void JobRow::setJob(analysis::Job* job)
{
    m_job = job;
    refresh();
}

QString JobRow::remark() const
{
    switch (m_job->state()) {
    case analysis::JobState::Queued:
        return {};
    case analysis::JobState::Running:
        return m_job->item().isEmpty() ? timeText(*m_job)
                                       : m_job->item() + QStringLiteral(", ") + timeText(*m_job);
    case analysis::JobState::Failed:
        return m_job->error();
    default:
        return formatDuration(m_job->elapsedSeconds());
    }
}

void JobRow::refresh()
{
    if (m_job.isNull())
        return;
    const bool running = m_job->state() == analysis::JobState::Running;
    const StateLooks looks = looksOf(m_job->state());
    m_name->setText(m_job->title());
    m_bar->setVisible(running);
    m_bar->setFraction(running ? m_job->fraction() : 0);
    m_percent->setVisible(running);
    m_percent->setText(percentText(*m_job));
    m_glyph->setVisible(!running && !looks.iconName.isEmpty());
    if (!looks.iconName.isEmpty())
        m_glyph->setPixmap(icon(looks.iconName, looks.ink).pixmap(QSize(16, 16), devicePixelRatioF()));
    m_word->setVisible(!running);
    m_word->setText(looks.word);
    setInk(m_word, looks.colour);
    m_remark->setText(remark());
    m_cancel->setVisible(m_job->isActive());
    setAccessibleName(m_job->title() + QStringLiteral(", ") + looks.word);
}

void JobRow::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(10, height() - 1, width() - 20, 1, Theme::current().grid);
}

JobList::JobList(analysis::JobQueue* queue, QWidget* parent)
    : QWidget(parent)
    , m_queue(queue)
    , m_column(nullptr)
    , m_nothing(new QLabel(tr("No job has run yet."), this))
{
    setAccessibleName(tr("Jobs"));
    auto* area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    auto* content = new QWidget(area);
    content->setBackgroundRole(QPalette::Base);
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    m_nothing->setForegroundRole(QPalette::PlaceholderText);
    m_nothing->setContentsMargins(10, 8, 10, 8);
    m_column->addWidget(m_nothing);
    m_column->addStretch(1);
    area->setWidget(content);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(1, 1, 1, 1);
    outer->addWidget(area);
    m_tick.setInterval(500);
    connect(&m_tick, &QTimer::timeout, this, &JobList::refresh);
    connect(m_queue, &analysis::JobQueue::changed, this, &JobList::refresh);
    connect(&ThemeManager::instance(), &ThemeManager::changed, this, &JobList::refresh);
    refresh();
}

void JobList::refresh()
{
    const auto& jobs = m_queue->jobs();
    const std::size_t shown = std::min(jobs.size(), shownAtMost);
    while (m_rows.size() < shown) {
        auto* row = new JobRow(this);
        m_column->insertWidget(static_cast<int>(m_rows.size()) + 1, row);
        m_rows.push_back(row);
    }
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        m_rows[i]->setVisible(i < shown);
        if (i < shown)
            m_rows[i]->setJob(jobs[jobs.size() - 1 - i]);
    }
    m_nothing->setVisible(shown == 0);
    const bool ticking = isVisible() && m_queue->activeCount() > 0;
    if (ticking != m_tick.isActive())
        ticking ? m_tick.start() : m_tick.stop();
}

QSize JobList::sizeHint() const
{
    return { 520, 200 };
}

void JobList::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
}

void JobList::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::current().panel);
    painter.setPen(Theme::current().border);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace widgets
