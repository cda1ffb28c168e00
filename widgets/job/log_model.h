#pragma once

#include "analysis/report.h"

#include <QAbstractTableModel>
#include <QDateTime>

#include <deque>

namespace widgets {

/// A line of the log.
struct LogEntry {
    QDateTime time;
    analysis::Level level = analysis::Level::Note;
    QString where; ///< layer, file or job; empty for none
    QString text;
};

/// Remarks, errors and messages of this session, oldest first; the oldest go when there are too many.
class LogModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { TimeColumn, LevelColumn, WhereColumn, TextColumn, columnTotal };
    static constexpr std::size_t keptAtMost = 10000;

    using QAbstractTableModel::QAbstractTableModel;

    void add(analysis::Level level, const QString& where, const QString& text);
    void addRemarks(const analysis::Report& report);
    void clear();
    int warnings() const { return m_warnings; } ///< that are in the log
    int errors() const { return m_errors; } ///< problems that are in the log
    const LogEntry& entry(int row) const { return m_entries[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    static QString levelWord(analysis::Level level);
    /// Date, level, where and text between tabs, as it is copied.
    QString line(int row) const;

signals:
    void warningsChanged(int warnings, int errors);

private:
    void dropOldest();
    void count(analysis::Level level, int step);

    std::deque<LogEntry> m_entries;
    int m_warnings = 0;
    int m_errors = 0;
};

} // namespace widgets
