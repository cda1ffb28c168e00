#pragma once

#include <QTimer>
#include <QWidget>

class QComboBox;
class QKeyEvent;
class QLabel;
class QSlider;
class QToolButton;

namespace widgets {

/// The transport bar of every view that walks through steps: first, back, play, forward, last, the position
/// with a slider, and the speed. Keys: comma, period, space, Home, End. Plays at most ten steps a second, and
/// stops at the end and when it is hidden.
class StepperBar : public QWidget {
    Q_OBJECT

public:
    /// `unit` is what a step is called: "Command".
    explicit StepperBar(const QString& unit, QWidget* parent = nullptr);

    void setCount(int count); ///< of steps; goes back to the first
    int count() const { return m_count; }
    int position() const { return m_position; } ///< 0 .. count - 1
    /// Goes there and says so with moved(); outside it goes to the nearest.
    void setPosition(int position);
    void setRemark(const QString& remark); ///< beside the position: "cycle 10 338"

    bool isPlaying() const { return m_timer.isActive(); }
    void setPlaying(bool playing);
    void setSpeed(int stepsPerSecond); ///< the nearest of those offered

    /// For the view above it: true when the key was one of the bar's.
    bool handleKey(const QKeyEvent& event);

signals:
    void moved(int position);
    void playingChanged(bool playing);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void build();
    QToolButton* addButton(const QString& iconName, const QString& name, void (StepperBar::*pressed)());
    void first() { setPosition(0); }
    void back() { setPosition(m_position - 1); }
    void forward() { setPosition(m_position + 1); }
    void last() { setPosition(m_count - 1); }
    void toggle() { setPlaying(!isPlaying()); }
    void tick();
    void showState();

    QString m_unit;
    QTimer m_timer;
    QToolButton* m_first = nullptr;
    QToolButton* m_back = nullptr;
    QToolButton* m_play = nullptr;
    QToolButton* m_forward = nullptr;
    QToolButton* m_last = nullptr;
    QLabel* m_place = nullptr;
    QLabel* m_remark = nullptr;
    QSlider* m_slider = nullptr;
    QComboBox* m_speed = nullptr;
    int m_count = 0;
    int m_position = 0;
};

} // namespace widgets
