#pragma once

#include "widgets/packing/packing_scene.h"
#include "widgets/parts/panel_header.h"

class QAction;
class QCheckBox;
class QLabel;
class QMenu;
class QPushButton;
class QSpinBox;

namespace widgets {

class Segmented;

/// The line over the packing view: direction, block, and what is linked and shown.
class PackingHeader : public PanelHeader {
    Q_OBJECT

public:
    explicit PackingHeader(QWidget* parent = nullptr);

    PackingDirection direction() const;
    bool linksToSource() const;
    bool showsHex() const;
    void setBlocks(std::uint64_t count, bool anyRaw); ///< 0 = nothing is shown
    void setBlock(std::uint64_t block); ///< emits nothing

signals:
    void directionChanged();
    void blockChosen(quint64 block);
    void nextRawRequested();
    void hexChanged(bool hex);
    void exportRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QCheckBox* addCheck(const QString& text, QAction*& action);
    void buildRight();

    Segmented* m_direction;
    QSpinBox* m_block;
    QLabel* m_count;
    QMenu* m_menu;
    QAction* m_link = nullptr;
    QAction* m_hex = nullptr;
    QCheckBox* m_linkBox = nullptr;
    QCheckBox* m_hexBox = nullptr;
    QPushButton* m_next = nullptr;
    QAction* m_export = nullptr;
};

} // namespace widgets
