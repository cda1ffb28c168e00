#pragma once

#include "analysis/job.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <vector>

class QLabel;
class QToolButton;
class QVBoxLayout;

namespace widgets {

class ElidedLabel;
class JobBar;

/// One job: name, bar or state, percent, what it is at, cancel.
class JobRow : public QWidget {
    Q_OBJECT

public:
    explicit JobRow(QWidget* parent = nullptr);

    void setJob(analysis::Job* job);
    void refresh();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString remark() const;

    QPointer<analysis::Job> m_job;
    ElidedLabel* m_name;
    JobBar* m_bar;
    QLabel* m_glyph;
    QLabel* m_word;
    QLabel* m_percent;
    ElidedLabel* m_remark;
    QToolButton* m_cancel;
};

/// All jobs, newest first, each with its state as glyph and word.
class JobList : public QWidget {
    Q_OBJECT

public:
    static constexpr std::size_t shownAtMost = 100;

    /// The queue must outlive the list.
    explicit JobList(analysis::JobQueue* queue, QWidget* parent = nullptr);

    QSize sizeHint() const override;

protected:
    void showEvent(QShowEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();

    analysis::JobQueue* m_queue;
    QVBoxLayout* m_column;
    QLabel* m_nothing;
    QTimer m_tick;
    std::vector<JobRow*> m_rows;
};

} // namespace widgets
