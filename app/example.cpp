#include "app/example.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace app {

QString exampleWorkspace()
{
    const QString installed =
        QCoreApplication::applicationDirPath() + QStringLiteral("/../share/tessera/example/digits.tessera");
    for (const QString& path : { installed, QStringLiteral(TESSERA_EXAMPLE_DIR "/digits.tessera") })
        if (QFileInfo::exists(path))
            return QFileInfo(path).canonicalFilePath();
    return {};
}

} // namespace app
