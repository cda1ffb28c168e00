#include "widgets/dram/currents_panel.h"

#include "analysis/dram/run.h"
#include "analysis/number.h"
#include "widgets/form/calm_slider.h"
#include "widgets/form/number_edit.h"
#include "widgets/parts/buttons.h"
#include "widgets/parts/elided_label.h"
#include "widgets/parts/ink.h"
#include "widgets/theme/theme.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <array>
#include <cmath>

namespace widgets {

namespace {

constexpr std::array categories { "background", "act_pre", "burst", "refresh", "total" };
constexpr int columns = 4;
constexpr double mostTimes = 2.5; ///< the slider goes so far beyond the preset

QString changeText(double from, double to)
{
    if (!(from > 0) || std::abs(to / from - 1) < 5e-4)
        return QStringLiteral("–");
    return (to < from ? QStringLiteral("▼ ") : QStringLiteral("▲ "))
        + formatPercent(std::abs(to / from - 1), 1);
}

QString plain(double value)
{
    // Vdd is a float in DRAMSim2: 1.35 and not 1.3500000238.
    return QString::fromLatin1(analysis::shortest(QString::number(value, 'g', 6).toDouble()));
}

} // namespace

CurrentsPanel::CurrentsPanel(QWidget* parent)
    : QWidget(parent)
    , m_table(new QGridLayout)
    , m_grid(nullptr)
    , m_error(new QLabel)
    , m_reset(plainButton(tr("Reset to preset"), QStringLiteral("reset")))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    buildTable();
    column->addLayout(m_table);
    m_fields = new QWidget;
    column->addWidget(m_fields);
    m_error->setWordWrap(true);
    m_error->hide();
    column->addWidget(m_error);
    column->addWidget(m_reset, 0, Qt::AlignLeft);
    connect(m_reset, &QPushButton::clicked, this, [this] { emit changed({}); });
    connect(&ThemeManager::instance(), &ThemeManager::changed, this,
            [this] { setInk(m_error, Theme::current().err); });
    setInk(m_error, Theme::current().err);
}

void CurrentsPanel::buildTable()
{
    m_table->setHorizontalSpacing(10);
    m_table->setVerticalSpacing(3);
    m_table->setColumnStretch(0, 1);
    for (int row = 0; row <= static_cast<int>(categories.size()); ++row) {
        for (int column = 0; column < columns; ++column) {
            auto* cell = new QLabel;
            const bool strong = row == 0 || row == static_cast<int>(categories.size());
            cell->setFont(uiFont(12, strong));
            if (row == 0)
                cell->setForegroundRole(QPalette::PlaceholderText);
            m_table->addWidget(cell, row, column, column == 0 ? Qt::AlignLeft : Qt::AlignRight);
            m_cells.push_back(cell);
        }
    }
}

void CurrentsPanel::fillTable(const analysis::Report& a, const analysis::Report& b)
{
    const auto put = [this](std::size_t row, std::size_t column, const QString& text) {
        m_cells[row * columns + column]->setText(text);
    };
    put(0, 0, tr("Energy (µJ)"));
    put(0, 1, tr("A"));
    put(0, 2, tr("B"));
    put(0, 3, QStringLiteral("Δ"));
    m_cells[1]->setToolTip(tr("as simulated"));
    m_cells[2]->setToolTip(tr("with the currents below"));
    for (std::size_t i = 0; i < categories.size(); ++i) {
        const QString name = QString::fromLatin1(categories[i]);
        const analysis::Scalar* before = a.scalar(name);
        const analysis::Scalar* after = b.scalar(name);
        if (before == nullptr || after == nullptr)
            continue;
        put(i + 1, 0, name == QLatin1String("act_pre") ? tr("Act. + pre.") : before->title);
        put(i + 1, 1, formatNumber(before->value, 1));
        put(i + 1, 2, formatNumber(after->value, 1));
        put(i + 1, 3, changeText(before->value, after->value));
    }
}

void CurrentsPanel::addRow(const analysis::Supply& preset)
{
    const int at = static_cast<int>(m_rows.size()) * 2;
    const bool isCurrent = preset.unit == QLatin1String("mA");
    Row row { .preset = preset };
    row.scale = !isCurrent ? 100 : preset.value < 50 ? 10 : 1;
    row.key = new QLabel(preset.key);
    row.edit =
        new NumberEdit(isCurrent ? 0 : 0.1, std::max(1.0, std::ceil(preset.value * 10)), false, m_fields);
    row.edit->setAccessibleName(preset.key);
    row.edit->setToolTip(tr("%1; preset %2 %3").arg(preset.meaning, plain(preset.value), preset.unit));
    row.slider = new CalmSlider(Qt::Horizontal);
    row.slider->setAccessibleName(preset.key);
    row.slider->setRange(isCurrent ? 0 : static_cast<int>(row.scale * preset.value / 2),
                         static_cast<int>(row.scale * std::max(1.0, preset.value * mostTimes)));
    auto* unit = new QLabel(preset.unit);
    auto* meaning = new ElidedLabel(preset.meaning);
    for (QLabel* quiet : { unit })
        quiet->setForegroundRole(QPalette::PlaceholderText);
    meaning->setForegroundRole(QPalette::PlaceholderText);
    meaning->setFont(uiFont(12));
    m_grid->addWidget(row.key, at, 0);
    m_grid->addWidget(row.edit, at, 1);
    m_grid->addWidget(unit, at, 2);
    m_grid->addWidget(meaning, at, 3);
    m_grid->addWidget(row.slider, at + 1, 0, 1, 4);
    m_rows.push_back(row);
    connectRow(m_rows.size() - 1);
}

void CurrentsPanel::connectRow(std::size_t number)
{
    connect(m_rows[number].edit, &NumberEdit::edited, this, [this, number] {
        bool good = false;
        const double value = m_rows[number].edit->text().toDouble(&good);
        m_touched = number;
        if (good && std::isfinite(value) && value >= 0)
            take(number, value);
        else
            setError(tr("%1: this is no number").arg(m_rows[number].preset.key));
    });
    connect(m_rows[number].slider, &QSlider::valueChanged, this, [this, number](int position) {
        const double value = position / m_rows[number].scale;
        m_rows[number].edit->setPlainText(plain(value));
        take(number, value);
    });
}

void CurrentsPanel::buildRows(const std::vector<analysis::Supply>& presets)
{
    delete m_grid;
    qDeleteAll(m_fields->findChildren<QWidget*>(Qt::FindDirectChildrenOnly));
    m_rows.clear();
    m_grid = new QGridLayout(m_fields);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(8);
    m_grid->setVerticalSpacing(2);
    m_grid->setColumnStretch(3, 1);
    for (const analysis::Supply& preset : presets)
        addRow(preset);
}

void CurrentsPanel::take(std::size_t number, double value)
{
    const analysis::Supply& preset = m_rows[number].preset;
    analysis::ChangedSupplies wanted = m_changed;
    if (std::abs(value - preset.value) < 1e-6 * std::max(1.0, preset.value))
        wanted.erase(preset.key);
    else
        wanted[preset.key] = value;
    m_touched = number;
    emit changed(wanted);
}

double CurrentsPanel::accepted(const Row& row) const
{
    const auto found = m_changed.find(row.preset.key);
    return found == m_changed.end() ? row.preset.value : found->second;
}

void CurrentsPanel::showValue(Row& row, double value)
{
    const QSignalBlocker quiet(row.slider);
    row.slider->setValue(static_cast<int>(std::lround(value * row.scale)));
}

void CurrentsPanel::setReports(const analysis::Report& simulated, const analysis::Report& shown,
                               const analysis::ChangedSupplies& supplies)
{
    m_changed = supplies;
    setError({});
    const std::vector<analysis::Supply> presets = analysis::supplies(simulated.dram->memory);
    const bool same = presets.size() == m_rows.size()
        && std::equal(presets.begin(), presets.end(), m_rows.begin(),
                      [](const analysis::Supply& supply, const Row& row) {
                          return supply.key == row.preset.key && supply.value == row.preset.value;
                      });
    if (!same)
        buildRows(presets);
    for (Row& row : m_rows) {
        const double value = accepted(row);
        QFont font = monoFont(12);
        font.setBold(supplies.contains(row.preset.key));
        row.key->setFont(font);
        if (row.edit->text().toDouble() != plain(value).toDouble())
            row.edit->setPlainText(plain(value));
        showValue(row, value);
    }
    // Disabling it while it has the focus would scroll the inspector to what follows.
    m_reset->setEnabled(!supplies.empty() || m_reset->hasFocus());
    fillTable(simulated, shown);
}

void CurrentsPanel::setError(const QString& sentence)
{
    m_error->setText(sentence);
    m_error->setVisible(!sentence.isEmpty());
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const bool invalid = !sentence.isEmpty() && i == m_touched;
        m_rows[i].edit->setProperty("invalid", invalid);
        m_rows[i].edit->update();
        if (invalid)
            showValue(m_rows[i], accepted(m_rows[i]));
    }
}

} // namespace widgets
