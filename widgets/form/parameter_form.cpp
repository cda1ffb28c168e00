#include "widgets/form/parameter_form.h"

#include "analysis/unit.h"
#include "widgets/form/parameter_editor.h"
#include "widgets/form/parameter_row.h"
#include "widgets/theme/theme.h"

#include <QFontMetrics>
#include <QVBoxLayout>

#include <algorithm>

namespace widgets {

namespace {

/// Room right of the fields: the widest unit, 42 px at least; a reset button where no parameter has a unit.
int sideWidth(const std::vector<analysis::Parameter>& parameters)
{
    const QFontMetrics metrics(uiFont(12));
    int width = 24;
    for (const analysis::Parameter& parameter : parameters) {
        if (!parameter.unit.isEmpty())
            width =
                std::max({ width, 42, metrics.horizontalAdvance(analysis::shownUnit(parameter.unit)) + 2 });
    }
    return width;
}

} // namespace

ParameterForm::ParameterForm(QWidget* parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    m_column->addStretch(1);
}

void ParameterForm::setParameters(const std::vector<analysis::Parameter>& parameters)
{
    qDeleteAll(m_rows);
    m_rows.clear();
    m_parameters = parameters;
    m_values = analysis::Values(m_parameters);
    m_valid = true;
    const int side = sideWidth(m_parameters);
    for (const analysis::Parameter& parameter : m_parameters) {
        auto* line = new ParameterRow(parameter, side, this);
        line->editor()->setOffers(m_offers);
        connect(line, &ParameterRow::edited, this, [this, line] { take(line); });
        m_column->insertWidget(m_column->count() - 1, line);
        m_rows.push_back(line);
    }
    chainTabs();
}

void ParameterForm::chainTabs()
{
    for (std::size_t i = 1; i < m_rows.size(); ++i)
        setTabOrder(m_rows[i - 1]->editor()->field(), m_rows[i]->editor()->field());
}

void ParameterForm::take(ParameterRow* line)
{
    const bool valid = isValid();
    const analysis::Values before = m_values;
    if (line->value().has_value())
        m_values.set(m_parameters, line->parameter().id, *line->value());
    if (valid != m_valid) {
        m_valid = valid;
        emit validChanged(valid);
    }
    if (!(before == m_values))
        emit valuesChanged(m_values);
}

void ParameterForm::setValues(const analysis::Values& values)
{
    for (ParameterRow* line : m_rows) {
        const auto found = values.all().find(line->parameter().id);
        if (found == values.all().end())
            continue;
        line->setValue(found->second);
        if (line->value().has_value())
            m_values.set(m_parameters, line->parameter().id, *line->value());
    }
    m_valid = isValid();
}

bool ParameterForm::isValid() const
{
    return std::ranges::all_of(m_rows, [](const ParameterRow* line) { return line->error().isEmpty(); });
}

QStringList ParameterForm::errors() const
{
    QStringList sentences;
    for (const ParameterRow* line : m_rows) {
        if (!line->error().isEmpty())
            sentences.append(line->error());
    }
    return sentences;
}

ParameterRow* ParameterForm::row(const QString& id) const
{
    const auto found =
        std::ranges::find_if(m_rows, [&](const ParameterRow* line) { return line->parameter().id == id; });
    return found == m_rows.end() ? nullptr : *found;
}

void ParameterForm::setError(const QString& id, const QString& sentence)
{
    ParameterRow* line = row(id);
    if (line == nullptr)
        return;
    line->setError(sentence);
    if (m_valid != isValid()) {
        m_valid = isValid();
        emit validChanged(m_valid);
    }
}

void ParameterForm::setRowEnabled(const QString& id, bool enabled, const QString& reason)
{
    if (ParameterRow* line = row(id))
        line->setUsable(enabled, reason);
}

void ParameterForm::setOffers(const std::vector<analysis::Choice>& offers)
{
    m_offers = offers;
    for (ParameterRow* line : m_rows)
        line->editor()->setOffers(offers);
}

} // namespace widgets
