#pragma once

#include "widgets/table/report_model.h"
#include "widgets/table/table_copy.h"

#include <QWidget>

class QLabel;
class QLineEdit;

namespace widgets {

class Badge;
class DataTable;
class TableProxy;

/// A table of a report: click a header to sort, type to filter, Ctrl+C to copy; the header's context menu
/// chooses columns. Rows are named by their number in the report's table, whatever the order on screen.
class TableView : public QWidget {
    Q_OBJECT

public:
    /// `name` is what a screen reader says for the table.
    explicit TableView(const QString& name, QWidget* parent = nullptr);

    /// Column widths are fitted when the columns are new and stay when rows come.
    void setTable(TablePtr table);
    const TablePtr& table() const { return m_model->table(); }

    /// By the columns' stable names; an empty list shows all. Unknown names are ignored.
    void setVisibleColumns(const QStringList& names);
    QStringList visibleColumns() const; ///< in their order on screen

    QList<int> selectedRows() const; ///< in their order on screen
    QList<int> shownRows() const; ///< after sorting and filtering
    void selectRow(int row); ///< and scrolls to it; -1 selects none. Does not emit rowChosen()

    void setFilter(const QString& text);
    void setFilterVisible(bool visible); ///< the line above the table; on by default
    /// The selected rows, all shown ones when none is selected; visible columns.
    analysis::Table excerpt() const;
    void copy(CopyFormat format) const;

signals:
    void rowChosen(int row); ///< current row changed by the user; -1 when none
    void rowActivated(int row); ///< Enter or double click
    void selectionChanged();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeFilterLine();
    void connectTable();
    void tellChosen();
    void fitColumns();
    void showCount();
    void setColumnVisible(int column, bool visible);
    void showHeaderMenu(const QPoint& position);
    void showRowMenu(const QPoint& position);
    QList<int> visibleSections() const;

    ReportModel* m_model;
    TableProxy* m_proxy;
    DataTable* m_view;
    QWidget* m_filterLine = nullptr;
    QLineEdit* m_filter = nullptr;
    QLabel* m_count = nullptr;
    Badge* m_partial = nullptr;
    int m_chosen = -1; ///< last row told of, or set by the program
    bool m_quiet = false; ///< a row is being selected by the program
    bool m_fitting = false; ///< widths are being set by the program
    bool m_widthsByHand = false; ///< the user has set a width: the others stay, too
};

} // namespace widgets
