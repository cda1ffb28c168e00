#pragma once

#include "widgets/packing/packing_layout.h"
#include "widgets/packing/packing_scene.h"

#include <QColor>
#include <QString>

class QPainter;

namespace widgets {

struct Theme;

/// How a scene is shown, besides what it is.
struct PackingLook {
    bool hex = false; ///< values
    PackingSpot hover = {};
    int selectedWord = -1;
    bool focused = false; ///< the view has the keyboard
};

/// Draws a packing scene: on the screen in the theme in force, on paper in the light one.
class PackingPaint {
public:
    PackingPaint(QPainter& painter, const PackingScene& scene, const PackingLayout& layout,
                 const PackingLook& look, const Theme& theme);

    /// `clips` keeps words that were moved out of sight from being drawn over; not for vector files.
    void paint(bool clips);

private:
    /// What a cell of a bit is filled and written with.
    struct Cell {
        QColor fill;
        QColor ink;
        int rank = -1; ///< of its word, for the hatch; -1 = none
    };

    void paintTitles();
    void paintWordHeads();
    void paintWords();
    void paintWord(int word);
    void paintCell(const QRectF& rect, const Cell& cell, const QString& text);
    Cell codeCell(int word, int bit) const;
    void paintMask(int word);
    void paintBrackets();
    void paintBracket(int firstColumn, int endColumn, const QString& text, bool strong);
    QString keptText() const;
    QString remark() const; ///< why the block is not packed; empty when it is

    void paintTree();
    void paintLevelHeads();
    void paintConnectors();
    void paintConnector(const PackingLayout::Bar& child, const PackingLayout::Bar& parent);
    void paintBars();
    void paintBarLabel(const PackingLayout::Bar& bar, bool above);

    void paintStream();
    void paintRuler();
    void paintRow(std::uint64_t row);
    void paintRowName(std::uint64_t row);
    void paintBlockMark(std::uint64_t block, double room);
    Cell streamCell(std::uint64_t bit, std::uint64_t block) const;
    Cell ownCell(std::uint64_t bit) const;
    void paintLegend();

    void paintStepMarks();
    void paintLink();
    void paintElbow(const QRectF& from, const QRectF& to);
    void outline(const QRectF& rect, const QColor& colour, double width = 2);
    void paintNote(const QPointF& topLeft, const QString& words); ///< on the ground of a warning
    void text(const QRectF& rect, int flags, const QString& words);

    Cell wordCell(int word) const;
    int activeWord() const;

    QPainter& m_painter;
    const PackingScene& m_scene;
    const PackingLayout& m_layout;
    const PackingLook& m_look;
    const Theme& m_theme;
};

} // namespace widgets
