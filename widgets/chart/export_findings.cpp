#include "widgets/chart/export_findings.h"

#include "widgets/theme/theme.h"

#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QListWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace widgets {

namespace {

constexpr QSize proofSize(300, 190);
constexpr int checkHeight = 25;
constexpr qsizetype shownInputs = 2;

QLabel* head(const QString& text)
{
    auto* label = new QLabel(text);
    label->setFont(uiFont(13, true));
    return label;
}

} // namespace

ExportFindings::ExportFindings(QWidget* parent)
    : QWidget(parent)
    , m_proof(new QLabel)
    , m_checks(new QListWidget)
    , m_written(new QLabel)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 12, 0);
    row->setSpacing(16);
    row->addWidget(makeProof());
    row->addWidget(makeLists(), 1);
}

QWidget* ExportFindings::makeProof()
{
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    m_proof->setFixedSize(proofSize);
    m_proof->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_proof->setAccessibleName(tr("Greyscale proof"));
    column->addWidget(head(tr("Greyscale proof")));
    column->addWidget(m_proof);
    column->addStretch(1);
    return box;
}

QWidget* ExportFindings::makeLists()
{
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    m_checks->setObjectName(QStringLiteral("checks"));
    m_checks->setAccessibleName(tr("Checks"));
    m_checks->setSelectionMode(QAbstractItemView::NoSelection);
    m_checks->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_checks->setUniformItemSizes(true);
    m_checks->setIconSize({ 16, 16 });
    m_written->setObjectName(QStringLiteral("written"));
    m_written->setFont(monoFont(11));
    m_written->setForegroundRole(QPalette::PlaceholderText);
    m_written->setWordWrap(true);
    m_written->setTextFormat(Qt::PlainText);
    m_written->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(head(tr("Checks")));
    column->addWidget(m_checks);
    column->addWidget(head(tr("Written into the file")));
    column->addWidget(m_written);
    column->addStretch(1);
    return box;
}

void ExportFindings::setFigure(const analysis::Chart& chart, const ExportSettings& settings,
                               const analysis::Provenance& provenance)
{
    showProof(chart, settings.style);
    showChecks(checkFigure(chart, settings.style, figurePreset(settings.preset), settings.format));
    if (!settings.provenance || provenance.program.isEmpty()) {
        m_written->setText(tr("Nothing but the chart"));
        m_written->setToolTip({});
        return;
    }
    QStringList lines { provenance.program };
    if (!provenance.analysis.isEmpty())
        lines.first() += QStringLiteral(", ") + provenance.analysis;
    lines += provenance.inputs.first(std::min(shownInputs, provenance.inputs.size()));
    if (provenance.inputs.size() > shownInputs)
        lines << tr("%1 more inputs").arg(provenance.inputs.size() - shownInputs);
    if (settings.format == FigureFormat::Csv)
        lines << tr("in a file of its own beside it, ending in .csv.json");
    m_written->setText(lines.join(QLatin1Char('\n')));
    m_written->setToolTip(provenance.oneLine());
}

void ExportFindings::showProof(const analysis::Chart& chart, FigureStyle style)
{
    style.greyscale = true;
    const double perMm = logicalDpiX() / 25.4;
    const double fit = std::min({ 1.0, proofSize.width() / (style.size.widthMm * perMm),
                                  proofSize.height() / (style.size.heightMm * perMm) });
    const double ratio = devicePixelRatioF();
    QImage proof = renderFigure(chart, style, logicalDpiX() * fit * ratio);
    proof.setDevicePixelRatio(ratio);
    m_proof->setPixmap(QPixmap::fromImage(proof));
}

void ExportFindings::showChecks(const std::vector<FigureCheck>& checks)
{
    const Theme& theme = Theme::current();
    m_checks->clear();
    for (const FigureCheck& check : checks) {
        auto* item = new QListWidgetItem(check.kept ? icon(QStringLiteral("check"), IconInk::Ok)
                                                    : icon(QStringLiteral("warning"), IconInk::Warn),
                                         check.text, m_checks);
        item->setToolTip(check.text);
        item->setSizeHint({ 0, checkHeight });
        item->setFlags(Qt::ItemIsEnabled);
        if (!check.kept) {
            item->setBackground(theme.warnGround);
            item->setForeground(theme.warn);
        }
    }
    m_checks->setFixedHeight(m_checks->count() * checkHeight + 2 * m_checks->frameWidth());
}

} // namespace widgets
