#pragma once

#include "analysis/parameter.h"

#include <QWidget>

#include <optional>

class QLabel;
class QToolButton;

namespace widgets {

class ElidedLabel;
class ParameterEditor;

/// One row of a form: label, field, unit; the sentence under the field while the value is refused.
class ParameterRow : public QWidget {
    Q_OBJECT

public:
    static constexpr int labelWidth = 104; ///< [px]

    /// `unitWidth` is the room right of the field, the same in all rows of a form; 0 for none [px].
    ParameterRow(analysis::Parameter parameter, int unitWidth, QWidget* parent = nullptr);

    const analysis::Parameter& parameter() const { return m_parameter; }
    /// Empty while the field holds something the parameter refuses.
    const std::optional<analysis::Value>& value() const { return m_value; }
    void setValue(const analysis::Value& value); ///< does not emit edited()
    QString error() const { return m_error; }
    /// A refusal from elsewhere (an analysis); stays until the field is edited.
    void setError(const QString& sentence);
    void setUsable(bool usable, const QString& reason); ///< greyed, the reason in the tooltip
    ParameterEditor* editor() const { return m_editor; }

signals:
    void edited();

private:
    void build(int unitWidth);
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
};

} // namespace widgets
