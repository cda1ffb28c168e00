#pragma once

#include "analysis/report.h"

#include <QString>

#include <span>

namespace widgets {

enum class CopyFormat {
    Tsv, ///< as spreadsheets paste it
    Csv,
    Latex
};

/// The rows and columns given, in that order; numbers as they are, not as the screen rounds them.
analysis::Table excerpt(const analysis::Table& table, std::span<const int> rows,
                        std::span<const int> columns);

/// Puts a table on the clipboard.
void copyTable(const analysis::Table& table, CopyFormat format);

} // namespace widgets
