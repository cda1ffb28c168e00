#pragma once

#include <QTableView>

namespace widgets {

class BarDelegate;

/// The table itself: rows of 24 px with a line below, whole rows selected, the row under the pointer marked.
/// Enter activates a row, as a double click does.
class DataTable : public QTableView {
    Q_OBJECT

public:
    explicit DataTable(QWidget* parent = nullptr);

    void setBarWidth(int width); ///< of the inline bars [px]

signals:
    void widthChanged(); ///< of the room for columns
    void rowActivated(int row);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

private:
    void setHoveredRow(int row);

    BarDelegate* m_delegate;
    int m_hovered = -1;
};

} // namespace widgets
