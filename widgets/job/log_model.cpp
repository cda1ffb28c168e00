#include "widgets/job/log_model.h"

#include "widgets/theme/theme.h"

#include <QFont>
#include <QIcon>

namespace widgets {

namespace {

QString textOf(const LogEntry& entry, int column)
{
    switch (column) {
    case LogModel::TimeColumn:
        return entry.time.toString(QStringLiteral("HH:mm:ss"));
    case LogModel::LevelColumn:
        return LogModel::levelWord(entry.level);
    case LogModel::WhereColumn:
        return entry.where;
    default:
        return entry.text;
    }
}

QIcon iconOf(analysis::Level level)
{
    switch (level) {
    case analysis::Level::Problem:
        return icon(QStringLiteral("close"), IconInk::Err);
    case analysis::Level::Warning:
        return icon(QStringLiteral("warning"), IconInk::Warn);
    case analysis::Level::Note:
        break;
    }
    return icon(QStringLiteral("note"));
}

} // namespace

void LogModel::add(analysis::Level level, const QString& where, const QString& text)
{
    if (m_entries.size() >= keptAtMost)
        dropOldest();
    const int row = rowCount();
    beginInsertRows({}, row, row);
    m_entries.push_back({ QDateTime::currentDateTime(), level, where, text });
    endInsertRows();
    count(level, 1);
}

void LogModel::count(analysis::Level level, int step)
{
    if (level == analysis::Level::Note)
        return;
    (level == analysis::Level::Problem ? m_errors : m_warnings) += step;
    emit warningsChanged(m_warnings, m_errors);
}

void LogModel::dropOldest()
{
    beginRemoveRows({}, 0, 0);
    const analysis::Level gone = m_entries.front().level;
    m_entries.pop_front();
    endRemoveRows();
    count(gone, -1);
}

void LogModel::addRemarks(const analysis::Report& report)
{
    for (const analysis::Remark& remark : report.remarks)
        add(remark.level, remark.layer.isEmpty() ? report.title : remark.layer, remark.text);
}

void LogModel::clear()
{
    beginResetModel();
    m_entries.clear();
    m_warnings = 0;
    m_errors = 0;
    endResetModel();
    emit warningsChanged(0, 0);
}

int LogModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int LogModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columnTotal;
}

QVariant LogModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const LogEntry& line = entry(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return textOf(line, index.column());
    case Qt::ToolTipRole:
        return index.column() == TextColumn ? line.text : QVariant();
    case Qt::DecorationRole:
        return index.column() == LevelColumn ? iconOf(line.level) : QVariant();
    case Qt::ForegroundRole:
        return index.column() == TimeColumn || index.column() == WhereColumn
            ? QVariant(Theme::current().text2)
            : QVariant();
    case Qt::FontRole:
        return index.column() == TimeColumn ? QVariant(monoFont(11)) : QVariant();
    default:
        return {};
    }
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("Time");
    case LevelColumn:
        return tr("Level");
    case WhereColumn:
        return tr("Where");
    case TextColumn:
        return tr("Text");
    default:
        return {};
    }
}

QString LogModel::levelWord(analysis::Level level)
{
    switch (level) {
    case analysis::Level::Problem:
        return tr("error");
    case analysis::Level::Warning:
        return tr("warning");
    case analysis::Level::Note:
        break;
    }
    return tr("note");
}

QString LogModel::line(int row) const
{
    const LogEntry& shown = entry(row);
    return QStringList { shown.time.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")), levelWord(shown.level),
                         shown.where, shown.text }
        .join(QLatin1Char('\t'));
}

} // namespace widgets
