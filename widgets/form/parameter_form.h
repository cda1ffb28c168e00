#pragma once

#include "analysis/parameter.h"

#include <QWidget>

#include <vector>

class QVBoxLayout;

namespace widgets {

class ParameterRow;

/// Editors for a list of parameters. Holds a complete, checked set of values at any time: a row that is
/// refused keeps its last good value and says what is wrong under its field.
class ParameterForm : public QWidget {
    Q_OBJECT

public:
    explicit ParameterForm(QWidget* parent = nullptr);

    /// New rows, at their defaults.
    void setParameters(const std::vector<analysis::Parameter>& parameters);
    const std::vector<analysis::Parameter>& parameters() const { return m_parameters; }

    const analysis::Values& values() const { return m_values; }
    void setValues(const analysis::Values& values); ///< ids without a row are ignored; emits nothing
    bool isValid() const; ///< no row is refused
    QStringList errors() const; ///< sentences, from top to bottom

    /// What an analysis refused; stays until that row is edited. An unknown id is ignored.
    void setError(const QString& id, const QString& sentence);
    void setRowEnabled(const QString& id, bool enabled, const QString& reason = {});
    /// Data sets that rows of type Input offer: id is the path, title what the list shows.
    void setOffers(const std::vector<analysis::Choice>& offers);

signals:
    void valuesChanged(const analysis::Values& values); ///< by the user, to another valid set
    void validChanged(bool valid);

private:
    ParameterRow* row(const QString& id) const;
    void take(ParameterRow* row);
    void chainTabs();

    std::vector<analysis::Parameter> m_parameters;
    std::vector<ParameterRow*> m_rows;
    std::vector<analysis::Choice> m_offers;
    analysis::Values m_values;
    QVBoxLayout* m_column;
    bool m_valid = true;
};

} // namespace widgets
