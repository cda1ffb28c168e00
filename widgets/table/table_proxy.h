#pragma once

#include <QSortFilterProxyModel>
#include <QString>

#include <vector>

namespace widgets {

class ReportModel;

/// True when `first` stands before `second` with numbers in them taken as numbers: conv2 before conv10.
bool naturalLess(QStringView first, QStringView second);

/// Sorts a ReportModel by the raw cells (missing ones last either way) and filters by a piece of text that
/// any shown column may contain.
class TableProxy : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit TableProxy(ReportModel* source, QObject* parent = nullptr);

    void setNeedle(const QString& needle);
    const QString& needle() const { return m_needle; }
    void setHidden(int column, bool hidden); ///< hidden columns are not searched

protected:
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    ReportModel* m_model;
    QString m_needle;
    bool m_textOnly = false; ///< no number can contain the needle
    std::vector<bool> m_hidden;
};

} // namespace widgets
