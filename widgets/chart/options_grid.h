#pragma once

#include <QGridLayout>
#include <QString>

namespace widgets {

/// Rows of a form: label left, field, unit outside the field; under headings.
class OptionsGrid : public QGridLayout {
    Q_OBJECT

public:
    struct Field {
        QString label;
        QWidget* widget;
        QString unit;
    };

    explicit OptionsGrid(QWidget* parent);

    void addSection(const QString& title);
    void addRow(const QString& label, QWidget* widget, const QString& unit = {});
    void addPair(const Field& first, const Field& second); ///< side by side in one row
    void finish(); ///< room left goes below
};

} // namespace widgets
