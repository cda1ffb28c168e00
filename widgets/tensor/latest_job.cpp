#include "widgets/tensor/latest_job.h"

#include <QCoreApplication>

namespace widgets {

LatestJob::LatestJob(QObject* parent)
    : QObject(parent)
{
}

LatestJob::~LatestJob()
{
    cancel();
}

void LatestJob::start(const QString& title, analysis::Job::Work work)
{
    cancel();
    // The application is the parent, so that a job that is slow to stop outlives its view but not the
    // program.
    auto* job = new analysis::Job(title, std::move(work), QCoreApplication::instance());
    connect(job, &analysis::Job::ended, job, &QObject::deleteLater);
    watch(job);
    job->start();
}

void LatestJob::start(analysis::JobQueue& queue, const QString& title, analysis::Job::Work work)
{
    cancel();
    watch(queue.start(title, std::move(work)));
}

void LatestJob::watch(analysis::Job* job)
{
    m_job = job;
    connect(job, &analysis::Job::finished, this, [this, job] {
        if (job == m_job)
            emit finished(job);
    });
    connect(job, &analysis::Job::failed, this, [this, job](const QString& sentence) {
        if (job == m_job)
            emit failed(sentence);
    });
}

void LatestJob::cancel()
{
    if (!m_job)
        return;
    m_job->disconnect(this);
    if (m_job->isActive())
        m_job->cancel();
    m_job.clear();
}

} // namespace widgets
