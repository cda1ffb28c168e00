#include "widgets/table/report_model.h"

#include "widgets/theme/theme.h"

#include <algorithm>
#include <cmath>

namespace widgets {

namespace {

bool isMissing(const analysis::Cell& cell)
{
    return std::holds_alternative<std::monostate>(cell);
}

} // namespace

TablePtr tableOf(const analysis::ReportPtr& report, const QString& id)
{
    const analysis::Table* table = report == nullptr ? nullptr : report->table(id);
    return table == nullptr ? nullptr : TablePtr(report, table);
}

void ReportModel::setTable(TablePtr table)
{
    if (!continues(table)) {
        beginResetModel();
        m_table = std::move(table);
        makeFormats();
        endResetModel();
        return;
    }
    const int before = rowCount();
    const int after = static_cast<int>(table->rows.size());
    if (after > before)
        beginInsertRows({}, before, after - 1);
    m_table = std::move(table);
    makeFormats();
    if (after > before)
        endInsertRows();
    if (before > 0)
        emit dataChanged(index(0, 0), index(before - 1, columnCount() - 1));
    emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

bool ReportModel::continues(const TablePtr& table) const
{
    if (m_table == nullptr || table == nullptr || table->columns.empty())
        return false;
    const auto sameName = [](const analysis::Column& a, const analysis::Column& b) {
        return a.name == b.name;
    };
    return m_table->id == table->id && table->rows.size() >= m_table->rows.size()
        && std::ranges::equal(m_table->columns, table->columns, sameName);
}

void ReportModel::makeFormats()
{
    m_formats.clear();
    for (std::size_t i = 0; m_table != nullptr && i < m_table->columns.size(); ++i)
        m_formats.emplace_back(*m_table, i);
}

const analysis::Cell& ReportModel::cell(int row, int column) const
{
    return m_table->rows[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
}

void ReportModel::setBrokenTitles(bool broken)
{
    if (broken == m_brokenTitles || columnCount() == 0)
        return;
    m_brokenTitles = broken;
    emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

bool ReportModel::isPartial(int row) const
{
    return m_table->partial && std::ranges::any_of(m_table->rows[static_cast<std::size_t>(row)], isMissing);
}

int ReportModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || m_table == nullptr ? 0 : static_cast<int>(m_table->rows.size());
}

int ReportModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() || m_table == nullptr ? 0 : static_cast<int>(m_table->columns.size());
}

BarValue ReportModel::bar(int row, int column) const
{
    const ColumnFormat& shown = format(column);
    const double value = numberOf(cell(row, column));
    const double overhead = shown.overheadColumn() < 0 ? 0 : numberOf(cell(row, shown.overheadColumn()));
    return { value, std::isfinite(overhead) ? overhead : 0, shown.barMaximum() };
}

bool ReportModel::holdsBadge(int row, int column) const
{
    if (!isPartial(row) || !isMissing(cell(row, column)))
        return false;
    const auto& cells = m_table->rows[static_cast<std::size_t>(row)];
    return std::ranges::find_if(cells, isMissing) - cells.begin() == column;
}

QVariant ReportModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const int row = index.row();
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return format(column).text(cell(row, column));
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter
                                   | (format(column).isNumeric() ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::ForegroundRole:
        return isPartial(row) ? QVariant(Theme::current().text2) : QVariant();
    case BarRole:
        return m_table->columns[static_cast<std::size_t>(column)].bar && !isMissing(cell(row, column))
            ? QVariant::fromValue(bar(row, column))
            : QVariant();
    case PartialRole:
        return holdsBadge(row, column);
    default:
        return {};
    }
}

QVariant ReportModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return m_brokenTitles ? format(section).brokenHeader() : format(section).header();
    case Qt::ToolTipRole:
        return format(section).toolTip();
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter
                                   | (format(section).isNumeric() ? Qt::AlignRight : Qt::AlignLeft));
    default:
        return {};
    }
}

} // namespace widgets
