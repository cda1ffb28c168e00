#pragma once

#include "analysis/remaining_time.h"
#include "analysis/report.h"
#include "engine/base/control.h"

#include <QBasicTimer>
#include <QElapsedTimer>
#include <QObject>
#include <QString>

#include <any>
#include <functional>
#include <memory>
#include <vector>

class QFutureWatcherBase;

namespace analysis {

enum class JobState { Queued, Running, Done, Failed, Cancelled };

/// One piece of background work. All background work of the program starts here.
///
/// Lives on the thread that made it; `work` runs on a pool thread and gets a Control whose progress arrives
/// here as progressed(), at most 25 times a second. Exactly one of finished(), failed(), cancelled() is
/// emitted, then ended(). A job that was cancelled never finishes or fails, even when its work had just
/// done so; what the work still returned is kept. The destructor cancels and waits.
class Job : public QObject {
    Q_OBJECT

public:
    using Work = std::function<std::any(const engine::Control&)>;

    Job(QString title, Work work, QObject* parent = nullptr);
    ~Job() override;

    void start(); ///< does nothing a second time
    void cancel(); ///< asks the work to stop; cancelled() comes when it has

    QString title() const { return m_title; }
    JobState state() const { return m_state; }
    bool isActive() const { return m_state == JobState::Queued || m_state == JobState::Running; }
    double fraction() const { return m_fraction; } ///< 0..1, negative = unknown
    QString item() const { return m_item; }
    QString error() const { return m_error; } ///< one sentence
    double elapsedSeconds() const;
    double remainingSeconds() const; ///< negative = not known yet

    /// What `work` returned; empty unless Done (or Cancelled with a partial result).
    template <typename T>
    T result() const
    {
        return m_result.has_value() ? std::any_cast<T>(m_result) : T {};
    }

signals:
    void started();
    void progressed(double fraction, const QString& item);
    void finished(); ///< state is Done
    void failed(const QString& sentence);
    void cancelled();
    void ended(); ///< after any of the three

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    struct Shared;

    void begin();
    void collectProgress();
    void collectResult();
    void settle(JobState state);

    QString m_title;
    Work m_work;
    std::shared_ptr<Shared> m_shared;
    QFutureWatcherBase* m_watcher = nullptr; ///< our child
    QBasicTimer m_timer;
    RemainingTime m_remaining;
    std::any m_result;
    QString m_item;
    QString m_error;
    QElapsedTimer m_clock;
    qint64 m_milliseconds = 0;
    double m_fraction = -1;
    JobState m_state = JobState::Queued;
};

/// Every job of the program, newest last; keeps the last hundred that have ended for the jobs list.
class JobQueue : public QObject {
    Q_OBJECT

public:
    explicit JobQueue(QObject* parent = nullptr);
    ~JobQueue() override; ///< cancels all and waits

    /// Owns and starts it. A job with the same non-empty `key` that still runs is cancelled first (newest
    /// wins).
    Job* start(const QString& title, Job::Work work, const QString& key = {});

    const std::vector<Job*>& jobs() const { return m_jobs; }
    int activeCount() const;
    void cancelAll();

signals:
    void added(analysis::Job* job);
    void changed(); ///< anything about any job

private:
    struct Keyed {
        QString key;
        Job* job;
    };

    void forgetOldest();

    std::vector<Job*> m_jobs;
    std::vector<Keyed> m_keyed;
};

} // namespace analysis
