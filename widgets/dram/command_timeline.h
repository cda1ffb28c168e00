#pragma once

#include "widgets/dram/timeline_index.h"
#include "widgets/dram/timeline_layout.h"
#include "widgets/dram/timeline_paint.h"

#include <QWidget>

#include <memory>
#include <optional>

namespace widgets {

/// The commands of one rank by bank and clock cycle: rows that are open, activates, reads, writes,
/// precharges, refreshes, and the data bus below.
///
/// Wheel zooms in steps of the square root of 2 at the pointer, from the whole run to single commands; drag
/// pans; a click chooses a command. Left and right step to the command before and after, up and down to the
/// bank above and below, + and - zoom, Home shows the whole run.
class CommandTimeline : public QWidget {
    Q_OBJECT

public:
    explicit CommandTimeline(QWidget* parent = nullptr);
    ~CommandTimeline() override;

    /// Null shows nothing. The view stays where the size is the same.
    void setIndex(std::shared_ptr<const TimelineIndex> index);
    const std::shared_ptr<const TimelineIndex>& index() const { return m_index; }
    void setRank(TimelineRank rank);
    TimelineRank rank() const { return m_rank; }

    const TimelineLayout& layoutNow() const { return m_layout; }
    std::optional<std::size_t> chosen() const { return m_chosen; } ///< number of a command
    /// The command at a place of the widget; nothing where there is none or they are not drawn one by one.
    std::optional<std::size_t> commandAt(const QPointF& position) const;
    /// "bank 3, cycle 10 338: RD row 0x01A4, column 0x068".
    QString describe(std::size_t command) const;

    QSize sizeHint() const override { return { 520, 320 }; }
    /// Lower, the lanes of the banks could not be told apart.
    QSize minimumSizeHint() const override { return { 260, m_leastHeight }; }
    int comfortableHeight() const; ///< with lanes that have room for names [px]

public slots:
    /// Chooses a command of any rank and brings it into view.
    void showCommand(std::size_t index);
    void jumpTo(engine::dram::CommandKind kind); ///< the next one after the chosen command
    void resetView();

signals:
    void commandChosen(std::size_t index); ///< by the user
    void rankChanged(); ///< a command of another rank was shown
    void hovered(const QString& text); ///< empty when the pointer leaves
    void viewChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    using Command = engine::dram::Command;

    TimelineScene scene() const { return { *m_index, m_layout, m_rank }; }
    bool isEmpty() const { return !m_index || m_layout.isEmpty(); }
    void updateLayout();
    void changeView();
    void choose(std::size_t command);
    void setHovered(const std::optional<std::size_t>& command, const QString& text);
    void hoverAt(const QPointF& position);
    QString describeColumn(const QPointF& position, int row) const;
    std::optional<std::size_t> neighbour(bool forward) const;
    std::optional<std::size_t> otherBank(int step) const;
    bool moveByKey(int key);

    std::shared_ptr<const TimelineIndex> m_index;
    TimelineLayout m_layout;
    TimelineRank m_rank;
    std::optional<std::size_t> m_chosen;
    std::optional<std::size_t> m_hovered;
    int m_hoveredRow = -1;
    QString m_hoverText;
    QPointF m_pressed;
    QPointF m_dragged;
    double m_wheelRest = 0; ///< wheel movement short of a step
    int m_leastHeight = 170; ///< [px]
    bool m_isPressed = false;
    bool m_isDragging = false;
};

} // namespace widgets
