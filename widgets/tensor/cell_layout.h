#pragma once

#include <QFont>
#include <QPointF>
#include <QRectF>
#include <QString>

#include <cstdint>
#include <optional>

namespace widgets {

/// What is written where in a cell: a number, then its bits in groups of four. Logical pixels.
class CellLayout {
public:
    struct Wish {
        bool number = false;
        bool bits = false;
        int bitCount = 8;
    };

    CellLayout() = default;
    CellLayout(const QSizeF& cell,
               const Wish& wish); ///< drops what has no room in the smallest font, the number first

    bool hasNumber() const { return m_number; }
    bool hasBits() const { return m_lines > 0; }
    int numberCharacters() const { return m_numberCharacters; }
    const QFont& font() const { return m_font; }

    QSizeF textSize(const QString& number) const; ///< of the number and its bits, in the middle of the cell
    QRectF numberRect(const QRectF& cell) const;
    int bitLines() const { return m_lines; }
    QRectF bitLineRect(const QRectF& cell, int line) const;
    QString bitLineText(std::uint64_t pattern, int line) const;
    QRectF bitRect(const QRectF& cell, int bit) const;
    std::optional<int> bitAt(const QRectF& cell, const QPointF& position) const;

private:
    void place(const QSizeF& cell, const Wish& wish, const QFont& font);
    bool placeBits(const QSizeF& cell, double numberHeight);
    double textTop(const QRectF& cell) const;

    QFont m_font;
    double m_characterWidth = 7;
    double m_lineHeight = 14;
    bool m_number = false;
    int m_numberCharacters = 0;
    int m_bits = 0;
    int m_lines = 0;
    int m_groups = 0; ///< in a line
};

} // namespace widgets
