#pragma once

#include "widgets/selection.h"

#include <QWidget>

#include <optional>

class QLabel;
class QTimer;

namespace widgets {

class ElidedLabel;

/// Bytes of physical memory this process holds, and how much the machine has; 0 when it cannot be told.
struct Memory {
    double used = 0; ///< [byte]
    double total = 0; ///< [byte]

    static Memory now();
    QString text() const; ///< "Memory 412 MB of 8 GB"
};

/// The bottom line of the window: path, value, code, hex, bits, note; at the right the memory in use. Same
/// fields in the same order everywhere.
class ReadoutBar : public QWidget {
    Q_OBJECT

public:
    explicit ReadoutBar(QWidget* parent = nullptr);

    void setHover(const std::optional<Hover>& hover);
    /// Shown while nothing is under the pointer: where the selection is.
    void setPath(const QString& path);
    QString text() const; ///< all fields in one line, for copying and screen readers

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void showFields(const QString& path, const std::optional<Hover>& hover);

    ElidedLabel* m_path;
    QLabel* m_value;
    QLabel* m_code;
    QLabel* m_note;
    QLabel* m_memory;
    QTimer* m_timer;
    QString m_restingPath;
};

} // namespace widgets
