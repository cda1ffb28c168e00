#pragma once

#include <QDir>
#include <QFileInfo>
#include <QString>

#include <filesystem>

namespace analysis {

/// The same path for the engine, and back. Unicode on both sides.
inline std::filesystem::path toPath(const QString& path)
{
    return QFileInfo(path).filesystemFilePath();
}

inline QString fromPath(const std::filesystem::path& path)
{
    return QString::fromStdU16String(path.u16string());
}

/// How a workspace in `folder` writes the absolute path of a file: relative, wherever the file is; absolute
/// only where no relative path exists (another drive). Empty stays empty.
inline QString onDisk(const QString& path, const QString& folder)
{
    return path.isEmpty() ? path : QDir(folder).relativeFilePath(path);
}

/// The absolute path behind one that onDisk() wrote.
inline QString inMemory(const QString& path, const QString& folder)
{
    return path.isEmpty() ? path : QDir::cleanPath(QDir(folder).absoluteFilePath(path));
}

} // namespace analysis
