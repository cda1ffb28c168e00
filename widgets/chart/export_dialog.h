#pragma once

#include "analysis/chart.h"
#include "analysis/export/writers.h"
#include "widgets/chart/export_settings.h"

#include <QDialog>
#include <QTimer>

class QLineEdit;
class QPushButton;

namespace widgets {

class ExportFindings;
class ExportOptions;
class FigurePreview;
class MessageBar;

/// The one export dialog, for every chart: options left, the figure as it will print right, with a greyscale
/// proof and what the venue would say. Use it with open(); it never blocks. Errors appear inside it.
class ExportDialog : public QDialog {
    Q_OBJECT

public:
    /// `suggestedFile`: name or path, with or without suffix. `command`: the command line that makes the
    /// chart's report; empty = there is none to copy.
    ExportDialog(analysis::Chart chart, analysis::Provenance provenance, const QString& suggestedFile,
                 QString command, QWidget* parent = nullptr);

    QString targetPath() const; ///< absolute, with the format's suffix

signals:
    /// `summary`: size and format, "88.9 × 60 mm, PDF".
    void exported(const QString& path, const QString& summary);

private:
    QWidget* makeRight();
    QWidget* makeFoot();

    void takeOptions();
    void takeFileName();
    void refresh();
    void browse();
    void copyCommand() const;
    void exportNow();
    analysis::Provenance writtenProvenance() const;

    analysis::Chart m_chart;
    analysis::Provenance m_provenance;
    QString m_command;
    QTimer m_refresh;
    ExportOptions* m_options;
    FigurePreview* m_preview;
    ExportFindings* m_findings;
    QLineEdit* m_file;
    QPushButton* m_export;
    MessageBar* m_messages;
    QString m_replace; ///< the existing file the user has agreed to replace
};

} // namespace widgets
