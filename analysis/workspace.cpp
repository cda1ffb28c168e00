#include "analysis/workspace.h"

#include "analysis/export/writers.h"
#include "analysis/json_reader.h"
#include "analysis/path.h"
#include "engine/base/error.h"
#include "engine/base/file.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>

#include <array>

namespace analysis {

namespace {

constexpr qint64 largestFile = 64LL << 20; // a workspace holds no bulk data [byte]
const QLatin1String schemaPrefix("tessera-workspace/");

/// First part of an absolute path: "home" of "/home/ann/net.onnx".
QString root(const QString& path)
{
    return path.section(u'/', 1, 1);
}

QString onDisk(const QString& path, const QString& folder)
{
    const bool elsewhere = !path.startsWith(u'/') || root(path) != root(folder);
    return elsewhere ? path : QDir(folder).relativeFilePath(path);
}

QString inMemory(const QString& path, const QString& folder)
{
    return path.isEmpty() ? path : QDir::cleanPath(QDir(folder).absoluteFilePath(path));
}

/// The members of a known object over those that were kept.
QJsonObject joined(QJsonObject others, const QJsonObject& known)
{
    for (auto member = known.begin(); member != known.end(); ++member)
        others[member.key()] = member.value();
    return others;
}

QJsonArray threeNumbers(const std::array<double, 3>& values)
{
    return { values[0], values[1], values[2] };
}

QJsonObject entryJson(const DatasetEntry& entry, const QString& folder)
{
    return joined(entry.others,
                  { { QStringLiteral("path"), onDisk(entry.path, folder) },
                    { QStringLiteral("sha256"), entry.sha256 },
                    { QStringLiteral("recipe"), analysis::toJson(entry.recipe) },
                    { QStringLiteral("images"), onDisk(entry.images, folder) } });
}

QJsonObject entryJson(const AnalysisEntry& entry, const QString& folder)
{
    QJsonArray inputs;
    for (const QString& input : entry.inputs)
        inputs += onDisk(input, folder);
    return joined(entry.others,
                  { { QStringLiteral("id"), entry.id },
                    { QStringLiteral("title"), entry.title },
                    { QStringLiteral("inputs"), inputs },
                    { QStringLiteral("parameters"), entry.parameters } });
}

std::array<double, 3> readThree(const JsonReader& json, const QString& key,
                                const std::array<double, 3>& fallback)
{
    if (!json.has(key))
        return fallback;
    const QJsonArray items = json.array(key);
    if (items.size() != 3)
        json.refuse(key, QStringLiteral("three numbers are wanted, there are %1").arg(items.size()));
    std::array<double, 3> result = {};
    for (std::size_t i = 0; i < 3; ++i) {
        const QJsonValue item = items[static_cast<qsizetype>(i)];
        if (!item.isDouble())
            json.refuse(key, QStringLiteral("three numbers are wanted"));
        result[i] = item.toDouble();
    }
    return result;
}

int readPixels(const JsonReader& json, const QString& key)
{
    constexpr int largest = 65535;
    return json.has(key) ? json.integer(key, 0, largest) : 0;
}

engine::nn::ChannelOrder readChannels(const JsonReader& json)
{
    const QString key = QStringLiteral("channels");
    const QString order = json.text(key, QStringLiteral("rgb"));
    if (order == QStringLiteral("rgb"))
        return engine::nn::ChannelOrder::Rgb;
    if (order == QStringLiteral("bgr"))
        return engine::nn::ChannelOrder::Bgr;
    json.refuse(key, QStringLiteral("\"%1\" is neither rgb nor bgr").arg(order));
}

engine::nn::Recipe readRecipe(const JsonReader& json)
{
    engine::nn::Recipe recipe;
    recipe.size = readPixels(json, QStringLiteral("size"));
    recipe.crop = readPixels(json, QStringLiteral("crop"));
    recipe.channels = readChannels(json);
    if (json.has(QStringLiteral("scale")))
        recipe.scale = json.number(QStringLiteral("scale"));
    recipe.mean = readThree(json, QStringLiteral("mean"), recipe.mean);
    recipe.std = readThree(json, QStringLiteral("std"), recipe.std);
    for (const double deviation : recipe.std) {
        if (deviation == 0)
            json.refuse(QStringLiteral("std"), QStringLiteral("0 cannot be divided by"));
    }
    return recipe;
}

DatasetEntry readDataset(const JsonReader& json, const QString& folder)
{
    const QString path = json.text(QStringLiteral("path"));
    if (path.isEmpty())
        json.refuse(QStringLiteral("path"), QStringLiteral("is empty"));
    return { .path = inMemory(path, folder),
             .sha256 = json.text(QStringLiteral("sha256"), {}),
             .recipe = readRecipe(json.child(QStringLiteral("recipe"))),
             .images = inMemory(json.text(QStringLiteral("images"), {}), folder),
             .others = json.others({ QStringLiteral("path"), QStringLiteral("sha256"),
                                     QStringLiteral("recipe"), QStringLiteral("images") }) };
}

AnalysisEntry readAnalysis(const JsonReader& json, const QString& folder)
{
    QStringList inputs;
    for (const QString& input : json.texts(QStringLiteral("inputs")))
        inputs += inMemory(input, folder);
    return { .id = json.text(QStringLiteral("id")),
             .title = json.text(QStringLiteral("title"), {}),
             .inputs = inputs,
             .parameters = json.child(QStringLiteral("parameters")).object(),
             .others = json.others({ QStringLiteral("id"), QStringLiteral("title"), QStringLiteral("inputs"),
                                     QStringLiteral("parameters") }) };
}

void checkSchema(const JsonReader& json)
{
    const QString key = QStringLiteral("schema");
    const QString schema = json.text(key, {});
    if (!schema.startsWith(schemaPrefix))
        json.refuse(key, QStringLiteral("\"%1\" is not that of a Tessera workspace").arg(schema));
    bool good = false;
    const int number = schema.sliced(schemaPrefix.size()).toInt(&good);
    if (!good || number < 1)
        json.refuse(key, QStringLiteral("\"%1\" has no version").arg(schema));
    if (number > Workspace::schema)
        json.refuse(key,
                    QStringLiteral("version %1 is newer than %2, the newest this program reads")
                        .arg(number)
                        .arg(Workspace::schema));
}

} // namespace

QJsonObject toJson(const engine::nn::Recipe& recipe)
{
    const bool rgb = recipe.channels == engine::nn::ChannelOrder::Rgb;
    return { { QStringLiteral("size"), recipe.size },
             { QStringLiteral("crop"), recipe.crop },
             { QStringLiteral("channels"), rgb ? QStringLiteral("rgb") : QStringLiteral("bgr") },
             { QStringLiteral("scale"), recipe.scale },
             { QStringLiteral("mean"), threeNumbers(recipe.mean) },
             { QStringLiteral("std"), threeNumbers(recipe.std) } };
}

engine::nn::Recipe recipeFromJson(const QJsonObject& object)
{
    return readRecipe({ object, QStringLiteral("recipe") });
}

QJsonObject Workspace::toJson(const QString& folder) const
{
    QJsonArray sets;
    for (const DatasetEntry& entry : datasets)
        sets += entryJson(entry, folder);
    QJsonArray recipes;
    for (const AnalysisEntry& entry : analyses)
        recipes += entryJson(entry, folder);
    return joined(others,
                  { { QStringLiteral("schema"), QString(schemaPrefix + QString::number(schema)) },
                    { QStringLiteral("datasets"), sets },
                    { QStringLiteral("analyses"), recipes },
                    { QStringLiteral("layout"), layout },
                    { QStringLiteral("notes"), notes } });
}

Workspace Workspace::fromJson(const QByteArray& json, const QString& file)
{
    const JsonReader reader = JsonReader::parse(json, file);
    checkSchema(reader);
    const QString folder = QFileInfo(file).absolutePath();
    Workspace workspace;
    workspace.path = QFileInfo(file).absoluteFilePath();
    for (const JsonReader& entry : reader.children(QStringLiteral("datasets")))
        workspace.datasets.push_back(readDataset(entry, folder));
    for (const JsonReader& entry : reader.children(QStringLiteral("analyses")))
        workspace.analyses.push_back(readAnalysis(entry, folder));
    workspace.layout = reader.child(QStringLiteral("layout")).object();
    workspace.notes = reader.text(QStringLiteral("notes"), {});
    workspace.others =
        reader.others({ QStringLiteral("schema"), QStringLiteral("datasets"), QStringLiteral("analyses"),
                        QStringLiteral("layout"), QStringLiteral("notes") });
    return workspace;
}

Workspace Workspace::load(const QString& path)
{
    const auto file = engine::MappedFile::open(toPath(path));
    const auto bytes = file->bytes();
    if (bytes.size() > static_cast<std::size_t>(largestFile)) {
        const QString sentence =
            QStringLiteral("%1: is no workspace: it has %2 bytes, a workspace at most %3")
                .arg(path)
                .arg(bytes.size())
                .arg(largestFile);
        throw engine::FormatError(sentence.toStdString());
    }
    const auto* text = reinterpret_cast<const char*>(bytes.data());
    return fromJson(QByteArray(text, static_cast<qsizetype>(bytes.size())), path);
}

void Workspace::save(const QString& target)
{
    const QFileInfo info(target);
    writeFile(target, QJsonDocument(toJson(info.absolutePath())).toJson());
    path = info.absoluteFilePath();
}

FileState fileState(const DatasetEntry& entry, const DigestFunction& digest, const engine::Control& control)
{
    if (!QFileInfo::exists(entry.path))
        return FileState::Missing;
    if (entry.sha256.isEmpty())
        return FileState::Unchanged;
    try {
        const QString now = digest(entry.path, control);
        return now.isEmpty() || now == entry.sha256 ? FileState::Unchanged : FileState::Changed;
    } catch (const engine::IoError&) {
        return FileState::Missing;
    }
}

} // namespace analysis
