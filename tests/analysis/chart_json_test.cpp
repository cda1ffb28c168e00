#include "analysis/export/chart_json.h"
#include "engine/base/error.h"
#include "tests/analysis/sample_charts.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

#include <cstring>

using namespace analysis;

namespace {

Provenance someProvenance()
{
    return { .program = QStringLiteral("Tessera 0.1.0"),
             .analysis = QStringLiteral("codec, S = 16"),
             .inputs = { QStringLiteral("a.h5 sha256 55"), QStringLiteral("\u8868.npz") },
             .digest = QStringLiteral("abcd"),
             .partial = true };
}

std::vector<Chart> charts()
{
    std::vector<Chart> result = sampleCharts();
    constexpr double infinite = std::numeric_limits<double>::infinity();
    LineChart line;
    line.series = { { .name = QStringLiteral("odd"),
                      .x = { -infinite, 5e-324, 1e300 },
                      .y = { infinite, -5e-324, 1.0 / 3 } } };
    result.push_back({ QStringLiteral("extremes"), QStringLiteral("Extremes \"\n\\"), line });
    HistogramChart words;
    words.counts = { 1, 2 };
    words.zeros = 3;
    words.zeroKind = ZeroKind::Words;
    result.push_back({ QStringLiteral("zero-words"), {}, words });
    result.push_back({ QStringLiteral("empty-map"), {}, MapChart {} });
    result.push_back({ QStringLiteral("empty-bars"), {}, BarChart {} });
    return result;
}

class ChartJsonTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void roundTrip_data()
    {
        QTest::addColumn<int>("index");
        const std::vector<Chart> all = charts();
        for (std::size_t i = 0; i < all.size(); ++i)
            QTest::newRow(qPrintable(all[i].id)) << static_cast<int>(i);
    }

    void roundTrip()
    {
        QFETCH(int, index);
        const Chart chart = charts()[static_cast<std::size_t>(index)];
        const QByteArray json = chartToJson(chart, someProvenance());
        const ChartFile back = chartFromJson(json);
        QCOMPARE(back.chart.kind.index(), chart.kind.index());
        QCOMPARE(back.chart.id, chart.id);
        QCOMPARE(back.chart.title, chart.title);
        // All that is written is read: writing it again gives the same bytes.
        QCOMPARE(chartToJson(back.chart, back.provenance), json);
        // All that is there is written: the exports, which read every field, agree.
        QCOMPARE(toCsv(back.chart), toCsv(chart));
        QCOMPARE(toPgfplots(back.chart, {}, QStringLiteral("f.csv"), back.provenance),
                 toPgfplots(chart, {}, QStringLiteral("f.csv"), someProvenance()));
    }

    void cellsOfAMapAreExact()
    {
        MapChart map;
        map.rows = 1;
        map.columns = 4;
        map.values = { std::numeric_limits<float>::denorm_min(), -0.0F,
                       std::numeric_limits<float>::infinity(), 0.1F };
        const ChartFile back = chartFromJson(chartToJson({ QStringLiteral("m"), {}, map }, {}));
        const auto& values = std::get<MapChart>(back.chart.kind).values;
        QCOMPARE(values.size(), map.values.size());
        QCOMPARE(std::memcmp(values.data(), map.values.data(), 4 * sizeof(float)), 0);
    }

    void refuses_data()
    {
        QTest::addColumn<QStringList>("path");
        QTest::addColumn<QJsonValue>("value");
        QTest::addColumn<QString>("sentence");

        const auto row = [](const char* name, const QStringList& path, const QJsonValue& value,
                            const char* text) {
            QTest::newRow(name) << path << value << QString::fromUtf8(text);
        };
        row("schema", { QStringLiteral("schema") }, QStringLiteral("tessera-chart/2"),
            "chart: schema: \"tessera-chart/2\" is not tessera-chart/1");
        row("kind", { QStringLiteral("kind") }, QStringLiteral("pie"),
            "chart: kind: \"pie\" is no kind of chart");
        row("axis", { QStringLiteral("value"), QStringLiteral("title") }, 3,
            "chart: value.title: a text is wanted");
        row("series", { QStringLiteral("series") }, QJsonArray { 1 },
            "chart: series[0]: an object is wanted");
        row("categories", { QStringLiteral("categories") }, QJsonArray { QStringLiteral("one") },
            "chart: series[0].values: 1 items are wanted, there are 3");
        row("no digest", { QStringLiteral("provenance"), QStringLiteral("digest") }, QJsonValue::Undefined,
            "chart: provenance.digest: a text is wanted");
    }

    void refuses()
    {
        QFETCH(QStringList, path);
        QFETCH(QJsonValue, value);
        QFETCH(QString, sentence);
        QJsonObject object =
            QJsonDocument::fromJson(chartToJson(sampleCharts()[0], someProvenance())).object();
        if (path.size() == 1)
            object[path[0]] = value;
        else {
            QJsonObject inner = object[path[0]].toObject();
            inner[path[1]] = value;
            object[path[0]] = inner;
        }
        try {
            chartFromJson(QJsonDocument(object).toJson());
            QFAIL("nothing was thrown");
        } catch (const engine::FormatError& error) {
            QCOMPARE(QString::fromUtf8(error.what()), sentence);
        }
    }

    void brokenBytesNeverCrash()
    {
        for (const Chart& chart : charts()) {
            const QByteArray json = chartToJson(chart, someProvenance());
            for (qsizetype i = 0; i < 64; ++i) {
                const QByteArray part = json.left(json.size() * i / 64);
                QVERIFY_THROWS_EXCEPTION(engine::FormatError, chartFromJson(part));
                QByteArray flipped = json;
                flipped[json.size() * i / 64] = static_cast<char>(flipped[json.size() * i / 64] ^ 0x15);
                try {
                    chartFromJson(flipped);
                } catch (const engine::FormatError&) {
                }
            }
        }
    }

    void refusesMapsBeyondTheLimit()
    {
        QByteArray json = chartToJson(sampleCharts()[9], someProvenance());
        json.replace("\"rows\":2", "\"rows\":2000000000");
        QVERIFY_THROWS_EXCEPTION(engine::FormatError, chartFromJson(json));
    }
};

} // namespace

QTEST_GUILESS_MAIN(ChartJsonTest)
#include "chart_json_test.moc"
