#include "analysis/number.h"
#include "analysis/parameter.h"
#include "engine/base/error.h"

#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

#include <cmath>
#include <limits>

using namespace analysis;

namespace {

const std::vector<Parameter>& parameters()
{
    static const std::vector<Parameter> rows = {
        { .id = QStringLiteral("lossy-bits"),
          .title = QStringLiteral("K (lossy)"),
          .type = ParameterType::Integer,
          .unit = {},
          .fallback = qint64 { 0 },
          .minimum = 0,
          .maximum = 7 },
        { .id = QStringLiteral("seed"),
          .title = QStringLiteral("Seed"),
          .type = ParameterType::Integer,
          .unit = {},
          .fallback = qint64 { 1 } },
        { .id = QStringLiteral("scale"),
          .title = QStringLiteral("Scale"),
          .type = ParameterType::Real,
          .unit = QStringLiteral("V"),
          .fallback = 0.5,
          .minimum = 0 },
        { .id = QStringLiteral("limit"),
          .title = {},
          .type = ParameterType::Real,
          .unit = {},
          .fallback = -1.0,
          .maximum = 1 },
        { .id = QStringLiteral("type"),
          .title = QStringLiteral("Type"),
          .type = ParameterType::Choice,
          .unit = {},
          .fallback = QStringLiteral("f32"),
          .choices = { { QStringLiteral("f32"), {} }, { QStringLiteral("f16"), {} } } },
        { .id = QStringLiteral("codecs"),
          .title = QStringLiteral("Codecs"),
          .type = ParameterType::Choices,
          .unit = {},
          .fallback = QStringLiteral("raw"),
          .choices = { { QStringLiteral("raw"), {} }, { QStringLiteral("zvc"), {} } } },
        { .id = QStringLiteral("hash"),
          .title = QStringLiteral("Hash"),
          .type = ParameterType::Flag,
          .unit = {},
          .fallback = false },
        { .id = QStringLiteral("layers"),
          .title = QStringLiteral("Layers"),
          .type = ParameterType::Text,
          .unit = {},
          .fallback = QStringLiteral("*") },
        { .id = QStringLiteral("optional"),
          .title = QStringLiteral("Optional"),
          .type = ParameterType::Choices,
          .unit = {},
          .fallback = QString(),
          .choices = { { QStringLiteral("a"), {} } } },
    };
    return rows;
}

const Parameter& parameter(const char* id)
{
    for (const Parameter& row : parameters()) {
        if (row.id == QLatin1String(id))
            return row;
    }
    qFatal("no such parameter");
}

template <typename Body>
QString sentenceOf(const Body& body)
{
    try {
        body();
    } catch (const engine::ParameterError& error) {
        return QString::fromUtf8(error.what());
    }
    return QStringLiteral("(no error)");
}

class ParameterTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void parses_data()
    {
        QTest::addColumn<QByteArray>("id");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("back");

        QTest::newRow("integer") << QByteArray("lossy-bits") << "7"
                                 << "7";
        QTest::newRow("integer with spaces and sign") << QByteArray("lossy-bits") << " +3 "
                                                      << "3";
        QTest::newRow("largest integer") << QByteArray("seed") << "9223372036854775807"
                                         << "9223372036854775807";
        QTest::newRow("smallest integer") << QByteArray("seed") << "-9223372036854775808"
                                          << "-9223372036854775808";
        QTest::newRow("real") << QByteArray("scale") << "0.017"
                              << "0.017";
        QTest::newRow("real with exponent") << QByteArray("scale") << "1e5"
                                            << "100000";
        QTest::newRow("tiny real") << QByteArray("scale") << "1e-300"
                                   << "1e-300";
        QTest::newRow("choice") << QByteArray("type") << "f16"
                                << "f16";
        QTest::newRow("choices keep their order") << QByteArray("codecs") << "zvc, raw"
                                                  << "zvc,raw";
        QTest::newRow("no choices where none is the default") << QByteArray("optional") << ""
                                                              << "";
        QTest::newRow("flag") << QByteArray("hash") << "true"
                              << "true";
        QTest::newRow("flag by digit") << QByteArray("hash") << "0"
                                       << "false";
        QTest::newRow("text keeps its spaces") << QByteArray("layers") << " a,b "
                                               << " a,b ";
    }

    void parses()
    {
        QFETCH(QByteArray, id);
        QFETCH(QString, text);
        QFETCH(QString, back);
        QCOMPARE(toText(parameter(id.constData()).parse(text)), back);
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("id");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("sentence");

        QTest::newRow("above") << QByteArray("lossy-bits") << "9"
                               << "K (lossy): 9 is outside 0..7";
        QTest::newRow("below") << QByteArray("lossy-bits") << "-1"
                               << "K (lossy): -1 is outside 0..7";
        QTest::newRow("beyond 64 bits in a range") << QByteArray("lossy-bits") << "99999999999999999999"
                                                   << "K (lossy): 99999999999999999999 is outside 0..7";
        QTest::newRow("beyond 64 bits") << QByteArray("seed") << "99999999999999999999"
                                        << "Seed: 99999999999999999999 does not fit into 64 bits";
        QTest::newRow("not whole") << QByteArray("lossy-bits") << "1.5"
                                   << "K (lossy): \"1.5\" is not a whole number";
        QTest::newRow("empty") << QByteArray("lossy-bits") << ""
                               << "K (lossy): \"\" is not a whole number";
        QTest::newRow("one limit below") << QByteArray("scale") << "-0.25"
                                         << "Scale: -0.25 is below 0 V";
        QTest::newRow("one limit above, no title") << QByteArray("limit") << "1.5"
                                                   << "limit: 1.5 is above 1";
        QTest::newRow("comma as decimal point") << QByteArray("scale") << "0,5"
                                                << "Scale: \"0,5\" is not a number";
        QTest::newRow("not a number") << QByteArray("scale") << "nan"
                                      << "Scale: nan is not a finite number";
        QTest::newRow("infinite") << QByteArray("scale") << "inf"
                                  << "Scale: inf is not a finite number";
        QTest::newRow("choice") << QByteArray("type") << "u4"
                                << "Type: \"u4\" is not one of f32, f16";
        QTest::newRow("one of the choices") << QByteArray("codecs") << "raw,zip"
                                            << "Codecs: \"zip\" is not one of raw, zvc";
        QTest::newRow("twice") << QByteArray("codecs") << "raw,raw"
                               << "Codecs: \"raw\" is given twice";
        QTest::newRow("no choices") << QByteArray("codecs") << " , "
                                    << "Codecs: nothing is chosen of raw, zvc";
        QTest::newRow("flag") << QByteArray("hash") << "maybe"
                              << "Hash: \"maybe\" is neither true nor false";
    }

    void refuses()
    {
        QFETCH(QByteArray, id);
        QFETCH(QString, text);
        QFETCH(QString, sentence);
        QCOMPARE(sentenceOf([&] { parameter(id.constData()).parse(text); }), sentence);
    }

    void checksTheTypeOfAValue()
    {
        QCOMPARE(sentenceOf([] { parameter("lossy-bits").check(QStringLiteral("8")); }),
                 QStringLiteral("K (lossy): 8 is not a whole number"));
        QCOMPARE(sentenceOf([] { parameter("layers").check(true); }),
                 QStringLiteral("Layers: true is not a text"));
    }

    void valuesHoldTheDefaults()
    {
        const Values values(parameters());
        QCOMPARE(values.integer(QStringLiteral("lossy-bits")), 0);
        QCOMPARE(values.real(QStringLiteral("scale")), 0.5);
        QCOMPARE(values.text(QStringLiteral("type")), QStringLiteral("f32"));
        QCOMPARE(values.flag(QStringLiteral("hash")), false);
        QCOMPARE(values.list(QStringLiteral("codecs")), QStringList { QStringLiteral("raw") });
        QCOMPARE(values.list(QStringLiteral("optional")), QStringList());
        QCOMPARE(values.all().size(), parameters().size());
    }

    void setsAndCompares()
    {
        Values values(parameters());
        values.set(parameters(), QStringLiteral("scale"), qint64 { 2 });
        QCOMPARE(values.real(QStringLiteral("scale")), 2.0);
        QVERIFY(!(values == Values(parameters())));
        values.set(parameters(), QStringLiteral("scale"), 0.5);
        QVERIFY(values == Values(parameters()));
        QCOMPARE(sentenceOf([&] { values.set(parameters(), QStringLiteral("scale"), -1.0); }),
                 QStringLiteral("Scale: -1 is below 0 V"));
        QCOMPARE(values.real(QStringLiteral("scale")), 0.5);
        QVERIFY(sentenceOf([&] {
                    values.set(parameters(), QStringLiteral("K"), 1.0);
                }).startsWith(QStringLiteral("\"K\" is not a parameter; there are: lossy-bits, ")));
    }

    void throughJson()
    {
        Values values(parameters());
        values.set(parameters(), QStringLiteral("seed"), std::numeric_limits<qint64>::max());
        values.set(parameters(), QStringLiteral("scale"), 0.1);
        values.set(parameters(), QStringLiteral("codecs"), QStringLiteral("zvc,raw"));
        values.set(parameters(), QStringLiteral("hash"), true);
        const QByteArray json = QJsonDocument(values.toJson()).toJson();
        const Values back = Values::fromJson(parameters(), QJsonDocument::fromJson(json).object());
        QVERIFY(back == values);
    }

    void refusesJson_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("sentence");

        QTest::newRow("range") << QByteArray(R"({"lossy-bits":9})") << "K (lossy): 9 is outside 0..7";
        QTest::newRow("half") << QByteArray(R"({"lossy-bits":0.5})")
                              << "K (lossy): \"0.5\" is not a whole number";
        QTest::newRow("huge") << QByteArray(R"({"lossy-bits":1e300})")
                              << "K (lossy): \"1e+300\" is not a whole number";
        QTest::newRow("text") << QByteArray(R"({"lossy-bits":"3"})") << "K (lossy): 3 is not a whole number";
        QTest::newRow("null") << QByteArray(R"({"scale":null})") << "Scale: a number is wanted";
        QTest::newRow("array") << QByteArray(R"({"layers":[1]})") << "Layers: a text is wanted";
        QTest::newRow("number for a text") << QByteArray(R"({"layers":1})") << "Layers: 1 is not a text";
        QTest::newRow("choice") << QByteArray(R"({"type":"x"})") << "Type: \"x\" is not one of f32, f16";
    }

    void refusesJson()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, sentence);
        const QJsonObject object = QJsonDocument::fromJson(json).object();
        QCOMPARE(sentenceOf([&] { Values::fromJson(parameters(), object); }), sentence);
    }

    void numbersReadBack_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<QByteArray>("text");

        QTest::newRow("zero") << 0.0 << QByteArray("0");
        QTest::newRow("tenth") << 0.1 << QByteArray("0.1");
        QTest::newRow("hundred thousand") << 1e5 << QByteArray("100000");
        QTest::newRow("macs") << 300774272.0 << QByteArray("300774272");
        QTest::newRow("third") << 1.0 / 3 << QByteArray("0.3333333333333333");
        QTest::newRow("huge") << 1e300 << QByteArray("1e+300");
        QTest::newRow("smallest") << 5e-324 << QByteArray("5e-324");
        QTest::newRow("largest whole") << 9007199254740991.0 << QByteArray("9007199254740991");
        QTest::newRow("infinite") << -std::numeric_limits<double>::infinity() << QByteArray("-inf");
    }

    void numbersReadBack()
    {
        QFETCH(double, value);
        QFETCH(QByteArray, text);
        QCOMPARE(shortest(value), text);
        if (std::isfinite(value))
            QVERIFY(text.toDouble() == value);
    }
};

} // namespace

QTEST_GUILESS_MAIN(ParameterTest)
#include "parameter_test.moc"
