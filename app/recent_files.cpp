#include "app/recent_files.h"

#include <QFileInfo>
#include <QSettings>

namespace app {

namespace {

constexpr QLatin1String key("recent/files");

} // namespace

QStringList RecentFiles::load()
{
    return QSettings().value(key).toStringList();
}

void RecentFiles::add(const QString& path)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    QStringList files = load();
    files.removeAll(absolute);
    files.prepend(absolute);
    QSettings().setValue(key, QStringList(files.mid(0, kept)));
}

void RecentFiles::clear()
{
    QSettings().remove(key);
}

} // namespace app
