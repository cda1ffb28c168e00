#pragma once

#include "analysis/report.h"
#include "widgets/table/column_format.h"

#include <QAbstractTableModel>

#include <memory>
#include <vector>

namespace widgets {

using TablePtr = std::shared_ptr<const analysis::Table>;

/// A table of a report that keeps the report alive; null when it has none of that id.
TablePtr tableOf(const analysis::ReportPtr& report, const QString& id);

/// The inline bar of a cell, in the column's own numbers.
struct BarValue {
    double value = 0;
    double overhead = 0; ///< hatched behind the value
    double maximum = 0; ///< full length
};

/// A table of a report as Qt's views read it. Rows that come while an analysis runs are appended; nothing
/// that is there moves.
class ReportModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Role {
        BarRole = Qt::UserRole + 1, ///< BarValue, or nothing
        PartialRole ///< true for the first missing cell of a row that was not finished
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// The same columns with at least as many rows count as more of the same table; others replace it.
    void setTable(TablePtr table);
    const TablePtr& table() const { return m_table; }
    const analysis::Cell& cell(int row, int column) const;
    const ColumnFormat& format(int column) const { return m_formats[static_cast<std::size_t>(column)]; }
    void setBrokenTitles(bool broken); ///< headers on two lines
    bool isPartial(int row) const; ///< a row the analysis was stopped in

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    bool continues(const TablePtr& table) const;
    void makeFormats();
    BarValue bar(int row, int column) const;
    bool holdsBadge(int row, int column) const;

    TablePtr m_table;
    std::vector<ColumnFormat> m_formats;
    bool m_brokenTitles = false;
};

} // namespace widgets

Q_DECLARE_METATYPE(widgets::BarValue)
