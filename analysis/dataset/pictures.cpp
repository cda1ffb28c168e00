#include "analysis/dataset/pictures.h"

#include "analysis/dataset/folder.h"
#include "engine/base/error.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QImageReader>
#include <QRegularExpression>

#include <algorithm>
#include <map>
#include <optional>

namespace analysis {

namespace {

const QStringList& nameFilters()
{
    static const QStringList filters = [] {
        QStringList all;
        for (const QByteArray& suffix : QImageReader::supportedImageFormats())
            all << QStringLiteral("*.") + QString::fromLatin1(suffix);
        return all;
    }();
    return filters;
}

QString fromPath(const std::filesystem::path& path)
{
    return QFile::decodeName(QByteArray::fromStdString(path.string()));
}

struct Picture {
    QString path; ///< relative to the folder
    std::optional<int> label;
};

class PictureSet final : public engine::ImageSet {
public:
    PictureSet(QString folder, std::vector<Picture> pictures)
        : m_folder(std::move(folder))
        , m_pictures(std::move(pictures))
    {
    }

    std::size_t size() const override { return m_pictures.size(); }

    engine::Image read(std::size_t index) const override
    {
        const QString path = m_folder + QLatin1Char('/') + m_pictures[index].path;
        QImageReader reader(path);
        reader.setAutoTransform(false);
        const QImage picture = reader.read();
        if (picture.isNull())
            throw engine::FormatError(
                path.toStdString() + ": cannot be read as a picture: " + reader.errorString().toStdString());
        return planes(picture);
    }

    std::optional<int> label(std::size_t index) const override { return m_pictures[index].label; }
    std::string name(std::size_t index) const override { return m_pictures[index].path.toStdString(); }

private:
    static engine::Image planes(const QImage& picture)
    {
        const bool grey = picture.isGrayscale() && picture.format() != QImage::Format_RGB32
            && picture.format() != QImage::Format_RGB888;
        const QImage pixels =
            picture.convertToFormat(grey ? QImage::Format_Grayscale8 : QImage::Format_RGB888);
        engine::Image image { grey ? 1 : 3, pixels.height(), pixels.width(), {} };
        const auto channels = static_cast<std::size_t>(image.channels);
        const auto width = static_cast<std::size_t>(image.width);
        const std::size_t plane = width * static_cast<std::size_t>(image.height);
        image.values.resize(channels * plane);
        for (int y = 0; y < image.height; ++y) {
            const uchar* line = pixels.constScanLine(y);
            float* row = image.values.data() + static_cast<std::size_t>(y) * width;
            for (std::size_t x = 0; x < width; ++x)
                for (std::size_t c = 0; c < channels; ++c)
                    row[c * plane + x] = line[x * channels + c];
        }
        return image;
    }

    QString m_folder;
    std::vector<Picture> m_pictures;
};

/// Lines of a text file in `folder`, without empty ones; nothing when it is not there.
std::optional<QStringList> lines(const QDir& folder, const QString& name)
{
    QFile file(folder.filePath(name));
    if (!file.exists())
        return std::nullopt;
    if (!file.open(QIODevice::ReadOnly))
        throw engine::IoError(file.fileName().toStdString()
                              + ": cannot be read: " + file.errorString().toStdString());
    QStringList result = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'));
    for (QString& line : result)
        line = line.trimmed();
    result.removeAll(QString());
    return result;
}

int parseLabel(const QString& text, const QString& where)
{
    bool isNumber = false;
    const int label = text.trimmed().toInt(&isNumber);
    if (!isNumber || label < 0)
        throw engine::FormatError(where.toStdString() + ": \"" + text.toStdString()
                                  + "\" is not a class number (0, 1, 2, ...)");
    return label;
}

std::map<QString, int> labelsFromCsv(const QStringList& table, const QString& where)
{
    const QStringList header = table.value(0).split(QLatin1Char(','));
    const qsizetype file = std::max<qsizetype>(0, header.indexOf(QStringLiteral("file")));
    qsizetype label = header.indexOf(QStringLiteral("class_index"));
    if (label < 0)
        label = header.indexOf(QStringLiteral("label"));
    const bool hasHeader = label >= 0;
    if (!hasHeader)
        label = 1;
    std::map<QString, int> labels;
    for (qsizetype i = hasHeader ? 1 : 0; i < table.size(); ++i) {
        const QStringList cells = table[i].split(QLatin1Char(','));
        const QString place = where + QStringLiteral(" line %1").arg(i + 1);
        if (cells.size() <= std::max(file, label))
            throw engine::FormatError(place.toStdString() + ": has only " + std::to_string(cells.size())
                                      + " cells");
        labels[cells[file].trimmed()] = parseLabel(cells[label], place);
    }
    return labels;
}

std::map<QString, int> labelsFromText(const QStringList& table, const QString& where)
{
    static const QRegularExpression blank(QStringLiteral("[\\s,]+"));
    std::map<QString, int> labels;
    for (qsizetype i = 0; i < table.size(); ++i) {
        const QString place = where + QStringLiteral(" line %1").arg(i + 1);
        const qsizetype split = table[i].lastIndexOf(blank);
        if (split < 0)
            throw engine::FormatError(place.toStdString() + ": wants a file name and a class number");
        labels[table[i].left(split).trimmed()] = parseLabel(table[i].mid(split + 1), place);
    }
    return labels;
}

std::vector<Picture> flatPictures(const QDir& folder, engine::Dataset& dataset)
{
    std::map<QString, int> labels;
    if (const auto csv = lines(folder, QStringLiteral("labels.csv")))
        labels = labelsFromCsv(*csv, folder.filePath(QStringLiteral("labels.csv")));
    else if (const auto text = lines(folder, QStringLiteral("labels.txt")))
        labels = labelsFromText(*text, folder.filePath(QStringLiteral("labels.txt")));

    std::vector<Picture> pictures;
    int unlabelled = 0;
    for (const QString& file : folder.entryList(nameFilters(), QDir::Files, QDir::Name)) {
        const auto found = labels.find(file);
        const bool has = found != labels.end();
        unlabelled += has ? 0 : 1;
        pictures.push_back({ file, has ? std::optional(found->second) : std::nullopt });
    }
    if (labels.empty())
        dataset.remarks.push_back(
            { engine::Severity::Note,
              {},
              "no labels: put labels.csv (file,class_index) beside the pictures to get accuracy" });
    else if (unlabelled > 0)
        dataset.remarks.push_back(
            { engine::Severity::Warning,
              {},
              std::to_string(unlabelled) + " pictures have no line in the label list" });
    return pictures;
}

std::vector<Picture> picturesByClass(const QDir& folder, engine::Dataset& dataset)
{
    std::vector<Picture> pictures;
    int label = 0;
    for (const QString& name : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        const QStringList files =
            QDir(folder.filePath(name)).entryList(nameFilters(), QDir::Files, QDir::Name);
        if (files.isEmpty())
            continue;
        for (const QString& file : files)
            pictures.push_back({ name + QLatin1Char('/') + file, label });
        dataset.classNames.push_back(name.toStdString());
        ++label;
    }
    return pictures;
}

/// "index<TAB>id<TAB>name" or one name a line.
std::vector<std::string> classNames(const QStringList& table)
{
    std::vector<std::string> names;
    for (const QString& line : table)
        names.push_back(line.section(QLatin1Char('\t'), -1).toStdString());
    return names;
}

} // namespace

bool isPictureFolder(std::string_view, const std::filesystem::path& path)
{
    const QDir folder(fromPath(path));
    if (!folder.exists())
        return false;
    bool found = false;
    forEachFile(folder.path(), [&](const QFileInfo& info) {
        found = QDir::match(nameFilters(), info.fileName());
        return !found;
    });
    return found;
}

engine::Dataset readPictureFolder(const std::filesystem::path& path, const engine::Control& control)
{
    control.report(-1, path.string());
    const QDir folder(fromPath(path));
    if (!folder.isReadable())
        throw engine::IoError(path.string() + ": the folder cannot be read");
    engine::Dataset dataset;
    dataset.title = folder.dirName().toStdString();
    dataset.format = "pictures";

    std::vector<Picture> pictures = flatPictures(folder, dataset);
    if (pictures.empty()) {
        dataset.remarks.clear();
        pictures = picturesByClass(folder, dataset);
    }
    if (pictures.empty())
        throw engine::FormatError(path.string() + ": the folder holds no picture that can be read");
    if (const auto names = lines(folder, QStringLiteral("classes.txt")))
        dataset.classNames = classNames(*names);
    dataset.images = std::make_shared<PictureSet>(folder.path(), std::move(pictures));
    return dataset;
}

} // namespace analysis
