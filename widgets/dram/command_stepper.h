#pragma once

#include "analysis/dram/steps.h"

#include <QWidget>

#include <memory>

class QLabel;
class QStackedWidget;

namespace widgets {

class LatestJob;
class StepBanks;
class StepperBar;
class StepRules;

/// Walks through the commands of a run: what the banks do, and which timing rule held each command back.
///
/// Never blocks: what it needs to jump is made in a job; until then it says so. A run without commands shows
/// how to get them.
class CommandStepper : public QWidget {
    Q_OBJECT

public:
    explicit CommandStepper(QWidget* parent = nullptr);
    ~CommandStepper() override;

    void setRun(std::shared_ptr<const analysis::DramRun> run); ///< null = none
    bool isReady() const { return m_steps != nullptr; }
    std::size_t command() const; ///< index of the one shown; 0 while there is none

public slots:
    void showCommand(std::size_t index); ///< does not emit commandChosen()

signals:
    void commandChosen(std::size_t index); ///< by the user or by playing
    void keepCommandsRequested();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeSteps();
    void prepare();
    void take(std::shared_ptr<analysis::CommandSteps> steps);
    void showStep();

    std::shared_ptr<const analysis::DramRun> m_run;
    std::shared_ptr<analysis::CommandSteps> m_steps;
    LatestJob* m_job;
    QStackedWidget* m_pages;
    QWidget* m_missing;
    QLabel* m_waiting;
    QWidget* m_view;
    StepperBar* m_bar = nullptr;
    QLabel* m_what = nullptr;
    QLabel* m_why = nullptr;
    StepBanks* m_banks = nullptr;
    StepRules* m_rules = nullptr;
    std::size_t m_wanted = 0; ///< to be shown as soon as the steps are there
    bool m_told = false; ///< the position was set from outside
};

} // namespace widgets
