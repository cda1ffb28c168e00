#pragma once

#include "widgets/chart/render.h"

namespace widgets {

/// All that the export dialog asks.
struct ExportSettings {
    QString preset = QStringLiteral("ieee-column");
    FigureFormat format = FigureFormat::Pdf;
    FigureStyle style = {};
    bool provenance = true;

    bool operator==(const ExportSettings& other) const = default;
};

/// As last used: keys "export/..." of QSettings. What is not there, or makes no sense, takes its default.
ExportSettings loadExportSettings();
void saveExportSettings(const ExportSettings& settings);

/// The folder of the last export; before the first the documents', or the home where there is none.
QString exportFolder();
void setExportFolder(const QString& folder);

} // namespace widgets
