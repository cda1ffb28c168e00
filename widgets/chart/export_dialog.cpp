#include "widgets/chart/export_dialog.h"

#include "engine/base/error.h"
#include "widgets/chart/export_options.h"
#include "widgets/chart/figure_preview.h"
#include "widgets/parts/buttons.h"
#include "widgets/parts/message_bar.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace widgets {

namespace {

constexpr int optionsWidth = 372;
constexpr int refreshDelay = 20; ///< several changes at once make one picture [ms]
constexpr QSize proofSize(300, 190);
constexpr int checkHeight = 25;

QLabel* head(const QString& text)
{
    auto* label = new QLabel(text);
    label->setFont(uiFont(13, true));
    return label;
}

/// As a POSIX shell takes it.
QString quoted(const QString& text)
{
    static const QString plain = QStringLiteral("-_./=+:@%,");
    const bool safe = std::ranges::all_of(
        text, [](QChar c) { return (c.unicode() < 128 && c.isLetterOrNumber()) || plain.contains(c); });
    return safe && !text.isEmpty() ? text
                                   : QLatin1Char('\'')
            + QString(text).replace(QLatin1Char('\''), QStringLiteral("'\\''")) + QLatin1Char('\'');
}

QString suffixOf(FigureFormat format)
{
    return figureSuffixes().at(static_cast<qsizetype>(format));
}

/// "fig.v2" has no suffix of ours: it stays whole.
QString withSuffix(const QString& name, FigureFormat format)
{
    const QString suffix = QFileInfo(name).suffix();
    const bool known = figureSuffixes().contains(suffix.toLower());
    return (known ? name.chopped(suffix.size() + 1) : name) + QLatin1Char('.') + suffixOf(format);
}

} // namespace

ExportDialog::ExportDialog(analysis::Chart chart, analysis::Provenance provenance,
                           const QString& suggestedFile, QString command, QWidget* parent)
    : QDialog(parent)
    , m_chart(std::move(chart))
    , m_provenance(std::move(provenance))
    , m_command(std::move(command))
    , m_options(new ExportOptions)
    , m_preview(new FigurePreview)
    , m_proof(new QLabel)
    , m_checks(new QListWidget)
    , m_written(new QLabel)
    , m_file(new QLineEdit)
    , m_export(primaryButton(tr("Export"), QStringLiteral("export")))
    , m_messages(new MessageBar)
{
    setWindowTitle(tr("Export chart"));
    auto* scroll = new QScrollArea;
    scroll->setWidget(m_options);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFixedWidth(optionsWidth);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(scroll);
    middle->addWidget(makeRight(), 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_messages);
    column->addLayout(middle, 1);
    column->addWidget(makeFoot());
    resize(1180, 720);

    ExportSettings settings = loadExportSettings();
    m_file->setText(withSuffix(suggestedFile.isEmpty() ? m_chart.id : suggestedFile, settings.format));
    m_options->setSettings(settings);
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(refreshDelay);
    connect(&m_refresh, &QTimer::timeout, this, &ExportDialog::refresh);
    connect(m_options, &ExportOptions::changed, this, &ExportDialog::takeOptions);
    connect(&ThemeManager::instance(), &ThemeManager::changed, this, &ExportDialog::refresh);
    refresh();
}

QWidget* ExportDialog::makeRight()
{
    auto* right = new QWidget;
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 8);
    column->addWidget(m_preview, 1);
    auto* below = new QHBoxLayout;
    below->setContentsMargins(12, 0, 12, 0);
    below->setSpacing(16);
    below->addWidget(makeProof());
    below->addWidget(makeFindings(), 1);
    column->addLayout(below);
    return right;
}

QWidget* ExportDialog::makeProof()
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

QWidget* ExportDialog::makeFindings()
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

QWidget* ExportDialog::makeFoot()
{
    auto* foot = new QWidget;
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(16, 10, 16, 10);
    auto* label = new QLabel(tr("File"));
    label->setBuddy(m_file);
    m_file->setObjectName(QStringLiteral("file"));
    QToolButton* look = iconButton(QStringLiteral("folder"), tr("Choose the file\u2026"));
    QPushButton* copy = plainButton(tr("Copy as command"), QStringLiteral("copy"));
    QPushButton* cancel = plainButton(tr("Cancel"));
    m_export->setDefault(true);
    m_export->setObjectName(QStringLiteral("export"));
    copy->setVisible(!m_command.isEmpty());
    connect(look, &QToolButton::clicked, this, &ExportDialog::browse);
    connect(copy, &QPushButton::clicked, this, &ExportDialog::copyCommand);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_export, &QPushButton::clicked, this, &ExportDialog::exportNow);
    connect(m_file, &QLineEdit::editingFinished, this, &ExportDialog::takeFileName);
    row->addWidget(label);
    row->addWidget(m_file, 1);
    row->addWidget(look);
    row->addSpacing(24);
    row->addWidget(copy);
    row->addWidget(cancel);
    row->addWidget(m_export);
    return foot;
}

QString ExportDialog::targetPath() const
{
    const QString name = withSuffix(m_file->text().trimmed(), m_options->settings().format);
    return QDir::cleanPath(QDir(exportFolder()).absoluteFilePath(name));
}

void ExportDialog::takeOptions()
{
    m_file->setText(withSuffix(m_file->text(), m_options->settings().format));
    m_refresh.start();
}

/// A suffix the user types chooses the format.
void ExportDialog::takeFileName()
{
    const qsizetype format = figureSuffixes().indexOf(QFileInfo(m_file->text()).suffix().toLower());
    if (format >= 0)
        m_options->setFormat(static_cast<FigureFormat>(format));
}

void ExportDialog::refresh()
{
    const ExportSettings settings = m_options->settings();
    m_preview->setFigure(m_chart, settings.style);
    refreshProof(settings.style);
    refreshChecks(settings);
    refreshWritten(settings);
}

void ExportDialog::refreshProof(FigureStyle style)
{
    style.greyscale = true;
    const double perMm = logicalDpiX() / 25.4;
    const double fit = std::min({ 1.0, proofSize.width() / (style.size.widthMm * perMm),
                                  proofSize.height() / (style.size.heightMm * perMm) });
    const double ratio = devicePixelRatioF();
    QImage proof = renderFigure(m_chart, style, logicalDpiX() * fit * ratio);
    proof.setDevicePixelRatio(ratio);
    m_proof->setPixmap(QPixmap::fromImage(proof));
}

void ExportDialog::refreshChecks(const ExportSettings& settings)
{
    const Theme& theme = Theme::current();
    m_checks->clear();
    for (const FigureCheck& check :
         checkFigure(m_chart, settings.style, figurePreset(settings.preset), settings.format)) {
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

void ExportDialog::refreshWritten(const ExportSettings& settings)
{
    if (!settings.provenance || m_provenance.program.isEmpty()) {
        m_written->setText(tr("Nothing but the chart"));
        return;
    }
    QStringList lines { m_provenance.program };
    if (!m_provenance.analysis.isEmpty())
        lines.first() += QStringLiteral(", ") + m_provenance.analysis;
    const qsizetype shown = std::min<qsizetype>(2, m_provenance.inputs.size());
    lines += m_provenance.inputs.first(shown);
    if (shown < m_provenance.inputs.size())
        lines << tr("%1 more inputs").arg(m_provenance.inputs.size() - shown);
    if (settings.format == FigureFormat::Csv)
        lines << tr("beside it, in %1.json").arg(QFileInfo(targetPath()).fileName());
    m_written->setText(lines.join(QLatin1Char('\n')));
    m_written->setToolTip(m_provenance.oneLine());
}

void ExportDialog::browse()
{
    auto* files = new QFileDialog(this, tr("Export chart"), QFileInfo(targetPath()).path());
    files->setAttribute(Qt::WA_DeleteOnClose);
    files->setAcceptMode(QFileDialog::AcceptSave);
    files->setDefaultSuffix(suffixOf(m_options->settings().format));
    files->selectFile(QFileInfo(targetPath()).fileName());
    connect(files, &QFileDialog::fileSelected, this, [this](const QString& path) {
        m_file->setText(path);
        takeFileName();
        m_replace = targetPath(); // that dialog has asked
    });
    files->open();
}

void ExportDialog::copyCommand() const
{
    const QString chart = m_chart.id + QLatin1Char('=') + targetPath();
    QApplication::clipboard()->setText(m_command + QStringLiteral(" --chart ") + quoted(chart));
}

analysis::Provenance ExportDialog::writtenProvenance() const
{
    return m_options->settings().provenance ? m_provenance : analysis::Provenance {};
}

void ExportDialog::exportNow()
{
    takeFileName();
    const QString path = targetPath();
    m_messages->clear();
    if (QFileInfo::exists(path) && m_replace != path) {
        m_replace = path;
        m_messages->post({ analysis::Level::Warning,
                           tr("%1 is there already; press Export again to replace it.").arg(path) });
        return;
    }
    const ExportSettings settings = m_options->settings();
    try {
        exportChart(m_chart, path, settings.style, writtenProvenance());
    } catch (const engine::Error& error) {
        m_messages->post({ analysis::Level::Problem, QString::fromUtf8(error.what()) });
        return;
    }
    saveExportSettings(settings);
    setExportFolder(QFileInfo(path).path());
    emit exported(path);
    accept();
}

} // namespace widgets
