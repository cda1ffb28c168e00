#include "analysis/workspace.h"

#include "analysis/export/writers.h"
#include "analysis/json_reader.h"
#include "analysis/path.h"
#include "engine/base/error.h"
#include "engine/base/file.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace analysis {

namespace {

constexpr qint64 largestFile = 64LL << 20; // a workspace holds no bulk data [byte]
const QLatin1String schemaPrefix("tessera-workspace/");

/// The members of a known object over those that were kept.
QJsonObject joined(QJsonObject others, const QJsonObject& known)
{
    for (auto member = known.begin(); member != known.end(); ++member)
        others[member.key()] = member.value();
    return others;
}

QJsonObject entryJson(const DatasetEntry& entry, const QString& folder)
{
    return joined(entry.others,
                  { { QStringLiteral("path"), onDisk(entry.path, folder) },
                    { QStringLiteral("sha256"), entry.sha256 } });
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

DatasetEntry readDataset(const JsonReader& json, const QString& folder)
{
    const QString path = json.text(QStringLiteral("path"));
    if (path.isEmpty())
        json.refuse(QStringLiteral("path"), QStringLiteral("is empty"));
    // recipe and images were written once; they are parameters of a capture now and go
    return { .path = inMemory(path, folder),
             .sha256 = json.text(QStringLiteral("sha256"), {}),
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
