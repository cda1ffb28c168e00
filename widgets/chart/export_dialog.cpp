#include "widgets/chart/export_dialog.h"

#include "engine/base/error.h"
#include "widgets/chart/export_findings.h"
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
#include <QLabel>
#include <QLineEdit>
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

/// "88.9 × 60 mm, PDF"; what has no size on paper only says its format.
QString summaryOf(const ExportSettings& settings)
{
    const QString format = suffixOf(settings.format).toUpper();
    if (settings.format == FigureFormat::Csv)
        return format;
    const QString raster = settings.format == FigureFormat::Png
        ? ExportDialog::tr(", %1 dpi").arg(settings.style.rasterDpi)
        : QString();
    return ExportDialog::tr("%1 × %2 mm, %3")
               .arg(settings.style.size.widthMm)
               .arg(settings.style.size.heightMm)
               .arg(format)
        + raster;
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
    , m_findings(new ExportFindings)
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
    column->addWidget(m_findings);
    return right;
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
    m_findings->setFigure(m_chart, settings, m_provenance);
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
    emit exported(path, summaryOf(settings));
    accept();
}

} // namespace widgets
