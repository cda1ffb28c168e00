#pragma once

#include "analysis/parameter.h"
#include "engine/base/control.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <functional>
#include <vector>

namespace analysis {

/// A data set as the workspace remembers it.
struct DatasetEntry {
    QString path = {}; ///< absolute in memory, relative to the workspace file on disk
    QString sha256 = {};
    QJsonObject others = {}; ///< members this version does not know; saved as they were
};

/// An analysis as the workspace remembers it: kind, parameters, inputs.
struct AnalysisEntry {
    QString id = {};
    QString title = {};
    QStringList inputs = {}; ///< paths of data sets
    QJsonObject parameters = {}; ///< as on disk: files by onDisk()
    QJsonObject others = {};
};

/// What is saved: data sets, analyses, layout, notes. JSON, relative paths, no bulk data.
struct Workspace {
    static constexpr int schema = 1;

    QString path = {}; ///< of the file; empty when never saved
    std::vector<DatasetEntry> datasets = {};
    std::vector<AnalysisEntry> analyses = {};
    QJsonObject layout = {}; ///< window state, page and selection, as the window wrote them
    QString notes = {};
    QJsonObject others = {};

    /// Errors  engine::IoError, engine::FormatError: one sentence; a newer schema is refused by number.
    static Workspace load(const QString& path);
    /// Atomic. Errors  engine::IoError.
    void save(const QString& path);

    /// As on disk, paths relative to `folder`.
    QJsonObject toJson(const QString& folder) const;
    /// `file` names the workspace in error sentences; relative paths start at its folder.
    static Workspace fromJson(const QByteArray& json, const QString& file);
};

/// What became of a data set since the workspace was saved.
enum class FileState { Unchanged, Changed, Missing };

/// Like analysis::digest() of dataset/dataset.h, which lies above this file.
using DigestFunction = std::function<QString(const QString& path, const engine::Control& control)>;

/// Compares digests. Never throws for a file: what cannot be read is missing. Unchanged when stopped or when
/// the entry holds no digest yet.
FileState fileState(const DatasetEntry& entry, const DigestFunction& digest, const engine::Control& control);

} // namespace analysis
