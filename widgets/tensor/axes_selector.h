#pragma once

#include "widgets/tensor/axis_plan.h"

#include <QWidget>

#include <cstdint>
#include <vector>

class QHBoxLayout;
class QMenu;
class QSlider;
class QSpinBox;

namespace widgets {

/// Which slice of a tensor is shown: a spin box for every axis that is neither rows nor columns, with a
/// slider for the channels.
class AxesSelector : public QWidget {
    Q_OBJECT

public:
    explicit AxesSelector(QWidget* parent = nullptr);

    /// `index` has one entry per axis.
    void setTensor(const engine::Tensor& tensor, const AxisPlan& plan,
                   const std::vector<std::int64_t>& index);
    void clear();
    void setSlidersShown(bool shown); ///< where the room is wide enough; the numbers stay
    /// Radio items that make another axis the rows or columns; nothing below rank 3.
    void addAxisChoices(QMenu& menu);

signals:
    void indexChosen(int axis, qint64 index);
    void axesChosen(int row, int column);

private:
    struct Control {
        int axis;
        QSpinBox* spin;
        QSlider* slider; ///< null where there is none
    };

    void rebuild();
    void addControl(int axis, bool withSlider);
    void addChoices(QMenu& menu, const QString& title, bool forRows);

    engine::Tensor m_tensor;
    AxisPlan m_plan;
    bool m_slidersShown = true;
    std::vector<Control> m_controls;
    QHBoxLayout* m_row;
};

} // namespace widgets
