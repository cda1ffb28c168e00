#include "widgets/form/parameter_row.h"

#include "engine/base/error.h"
#include "widgets/form/parameter_editor.h"
#include "widgets/parts/buttons.h"
#include "widgets/parts/elided_label.h"
#include "widgets/parts/ink.h"
#include "widgets/theme/theme.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include <cmath>

namespace widgets {

ParameterRow::ParameterRow(analysis::Parameter parameter, int unitWidth, QWidget* parent)
    : QWidget(parent)
    , m_parameter(std::move(parameter))
    , m_label(new ElidedLabel(m_parameter.title.isEmpty() ? m_parameter.id : m_parameter.title, this))
    , m_reset(iconButton(QStringLiteral("reset"), tr("Reset %1 to its default").arg(m_parameter.title), this))
    , m_editor(makeEditor(m_parameter, this))
    , m_unit(new QLabel(m_parameter.unit, this))
    , m_sentence(new QLabel(this))
{
    build(unitWidth);
    setValue(m_parameter.fallback);
    connect(m_editor, &ParameterEditor::edited, this, [this] {
        read();
        emit edited();
    });
    connect(m_reset, &QToolButton::clicked, this, [this] {
        setValue(m_parameter.fallback);
        m_editor->field()->setFocus(Qt::OtherFocusReason);
        emit edited();
    });
    connect(&ThemeManager::instance(), &ThemeManager::changed, this, &ParameterRow::showState);
}

void ParameterRow::build(int unitWidth)
{
    m_editor->field()->setAccessibleName(m_parameter.title);
    m_editor->field()->setToolTip(help());
    m_label->setToolTip(help());
    m_unit->setForegroundRole(QPalette::PlaceholderText);
    m_unit->setFont(uiFont(12));
    m_unit->setFixedWidth(unitWidth);
    m_unit->setVisible(unitWidth > 0);
    m_sentence->setFont(uiFont(12));
    m_sentence->setWordWrap(true);
    m_sentence->setTextFormat(Qt::PlainText);
    auto* left = new QWidget(this);
    left->setFixedWidth(labelWidth);
    auto* name = new QHBoxLayout(left);
    name->setContentsMargins(0, 0, 0, 0);
    name->setSpacing(2);
    name->addWidget(m_label, 1);
    name->addWidget(m_reset);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 3, 0, 3);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(1, 1);
    grid->addWidget(left, 0, 0);
    grid->addWidget(m_editor, 0, 1);
    grid->addWidget(m_unit, 0, 2);
    grid->addWidget(m_sentence, 1, 1, 1, 2);
    setTabOrder(m_editor, m_reset);
}

QString ParameterRow::help() const
{
    QString text = m_parameter.help;
    const bool limited = std::isfinite(m_parameter.minimum) && std::isfinite(m_parameter.maximum);
    if (limited) {
        const QString range =
            tr("%1 to %2").arg(analysis::toText(m_parameter.minimum), analysis::toText(m_parameter.maximum));
        text += (text.isEmpty() ? QString() : QStringLiteral("\n")) + range;
    }
    return text;
}

void ParameterRow::setValue(const analysis::Value& value)
{
    m_editor->setText(analysis::toText(value));
    read();
}

void ParameterRow::read()
{
    try {
        m_value = m_parameter.parse(m_editor->text());
        m_error.clear();
    } catch (const engine::ParameterError& error) {
        m_value.reset();
        m_error = QString::fromUtf8(error.what());
    }
    showState();
}

void ParameterRow::setError(const QString& sentence)
{
    m_error = sentence;
    showState();
}

void ParameterRow::showState()
{
    const bool changed = !m_value.has_value() || *m_value != m_parameter.fallback;
    m_label->setFont(uiFont(13, changed));
    m_reset->setVisible(changed && isEnabled());
    m_editor->setInvalid(!m_error.isEmpty());
    m_sentence->setText(m_error);
    m_sentence->setVisible(!m_error.isEmpty());
    setInk(m_sentence, Theme::current().err);
}

void ParameterRow::setUsable(bool usable, const QString& reason)
{
    setEnabled(usable);
    const QString tip = usable || reason.isEmpty() ? help() : reason;
    m_editor->field()->setToolTip(tip);
    m_label->setToolTip(tip);
    showState();
}

} // namespace widgets
