#include "widgets/job/job_strip.h"

#include "widgets/job/job_bar.h"
#include "widgets/job/job_text.h"
#include "widgets/job/strip_notice.h"
#include "widgets/parts/buttons.h"
#include "widgets/parts/elided_label.h"
#include "widgets/parts/ink.h"
#include "widgets/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>

namespace widgets {

namespace {

QToolButton* wordButton(const QString& iconName, const QString& text, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setAutoRaise(true);
    button->setProperty("compact", true);
    button->setText(text);
    button->setFont(uiFont(12));
    button->setFocusPolicy(Qt::TabFocus);
    button->setToolButtonStyle(iconName.isEmpty() ? Qt::ToolButtonTextOnly : Qt::ToolButtonTextBesideIcon);
    if (!iconName.isEmpty())
        button->setIcon(icon(iconName));
    return button;
}

} // namespace

JobStrip::JobStrip(analysis::JobQueue* queue, QWidget* parent)
    : QWidget(parent)
    , m_queue(queue)
    , m_forget(this)
    , m_jobs(wordButton({}, tr("Jobs"), this))
    , m_name(new ElidedLabel({}, this))
    , m_bar(new JobBar(190, this))
    , m_percent(new QLabel(this))
    , m_item(new ElidedLabel({}, this))
    , m_time(new QLabel(this))
    , m_cancel(iconButton(QStringLiteral("close"), tr("Cancel this job"), this))
    , m_glyph(new QLabel(this))
    , m_notice(new StripNotice(this))
    , m_warnings(wordButton(QStringLiteral("warning"), {}, this))
    , m_log(wordButton(QStringLiteral("log"), tr("Log"), this))
{
    build();
    layOut();
    connect(m_jobs, &QToolButton::clicked, this, &JobStrip::listRequested);
    connect(m_warnings, &QToolButton::clicked, this, &JobStrip::warningsRequested);
    connect(m_log, &QToolButton::clicked, this, &JobStrip::logRequested);
    for (const auto seen :
         { &JobStrip::listRequested, &JobStrip::warningsRequested, &JobStrip::logRequested })
        connect(this, seen, this, &JobStrip::acknowledge);
    connect(m_cancel, &QToolButton::clicked, this, [this] {
        if (!m_shown.isNull())
            m_shown->cancel();
    });
    connect(m_notice, &StripNotice::cleared, this, &JobStrip::refresh);
    connect(m_notice, &StripNotice::failed, this, &JobStrip::problem);
    connect(m_queue, &analysis::JobQueue::changed, this, &JobStrip::refresh);
    connect(m_queue, &analysis::JobQueue::added, this, &JobStrip::watch);
    connect(&ThemeManager::instance(), &ThemeManager::changed, this, &JobStrip::recolour);
    m_tick.setInterval(500);
    connect(&m_tick, &QTimer::timeout, this, &JobStrip::refresh);
    m_forget.setInterval(staysFor);
    m_forget.setSingleShot(true);
    connect(&m_forget, &QTimer::timeout, this, [this] {
        m_shown.clear();
        refresh();
    });
    setWarnings(0);
    recolour();
    refresh();
}

void JobStrip::build()
{
    setFixedHeight(std::max(32, fontMetrics().height() + 10));
    m_jobs->setFont(uiFont(12, true));
    m_jobs->setToolTip(tr("Show all jobs"));
    m_log->setToolTip(tr("Show the log"));
    m_name->setFont(uiFont(12));
    m_name->setMaximumWidth(280);
    m_percent->setFont(uiFont(12));
    m_percent->setFixedWidth(QFontMetrics(uiFont(12)).horizontalAdvance(QStringLiteral("100 %")));
    m_percent->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_item->setFont(uiFont(12));
    m_time->setFont(uiFont(12));
    m_item->setForegroundRole(QPalette::PlaceholderText);
    m_time->setForegroundRole(QPalette::PlaceholderText);
}

void JobStrip::layOut()
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(4, 1, 8, 0);
    row->setSpacing(10);
    for (QWidget* part : std::initializer_list<QWidget*> { m_jobs, m_glyph, m_name, m_bar, m_percent, m_item,
                                                           m_time, m_cancel, m_notice })
        row->addWidget(part);
    row->addStretch(1);
    row->addWidget(m_warnings);
    row->addWidget(m_log);
}

void JobStrip::setWarnings(int warnings, int errors)
{
    QStringList parts;
    if (errors > 0)
        parts << (errors == 1 ? tr("1 error") : tr("%1 errors").arg(errors));
    if (warnings > 0 || errors == 0)
        parts << (warnings == 1 ? tr("1 warning") : tr("%1 warnings").arg(warnings));
    m_warnings->setText(parts.join(QStringLiteral(", ")));
    m_warnings->setVisible(warnings + errors > 0);
    m_isError = errors > 0;
    recolour();
}

analysis::Job* JobStrip::pick() const
{
    const auto& jobs = m_queue->jobs();
    for (auto job = jobs.rbegin(); job != jobs.rend(); ++job) {
        const bool running = (*job)->state() == analysis::JobState::Running;
        if (running && (*job)->elapsedSeconds() * 1000 >= appearsAfter)
            return *job;
    }
    return nullptr;
}

void JobStrip::announce(const QString& sentence, const QString& path)
{
    m_notice->announce(sentence, path);
    refresh();
}

void JobStrip::acknowledge()
{
    m_failed.clear();
    refresh();
}

void JobStrip::watch(analysis::Job* job)
{
    // What is tried again need not be told twice.
    if (!m_failed.isNull() && m_failed->title() == job->title())
        m_failed.clear();
    if (!m_shown.isNull() && !m_shown->isActive())
        m_shown.clear();
    connect(job, &analysis::Job::failed, this, [this, job] { m_failed = job; });
    QTimer::singleShot(appearsAfter, this, &JobStrip::refresh);
}

void JobStrip::refresh()
{
    analysis::Job* job = pick();
    job != nullptr ? m_tick.start() : m_tick.stop();
    const bool failed = job == nullptr && !m_failed.isNull();
    const bool notice = job == nullptr && !failed && !m_notice->path().isEmpty();
    for (QWidget* part : std::initializer_list<QWidget*> { m_bar, m_percent, m_cancel })
        part->setVisible(job != nullptr);
    m_glyph->setVisible(failed);
    m_notice->setVisible(notice);
    m_name->setVisible(!notice);
    m_item->setVisible(job != nullptr || failed);
    m_time->setVisible(!failed && !notice);
    if (job != nullptr)
        showJob(job);
    else if (failed)
        showFailed();
    else
        showLast();
}

void JobStrip::showJob(analysis::Job* job)
{
    m_shown = job;
    m_forget.stop();
    m_notice->clear();
    const int more = m_queue->activeCount() - 1;
    m_name->setText(more > 0 ? tr("%1, %2 more").arg(job->title()).arg(more) : job->title());
    m_name->setForegroundRole(QPalette::WindowText);
    m_bar->setFraction(job->fraction());
    m_percent->setText(percentText(*job));
    m_item->setText(job->item());
    m_time->setText(timeText(*job));
}

void JobStrip::showFailed()
{
    m_name->setForegroundRole(QPalette::WindowText);
    m_name->setText(tr("%1 failed").arg(m_failed->title()));
    m_item->setText(m_failed->error());
}

void JobStrip::showLast()
{
    const bool ended = !m_shown.isNull() && !m_shown->isActive();
    if (ended && !m_forget.isActive())
        m_forget.start();
    m_name->setForegroundRole(QPalette::PlaceholderText);
    m_name->setText(ended ? m_shown->title() : tr("nothing runs"));
    m_time->setText(ended ? looksOf(m_shown->state()).word + QStringLiteral(", ")
                            + formatDuration(m_shown->elapsedSeconds())
                          : QString());
}

void JobStrip::recolour()
{
    m_warnings->setIcon(icon(QStringLiteral("warning"), m_isError ? IconInk::Err : IconInk::Warn));
    m_glyph->setPixmap(
        icon(QStringLiteral("close"), IconInk::Err).pixmap(QSize(16, 16), devicePixelRatioF()));
    setInk(m_warnings, m_isError ? Theme::current().err : Theme::current().warn);
}

void JobStrip::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.fillRect(rect(), theme.win);
    painter.fillRect(0, 0, width(), 1, theme.border);
}

void JobStrip::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
        emit listRequested();
}

} // namespace widgets
