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

/// The 32 px line at the bottom of the window: the job that runs, or the last one and its time; warnings and
/// the log at the right. A job appears once it has run for 300 ms.
class JobStrip : public QWidget {
    Q_OBJECT

public:
    static constexpr int appearsAfter = 300; ///< [ms]

    /// The queue must outlive the strip.
    explicit JobStrip(analysis::JobQueue* queue, QWidget* parent = nullptr);

    void setWarnings(int warnings, int errors = 0); ///< none of either hides the button

signals:
    void listRequested(); ///< "Jobs" or the line itself was clicked
    void warningsRequested();
    void logRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    void build();
    void refresh();
    analysis::Job* pick() const;
    void showJob(const analysis::Job& job);
    void showLast();
    void recolour();

    analysis::JobQueue* m_queue;
    QPointer<analysis::Job> m_shown;
    QTimer m_tick;
    QToolButton* m_jobs;
    ElidedLabel* m_name;
    JobBar* m_bar;
    QLabel* m_percent;
    ElidedLabel* m_item;
    QLabel* m_time;
    QToolButton* m_cancel;
    QToolButton* m_warnings;
    bool m_isError = false; ///< the button tells of an error
    QToolButton* m_log;
};

} // namespace widgets
