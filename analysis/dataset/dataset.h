#pragma once

#include "engine/base/control.h"
#include "engine/formats/catalogue.h"
#include "engine/network/dataset.h"

#include <QString>
#include <QStringList>

#include <memory>
#include <span>

namespace analysis {

/// An opened file or folder with the digest that tells whether it has changed. Immutable and shared.
struct Dataset {
    engine::Dataset content;
    QString path; ///< absolute; empty for one that lives in memory only
    QString sha256; ///< of the file; of names, sizes and dates for a folder [hex]
    quint64 fileBytes = 0;
};

using DatasetPtr = std::shared_ptr<const Dataset>;

/// Every reader: the engine's rows, then those that need Qt (a folder of pictures). One row adds a format.
std::span<const engine::formats::Reader> readers();

/// "All readable files (*.onnx ...);;ONNX network (*.onnx);;..." for the open dialog.
QString openFilter();
/// Titles of the formats, for the empty state and error sentences.
QStringList formatTitles();

/// Errors  what the reader throws; engine::IoError for what is not there.
DatasetPtr openDataset(const QString& path, const engine::Control& control);

/// SHA-256 of a file, read in pieces; for a folder of the sorted names, sizes and times of forEachFile().
/// Errors  engine::IoError, and those of forEachFile(). Empty when stopped.
QString digest(const QString& path, const engine::Control& control);

} // namespace analysis
