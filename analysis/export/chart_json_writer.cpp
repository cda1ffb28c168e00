#include "analysis/export/chart_json.h"
#include "analysis/json_writer.h"

#include <QtEndian>

#include <cmath>

namespace analysis {

namespace {

void write(JsonWriter& json, const QString& key, const Axis& axis)
{
    json.key(key).beginObject();
    json.member(QStringLiteral("title"), axis.title).member(QStringLiteral("unit"), axis.unit);
    json.member(QStringLiteral("logarithmic"), axis.logarithmic);
    if (axis.whole)
        json.member(QStringLiteral("whole"), true);
    json.endObject();
}

void writeNumber(JsonWriter& json, double value)
{
    if (std::isinf(value))
        json.value(value > 0 ? QStringLiteral("inf") : QStringLiteral("-inf"));
    else
        json.value(value);
}

void write(JsonWriter& json, const QString& key, const std::vector<double>& values)
{
    json.key(key).beginArray();
    for (const double value : values)
        writeNumber(json, value);
    json.endArray();
}

void write(JsonWriter& json, const QString& key, const QStringList& texts)
{
    json.key(key).beginArray();
    for (const QString& text : texts)
        json.value(text);
    json.endArray();
}

void write(JsonWriter& json, const std::optional<Reference>& reference)
{
    if (!reference)
        return;
    json.key(QStringLiteral("reference")).beginObject().key(QStringLiteral("value"));
    writeNumber(json, reference->value);
    json.member(QStringLiteral("label"), reference->label).endObject();
}

void writeColour(JsonWriter& json, int colour)
{
    if (colour >= 0)
        json.member(QStringLiteral("colour"), static_cast<qint64>(colour));
}

void writeKind(JsonWriter& json, const BarChart& chart)
{
    json.member(QStringLiteral("kind"), QStringLiteral("bars"));
    write(json, QStringLiteral("category"), chart.category);
    write(json, QStringLiteral("value"), chart.value);
    write(json, QStringLiteral("categories"), chart.categories);
    json.member(QStringLiteral("stacked"), chart.stacked);
    write(json, chart.reference);
    json.key(QStringLiteral("series")).beginArray();
    for (const BarChart::Series& series : chart.series) {
        json.beginObject().member(QStringLiteral("name"), series.name);
        write(json, QStringLiteral("values"), series.values);
        write(json, QStringLiteral("overhead"), series.overhead);
        write(json, QStringLiteral("deviation"), series.deviation);
        writeColour(json, series.colour);
        json.endObject();
    }
    json.endArray();
}

void writeKind(JsonWriter& json, const HistogramChart& chart)
{
    json.member(QStringLiteral("kind"), QStringLiteral("histogram"));
    write(json, QStringLiteral("value"), chart.value);
    write(json, QStringLiteral("count"), chart.count);
    json.member(QStringLiteral("first"), chart.first).member(QStringLiteral("width"), chart.width);
    write(json, QStringLiteral("counts"), chart.counts);
    if (chart.zeros)
        json.member(QStringLiteral("zeros"), *chart.zeros);
    if (chart.zeroKind == ZeroKind::Words)
        json.member(QStringLiteral("zero_kind"), QStringLiteral("words"));
}

void writeKind(JsonWriter& json, const LineChart& chart)
{
    json.member(QStringLiteral("kind"), QStringLiteral("lines"));
    write(json, QStringLiteral("x"), chart.x);
    write(json, QStringLiteral("y"), chart.y);
    write(json, chart.reference);
    json.key(QStringLiteral("series")).beginArray();
    for (const LineChart::Series& series : chart.series) {
        json.beginObject().member(QStringLiteral("name"), series.name);
        write(json, QStringLiteral("x"), series.x);
        write(json, QStringLiteral("y"), series.y);
        writeColour(json, series.colour);
        if (series.quiet)
            json.member(QStringLiteral("quiet"), true);
        json.endObject();
    }
    json.endArray();
}

void writeKind(JsonWriter& json, const ScatterChart& chart)
{
    json.member(QStringLiteral("kind"), QStringLiteral("scatter"));
    write(json, QStringLiteral("x"), chart.x);
    write(json, QStringLiteral("y"), chart.y);
    json.key(QStringLiteral("series")).beginArray();
    for (const ScatterChart::Series& series : chart.series) {
        json.beginObject().member(QStringLiteral("name"), series.name);
        write(json, QStringLiteral("x"), series.x);
        write(json, QStringLiteral("y"), series.y);
        write(json, QStringLiteral("labels"), series.labels);
        json.endObject();
    }
    json.endArray();
}

void writeKind(JsonWriter& json, const MapChart& chart)
{
    json.member(QStringLiteral("kind"), QStringLiteral("map"));
    write(json, QStringLiteral("x"), chart.x);
    write(json, QStringLiteral("y"), chart.y);
    write(json, QStringLiteral("value"), chart.value);
    json.member(QStringLiteral("rows"), qint64 { chart.rows });
    json.member(QStringLiteral("columns"), qint64 { chart.columns });
    const auto colours = static_cast<std::size_t>(chart.colours);
    json.member(QStringLiteral("colours"), QString::fromLatin1(mapColourNames.at(colours)));
    QByteArray cells(static_cast<qsizetype>(chart.values.size() * sizeof(float)), Qt::Uninitialized);
    if (!chart.values.empty()) // Qt hands an empty vector's null on to memcpy
        qToLittleEndian<float>(chart.values.data(), static_cast<qsizetype>(chart.values.size()),
                               cells.data());
    json.member(QStringLiteral("cells"), QString::fromLatin1(cells.toBase64()));
}

} // namespace

QByteArray chartToJson(const Chart& chart, const Provenance& provenance)
{
    JsonWriter json;
    json.beginObject().member(QStringLiteral("schema"), QString(QLatin1String(chartSchema)));
    json.member(QStringLiteral("id"), chart.id).member(QStringLiteral("title"), chart.title);
    std::visit([&json](const auto& kind) { writeKind(json, kind); }, chart.kind);
    json.key(QStringLiteral("provenance"));
    write(json, provenance);
    json.endObject();
    return json.bytes() + '\n';
}

} // namespace analysis
