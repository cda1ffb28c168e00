#include "analysis/export/chart_table.h"
#include "analysis/export/latex.h"
#include "analysis/export/writers.h"
#include "engine/base/error.h"
#include "tests/analysis/sample_charts.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <bit>

using namespace analysis;

namespace {

/// RFC 4180, read one character at a time.
std::vector<QStringList> readCsv(const QByteArray& bytes)
{
    const QString text = QString::fromUtf8(bytes);
    std::vector<QStringList> records(1);
    QString field;
    bool quoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (quoted && c == u'"' && i + 1 < text.size() && text[i + 1] == u'"')
            field += text[++i];
        else if (c == u'"')
            quoted = !quoted;
        else if (quoted)
            field += c;
        else if (c == u',' || c == u'\r') {
            records.back() += field;
            field.clear();
            if (c == u'\r') {
                records.emplace_back();
                ++i; // the line feed
            }
        } else
            field += c;
    }
    records.pop_back();
    return records;
}

bool same(double a, double b)
{
    return std::isnan(a) ? std::isnan(b) : std::bit_cast<quint64>(a) == std::bit_cast<quint64>(b);
}

bool same(const Cell& cell, const QString& text)
{
    if (const auto* words = std::get_if<QString>(&cell))
        return *words == text;
    if (const auto* whole = std::get_if<qint64>(&cell))
        return *whole == text.toLongLong() && !text.isEmpty();
    if (const auto* real = std::get_if<double>(&cell))
        return !text.isEmpty() && same(*real, text.toDouble());
    return text.isEmpty();
}

void compare(const Table& table, const std::vector<QStringList>& records)
{
    QCOMPARE(records.size(), table.rows.size() + 1);
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        const QStringList& fields = records[row + 1];
        QCOMPARE(static_cast<std::size_t>(fields.size()), table.columns.size());
        for (std::size_t column = 0; column < table.columns.size(); ++column)
            QVERIFY2(same(table.rows[row][column], fields[static_cast<qsizetype>(column)]),
                     qPrintable(table.columns[column].name + QStringLiteral(": ") + fields.join(u'|')));
    }
}

const Chart& sample(const char* id)
{
    static const std::vector<Chart> charts = sampleCharts();
    for (const Chart& chart : charts) {
        if (chart.id == QLatin1String(id))
            return chart;
    }
    qFatal("no such chart");
}

QString pgfplotsOf(const char* id, const QString& csv = QStringLiteral("fig.csv"))
{
    return QString::fromUtf8(toPgfplots(sample(id), {}, csv, provenance(sampleReport())));
}

class WritersTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void jsonHasTheFixedShape()
    {
        const QByteArray json = toJson(sampleReport());
        QJsonParseError error;
        const QJsonObject object = QJsonDocument::fromJson(json, &error).object();
        QCOMPARE(error.error, QJsonParseError::NoError);
        QCOMPARE(
            object.keys(),
            QStringList({ QStringLiteral("analysis"), QStringLiteral("inputs"), QStringLiteral("parameters"),
                          QStringLiteral("remarks"), QStringLiteral("scalars"), QStringLiteral("tables"),
                          QStringLiteral("version") }));
        QCOMPARE(object[QStringLiteral("inputs")][0][QStringLiteral("path")].toString(),
                 QStringLiteral("/data/Gr\u00f6\u00dfe \"1\".h5"));
        QCOMPARE(object[QStringLiteral("parameters")][QStringLiteral("block")].toInteger(), 16);
        const QJsonObject scalars = object[QStringLiteral("scalars")].toObject();
        QCOMPARE(scalars[QStringLiteral("ratio")][QStringLiteral("value")].toDouble(), 2.39);
        QCOMPARE(scalars[QStringLiteral("bits")][QStringLiteral("unit")].toString(), QStringLiteral("bit"));
        QVERIFY(scalars[QStringLiteral("lost")][QStringLiteral("value")].isNull());
        const QJsonValue layers = object[QStringLiteral("tables")][QStringLiteral("layers")];
        QCOMPARE(layers[QStringLiteral("columns")][1],
                 QJsonValue(QJsonObject { { QStringLiteral("name"), QStringLiteral("payload") },
                                          { QStringLiteral("unit"), QStringLiteral("bit") } }));
        const QJsonArray rows = layers[QStringLiteral("rows")].toArray();
        QCOMPARE(rows.size(), 3);
        QCOMPARE(rows[1][0].toString(), QStringLiteral("a,\"b\" & 50 %\nnext"));
        QCOMPARE(rows[1][1].toInteger(), 9007199254740993);
        QVERIFY(rows[1][3].isNull() && rows[2][3].isNull() && rows[2][4].isNull());
        const QJsonValue remark = object[QStringLiteral("remarks")][0];
        QCOMPARE(remark[QStringLiteral("level")].toString(), QStringLiteral("warning"));
        QCOMPARE(remark[QStringLiteral("text")].toString(), QStringLiteral("kept \\dense\\"));
    }

    void jsonKeepsOrderAndLines()
    {
        const QString json = QString::fromUtf8(toJson(sampleReport()));
        qsizetype last = -1;
        for (const char* key :
             { "analysis", "version", "inputs", "parameters", "scalars", "tables", "remarks" }) {
            const qsizetype place = json.indexOf(QStringLiteral("\"%1\":").arg(QLatin1String(key)));
            QVERIFY2(place > last, key);
            last = place;
        }
        QVERIFY(json.contains(QStringLiteral("\n[\"conv_1\",1234567,0.7134,1.8,-1234.5678],\n")));
        QVERIFY(json.endsWith(QStringLiteral("}\n")));
        QVERIFY(!json.contains(QStringLiteral("partial")));
    }

    void jsonMarksAPartialReport()
    {
        Report report = sampleReport();
        report.partial = true;
        report.tables[0].partial = true;
        const QJsonObject object = QJsonDocument::fromJson(toJson(report)).object();
        QVERIFY(object[QStringLiteral("partial")].toBool());
        QVERIFY(
            object[QStringLiteral("tables")][QStringLiteral("layers")][QStringLiteral("partial")].toBool());
    }

    void jsonOfAnEmptyReport()
    {
        const QJsonDocument document = QJsonDocument::fromJson(toJson(Report {}));
        QVERIFY(document.isObject());
        QCOMPARE(document[QStringLiteral("tables")], QJsonValue(QJsonObject()));
    }

    void csvReadsBack()
    {
        const Table table = sampleReport().tables[0];
        const QByteArray csv = toCsv(table);
        QVERIFY(csv.startsWith("layer,payload [bit],zero_fraction,ratio,mean\r\n"));
        compare(table, readCsv(csv));
    }

    void csvOfOneEmptyColumn()
    {
        Table table;
        table.columns = { { QStringLiteral("a"), {}, {}, ColumnKind::Text } };
        table.rows = { { Cell {} }, { QString() }, { QStringLiteral("x") } };
        QCOMPARE(toCsv(table), QByteArray("a\r\n\"\"\r\n\"\"\r\nx\r\n"));
        compare(table, readCsv(toCsv(table)));
    }

    void chartCsvReadsBack_data()
    {
        QTest::addColumn<QByteArray>("id");
        for (const Chart& chart : sampleCharts())
            QTest::newRow(qPrintable(chart.id)) << chart.id.toUtf8();
    }

    void chartCsvReadsBack()
    {
        QFETCH(QByteArray, id);
        const Chart& chart = sample(id.constData());
        const std::vector<QStringList> records = readCsv(toCsv(chart));
        const auto* map = std::get_if<MapChart>(&chart.kind);
        if (map == nullptr) {
            compare(toTable(chart), records);
            return;
        }
        QCOMPARE(records.size(), map->values.size() + 1);
        for (std::size_t i = 0; i < map->values.size(); ++i) {
            const QStringList& cell = records[i + 1];
            const auto index = cell[1].toUInt() * static_cast<unsigned>(map->columns) + cell[0].toUInt();
            QCOMPARE(index, i);
            QVERIFY(same(double { map->values[i] }, double { cell[2].toFloat() }));
        }
    }

    void chartTables()
    {
        const auto header = [](const char* id) {
            return QString::fromUtf8(toCsv(sample(id))).section(QStringLiteral("\r\n"), 0, 0);
        };
        QCOMPARE(header("grouped"),
                 QStringLiteral("Layer,zvc [\u00b5J per image],zvc overhead [\u00b5J per image],"
                                "zvc deviation [\u00b5J per image],bzvc [\u00b5J per image]"));
        QCOMPARE(header("histogram"), QStringLiteral("Value from,Value to,Count"));
        QCOMPARE(header("lines"), QStringLiteral("Bits [bit],top-1 [%],top_5 [%]"));
        QCOMPARE(header("own-x"), QStringLiteral("top-1 Bits [bit],top-1 [%],top_5 Bits [bit],top_5 [%]"));
        QCOMPARE(header("map"), QStringLiteral("Column,Row,Entropy [bit]"));
        QVERIFY(toCsv(sample("histogram")).contains("\r\n0,0,2000000\r\n-1,-0.75,1\r\n"));
        QVERIFY(toCsv(sample("map")).contains("\r\n1,0,0.1\r\n"));
    }

    void clipboardText()
    {
        const QString text = toClipboardText(sampleReport().tables[0]);
        const QStringList lines = text.split(u'\n');
        QCOMPARE(lines[1], QStringLiteral("conv_1\t1234567\t0.7134\t1.8\t-1234.5678"));
        QCOMPARE(lines[2], QStringLiteral("a,\"b\" & 50 % next\t9007199254740993\t0\t\t1e-09"));
        QCOMPARE(lines.size(), 5);
    }

    void textForTheTerminal()
    {
        const QString text = QString::fromUtf8(toText(sampleReport()));
        QVERIFY(text.startsWith(QStringLiteral("ratio      2.390\nbits   300774272 bit\n")));
        QVERIFY(text.contains(
            QStringLiteral("conv_1                      1234567              71.34   1.80  -1234.568\n")));
        QVERIFY(!text.contains(QStringLiteral("partial")));
        Report report = sampleReport();
        report.partial = true;
        QVERIFY(toText(report).startsWith("codec (partial: stopped before the end)\n"));
    }

    void latexTable()
    {
        const QString text = QString::fromUtf8(toLatex(sampleReport().tables[0]));
        QVERIFY(text.contains(QStringLiteral("\\begin{tabular}{lrrrr}\n\\toprule\n")));
        QVERIFY(text.contains(QStringLiteral("Layer & Payload (bit) & Zeros (\\%) & Ratio & Mean \\\\\n")));
        QVERIFY(
            text.contains(QStringLiteral("conv\\_1 & 1\\,234\\,567 & 71.34 & 1.80 & $-$1\\,234.568 \\\\\n")));
        QVERIFY(text.contains(QStringLiteral("50 \\% next & ")));
    }

    void latexEscapes()
    {
        QCOMPARE(latexEscaped(QStringLiteral("50 % #1 a_b & {x} $ ~ ^ \\")),
                 QStringLiteral("50 \\% \\#1 a\\_b \\& \\{x\\} \\$ \\textasciitilde{} \\textasciicircum{} "
                                "\\textbackslash{}"));
        QCOMPARE(latexEscaped(QStringLiteral("[a]*")), QStringLiteral("{[}a{]}{*}"));
        QCOMPARE(latexEscaped(QStringLiteral("\u00b5J \u2212 \u00d7")),
                 QStringLiteral("$\\mu$J $-$ $\\times$"));
        QCOMPARE(latexEscaped(QStringLiteral("Gr\u00f6\u00dfe")), QStringLiteral("Gr\u00f6\u00dfe"));
    }

    void pgfplotsReadsTheCsv()
    {
        const QString text = pgfplotsOf("grouped");
        QVERIFY(text.contains(QStringLiteral("width=88.9mm")));
        QVERIFY(text.contains(QStringLiteral("height=60mm")));
        QVERIFY(text.contains(QStringLiteral("font=\\fontsize{8pt}{9.6pt}\\selectfont")));
        QVERIFY(text.contains(QStringLiteral(
            "table[col sep=comma,header=true,percent is letter=true,x expr=\\coordindex-0.175,y index=1,"
            "y error index=3]{fig.csv};")));
        QVERIFY(text.contains(QStringLiteral("y expr=\\thisrowno{1}+\\thisrowno{2}")));
        QVERIFY(text.contains(QStringLiteral("x expr=\\coordindex+0.175,y index=4]")));
        QVERIFY(text.contains(QStringLiteral("postaction={pattern=north east lines}")));
        QVERIFY(text.contains(QStringLiteral("\\definecolor{tessera1}{HTML}{0072B2}")));
        QVERIFY(text.contains(QStringLiteral("xticklabels={{conv\\_1},{layer1.0/conv:0},{fc}}")));
        QVERIFY(text.contains(QStringLiteral("ylabel={Energy ($\\mu$J per image)}")));
    }

    void pgfplotsStandsAloneWhereTexCannotReadTheCsv()
    {
        QVERIFY(!pgfplotsOf("hostile").contains(QStringLiteral("fig.csv")));
        QVERIFY(pgfplotsOf("hostile").contains(QStringLiteral("coordinates {\n(-0.175,1.5)")));
        QVERIFY(pgfplotsOf("gap").contains(QStringLiteral("(1,0)")));
        QVERIFY(!pgfplotsOf("lines", QStringLiteral("50%.csv")).contains(QStringLiteral("50%.csv}")));
    }

    void pgfplotsKinds()
    {
        QVERIFY(pgfplotsOf("stacked").contains(QStringLiteral("ybar stacked")));
        QVERIFY(pgfplotsOf("hostile").contains(QStringLiteral("ymode=log")));
        QVERIFY(pgfplotsOf("histogram").contains(QStringLiteral("skip coords between index={0}{1}")));
        QVERIFY(pgfplotsOf("histogram").contains(QStringLiteral("zeros 66.7\\,\\%")));
        QVERIFY(!pgfplotsOf("plain").contains(QStringLiteral("skip coords")));
        QVERIFY(pgfplotsOf("own-x").contains(QStringLiteral("xmode=log")));
        QVERIFY(pgfplotsOf("own-x").contains(QStringLiteral("x index=2,y index=3]")));
        QVERIFY(pgfplotsOf("lines").contains(QStringLiteral("x index=0,y index=2]")));
        QVERIFY(pgfplotsOf("scatter").contains(QStringLiteral("x index=3,y index=4]")));
        QVERIFY(pgfplotsOf("map").contains(QStringLiteral("matrix plot*")));
        QVERIFY(pgfplotsOf("map").contains(QStringLiteral("y dir=reverse")));
        QVERIFY(pgfplotsOf("difference").contains(QStringLiteral("point meta min=-8,point meta max=8")));
    }

    void provenanceStandsInComments()
    {
        const Report report = sampleReport();
        const Provenance from = provenance(report);
        QCOMPARE(from.program, QStringLiteral("Tessera 0.1.0"));
        QCOMPARE(from.analysis, QStringLiteral("codec, block = 16, word = 8"));
        QCOMPARE(from.inputs.value(0),
                 QStringLiteral("Gr\u00f6\u00dfe \"1\".h5 sha256 ") + report.inputs[0].sha256);
        QCOMPARE(from.digest.size(), 64);
        QVERIFY(from.oneLine().contains(from.digest));
        for (const QString& line :
             pgfplotsOf("lines").section(QStringLiteral("\\begin"), 0, 0).split(u'\n')) {
            if (!line.isEmpty())
                QVERIFY(line.startsWith(u'%'));
        }
        QVERIFY(pgfplotsOf("lines").contains(QStringLiteral("% digest ") + from.digest));
    }

    void digestFollowsTheRecipeOnly()
    {
        Report report = sampleReport();
        const QString before = provenance(report).digest;
        report.inputs[0].path = QStringLiteral("/elsewhere.h5");
        report.scalars.clear();
        QCOMPARE(provenance(report).digest, before);
        report.inputs[0].sha256[0] = u'6';
        QVERIFY(provenance(report).digest != before);
    }

    void csvFileHasItsProvenanceBeside()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("\u00fcber \u8868.csv"));
        const Report report = sampleReport();
        writeCsvFile(path, toCsv(report.tables[0]), provenance(report));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), toCsv(report.tables[0]));
        QFile beside(path + QStringLiteral(".json"));
        QVERIFY(beside.open(QIODevice::ReadOnly));
        const QJsonObject object = QJsonDocument::fromJson(beside.readAll()).object();
        QCOMPARE(object[QStringLiteral("digest")].toString(), provenance(report).digest);
    }

    void unwritableFilesSaySo()
    {
        QVERIFY_THROWS_EXCEPTION(engine::IoError, writeFile(QStringLiteral("/proc/none/x.csv"), "x"));
        const QTemporaryDir folder;
        QVERIFY_THROWS_EXCEPTION(engine::IoError, writeFile(folder.path(), "x"));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList());
    }
};

} // namespace

QTEST_GUILESS_MAIN(WritersTest)
#include "writers_test.moc"
