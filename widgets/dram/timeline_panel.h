#pragma once

#include "analysis/dram/run.h"
#include "analysis/job.h"

#include <QWidget>

#include <cstddef>
#include <memory>

class QComboBox;
class QScrollArea;
class QSplitter;
class QStackedWidget;

namespace widgets {

class CommandTimeline;
class LatestJob;
class NothingYet;
class PanelHeader;

/// The timeline of a run's commands with what belongs to it: which rank is shown, jumps to the next command
/// of a kind, and room below for a view that follows the chosen command.
class TimelinePanel : public QWidget {
    Q_OBJECT

public:
    explicit TimelinePanel(analysis::JobQueue& jobs, QWidget* parent = nullptr);

    /// Null shows nothing. The index of its commands is made in a job.
    void setRun(const std::shared_ptr<const analysis::DramRun>& run);
    CommandTimeline& timeline() const { return *m_timeline; }
    /// Puts a view into the strip below, with a button that opens and closes it.
    void setStrip(const QString& title, QWidget* view);

signals:
    void commandChosen(std::size_t index); ///< by the user in the timeline
    void hovered(const QString& text);
    void keepRequested(); ///< to run again and keep the commands
    void stripOpened(bool open); ///< the view below the timeline wants room, or does no more

public slots:
    void showCommand(std::size_t index);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildHeader();
    QWidget* buildJumps();
    void arrangeHeader();
    void openStrip(bool open);
    void shareHeight();
    void fillRanks();
    void takeIndex(analysis::Job* job);
    void showRank();

    analysis::JobQueue& m_jobs;
    std::shared_ptr<const analysis::DramRun> m_run;
    LatestJob* m_job;
    PanelHeader* m_header;
    QComboBox* m_channel;
    QComboBox* m_rank;
    QWidget* m_jumps = nullptr; ///< a button for each kind of command
    QWidget* m_jumpMenu = nullptr; ///< the same as a menu, where there is little room
    QStackedWidget* m_stack;
    CommandTimeline* m_timeline;
    QScrollArea* m_scroll; ///< of the timeline
    NothingYet* m_notKept;
    NothingYet* m_wait;
    QSplitter* m_split;
    QWidget* m_strip = nullptr;
    QWidget* m_stripView = nullptr;
};

} // namespace widgets
