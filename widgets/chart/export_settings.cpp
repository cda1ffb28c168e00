#include "widgets/chart/export_settings.h"

#include <QDir>
#include <QSettings>
#include <QStandardPaths>

#include <algorithm>

namespace widgets {

namespace {

QString key(const char* name)
{
    return QStringLiteral("export/") + QLatin1String(name);
}

/// Calls `visit(key, field)` for every field that is kept, so that reading and writing cannot differ.
template <typename Settings, typename Visit>
void eachNumber(Settings& settings, Visit visit)
{
    visit("width", settings.style.size.widthMm, 10.0, 1000.0);
    visit("height", settings.style.size.heightMm, 10.0, 1000.0);
    visit("text", settings.style.size.textPt, 3.0, 72.0);
    visit("line", settings.style.size.linePt, 0.1, 20.0);
    visit("axis", settings.style.axisPt, 0.1, 20.0);
}

template <typename Settings, typename Visit>
void eachFlag(Settings& settings, Visit visit)
{
    visit("ticksInside", settings.style.ticksInside);
    visit("legendOnTop", settings.style.legendOnTop);
    visit("hatches", settings.style.hatches);
    visit("grid", settings.style.grid);
    visit("lightGround", settings.style.lightGround);
    visit("textAsOutlines", settings.style.textAsOutlines);
    visit("provenance", settings.provenance);
}

} // namespace

ExportSettings loadExportSettings()
{
    const QSettings store;
    ExportSettings settings;
    settings.preset = figurePreset(store.value(key("preset")).toString()).id;
    settings.style = withPreset(settings.style, figurePreset(settings.preset));
    eachNumber(settings, [&](const char* name, double& field, double least, double most) {
        bool good = false;
        const double value = store.value(key(name)).toDouble(&good);
        if (good && value >= least && value <= most)
            field = value;
    });
    eachFlag(settings,
             [&](const char* name, bool& field) { field = store.value(key(name), field).toBool(); });
    const qsizetype format = figureSuffixes().indexOf(store.value(key("format")).toString());
    settings.format = format < 0 ? FigureFormat::Pdf : static_cast<FigureFormat>(format);
    settings.style.rasterDpi =
        std::clamp(store.value(key("dpi"), settings.style.rasterDpi).toInt(), 72, 2400);
    settings.style.fontFamily = store.value(key("font"), settings.style.fontFamily).toString();
    settings.style.palette =
        static_cast<FigurePalette>(std::clamp(store.value(key("palette")).toInt(), 0, 2));
    return settings;
}

void saveExportSettings(const ExportSettings& settings)
{
    QSettings store;
    store.setValue(key("preset"), settings.preset);
    eachNumber(settings,
               [&](const char* name, double field, double, double) { store.setValue(key(name), field); });
    eachFlag(settings, [&](const char* name, bool field) { store.setValue(key(name), field); });
    store.setValue(key("format"), figureSuffixes().at(static_cast<qsizetype>(settings.format)));
    store.setValue(key("dpi"), settings.style.rasterDpi);
    store.setValue(key("font"), settings.style.fontFamily);
    store.setValue(key("palette"), static_cast<int>(settings.style.palette));
}

QString exportFolder()
{
    const QString folder = QSettings().value(key("folder")).toString();
    if (!folder.isEmpty() && QDir(folder).exists())
        return folder;
    // A system without a desktop has no such folder.
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QDir(documents).exists() ? documents : QDir::homePath();
}

void setExportFolder(const QString& folder)
{
    QSettings().setValue(key("folder"), folder);
}

} // namespace widgets
