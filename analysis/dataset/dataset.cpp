#include "analysis/dataset/dataset.h"

#include "analysis/dataset/folder.h"
#include "analysis/dataset/pictures.h"
#include "analysis/dataset/trace.h"
#include "engine/base/error.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <vector>

namespace analysis {

namespace {

std::filesystem::path nativePath(const QString& path)
{
    return QFile::encodeName(path).toStdString();
}

QString patterns(const engine::formats::Reader& reader)
{
    QStringList all;
    for (const std::string_view suffix : reader.suffixes)
        all << QStringLiteral("*") + QString::fromUtf8(suffix.data(), static_cast<qsizetype>(suffix.size()));
    return all.join(QLatin1Char(' '));
}

QString title(const engine::formats::Reader& reader)
{
    return QString::fromUtf8(reader.title.data(), static_cast<qsizetype>(reader.title.size()));
}

QString digestOfFolder(const QString& path, const engine::Control& control)
{
    QStringList entries;
    forEachFile(path, [&](const QFileInfo& info) {
        entries << QStringLiteral("%1 %2 %3")
                       .arg(info.filePath().mid(path.size()))
                       .arg(info.size())
                       .arg(info.lastModified().toSecsSinceEpoch());
        return !control.stopped();
    });
    if (control.stopped())
        return {};
    entries.sort();
    const QByteArray text = entries.join(QLatin1Char('\n')).toUtf8();
    return QString::fromLatin1(QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex());
}

} // namespace

std::span<const engine::formats::Reader> readers()
{
    static const std::vector<engine::formats::Reader> rows = [] {
        const auto below = engine::formats::catalogue();
        std::vector<engine::formats::Reader> all(below.begin(), below.end());
        all.push_back({ .id = "pictures",
                        .title = "Folder of pictures",
                        .suffixes = {},
                        .recognise = isPictureFolder,
                        .read = readPictureFolder });
        all.push_back(traceReader());
        return all;
    }();
    return rows;
}

QString openFilter()
{
    QStringList all;
    QStringList filters;
    for (const auto& reader : readers()) {
        if (reader.suffixes.empty())
            continue;
        all << patterns(reader);
        filters << title(reader) + QStringLiteral(" (") + patterns(reader) + QStringLiteral(")");
    }
    filters.prepend(QStringLiteral("All readable files (") + all.join(QLatin1Char(' '))
                    + QStringLiteral(")"));
    filters << QStringLiteral("Any file (*)");
    return filters.join(QStringLiteral(";;"));
}

QStringList formatTitles()
{
    QStringList titles;
    for (const auto& reader : readers())
        titles << title(reader);
    return titles;
}

DatasetPtr openDataset(const QString& path, const engine::Control& control)
{
    const QFileInfo info(path);
    if (!info.exists())
        throw engine::IoError(path.toStdString() + ": there is no such file or folder");
    if (!info.isReadable())
        throw engine::IoError(path.toStdString() + ": may not be read (permissions)");
    const std::filesystem::path native = nativePath(info.absoluteFilePath());
    const engine::formats::Reader& reader = engine::formats::recognise(readers(), native);

    auto dataset = std::make_shared<Dataset>();
    dataset->path = info.absoluteFilePath();
    dataset->fileBytes = info.isDir() ? 0 : static_cast<quint64>(info.size());
    dataset->content = reader.read(native, control.part(0, 0.5));
    dataset->content.format = reader.id;
    dataset->sha256 = digest(dataset->path, control.part(0.5, 1));
    return dataset;
}

QString digest(const QString& path, const engine::Control& control)
{
    if (QFileInfo(path).isDir())
        return digestOfFolder(path, control);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw engine::IoError(path.toStdString() + ": cannot be read: " + file.errorString().toStdString());
    QCryptographicHash hash(QCryptographicHash::Sha256);
    QByteArray piece(1 << 20, Qt::Uninitialized);
    qint64 done = 0;
    const double size = static_cast<double>(std::max<qint64>(1, file.size()));
    while (const qint64 got = file.read(piece.data(), piece.size())) {
        if (got < 0)
            throw engine::IoError(path.toStdString()
                                  + ": cannot be read: " + file.errorString().toStdString());
        if (control.stopped())
            return {};
        hash.addData(QByteArrayView(piece.constData(), got));
        done += got;
        control.report(static_cast<double>(done) / size, "checksum");
    }
    return QString::fromLatin1(hash.result().toHex());
}

} // namespace analysis
