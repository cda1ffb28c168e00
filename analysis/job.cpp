#include "analysis/job.h"

#include "analysis/failure.h"

#include <QFutureWatcher>
#include <QLoggingCategory>
#include <QThreadPool>
#include <QTimerEvent>
#include <QtConcurrentRun>

#include <algorithm>
#include <atomic>
#include <mutex>

namespace analysis {

namespace {

Q_LOGGING_CATEGORY(jobLog, "job", QtWarningMsg)

constexpr int progressInterval = 40; // 25 times a second [ms]
constexpr std::size_t mostEnded = 100;

/// More threads than cores: a job may wait for a file, and a quick one must not queue behind long ones.
QThreadPool& pool()
{
    static QThreadPool threads;
    [[maybe_unused]] static const bool sized = [] {
        threads.setMaxThreadCount(std::max(4, QThread::idealThreadCount() + 2));
        return true;
    }();
    return threads;
}

} // namespace

/// What the worker and the job both touch; outlives either.
struct Job::Shared {
    std::stop_source stop;
    QElapsedTimer clock; ///< started by the worker before it sets `begun`
    std::atomic<bool> begun { false };
    bool deleted = false; ///< by a receiver of the job's own signals; looked at on the job's thread only
    std::mutex mutex; ///< of the three below
    bool fresh = false; ///< progress the job has not seen yet
    double fraction = -1;
    std::string item;

    void put(double newFraction, const std::string& newItem)
    {
        const std::scoped_lock lock(mutex);
        fresh = true;
        fraction = newFraction;
        item = newItem;
    }
};

Job::Job(QString title, Work work, QObject* parent)
    : QObject(parent)
    , m_title(std::move(title))
    , m_work(std::move(work))
    , m_shared(std::make_shared<Shared>())
{
}

Job::~Job()
{
    m_shared->deleted = true;
    m_shared->stop.request_stop();
    if (m_watcher == nullptr)
        return;
    m_watcher->disconnect(this);
    try {
        m_watcher->waitForFinished();
    } catch (...) { // throws what the work threw; nobody is left to tell
    }
}

void Job::start()
{
    if (m_watcher != nullptr || m_state != JobState::Queued)
        return;
    const auto run = [work = m_work, shared = m_shared](QPromise<std::any>& promise) {
        if (shared->stop.stop_requested())
            return;
        shared->clock.start();
        shared->begun = true;
        const engine::Control control { shared->stop.get_token(),
                                        [shared](double fraction, const std::string& item) {
                                            shared->put(fraction, item);
                                        } };
        // Qt 6.4 hands over only its own exceptions by itself.
        try {
            promise.addResult(work(control));
        } catch (...) {
            promise.setException(std::current_exception());
        }
    };
    auto* watcher = new QFutureWatcher<std::any>(this);
    m_watcher = watcher;
    connect(watcher, &QFutureWatcherBase::finished, this, &Job::collectResult);
    m_timer.start(progressInterval, Qt::PreciseTimer, this);
    watcher->setFuture(QtConcurrent::run(&pool(), run));
}

void Job::cancel()
{
    if (!isActive())
        return;
    m_shared->stop.request_stop();
    if (m_watcher == nullptr)
        settle(JobState::Cancelled);
}

double Job::elapsedSeconds() const
{
    const qint64 milliseconds = isActive() && m_clock.isValid() ? m_clock.elapsed() : m_milliseconds;
    return static_cast<double>(milliseconds) / 1000;
}

double Job::remainingSeconds() const
{
    return m_state == JobState::Running ? m_remaining.seconds(elapsedSeconds()) : -1;
}

void Job::timerEvent(QTimerEvent* event)
{
    if (event->timerId() != m_timer.timerId()) {
        QObject::timerEvent(event);
        return;
    }
    if (m_state == JobState::Queued && m_shared->begun)
        begin();
    if (m_state == JobState::Running)
        collectProgress();
}

void Job::begin()
{
    m_state = JobState::Running;
    m_clock = m_shared->clock;
    emit started();
}

void Job::collectProgress()
{
    {
        const std::scoped_lock lock(m_shared->mutex);
        if (!m_shared->fresh)
            return;
        m_shared->fresh = false;
        m_fraction = m_shared->fraction < 0 ? -1 : std::min(1.0, m_shared->fraction);
        m_item = QString::fromStdString(m_shared->item);
    }
    m_remaining.update(elapsedSeconds(), m_fraction);
    emit progressed(m_fraction, m_item);
}

void Job::collectResult()
{
    const std::shared_ptr<Shared> shared = m_shared;
    if (m_state == JobState::Queued && m_shared->begun)
        begin();
    if (!shared->deleted && m_state == JobState::Running)
        collectProgress();
    if (shared->deleted)
        return;
    const bool stopped = shared->stop.stop_requested();
    auto future = static_cast<QFutureWatcher<std::any>*>(m_watcher)->future();
    try {
        if (future.isValid() && future.resultCount() > 0)
            m_result = future.result();
        else
            future.waitForFinished(); // throws what the work threw
    } catch (...) {
        m_error = stopped ? QString() : failureSentence(std::current_exception(), m_title);
    }
    if (stopped)
        settle(JobState::Cancelled);
    else
        settle(m_error.isEmpty() ? JobState::Done : JobState::Failed);
}

void Job::settle(JobState state)
{
    const std::shared_ptr<Shared> shared = m_shared;
    m_timer.stop();
    m_milliseconds = m_clock.isValid() ? m_clock.elapsed() : 0;
    m_state = state;
    m_work = {};
    if (state == JobState::Done) {
        m_fraction = 1;
        emit finished();
    } else if (state == JobState::Failed) {
        qCInfo(jobLog) << m_title << m_error;
        emit failed(m_error);
    } else {
        emit cancelled();
    }
    if (!shared->deleted)
        emit ended();
}

JobQueue::JobQueue(QObject* parent)
    : QObject(parent)
{
}

JobQueue::~JobQueue()
{
    // Nobody listens any more, and a list half taken down must not be asked.
    for (Job* job : m_jobs)
        job->disconnect(this);
    cancelAll();
    for (Job* job : m_jobs)
        delete job;
}

Job* JobQueue::start(const QString& title, Job::Work work, const QString& key)
{
    const auto sameKey = [&](const Keyed& keyed) { return !key.isEmpty() && keyed.key == key; };
    for (const Keyed& keyed : m_keyed) {
        if (sameKey(keyed))
            keyed.job->cancel();
    }
    auto* job = new Job(title, std::move(work), this);
    std::erase_if(m_keyed, [&](const Keyed& keyed) { return sameKey(keyed) || !keyed.job->isActive(); });
    if (!key.isEmpty())
        m_keyed.push_back({ key, job });
    forgetOldest();
    m_jobs.push_back(job);
    connect(job, &Job::started, this, &JobQueue::changed);
    connect(job, &Job::progressed, this, &JobQueue::changed);
    connect(job, &Job::ended, this, &JobQueue::changed);
    job->start();
    emit added(job);
    emit changed();
    return job;
}

void JobQueue::forgetOldest()
{
    const auto ended = [](const Job* job) { return !job->isActive(); };
    if (static_cast<std::size_t>(std::ranges::count_if(m_jobs, ended)) < mostEnded)
        return;
    const auto oldest = std::ranges::find_if(m_jobs, ended);
    std::erase_if(m_keyed, [&](const Keyed& keyed) { return keyed.job == *oldest; });
    (*oldest)->deleteLater();
    m_jobs.erase(oldest);
}

int JobQueue::activeCount() const
{
    return static_cast<int>(std::ranges::count_if(m_jobs, &Job::isActive));
}

void JobQueue::cancelAll()
{
    const std::vector<Job*> jobs = m_jobs; // cancelled() may start another
    for (Job* job : jobs)
        job->cancel();
}

} // namespace analysis
