#pragma once

#include "analysis/dram/memory.h"
#include "analysis/dram/recost.h"

#include <QWidget>

#include <vector>

class QGridLayout;
class QLabel;
class QPushButton;

namespace widgets {

class CalmSlider;
class NumberEdit;

/// Currents, supply and clock of a simulated memory, to be changed by hand, and what the change does to the
/// energies: A as simulated, B as changed.
class CurrentsPanel : public QWidget {
    Q_OBJECT

public:
    explicit CurrentsPanel(QWidget* parent = nullptr);

    /// `simulated` and `shown` are reports of the same run; the same one when nothing is changed.
    void setReports(const analysis::Report& simulated, const analysis::Report& shown,
                    const analysis::ChangedSupplies& changed);
    /// Why the value just given cannot be, empty for none. Its field is marked; the slider goes back.
    void setError(const QString& sentence);

signals:
    void changed(const analysis::ChangedSupplies& supplies);

private:
    struct Row {
        analysis::Supply preset;
        QLabel* key = nullptr;
        NumberEdit* edit = nullptr;
        CalmSlider* slider = nullptr;
        double scale = 1; ///< slider steps a unit
    };

    void buildTable();
    void buildRows(const std::vector<analysis::Supply>& presets);
    void addRow(const analysis::Supply& preset);
    void connectRow(std::size_t number);
    void take(std::size_t row, double value);
    double accepted(const Row& row) const;
    void showValue(Row& row, double value);
    void fillTable(const analysis::Report& a, const analysis::Report& b);

    std::vector<Row> m_rows;
    analysis::ChangedSupplies m_changed; ///< as accepted
    std::size_t m_touched = 0; ///< the row changed last
    QGridLayout* m_table;
    std::vector<QLabel*> m_cells; ///< of the table, row by row
    QGridLayout* m_grid;
    QWidget* m_fields = nullptr;
    QLabel* m_error;
    QPushButton* m_reset;
};

} // namespace widgets
