#pragma once

#include <QStringList>

namespace app {

/// Files the user opened, newest first, kept in the settings.
class RecentFiles {
public:
    static constexpr int kept = 12;

    static QStringList load();
    static void add(const QString& path);
    static void clear();
};

} // namespace app
