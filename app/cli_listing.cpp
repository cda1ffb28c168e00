#include "app/cli_listing.h"

#include "analysis/export/writers.h"
#include "analysis/json_writer.h"
#include "app/cli_help.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace app {

namespace {

using analysis::Analysis;
using analysis::JsonWriter;
using analysis::Output;
using analysis::Parameter;
using analysis::Table;

QString inputName(analysis::InputKind kind)
{
    switch (kind) {
    case analysis::InputKind::Network:
        return QStringLiteral("network");
    case analysis::InputKind::Tensors:
        return QStringLiteral("tensors");
    case analysis::InputKind::Maps:
        return QStringLiteral("network or activations");
    case analysis::InputKind::Trace:
        return QStringLiteral("trace");
    case analysis::InputKind::Any:
        break;
    }
    return QStringLiteral("any");
}

QString typeName(analysis::ParameterType type)
{
    using Type = analysis::ParameterType;
    switch (type) {
    case Type::Integer:
        return QStringLiteral("integer");
    case Type::Real:
        return QStringLiteral("real");
    case Type::Choice:
        return QStringLiteral("choice");
    case Type::Choices:
        return QStringLiteral("choices");
    case Type::Flag:
        return QStringLiteral("flag");
    case Type::Text:
        return QStringLiteral("text");
    case Type::Input:
        return QStringLiteral("input");
    case Type::Output:
        break;
    }
    return QStringLiteral("output");
}

Table textTable(const QString& title, const QStringList& columns)
{
    Table table;
    table.title = title;
    for (const QString& column : columns)
        table.columns.push_back({ .name = column, .title = column });
    return table;
}

/// "choices: raw, zvc; default raw,zvc"
QString factText(const Parameter& parameter)
{
    QStringList choices;
    for (const analysis::Choice& choice : parameter.choices)
        choices += choice.id;
    QString text = typeName(parameter.type);
    if (!choices.isEmpty())
        text += QStringLiteral(": ") + choices.join(QStringLiteral(", "));
    else if (const QString range = rangeText(parameter); !range.isEmpty())
        text += QStringLiteral(", ") + range;
    if (!parameter.unit.isEmpty())
        text += QStringLiteral(" [") + parameter.unit + u']';
    const QString fallback = analysis::toText(parameter.fallback);
    return fallback.isEmpty() ? text : text + QStringLiteral("; default ") + fallback;
}

/// The words of a text in lines that fit beside the names; a longer word has a line of its own.
QStringList wrapped(const QString& text, qsizetype columns)
{
    QStringList lines;
    for (const QString& word : text.split(u' ', Qt::SkipEmptyParts)) {
        if (!lines.isEmpty() && lines.back().size() + 1 + word.size() <= columns)
            lines.back() += u' ' + word;
        else
            lines += word;
    }
    return lines;
}

/// Name on the left; on the right what it does, then what it may be.
QString parameterText(const Analysis& row)
{
    constexpr qsizetype pageWidth = 96;
    qsizetype names = 0;
    for (const Parameter& parameter : row.parameters)
        names = std::max(names, parameter.id.size());
    const qsizetype indent = names + 2;
    QString text = QStringLiteral("parameters\n");
    for (const Parameter& parameter : row.parameters) {
        QStringList lines = wrapped(parameter.help, pageWidth - indent);
        lines += wrapped(factText(parameter), pageWidth - indent);
        QString left = parameter.id;
        for (const QString& line : std::as_const(lines)) {
            text += left.leftJustified(indent) + line + u'\n';
            left.clear();
        }
    }
    return text;
}

Table outputTable(const Analysis& row)
{
    Table table = textTable(
        {},
        { QStringLiteral("output"), QStringLiteral("kind"), QStringLiteral("unit"), QStringLiteral("help") });
    for (const Output& scalar : row.scalars)
        table.rows.push_back({ scalar.name, QStringLiteral("scalar"), scalar.unit, scalar.help });
    for (const Output& output : row.tables)
        table.rows.push_back({ output.name, QStringLiteral("table"), output.unit, output.help });
    for (const Output& chart : row.charts)
        table.rows.push_back({ chart.name, QStringLiteral("chart"), chart.unit, chart.help });
    return table;
}

void writeLimit(JsonWriter& json, const QString& name, double limit)
{
    if (std::isfinite(limit))
        json.member(name, limit);
}

void write(JsonWriter& json, const Parameter& parameter)
{
    json.beginObject()
        .member(QStringLiteral("id"), parameter.id)
        .member(QStringLiteral("title"), parameter.title);
    json.member(QStringLiteral("type"), typeName(parameter.type))
        .member(QStringLiteral("unit"), parameter.unit);
    json.member(QStringLiteral("default"), parameter.fallback);
    writeLimit(json, QStringLiteral("minimum"), parameter.minimum);
    writeLimit(json, QStringLiteral("maximum"), parameter.maximum);
    if (!parameter.choices.empty()) {
        json.key(QStringLiteral("choices")).beginArray();
        for (const analysis::Choice& choice : parameter.choices)
            json.beginObject()
                .member(QStringLiteral("id"), choice.id)
                .member(QStringLiteral("title"), choice.title)
                .endObject();
        json.endArray();
    }
    json.member(QStringLiteral("help"), parameter.help).endObject();
}

void write(JsonWriter& json, const QString& key, const std::vector<Output>& outputs)
{
    json.newLine().key(key).beginArray();
    for (const Output& output : outputs)
        json.newLine()
            .beginObject()
            .member(QStringLiteral("name"), output.name)
            .member(QStringLiteral("unit"), output.unit)
            .member(QStringLiteral("help"), output.help)
            .endObject();
    json.endArray();
}

void writeHead(JsonWriter& json, const Analysis& row)
{
    json.member(QStringLiteral("id"), row.id).member(QStringLiteral("title"), row.title);
    json.member(QStringLiteral("source"), row.source).member(QStringLiteral("input"), inputName(row.input));
    json.member(QStringLiteral("help"), row.help);
}

} // namespace

QByteArray listText(std::span<const Analysis> analyses)
{
    Table table = textTable(
        {},
        { QStringLiteral("id"), QStringLiteral("title"), QStringLiteral("input"), QStringLiteral("source") });
    for (const Analysis& row : analyses)
        table.rows.push_back({ row.id, row.title, inputName(row.input), row.source });
    return analysis::toText(table);
}

QByteArray listJson(std::span<const Analysis> analyses)
{
    JsonWriter json;
    json.beginObject().member(QStringLiteral("version"), QStringLiteral(TESSERA_VERSION));
    json.key(QStringLiteral("analyses")).beginArray();
    for (const Analysis& row : analyses) {
        json.newLine().beginObject();
        writeHead(json, row);
        json.endObject();
    }
    json.endArray().endObject();
    return json.bytes() + '\n';
}

QByteArray describeText(const Analysis& row)
{
    const QString head = row.id + QStringLiteral(": ") + row.help + QStringLiteral("\nsource  ") + row.source
        + QStringLiteral("\ninput   ") + inputName(row.input) + u'\n';
    QByteArray text = head.toUtf8();
    if (!row.parameters.empty())
        text += '\n' + parameterText(row).toUtf8();
    return text + '\n' + analysis::toText(outputTable(row));
}

QByteArray describeJson(const Analysis& row)
{
    JsonWriter json;
    json.beginObject();
    writeHead(json, row);
    json.newLine().key(QStringLiteral("parameters")).beginArray();
    for (const Parameter& parameter : row.parameters) {
        json.newLine();
        write(json, parameter);
    }
    json.endArray();
    write(json, QStringLiteral("scalars"), row.scalars);
    write(json, QStringLiteral("tables"), row.tables);
    write(json, QStringLiteral("charts"), row.charts);
    json.endObject();
    return json.bytes() + '\n';
}

} // namespace app
