#pragma once

#include "widgets/packing/packing_paint.h"

#include <QWidget>

class QScrollBar;

namespace widgets {

class ValueTip;

/// A packed block: its words as bits, the tree that joins them, and the stream they end in. The pointer links
/// each bit with its word everywhere. Keys: up and down choose a word, page up and down another block, Esc
/// none.
class PackingView : public QWidget {
    Q_OBJECT

public:
    explicit PackingView(QWidget* parent = nullptr);

    const PackingScene& scene() const { return m_scene; }
    const PackingLayout& layoutOfScene() const { return m_layout; }
    const PackingLook& look() const { return m_look; }

    void setScene(PackingScene scene); ///< shows its block
    void clear();
    void setStep(int step);
    void setHex(bool hex);
    void setSelectedWord(int word); ///< -1 = none; does not emit wordChosen()
    int selectedWord() const { return m_look.selectedWord; }
    /// What is pointed at elsewhere; nothing while the pointer is on this view.
    void setOutsideHover(int word);

    QSize minimumSizeHint() const override;

signals:
    void hovered(const widgets::PackingSpot& spot); ///< empty: on nothing
    void wordChosen(int word); ///< by the user
    void blockChosen(quint64 block); ///< by the user
    void blockStepped(int by);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void arrange();
    void showBlock();
    void showWord(int word); ///< moves it into sight
    void setSpot(const PackingSpot& spot, const QPoint& pointer);
    void describe();
    QRect cellAt(const PackingSpot& spot) const;
    void chooseWord(int word);
    QSize area() const;

    PackingScene m_scene;
    PackingLayout m_layout;
    PackingLook m_look;
    QScrollBar* m_wordBar;
    QScrollBar* m_streamBar;
    ValueTip* m_tip;
};

} // namespace widgets
