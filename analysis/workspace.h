#pragma once

#include "analysis/parameter.h"
#include "engine/nn/preprocess.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace analysis {

/// A data set as the workspace remembers it.
struct DatasetEntry {
    QString path = {}; ///< absolute in memory, relative to the workspace file on disk
    QString sha256 = {};
    engine::nn::Recipe recipe = {}; ///< how pictures are prepared for this network
    QString images = {}; ///< path of the pictures a network is run on; empty = none chosen
};

/// An analysis as the workspace remembers it: kind, parameters, inputs.
struct AnalysisEntry {
    QString id = {};
    QString title = {};
    QStringList inputs = {}; ///< paths of data sets
    QJsonObject parameters = {};
};

/// What is saved: data sets, analyses, layout, notes. JSON, relative paths, no bulk data.
struct Workspace {
    static constexpr int schema = 1;

    QString path = {}; ///< of the file; empty when never saved
    std::vector<DatasetEntry> datasets = {};
    std::vector<AnalysisEntry> analyses = {};
    QJsonObject layout = {}; ///< window state, page and selection, as the window wrote them
    QString notes = {};

    /// Errors  engine::IoError, engine::FormatError: one sentence; a newer schema is refused by number.
    static Workspace load(const QString& path);
    /// Atomic. Errors  engine::IoError.
    void save(const QString& path);

    QJsonObject toJson(const QString& folder) const;
};

/// What became of a data set since the workspace was saved.
enum class FileState { Unchanged, Changed, Missing };

QJsonObject toJson(const engine::nn::Recipe& recipe);
/// Errors  engine::FormatError.
engine::nn::Recipe recipeFromJson(const QJsonObject& object);

} // namespace analysis
