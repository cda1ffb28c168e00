#pragma once

#include "analysis/dram/steps.h"

#include <QWidget>

namespace widgets {

/// The banks at one step: a row of boxes per rank with state, open row and the cycles until each command is
/// allowed. What the step changed has an outline; long rows break.
class StepBanks : public QWidget {
    Q_OBJECT

public:
    explicit StepBanks(QWidget* parent = nullptr);

    /// `banks` per rank.
    void setStep(const analysis::CommandStep& step, int banks);

    /// "Open", "Idle", ...
    static QString stateWord(const engine::dram::rules::BankState& state);
    /// "RD 4", "ACT now": what the rules allow and when, after the step.
    static QStringList counters(const analysis::StepBank& bank, quint64 cycle);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Grid {
        int columns = 1; ///< boxes in a line
        int lines = 1; ///< of a rank
        int boxWidth = 0;
    };

    Grid grid(int width) const;
    int ranks() const;
    bool isTarget(int rank, int bank) const;
    void paintBox(QPainter& painter, const QRect& box, int rank, int bank) const;

    analysis::CommandStep m_step;
    int m_banks = 1;
};

} // namespace widgets
