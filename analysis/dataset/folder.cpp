#include "analysis/dataset/folder.h"

#include "engine/base/error.h"

#include <QDirIterator>
#include <QStringList>

namespace analysis {

namespace {

/// One walk, counted over all its folders.
struct Walk {
    QString top;
    const std::function<bool(const QFileInfo&)>& visit;
    qsizetype most;
    qsizetype seen = 0;
    QStringList below = {}; ///< subfolders of the top

    bool look(const QString& folder)
    {
        const bool isTop = folder == top;
        for (QDirIterator it(folder, QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot); it.hasNext();) {
            const QFileInfo info = it.nextFileInfo();
            if (++seen > most)
                refuse();
            if (!info.isDir() && !visit(info))
                return false;
            if (info.isDir() && isTop)
                below << info.filePath();
        }
        return true;
    }

    [[noreturn]] void refuse() const
    {
        throw engine::FormatError(top.toStdString() + ": holds more than " + std::to_string(most)
                                  + " files and folders, too many to look through; open the folder that "
                                    "holds the pictures");
    }
};

} // namespace

void forEachFile(const QString& folder, const std::function<bool(const QFileInfo&)>& visit, qsizetype most)
{
    Walk walk { folder, visit, most };
    if (!walk.look(folder))
        return;
    for (const QString& inner : std::as_const(walk.below)) {
        if (!walk.look(inner))
            return;
    }
}

} // namespace analysis
