#pragma once

#include "analysis/parameter.h"

#include <QWidget>

#include <optional>

class QGridLayout;
class QHBoxLayout;
class QLabel;
class QToolButton;

namespace widgets {

class ElidedLabel;
class ParameterEditor;

/// One row of a form: label, field, unit; the sentence under the field while the value is refused. Where
/// there is no room for label and field side by side, the label stands above the field.
class ParameterRow : public QWidget {
    Q_OBJECT

public:
    static constexpr int labelWidth = 104; ///< [px]

    /// `sideWidth` is the room right of the field for unit or reset, the same in all rows of a form [px].
    ParameterRow(analysis::Parameter parameter, int sideWidth, QWidget* parent = nullptr);

    const analysis::Parameter& parameter() const { return m_parameter; }
    /// Empty while the field holds something the parameter refuses.
    const std::optional<analysis::Value>& value() const { return m_value; }
    void setValue(const analysis::Value& value); ///< does not emit edited()
    QString error() const { return m_error; }
    /// A refusal from elsewhere (an analysis); stays until the field is edited.
    void setError(const QString& sentence);
    void setUsable(bool usable, const QString& reason); ///< greyed, the reason in the tooltip
    ParameterEditor* editor() const { return m_editor; }
    bool isStacked() const { return m_stacked; } ///< the label stands above the field

signals:
    void edited();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void build();
    bool fitsInLine(int width) const;
    int labelNeeds() const;
    void arrange();
    void read();
    void showState();
    QString help() const;

    analysis::Parameter m_parameter;
    std::optional<analysis::Value> m_value;
    QString m_error;
    ElidedLabel* m_label;
    QToolButton* m_reset;
    ParameterEditor* m_editor;
    QLabel* m_unit;
    QLabel* m_sentence;
    QWidget* m_left; ///< holds the label
    QWidget* m_side; ///< holds the unit
    QHBoxLayout* m_leftRow = nullptr;
    QHBoxLayout* m_sideRow = nullptr;
    QGridLayout* m_grid = nullptr;
    int m_sideWidth;
    bool m_stacked = false;
};

} // namespace widgets
