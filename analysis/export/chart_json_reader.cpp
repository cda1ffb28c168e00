#include "analysis/export/chart_json.h"
#include "analysis/json_reader.h"

#include <QtEndian>

#include <limits>

namespace analysis {

namespace {

Axis readAxis(const JsonReader& json, const QString& key)
{
    const JsonReader axis = json.child(key);
    return { .title = axis.text(QStringLiteral("title")),
             .unit = axis.text(QStringLiteral("unit")),
             .logarithmic = axis.flag(QStringLiteral("logarithmic"), false),
             .whole = axis.flag(QStringLiteral("whole"), false) };
}

double readNumber(const JsonReader& json, const QString& key, const QJsonValue& value)
{
    constexpr double infinite = std::numeric_limits<double>::infinity();
    if (value.isNull())
        return std::numeric_limits<double>::quiet_NaN();
    if (value.isDouble())
        return value.toDouble();
    if (value == QStringLiteral("inf"))
        return infinite;
    if (value == QStringLiteral("-inf"))
        return -infinite;
    json.refuse(key, QStringLiteral("numbers are wanted"));
}

std::vector<double> readNumbers(const JsonReader& json, const QString& key)
{
    std::vector<double> result;
    for (const auto item : json.array(key))
        result.push_back(readNumber(json, key, item));
    return result;
}

/// Errors  FormatError unless there are as many as wanted, or none where that is allowed.
void checkCount(const JsonReader& json, const QString& key, std::size_t count, std::size_t wanted)
{
    if (count != wanted)
        json.refuse(key, QStringLiteral("%1 items are wanted, there are %2").arg(wanted).arg(count));
}

std::optional<Reference> readReference(const JsonReader& json)
{
    const QString key = QStringLiteral("reference");
    if (!json.has(key))
        return {};
    const JsonReader reference = json.child(key);
    const QString value = QStringLiteral("value");
    return Reference { readNumber(reference, value, reference.object().value(value)),
                       reference.text(QStringLiteral("label")) };
}

int readColour(const JsonReader& json)
{
    const QString key = QStringLiteral("colour");
    return json.has(key) ? json.integer(key, 0, 7) : -1;
}

BarChart readBars(const JsonReader& json)
{
    BarChart chart;
    chart.category = readAxis(json, QStringLiteral("category"));
    chart.value = readAxis(json, QStringLiteral("value"));
    chart.categories = json.texts(QStringLiteral("categories"));
    chart.stacked = json.flag(QStringLiteral("stacked"), false);
    chart.reference = readReference(json);
    const auto count = static_cast<std::size_t>(chart.categories.size());
    for (const JsonReader& item : json.children(QStringLiteral("series"))) {
        BarChart::Series series { .name = item.text(QStringLiteral("name")),
                                  .values = readNumbers(item, QStringLiteral("values")),
                                  .overhead = readNumbers(item, QStringLiteral("overhead")),
                                  .deviation = readNumbers(item, QStringLiteral("deviation")) };
        series.colour = readColour(item);
        checkCount(item, QStringLiteral("values"), series.values.size(), count);
        if (!series.overhead.empty())
            checkCount(item, QStringLiteral("overhead"), series.overhead.size(), count);
        if (!series.deviation.empty())
            checkCount(item, QStringLiteral("deviation"), series.deviation.size(), count);
        chart.series.push_back(std::move(series));
    }
    return chart;
}

HistogramChart readHistogram(const JsonReader& json)
{
    HistogramChart chart;
    chart.value = readAxis(json, QStringLiteral("value"));
    chart.count = readAxis(json, QStringLiteral("count"));
    chart.first = json.number(QStringLiteral("first"));
    chart.width = json.number(QStringLiteral("width"));
    chart.counts = readNumbers(json, QStringLiteral("counts"));
    if (json.has(QStringLiteral("zeros")))
        chart.zeros = json.number(QStringLiteral("zeros"));
    if (json.has(QStringLiteral("zero_kind")) && json.text(QStringLiteral("zero_kind")) == u"words")
        chart.zeroKind = ZeroKind::Words;
    return chart;
}

/// Name, x and y of a series of points.
template <typename Series>
Series readPoints(const JsonReader& json)
{
    Series series;
    series.name = json.text(QStringLiteral("name"));
    series.x = readNumbers(json, QStringLiteral("x"));
    series.y = readNumbers(json, QStringLiteral("y"));
    checkCount(json, QStringLiteral("y"), series.y.size(), series.x.size());
    return series;
}

LineChart readLines(const JsonReader& json)
{
    LineChart chart;
    chart.x = readAxis(json, QStringLiteral("x"));
    chart.y = readAxis(json, QStringLiteral("y"));
    chart.reference = readReference(json);
    for (const JsonReader& item : json.children(QStringLiteral("series"))) {
        chart.series.push_back(readPoints<LineChart::Series>(item));
        chart.series.back().colour = readColour(item);
        chart.series.back().quiet = item.flag(QStringLiteral("quiet"), false);
    }
    return chart;
}

ScatterChart readScatter(const JsonReader& json)
{
    ScatterChart chart;
    chart.x = readAxis(json, QStringLiteral("x"));
    chart.y = readAxis(json, QStringLiteral("y"));
    for (const JsonReader& item : json.children(QStringLiteral("series"))) {
        chart.series.push_back(readPoints<ScatterChart::Series>(item));
        ScatterChart::Series& series = chart.series.back();
        series.labels = item.texts(QStringLiteral("labels"));
        if (!series.labels.isEmpty())
            checkCount(item, QStringLiteral("labels"), static_cast<std::size_t>(series.labels.size()),
                       series.x.size());
    }
    return chart;
}

MapColours readColours(const JsonReader& json)
{
    const QString key = QStringLiteral("colours");
    const QString name = json.text(key);
    for (std::size_t i = 0; i < mapColourNames.size(); ++i) {
        if (name == QLatin1String(mapColourNames[i]))
            return static_cast<MapColours>(i);
    }
    json.refuse(key, QStringLiteral("\"%1\" is no set of colours").arg(name));
}

MapChart readMap(const JsonReader& json)
{
    constexpr int largest = 2048;
    MapChart chart;
    chart.x = readAxis(json, QStringLiteral("x"));
    chart.y = readAxis(json, QStringLiteral("y"));
    chart.value = readAxis(json, QStringLiteral("value"));
    chart.rows = json.integer(QStringLiteral("rows"), 0, largest);
    chart.columns = json.integer(QStringLiteral("columns"), 0, largest);
    chart.colours = readColours(json);
    const QString key = QStringLiteral("cells");
    const QByteArray cells = QByteArray::fromBase64(json.text(key).toLatin1());
    const auto count = static_cast<std::size_t>(chart.rows) * static_cast<std::size_t>(chart.columns);
    checkCount(json, key, static_cast<std::size_t>(cells.size()), count * sizeof(float));
    chart.values.resize(count);
    if (count > 0)
        qFromLittleEndian<float>(cells.constData(), static_cast<qsizetype>(count), chart.values.data());
    return chart;
}

ChartKind readKind(const JsonReader& json)
{
    const QString key = QStringLiteral("kind");
    const QString kind = json.text(key);
    if (kind == QStringLiteral("bars"))
        return readBars(json);
    if (kind == QStringLiteral("histogram"))
        return readHistogram(json);
    if (kind == QStringLiteral("lines"))
        return readLines(json);
    if (kind == QStringLiteral("scatter"))
        return readScatter(json);
    if (kind == QStringLiteral("map"))
        return readMap(json);
    json.refuse(key, QStringLiteral("\"%1\" is no kind of chart").arg(kind));
}

Provenance readProvenance(const JsonReader& json)
{
    return { .program = json.text(QStringLiteral("program")),
             .analysis = json.text(QStringLiteral("analysis")),
             .inputs = json.texts(QStringLiteral("inputs")),
             .digest = json.text(QStringLiteral("digest")),
             .partial = json.flag(QStringLiteral("partial"), false) };
}

} // namespace

ChartFile chartFromJson(const QByteArray& json)
{
    const JsonReader reader = JsonReader::parse(json, QStringLiteral("chart"));
    const QString schema = reader.text(QStringLiteral("schema"));
    if (schema != QLatin1String(chartSchema))
        reader.refuse(QStringLiteral("schema"),
                      QStringLiteral("\"%1\" is not %2").arg(schema, QLatin1String(chartSchema)));
    return { { .id = reader.text(QStringLiteral("id")),
               .title = reader.text(QStringLiteral("title")),
               .kind = readKind(reader) },
             readProvenance(reader.child(QStringLiteral("provenance"))) };
}

} // namespace analysis
