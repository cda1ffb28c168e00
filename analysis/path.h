#pragma once

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

} // namespace analysis
