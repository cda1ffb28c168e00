#include "analysis/export/writers.h"
#include "analysis/json_writer.h"

namespace analysis {

namespace {

QString levelName(Level level)
{
    switch (level) {
    case Level::Note:
        return QStringLiteral("note");
    case Level::Warning:
        return QStringLiteral("warning");
    case Level::Problem:
        break;
    }
    return QStringLiteral("problem");
}

void writeInputs(JsonWriter& json, const std::vector<InputRecord>& inputs)
{
    json.key(QStringLiteral("inputs")).beginArray();
    for (const InputRecord& input : inputs) {
        json.beginObject();
        json.member(QStringLiteral("path"), input.path).member(QStringLiteral("sha256"), input.sha256);
        json.endObject();
    }
    json.endArray();
}

void writeParameters(JsonWriter& json, const Values& parameters)
{
    json.key(QStringLiteral("parameters")).beginObject();
    for (const auto& [id, value] : parameters.all())
        json.member(id, value);
    json.endObject();
}

void writeScalars(JsonWriter& json, const std::vector<Scalar>& scalars)
{
    json.newLine().key(QStringLiteral("scalars")).beginObject();
    for (const Scalar& scalar : scalars) {
        json.key(scalar.name).beginObject();
        if (scalar.text.isEmpty())
            json.member(QStringLiteral("value"), scalar.value);
        else
            json.member(QStringLiteral("value"), scalar.text);
        json.member(QStringLiteral("unit"), scalar.unit);
        json.endObject();
    }
    json.endObject();
}

void writeCell(JsonWriter& json, const Cell& cell)
{
    std::visit(
        [&json](const auto& held) {
            if constexpr (std::is_same_v<std::decay_t<decltype(held)>, std::monostate>)
                json.null();
            else
                json.value(held);
        },
        cell);
}

void writeTable(JsonWriter& json, const Table& table)
{
    json.newLine().key(table.id).beginObject();
    if (table.partial)
        json.member(QStringLiteral("partial"), true);
    json.key(QStringLiteral("columns")).beginArray();
    for (const Column& column : table.columns) {
        json.beginObject();
        json.member(QStringLiteral("name"), column.name).member(QStringLiteral("unit"), column.unit);
        json.endObject();
    }
    json.endArray().key(QStringLiteral("rows")).beginArray();
    for (const std::vector<Cell>& row : table.rows) {
        json.newLine().beginArray();
        for (const Cell& cell : row)
            writeCell(json, cell);
        json.endArray();
    }
    json.endArray().endObject();
}

void writeRemarks(JsonWriter& json, const std::vector<Remark>& remarks)
{
    json.newLine().key(QStringLiteral("remarks")).beginArray();
    for (const Remark& remark : remarks) {
        json.beginObject();
        json.member(QStringLiteral("level"), levelName(remark.level));
        json.member(QStringLiteral("layer"), remark.layer);
        json.member(QStringLiteral("text"), remark.text);
        json.endObject();
    }
    json.endArray();
}

} // namespace

QByteArray toJson(const Report& report)
{
    JsonWriter json;
    json.beginObject();
    json.member(QStringLiteral("analysis"), report.analysis);
    json.member(QStringLiteral("version"), report.version);
    if (report.partial)
        json.member(QStringLiteral("partial"), true);
    writeInputs(json, report.inputs);
    writeParameters(json, report.parameters);
    writeScalars(json, report.scalars);
    json.newLine().key(QStringLiteral("tables")).beginObject();
    for (const Table& table : report.tables)
        writeTable(json, table);
    json.endObject();
    writeRemarks(json, report.remarks);
    json.endObject();
    return json.bytes() + '\n';
}

QByteArray canonicalJson(const Report& report)
{
    JsonWriter json;
    json.beginObject();
    json.member(QStringLiteral("analysis"), report.analysis);
    json.key(QStringLiteral("inputs")).beginArray();
    for (const InputRecord& input : report.inputs)
        json.value(input.sha256);
    json.endArray();
    writeParameters(json, report.parameters);
    json.endObject();
    return json.bytes();
}

} // namespace analysis
