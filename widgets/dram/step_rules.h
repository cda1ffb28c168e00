#pragma once

#include "analysis/dram/steps.h"

#include <QWidget>

namespace widgets {

/// The rules that applied to a command, the one that ended last first: name, the command it counts from, and
/// its time on an axis that ends at the command. A click on a row goes to the command it counts from.
class StepRules : public QWidget {
    Q_OBJECT

public:
    static constexpr int mostRows = 4;

    explicit StepRules(QWidget* parent = nullptr);

    void setStep(const analysis::CommandStep& step);
    int rows() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return { 320, sizeHint().height() }; }

signals:
    void chosen(std::size_t index); ///< of a command, by the user

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    void paintRow(QPainter& painter, const QRect& row, const analysis::StepRule& rule) const;

    std::vector<analysis::StepRule> m_rules;
    quint64 m_span = 1; ///< of the bars [cycle]
};

} // namespace widgets
