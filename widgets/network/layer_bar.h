#pragma once

#include "widgets/selection.h"

#include <QWidget>

class QComboBox;

namespace widgets {

class Segmented;

/// The toolbar's right half: which layer, activation or weight, and how values are quantised for display.
class LayerBar : public QWidget {
    Q_OBJECT

public:
    explicit LayerBar(SelectionModel& selection, QWidget* parent = nullptr);

    int wordBits() const; ///< 0 = the values as they are [bit]
    void setWordBits(int bits);

signals:
    void wordBitsChanged(int bits);
    void chosen(); ///< the user picked a layer or tensor

private:
    void follow(const Selection& now);
    void fillLayers();
    void chooseLayer(int row);
    void chooseTensor(int segment);

    SelectionModel& m_selection;
    analysis::DatasetPtr m_listed;
    QComboBox* m_layers;
    Segmented* m_tensor;
    QComboBox* m_quantised;
};

} // namespace widgets
