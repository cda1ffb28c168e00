#pragma once

#include <QFontMetrics>

#include <vector>

namespace analysis {
struct Table;
}

namespace widgets {

class ColumnFormat;

struct TableFonts {
    QFontMetrics titles;
    QFontMetrics cells;
};

/// What one column of a table would like to have.
struct ColumnNeed {
    int text = 0; ///< widest cell, without its bar [px]
    int title = 0; ///< on one line [px]
    int brokenTitle = 0; ///< on two lines [px]
    bool bar = false;
    bool elastic = false; ///< names, which can be elided
};

ColumnNeed columnNeed(const analysis::Table& table, std::size_t column, const ColumnFormat& format,
                      const TableFonts& fonts);

/// How a table is laid out in a given width.
struct ColumnFit {
    std::vector<int> widths; ///< [px]
    int barWidth = 0; ///< the same in all columns [px]
    bool brokenTitles = false;
};

/// Loosens what can be missed one after the other until all columns fit: the length of the bars, titles on
/// one line, whole names. What still does not fit is left to the scroll bar.
ColumnFit fitColumns(const std::vector<ColumnNeed>& needs, int available);

} // namespace widgets
