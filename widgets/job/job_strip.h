#pragma once

#include "analysis/job.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QToolButton;

namespace widgets {

class ElidedLabel;
class JobBar;
class StripNotice;

/// The 32 px line at the bottom of the window: the job that runs; else one that failed, until it is seen;
/// else the file just written, until it is closed or another job appears; else the last job, for some
/// seconds. Warnings and the log at the right. A job appears once it has run for 300 ms.
class JobStrip : public QWidget {
    Q_OBJECT

public:
    static constexpr int appearsAfter = 300; ///< [ms]
    static constexpr int staysFor = 5000; ///< the last job [ms]

    /// The queue must outlive the strip.
    explicit JobStrip(analysis::JobQueue* queue, QWidget* parent = nullptr);

    void setWarnings(int warnings, int errors = 0); ///< none of either hides the button
    /// A file has been written to `path`.
    void announce(const QString& sentence, const QString& path);
    /// The user has looked at what failed.
    void acknowledge();

signals:
    void listRequested(); ///< "Jobs" or the line itself was clicked
    void warningsRequested();
    void logRequested();
    void problem(const QString& sentence); ///< of something the strip itself was asked to do

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    void build();
    void layOut();
    void watch(analysis::Job* job);
    void refresh();
    analysis::Job* pick() const;
    void showJob(analysis::Job* job);
    void showFailed();
    void showLast();
    void recolour();

    analysis::JobQueue* m_queue;
    QPointer<analysis::Job> m_shown;
    QPointer<analysis::Job> m_failed; ///< not seen yet
    QTimer m_tick;
    QTimer m_forget; ///< the last job
    QToolButton* m_jobs;
    ElidedLabel* m_name;
    JobBar* m_bar;
    QLabel* m_percent;
    ElidedLabel* m_item;
    QLabel* m_time;
    QToolButton* m_cancel;
    QLabel* m_glyph; ///< of a job that failed
    StripNotice* m_notice;
    QToolButton* m_warnings;
    bool m_isError = false; ///< the button tells of an error
    QToolButton* m_log;
};

} // namespace widgets
