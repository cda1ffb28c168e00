#pragma once

#include "analysis/parameter.h"

#include <QWidget>

namespace widgets {

/// The field of one parameter. Speaks the text of the command line, so that one check serves all of them; it
/// may hold a text that is out of range, for the row to say so.
class ParameterEditor : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

    virtual QString text() const = 0;
    virtual void setText(const QString& text) = 0; ///< does not emit edited()
    virtual QWidget* field() const = 0; ///< what has the focus, the outline and the accessible name
    virtual int comfortableWidth() const = 0; ///< what its usual contents need [px]
    /// What is open in the workspace; for parameters that name a file to read.
    virtual void setOffers(const std::vector<analysis::Choice>& offers);

    void setInvalid(bool invalid); ///< the err outline

signals:
    void edited(); ///< by the user, at every change
};

/// The editor for a parameter's type.
ParameterEditor* makeEditor(const analysis::Parameter& parameter, QWidget* parent);

} // namespace widgets
