#pragma once

#include <QFileInfo>
#include <QString>

#include <functional>

namespace analysis {

/// More entries than any folder of pictures that is worked on here; a walk that meets them was meant for
/// less.
constexpr qsizetype mostFolderEntries = 1'000'000;

/// Files of a folder and of its subfolders, no deeper: what a folder of pictures is made of. Ends early when
/// `visit` returns false.
///
/// Errors  engine::FormatError when there are more than `most` files and folders to look at.
void forEachFile(const QString& folder, const std::function<bool(const QFileInfo&)>& visit,
                 qsizetype most = mostFolderEntries);

} // namespace analysis
