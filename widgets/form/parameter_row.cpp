#include "widgets/form/parameter_row.h"

#include "analysis/unit.h"
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

#include <algorithm>
#include <cmath>

namespace widgets {

namespace {

constexpr int gap = 8; ///< between label, field and unit [px]
constexpr int resetRoom = 26; ///< of the reset button beside a label [px]

QHBoxLayout* tightRow(QWidget* holder, int spacing)
{
    auto* row = new QHBoxLayout(holder);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(spacing);
    return row;
}

} // namespace

ParameterRow::ParameterRow(analysis::Parameter parameter, int sideWidth, QWidget* parent)
    : QWidget(parent)
    , m_parameter(std::move(parameter))
    , m_label(new ElidedLabel(m_parameter.title.isEmpty() ? m_parameter.id : m_parameter.title, this))
    , m_reset(iconButton(QStringLiteral("reset"), tr("Reset %1 to its default").arg(m_parameter.title), this))
    , m_editor(makeEditor(m_parameter, this))
    , m_unit(new QLabel(analysis::shownUnit(m_parameter.unit), this))
    , m_sentence(new QLabel(this))
    , m_left(new QWidget(this))
    , m_side(new QWidget(this))
    , m_sideWidth(sideWidth)
{
    build();
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

void ParameterRow::build()
{
    m_editor->field()->setAccessibleName(m_parameter.title);
    m_editor->field()->setToolTip(help());
    m_label->setToolTip(help());
    m_unit->setForegroundRole(QPalette::PlaceholderText);
    m_unit->setFont(uiFont(12));
    m_sentence->setFont(uiFont(12));
    m_sentence->setWordWrap(true);
    m_sentence->setTextFormat(Qt::PlainText);
    m_leftRow = tightRow(m_left, 2);
    m_leftRow->addWidget(m_label, 1);
    m_sideRow = tightRow(m_side, 0);
    m_sideRow->addWidget(m_unit);
    m_sideRow->addStretch(1);
    m_unit->setVisible(!m_parameter.unit.isEmpty());
    m_side->setFixedWidth(m_sideWidth);
    m_grid = new QGridLayout(this);
    m_grid->setContentsMargins(0, 3, 0, 3);
    m_grid->setHorizontalSpacing(gap);
    m_grid->setVerticalSpacing(2);
    m_grid->setColumnStretch(1, 1);
    arrange();
    setTabOrder(m_editor, m_reset);
}

/// Room of the label, semibold and with its reset button, so that nothing moves when the value changes.
int ParameterRow::labelNeeds() const
{
    // Advances are rounded; a label as wide as its own would still be elided.
    const int text = QFontMetrics(uiFont(13, true)).horizontalAdvance(m_label->text()) + 2;
    return m_parameter.unit.isEmpty() ? text : text + resetRoom;
}

bool ParameterRow::fitsInLine(int width) const
{
    // A check box stays beside its label, however long that is.
    if (m_parameter.type == analysis::ParameterType::Flag)
        return true;
    const int field = width - labelWidth - m_sideWidth - 2 * gap;
    return labelNeeds() <= labelWidth && field >= m_editor->comfortableWidth();
}

void ParameterRow::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (m_stacked != fitsInLine(width()))
        return;
    m_stacked = !m_stacked;
    arrange();
}

void ParameterRow::arrange()
{
    const bool resetAtLabel = m_stacked || !m_parameter.unit.isEmpty();
    if (resetAtLabel)
        m_leftRow->addWidget(m_reset);
    else
        m_sideRow->insertWidget(0, m_reset);
    // A field without a unit takes the room of both where its label stands above it.
    const int fieldColumns = m_stacked ? (m_parameter.unit.isEmpty() ? 3 : 2) : 1;
    const int fieldRow = m_stacked ? 1 : 0;
    const int fieldColumn = m_stacked ? 0 : 1;
    m_left->setMinimumWidth(m_stacked ? 0 : std::max(labelWidth, labelNeeds()));
    m_left->setMaximumWidth(m_stacked ? QWIDGETSIZE_MAX : m_left->minimumWidth());
    m_grid->addWidget(m_left, 0, 0, 1, m_stacked ? 3 : 1);
    m_grid->addWidget(m_editor, fieldRow, fieldColumn, 1, fieldColumns);
    m_grid->addWidget(m_side, fieldRow, 2);
    m_grid->addWidget(m_sentence, fieldRow + 1, fieldColumn, 1, 3 - fieldColumn);
    m_side->setVisible(fieldColumns < 3);
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
