#include "widgets/table/table_copy.h"

#include "analysis/export/writers.h"

#include <QClipboard>
#include <QGuiApplication>

namespace widgets {

analysis::Table excerpt(const analysis::Table& table, std::span<const int> rows, std::span<const int> columns)
{
    analysis::Table result { .id = table.id, .title = table.title, .partial = table.partial };
    for (const int column : columns)
        result.columns.push_back(table.columns[static_cast<std::size_t>(column)]);
    for (const int row : rows) {
        std::vector<analysis::Cell>& cells = result.rows.emplace_back();
        for (const int column : columns)
            cells.push_back(table.rows[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)]);
    }
    return result;
}

void copyTable(const analysis::Table& table, CopyFormat format)
{
    QString text;
    switch (format) {
    case CopyFormat::Tsv:
        text = analysis::toClipboardText(table);
        break;
    case CopyFormat::Csv:
        text = QString::fromUtf8(analysis::toCsv(table));
        break;
    case CopyFormat::Latex:
        text = QString::fromUtf8(analysis::toLatex(table));
        break;
    }
    QGuiApplication::clipboard()->setText(text);
}

} // namespace widgets
