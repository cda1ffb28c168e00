#pragma once

#include <QDir>
#include <QFileInfo>
#include <QString>
#include <QTest>

/// The real networks and images beside the checkout; tests that need them skip, visibly, when they are
/// absent.
inline QString sharedData(const QString& relative)
{
    const QString root =
        qEnvironmentVariable("TESSERA_DATA", QStringLiteral(TESSERA_SOURCE_DIR "/../shared/data"));
    return QDir::cleanPath(root + QLatin1Char('/') + relative);
}

#define REQUIRE_SHARED_DATA(relative)                                                                        \
    do {                                                                                                     \
        if (!QFileInfo::exists(sharedData(QStringLiteral(relative))))                                        \
            QSKIP("real data is not here: " relative);                                                       \
    } while (false)

/// A golden file of the project.
inline QString golden(const QString& relative)
{
    return QStringLiteral(TESSERA_SOURCE_DIR "/tests/golden/") + relative;
}
