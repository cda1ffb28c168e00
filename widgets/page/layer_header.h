#pragma once

#include "widgets/parts/panel_header.h"
#include "widgets/tensor/colour_scale.h"

class QComboBox;
class QLabel;
class QMenu;

namespace widgets {

class AxesSelector;
class Segmented;

/// The line over a layer's maps: what is shown, of which slice, over which range.
class LayerHeader : public PanelHeader {
    Q_OBJECT

public:
    explicit LayerHeader(QWidget* parent = nullptr);

    MapMode mode() const { return m_mode; }
    CellStatistic statistic() const { return m_statistic; }
    double clip() const; ///< fraction of the values within the colours' range; 1 = all
    AxesSelector& axes() { return *m_axes; }
    void setMode(MapMode mode);
    void setBits(int count, int chosen); ///< of a word; -1 = all of them
    void setSigned(bool hasNegatives);
    void setControlsEnabled(bool enabled);

signals:
    void lookChanged(); ///< mode, statistic or clip
    void bitChosen(int bit);
    void homeRequested();
    void exportRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildRight();
    void fillMenu();
    void showMode();

    MapMode m_mode = MapMode::Sparsity;
    CellStatistic m_statistic = CellStatistic::Maximum;
    Segmented* m_modes;
    AxesSelector* m_axes;
    QLabel* m_clipLabel;
    QComboBox* m_clip;
    QComboBox* m_plane;
    QMenu* m_menu;
    QWidget* m_right;
    int m_bitCount = 0;
    int m_signed = -1; ///< unknown
};

} // namespace widgets
