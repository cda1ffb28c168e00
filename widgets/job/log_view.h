#pragma once

#include "widgets/job/log_model.h"

#include <QWidget>

class QLineEdit;
class QSortFilterProxyModel;

namespace widgets {

class DataTable;
class Segmented;

/// The log with a filter by level and text; Ctrl+C copies the selected lines, or all shown ones.
class LogView : public QWidget {
    Q_OBJECT

public:
    /// The model must outlive the view.
    explicit LogView(LogModel* model, QWidget* parent = nullptr);

    enum class Show { All, Warnings, Errors };
    void setShown(Show which);
    void setFilter(const QString& text);
    int shownCount() const;
    void copy() const;

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeBar();
    void makeTable();

    LogModel* m_model;
    QSortFilterProxyModel* m_proxy;
    DataTable* m_table;
    QLineEdit* m_filter = nullptr;
    Segmented* m_levels = nullptr;
};

} // namespace widgets
