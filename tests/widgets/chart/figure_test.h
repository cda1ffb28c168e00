#pragma once

#include "analysis/export/writers.h"
#include "engine/base/error.h"
#include "tests/widgets/chart/sample_charts.h"
#include "tests/widgets/widget_test.h"
#include "widgets/chart/render.h"

#include <QFile>

/// A provenance whose words need escaping everywhere.
inline analysis::Provenance made()
{
    return { QStringLiteral("Tessera 0.1.0"),
             QStringLiteral("codec, S = 16 <bits> & more"),
             { QStringLiteral("acts-\u00e4.h5 sha256 5e1fc07a") },
             QStringLiteral("0123abcd"),
             false };
}

inline QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}
