#include "widgets/chart/options_grid.h"

#include "widgets/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>

namespace widgets {

namespace {

constexpr int labelColumn = 64;

QLabel* quietLabel(const QString& text)
{
    auto* label = new QLabel(text);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

QLabel* labelOf(const QString& text, QWidget* widget)
{
    auto* label = new QLabel(text);
    label->setBuddy(widget);
    return label;
}

} // namespace

OptionsGrid::OptionsGrid(QWidget* parent)
    : QGridLayout(parent)
{
    setContentsMargins(16, 8, 16, 8);
    setHorizontalSpacing(8);
    setVerticalSpacing(4);
    setColumnMinimumWidth(0, labelColumn);
    setColumnStretch(1, 1);
}

void OptionsGrid::addSection(const QString& title)
{
    QLabel* label = quietLabel(title);
    label->setFont(uiFont(12, true));
    const int row = rowCount();
    setRowMinimumHeight(row, row > 1 ? 26 : 0);
    addWidget(label, row, 0, 1, 2, Qt::AlignBottom);
}

void OptionsGrid::addRow(const QString& text, QWidget* widget, const QString& unit)
{
    const int row = rowCount();
    if (!text.isEmpty())
        addWidget(labelOf(text, widget), row, 0);
    if (unit.isEmpty()) {
        addWidget(widget, row, 1);
        return;
    }
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(widget);
    line->addWidget(quietLabel(unit), 1);
    addLayout(line, row, 1);
}

void OptionsGrid::addPair(const Field& first, const Field& second)
{
    const int row = rowCount();
    addWidget(labelOf(first.label, first.widget), row, 0);
    auto* line = new QHBoxLayout;
    line->setSpacing(6);
    line->addWidget(first.widget, 1);
    line->addWidget(quietLabel(first.unit));
    line->addSpacing(4);
    line->addWidget(labelOf(second.label, second.widget));
    line->addWidget(second.widget, 1);
    if (!second.unit.isEmpty())
        line->addWidget(quietLabel(second.unit));
    addLayout(line, row, 1);
}

void OptionsGrid::finish()
{
    setRowStretch(rowCount(), 1);
}

} // namespace widgets
