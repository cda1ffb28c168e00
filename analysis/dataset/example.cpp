#include "analysis/dataset/example.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace analysis {

QString exampleWorkspace()
{
    const QString installed =
        QCoreApplication::applicationDirPath() + QStringLiteral("/../share/tessera/example/digits.tessera");
    for (const QString& path : { installed, QStringLiteral(TESSERA_EXAMPLE_DIR "/digits.tessera") })
        if (QFileInfo::exists(path))
            return QFileInfo(path).canonicalFilePath();
    return {};
}

QString exampleFile(const QString& name)
{
    const QString workspace = exampleWorkspace();
    return workspace.isEmpty() ? QString() : QFileInfo(workspace).path() + u'/' + name;
}

} // namespace analysis
