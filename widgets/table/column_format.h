#pragma once

#include "analysis/report.h"

#include <QString>

namespace widgets {

/// How the cells of one column are written on screen: one unit and one number of decimals for all of them.
class ColumnFormat {
public:
    ColumnFormat() = default;
    /// Looks through the column for the unit its bytes are best given in.
    ColumnFormat(const analysis::Table& table, std::size_t column);

    QString header() const; ///< "Coded (KiB)"
    QString brokenHeader() const; ///< on two lines where it can be broken
    QString toolTip() const; ///< title, unit and the name in files
    QString text(const analysis::Cell& cell) const; ///< an en dash for no value
    bool isNumeric() const { return m_column.kind != analysis::ColumnKind::Text; }
    /// Names can be elided; shapes, which are text of numbers, cannot.
    bool isElastic() const { return m_elastic; }
    /// Largest value plus overhead of the column; the full length of its inline bars.
    double barMaximum() const { return m_barMaximum; }
    int overheadColumn() const { return m_overhead; } ///< -1 for none
    /// The widest text of the column, for its width.
    QString widest(const analysis::Table& table, std::size_t column) const;

private:
    QString numberText(double value) const;

    analysis::Column m_column;
    QString m_unit;
    double m_factor = 1; ///< what a cell is multiplied by for the screen
    double m_barMaximum = 0;
    int m_decimals = 0;
    int m_overhead = -1;
    bool m_elastic = false;
};

/// NaN for text and for no value.
double numberOf(const analysis::Cell& cell);

} // namespace widgets
