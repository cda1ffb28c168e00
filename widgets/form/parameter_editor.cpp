#include "widgets/form/parameter_editor.h"

#include "widgets/form/calm_combo.h"
#include "widgets/form/choices_button.h"
#include "widgets/form/file_edit.h"
#include "widgets/form/number_edit.h"

#include <QCheckBox>
#include <QCompleter>
#include <QHBoxLayout>
#include <QLineEdit>

#include <algorithm>

namespace widgets {

namespace {

using analysis::Parameter;
using analysis::ParameterType;

constexpr int arrowRoom = 38; ///< frame, margins and arrow of a combo box [px]

/// Lays one field out over the whole editor.
void fill(ParameterEditor* editor, QWidget* field)
{
    auto* row = new QHBoxLayout(editor);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(field);
    editor->setFocusProxy(field);
}

class NumberEditor : public ParameterEditor {
public:
    NumberEditor(const Parameter& parameter, QWidget* parent)
        : ParameterEditor(parent)
        , m_edit(new NumberEdit(parameter.minimum, parameter.maximum,
                                parameter.type == ParameterType::Integer, this))
    {
        fill(this, m_edit);
        connect(m_edit, &NumberEdit::edited, this, &ParameterEditor::edited);
    }

    QString text() const override { return m_edit->text(); }
    void setText(const QString& text) override { m_edit->setPlainText(text); }
    QWidget* field() const override { return m_edit; }
    int comfortableWidth() const override { return 84; }

private:
    NumberEdit* m_edit;
};

class ChoiceEditor : public ParameterEditor {
public:
    ChoiceEditor(const Parameter& parameter, QWidget* parent)
        : ParameterEditor(parent)
        , m_combo(new CalmCombo(this))
    {
        for (const analysis::Choice& choice : parameter.choices)
            m_combo->addItem(choice.title.isEmpty() ? choice.id : choice.title, choice.id);
        fill(this, m_combo);
        connect(m_combo, &QComboBox::activated, this, &ParameterEditor::edited);
    }

    QString text() const override { return m_combo->currentData().toString(); }
    void setText(const QString& text) override { m_combo->setCurrentIndex(m_combo->findData(text)); }
    QWidget* field() const override { return m_combo; }
    int comfortableWidth() const override
    {
        int widest = 0;
        for (int i = 0; i < m_combo->count(); ++i)
            widest = std::max(widest, m_combo->fontMetrics().horizontalAdvance(m_combo->itemText(i)));
        return std::min(widest, 240) + arrowRoom;
    }

private:
    CalmCombo* m_combo;
};

class ChoicesEditor : public ParameterEditor {
public:
    ChoicesEditor(const Parameter& parameter, QWidget* parent)
        : ParameterEditor(parent)
        , m_button(new ChoicesButton(parameter.choices, this))
    {
        fill(this, m_button);
        connect(m_button, &ChoicesButton::edited, this, &ParameterEditor::edited);
    }

    QString text() const override { return m_button->chosen().join(QLatin1Char(',')); }
    void setText(const QString& text) override
    {
        m_button->setChosen(text.split(QLatin1Char(','), Qt::SkipEmptyParts));
    }
    QWidget* field() const override { return m_button; }
    int comfortableWidth() const override { return 160; }

private:
    ChoicesButton* m_button;
};

class FlagEditor : public ParameterEditor {
public:
    explicit FlagEditor(QWidget* parent)
        : ParameterEditor(parent)
        , m_box(new QCheckBox(this))
    {
        m_box->setMinimumHeight(24);
        fill(this, m_box);
        connect(m_box, &QCheckBox::clicked, this, &ParameterEditor::edited);
    }

    QString text() const override { return analysis::toText(m_box->isChecked()); }
    void setText(const QString& text) override { m_box->setChecked(text == analysis::toText(true)); }
    QWidget* field() const override { return m_box; }
    int comfortableWidth() const override { return 24; }

private:
    QCheckBox* m_box;
};

/// Names to choose from, or any other text: a preset or a file.
class SuggestionEditor : public ParameterEditor {
public:
    SuggestionEditor(const Parameter& parameter, QWidget* parent)
        : ParameterEditor(parent)
        , m_combo(new CalmCombo(this))
    {
        m_combo->setEditable(true);
        m_combo->setInsertPolicy(QComboBox::NoInsert);
        m_combo->setMaxVisibleItems(24);
        for (const analysis::Choice& choice : parameter.choices)
            m_combo->addItem(choice.id);
        m_combo->completer()->setFilterMode(Qt::MatchContains);
        m_combo->completer()->setCompletionMode(QCompleter::PopupCompletion);
        fill(this, m_combo);
        connect(m_combo, &QComboBox::editTextChanged, this, [this] {
            m_combo->setToolTip(m_combo->currentText());
            if (!m_quiet)
                emit edited();
        });
    }

    QString text() const override { return m_combo->currentText(); }
    void setText(const QString& text) override
    {
        m_quiet = true;
        m_combo->setCurrentIndex(m_combo->findText(text));
        m_combo->setEditText(text);
        if (!m_combo->hasFocus())
            m_combo->lineEdit()->setCursorPosition(0); // of a long name the front counts
        m_quiet = false;
    }
    QWidget* field() const override { return m_combo; }
    int comfortableWidth() const override { return 240; }

private:
    CalmCombo* m_combo;
    bool m_quiet = false;
};

class TextEditor : public ParameterEditor {
public:
    explicit TextEditor(QWidget* parent)
        : ParameterEditor(parent)
        , m_edit(new QLineEdit(this))
    {
        fill(this, m_edit);
        connect(m_edit, &QLineEdit::textEdited, this, &ParameterEditor::edited);
    }

    QString text() const override { return m_edit->text(); }
    void setText(const QString& text) override { m_edit->setText(text); }
    QWidget* field() const override { return m_edit; }
    int comfortableWidth() const override { return 140; }

private:
    QLineEdit* m_edit;
};

class FileEditor : public ParameterEditor {
public:
    FileEditor(FileRole role, const Parameter& parameter, QWidget* parent)
        : ParameterEditor(parent)
        , m_edit(new FileEdit(role, this))
        , m_isNamed(role == FileRole::Named)
    {
        if (m_isNamed)
            m_edit->setOffers(parameter.choices);
        fill(this, m_edit);
        connect(m_edit, &FileEdit::edited, this, &ParameterEditor::edited);
    }

    QString text() const override { return m_edit->path(); }
    void setText(const QString& text) override { m_edit->setPath(text); }
    QWidget* field() const override { return m_edit->field(); }
    int comfortableWidth() const override { return 200; }
    void setOffers(const std::vector<analysis::Choice>& offers) override
    {
        if (!m_isNamed)
            m_edit->setOffers(offers);
    }

private:
    FileEdit* m_edit;
    bool m_isNamed;
};

} // namespace

void ParameterEditor::setOffers(const std::vector<analysis::Choice>&) { }

void ParameterEditor::setInvalid(bool invalid)
{
    if (field()->property("invalid").toBool() == invalid)
        return;
    field()->setProperty("invalid", invalid);
    field()->update();
}

ParameterEditor* makeEditor(const Parameter& parameter, QWidget* parent)
{
    switch (parameter.type) {
    case ParameterType::Integer:
    case ParameterType::Real:
        return new NumberEditor(parameter, parent);
    case ParameterType::Choice:
        return new ChoiceEditor(parameter, parent);
    case ParameterType::Choices:
        return new ChoicesEditor(parameter, parent);
    case ParameterType::Flag:
        return new FlagEditor(parent);
    case ParameterType::Text:
        if (!parameter.choices.empty())
            return new SuggestionEditor(parameter, parent);
        return new TextEditor(parent);
    case ParameterType::Input:
        return new FileEditor(parameter.choices.empty() ? FileRole::Read : FileRole::Named, parameter,
                              parent);
    case ParameterType::Output:
        return new FileEditor(FileRole::Write, parameter, parent);
    }
    return new TextEditor(parent);
}

} // namespace widgets
