#include "analysis/export/writers.h"

#include "analysis/json_writer.h"
#include "analysis/path.h"
#include "engine/base/file.h"

#include <QCryptographicHash>
#include <QDir>
#include <QStringList>

namespace analysis {

namespace {

QString parameterText(const Report& report)
{
    QStringList parts = { report.analysis };
    for (const auto& [id, value] : report.parameters.all()) {
        const QString text = toText(value);
        if (!text.isEmpty())
            parts += id + QStringLiteral(" = ") + text;
    }
    return parts.join(QStringLiteral(", "));
}

} // namespace

QString Provenance::oneLine() const
{
    QStringList parts = { program, analysis };
    parts += inputs;
    if (partial)
        parts += QStringLiteral("partial: stopped before the end");
    parts += QStringLiteral("digest ") + digest;
    return parts.join(QStringLiteral("; "));
}

Provenance provenance(const Report& report)
{
    Provenance result;
    result.program = QStringLiteral("Tessera ") + report.version;
    result.analysis = parameterText(report);
    for (const InputRecord& input : report.inputs) {
        const QString name = QFileInfo(input.path).fileName();
        result.inputs += input.sha256.isEmpty() ? name : name + QStringLiteral(" sha256 ") + input.sha256;
    }
    const QByteArray hash = QCryptographicHash::hash(canonicalJson(report), QCryptographicHash::Sha256);
    result.digest = QString::fromLatin1(hash.toHex());
    result.partial = report.partial;
    return result;
}

void write(JsonWriter& json, const Provenance& provenance)
{
    json.beginObject();
    json.member(QStringLiteral("program"), provenance.program);
    json.member(QStringLiteral("analysis"), provenance.analysis);
    json.key(QStringLiteral("inputs")).beginArray();
    for (const QString& input : provenance.inputs)
        json.value(input);
    json.endArray();
    json.member(QStringLiteral("digest"), provenance.digest);
    json.member(QStringLiteral("partial"), provenance.partial);
    json.endObject();
}

QByteArray toJson(const Provenance& provenance)
{
    JsonWriter json;
    write(json, provenance);
    return json.bytes() + '\n';
}

QString pgfplotsDataPath(const QString& texPath)
{
    const QFileInfo tex(texPath);
    return tex.dir().filePath(tex.completeBaseName() + QStringLiteral(".csv"));
}

void writePgfplots(const Chart& chart, const QString& texPath, const FigureSize& size,
                   const Provenance& provenance)
{
    const QString data = pgfplotsDataPath(texPath);
    writeFile(data, toCsv(chart));
    writeFile(texPath, toPgfplots(chart, size, QFileInfo(data).fileName(), provenance));
}

void writeFile(const QString& path, const QByteArray& bytes)
{
    engine::AtomicFile file(toPath(path));
    file.write(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    file.commit();
}

void writeCsvFile(const QString& path, const QByteArray& csv, const Provenance& provenance)
{
    writeFile(path, csv);
    writeFile(path + QStringLiteral(".json"), toJson(provenance));
}

} // namespace analysis
