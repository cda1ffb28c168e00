#pragma once

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace widgets {

/// A line of facts: label, value, and what is said after the value.
struct Fact {
    QString label;
    QString value;
    QString note = {}; ///< text2, after the value
    bool strong = false; ///< semibold value
    bool mono = false; ///< digests, paths, codes
};

/// A section of the inspector: title, fact rows, widgets; a line above it unless it is the first.
class Section : public QWidget {
    Q_OBJECT

public:
    static constexpr int labelWidth = 104; ///< [px]

    explicit Section(const QString& title, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    /// Rows are reused: nothing flickers or moves when only values change.
    void setFacts(const QList<Fact>& facts);
    void addWidget(QWidget* widget);
    void setDivided(bool divided); ///< the line above

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Row {
        QLabel* label;
        QLabel* value;
        QLabel* note;
    };

    Row makeRow();
    static void fill(const Row& row, const Fact& fact);

    QLabel* m_title;
    QVBoxLayout* m_column;
    QVBoxLayout* m_facts;
    QList<Row> m_rows;
    QList<QWidget*> m_lines;
    bool m_divided = true;
};

} // namespace widgets
