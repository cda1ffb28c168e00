#pragma once

#include "analysis/job.h"

#include <QObject>
#include <QPointer>

namespace widgets {

/// A slot for one background job of a view: a newer one cancels and replaces the older, without waiting.
class LatestJob : public QObject {
    Q_OBJECT

public:
    explicit LatestJob(QObject* parent = nullptr);
    ~LatestJob() override;

    void start(const QString& title, analysis::Job::Work work);
    /// The same through a queue, which shows it among the jobs of the program and owns it.
    void start(analysis::JobQueue& queue, const QString& title, analysis::Job::Work work);
    void cancel();
    bool isActive() const { return m_job && m_job->isActive(); }

signals:
    void finished(analysis::Job* job); ///< has the result
    void failed(const QString& sentence);

private:
    void watch(analysis::Job* job);

    QPointer<analysis::Job> m_job;
};

} // namespace widgets
