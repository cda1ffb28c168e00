#include "widgets/chart/export_options.h"

#include "widgets/chart/chart_look.h"
#include "widgets/chart/options_grid.h"
#include "widgets/form/calm_combo.h"
#include "widgets/theme/theme.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QPainter>
#include <QRadioButton>
#include <QSignalBlocker>

#include <array>
#include <utility>

namespace widgets {

namespace {

constexpr std::array fontFamilies { "Liberation Sans", "Liberation Serif", "DejaVu Sans" };

/// The first colours of a palette as small squares.
QIcon swatches(FigurePalette palette)
{
    FigureStyle style;
    style.palette = palette;
    const ChartLook look = paperLook(style, 96);
    constexpr int side = 10;
    QPixmap picture(6 * (side + 2), side);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    for (int i = 0; i < 6; ++i)
        painter.fillRect(i * (side + 2), 0, side, side, look.categories[static_cast<std::size_t>(i)]);
    return QIcon(picture);
}

} // namespace

ExportOptions::ExportOptions(QWidget* parent)
    : QWidget(parent)
    , m_grid(new OptionsGrid(this))
{
    buildSize();
    buildFormat();
    buildText();
    buildColour();
    buildProvenance();
    m_grid->finish();
    setSettings({});
}

QDoubleSpinBox* ExportOptions::makeNumber(const QString& name, double least, double most, double step)
{
    auto* field = new QDoubleSpinBox;
    field->setLocale(QLocale::c());
    field->setDecimals(step < 0.1 ? 2 : 1);
    field->setRange(least, most);
    field->setSingleStep(step);
    field->setAccessibleName(name);
    field->setKeyboardTracking(true);
    field->setMinimumWidth(70);
    connect(field, &QDoubleSpinBox::valueChanged, this, &ExportOptions::notify);
    return field;
}

QComboBox* ExportOptions::makeChoice(const QString& name, const QStringList& choices)
{
    auto* field = new CalmCombo;
    field->addItems(choices);
    field->setAccessibleName(name);
    connect(field, &QComboBox::currentIndexChanged, this, &ExportOptions::notify);
    return field;
}

QCheckBox* ExportOptions::makeFlag(const QString& text)
{
    auto* field = new QCheckBox(text);
    connect(field, &QCheckBox::toggled, this, &ExportOptions::notify);
    return field;
}

void ExportOptions::buildSize()
{
    m_grid->addSection(tr("Size"));
    QStringList titles;
    for (const FigurePreset& preset : figurePresets())
        titles << preset.title;
    m_preset = makeChoice(tr("Preset"), titles);
    m_grid->addRow(tr("Preset"), m_preset);
    connect(m_preset, &QComboBox::activated, this, &ExportOptions::takePreset);
    m_width = makeNumber(tr("Width"), 10, 1000, 0.5);
    m_height = makeNumber(tr("Height"), 10, 1000, 0.5);
    m_grid->addPair({ tr("Width"), m_width, tr("mm") }, { tr("Height"), m_height, tr("mm") });
    connect(m_width, &QDoubleSpinBox::valueChanged, this, [this] { keepRatio(true); });
    connect(m_height, &QDoubleSpinBox::valueChanged, this, [this] { keepRatio(false); });
    m_ratio = makeFlag(tr("Keep the ratio"));
    connect(m_ratio, &QCheckBox::toggled, this, [this] { m_aspect = m_width->value() / m_height->value(); });
    m_grid->addRow({}, m_ratio);
}

void ExportOptions::buildFormat()
{
    m_grid->addSection(tr("Format"));
    m_format = new QButtonGroup(this);
    auto* box = new QWidget;
    auto* grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    const auto add = [&](FigureFormat format, const QString& text, int row, int column, int span) {
        auto* button = new QRadioButton(text);
        m_format->addButton(button, static_cast<int>(format));
        grid->addWidget(button, row, column, 1, span);
    };
    add(FigureFormat::Pdf, tr("PDF"), 0, 0, 1);
    add(FigureFormat::Svg, tr("SVG"), 0, 1, 1);
    add(FigureFormat::Png, tr("PNG"), 0, 2, 1);
    add(FigureFormat::Tex, tr("PGFPlots + CSV"), 1, 0, 2);
    add(FigureFormat::Csv, tr("CSV"), 1, 2, 1);
    connect(m_format, &QButtonGroup::idToggled, this, [this](int, bool on) {
        if (on)
            notify();
    });
    m_grid->addRow({}, box);
    m_dpi = new QSpinBox;
    m_dpi->setRange(72, 2400);
    m_dpi->setSingleStep(50);
    m_dpi->setAccessibleName(tr("Raster"));
    connect(m_dpi, &QSpinBox::valueChanged, this, &ExportOptions::notify);
    m_grid->addRow(tr("Raster"), m_dpi, tr("dpi, PNG only"));
    m_outlines = makeFlag(tr("Text as outlines, SVG only"));
    m_grid->addRow({}, m_outlines);
}

void ExportOptions::buildText()
{
    m_grid->addSection(tr("Text and lines"));
    m_font = makeChoice(
        tr("Font"),
        { tr("Liberation Sans (Helvetica-like)"), tr("Liberation Serif (Times-like)"), tr("DejaVu Sans") });
    m_grid->addRow(tr("Font"), m_font);
    m_text = makeNumber(tr("Text"), 3, 72, 0.5);
    m_line = makeNumber(tr("Lines"), 0.1, 20, 0.05);
    m_axis = makeNumber(tr("Axes"), 0.1, 20, 0.05);
    m_ticks = makeChoice(tr("Ticks"), { tr("inside"), tr("outside") });
    m_legend = makeChoice(tr("Legend"), { tr("top, no frame"), tr("inside, where free") });
    m_grid->addPair({ tr("Text"), m_text, tr("pt") }, { tr("Lines"), m_line, tr("pt") });
    m_grid->addPair({ tr("Axes"), m_axis, tr("pt") }, { tr("Ticks"), m_ticks, {} });
    m_grid->addRow(tr("Legend"), m_legend);
}

void ExportOptions::buildColour()
{
    m_grid->addSection(tr("Colour"));
    m_palette = makeChoice(tr("Palette"), { tr("Okabe\u2013Ito"), tr("Tol bright"), tr("Grey") });
    for (int i = 0; i < m_palette->count(); ++i)
        m_palette->setItemIcon(i, swatches(static_cast<FigurePalette>(i)));
    m_palette->setIconSize({ 72, 10 });
    m_grid->addRow(tr("Palette"), m_palette);
    m_hatches = makeFlag(tr("Hatches for black and white"));
    m_light = makeFlag(tr("Light background"));
    m_gridLines = makeFlag(tr("Grid lines"));
    for (QCheckBox* flag : { m_hatches, m_light, m_gridLines })
        m_grid->addRow({}, flag);
}

void ExportOptions::buildProvenance()
{
    m_grid->addSection(tr("Provenance"));
    m_provenance = makeFlag(tr("Embed version and digests"));
    m_grid->addRow({}, m_provenance);
}

ExportSettings ExportOptions::settings() const
{
    ExportSettings settings;
    settings.preset = figurePresets()[static_cast<std::size_t>(m_preset->currentIndex())].id;
    settings.format = static_cast<FigureFormat>(m_format->checkedId());
    settings.provenance = m_provenance->isChecked();
    FigureStyle& style = settings.style;
    style.size = { m_width->value(), m_height->value(), m_text->value(), m_line->value() };
    style.axisPt = m_axis->value();
    style.fontFamily = QString::fromLatin1(fontFamilies.at(static_cast<std::size_t>(m_font->currentIndex())));
    style.ticksInside = m_ticks->currentIndex() == 0;
    style.legendOnTop = m_legend->currentIndex() == 0;
    style.hatches = m_hatches->isChecked();
    style.grid = m_gridLines->isChecked();
    style.lightGround = m_light->isChecked();
    style.rasterDpi = m_dpi->value();
    style.palette = static_cast<FigurePalette>(m_palette->currentIndex());
    style.textAsOutlines = m_outlines->isChecked();
    return settings;
}

void ExportOptions::setSettings(const ExportSettings& settings)
{
    const bool before = std::exchange(m_quiet, true);
    const FigureStyle& style = settings.style;
    for (std::size_t i = 0; i < figurePresets().size(); ++i) {
        if (figurePresets()[i].id == settings.preset)
            m_preset->setCurrentIndex(static_cast<int>(i));
    }
    m_ratio->setChecked(false);
    m_width->setValue(style.size.widthMm);
    m_height->setValue(style.size.heightMm);
    m_format->button(static_cast<int>(settings.format))->setChecked(true);
    m_dpi->setValue(style.rasterDpi);
    for (std::size_t i = 0; i < fontFamilies.size(); ++i) {
        if (style.fontFamily == QLatin1String(fontFamilies.at(i)))
            m_font->setCurrentIndex(static_cast<int>(i));
    }
    m_text->setValue(style.size.textPt);
    m_line->setValue(style.size.linePt);
    m_axis->setValue(style.axisPt);
    m_ticks->setCurrentIndex(style.ticksInside ? 0 : 1);
    m_legend->setCurrentIndex(style.legendOnTop ? 0 : 1);
    m_palette->setCurrentIndex(static_cast<int>(style.palette));
    m_hatches->setChecked(style.hatches);
    m_light->setChecked(style.lightGround);
    m_gridLines->setChecked(style.grid);
    m_outlines->setChecked(style.textAsOutlines);
    m_provenance->setChecked(settings.provenance);
    m_quiet = before;
    enableFields();
}

void ExportOptions::setFormat(FigureFormat format)
{
    m_format->button(static_cast<int>(format))->setChecked(true);
}

void ExportOptions::takePreset()
{
    ExportSettings now = settings();
    now.style = withPreset(now.style, figurePreset(now.preset));
    setSettings(now);
    notify();
}

void ExportOptions::keepRatio(bool widthChanged)
{
    if (!m_ratio->isChecked() || m_quiet)
        return;
    const QSignalBlocker blockWidth(m_width);
    const QSignalBlocker blockHeight(m_height);
    if (widthChanged)
        m_height->setValue(m_width->value() / m_aspect);
    else
        m_width->setValue(m_height->value() * m_aspect);
}

void ExportOptions::enableFields()
{
    const auto format = static_cast<FigureFormat>(m_format->checkedId());
    const bool drawn = format != FigureFormat::Csv;
    const bool ours = drawn && format != FigureFormat::Tex; // pgfplots draws with its own styles
    m_dpi->setEnabled(format == FigureFormat::Png);
    m_outlines->setEnabled(format == FigureFormat::Svg);
    for (QWidget* field : { m_preset, m_ticks, m_legend, m_palette, m_font })
        field->setEnabled(field == m_preset ? drawn : ours);
    for (QWidget* field : std::initializer_list<QWidget*> { m_width, m_height, m_ratio, m_text, m_line })
        field->setEnabled(drawn);
    for (QWidget* field : std::initializer_list<QWidget*> { m_axis, m_hatches, m_light, m_gridLines })
        field->setEnabled(ours);
}

void ExportOptions::notify()
{
    if (m_quiet)
        return;
    enableFields();
    emit changed();
}

} // namespace widgets
