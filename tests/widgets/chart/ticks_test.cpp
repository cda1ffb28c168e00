#include "widgets/chart/ticks.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace widgets;

Q_DECLARE_METATYPE(widgets::Interval)

class TicksTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void labels_data();
    void labels();
    void manyRanges();
    void niceIntervals_data();
    void niceIntervals();
    void values_data();
    void values();
};

void TicksTest::labels_data()
{
    QTest::addColumn<Interval>("range");
    QTest::addColumn<bool>("logarithmic");
    QTest::addColumn<bool>("integers");
    QTest::addColumn<QString>("labels");
    const auto row = [](const char* name, Interval range, bool log, bool integers, const char* labels) {
        QTest::newRow(name) << range << log << integers << QString::fromUtf8(labels);
    };
    row("quarters", { 0, 100 }, false, false, "0|20|40|60|80|100");
    row("fractions", { 0, 0.5 }, false, false, "0.0|0.1|0.2|0.3|0.4|0.5");
    row("negative", { -8, 2 }, false, false, "−8|−6|−4|−2|0|2");
    row("thousands", { 0, 25000 }, false, false,
        "0|5\u2009000|10\u2009000|15\u2009000|20\u2009000|25\u2009000");
    row("millions", { 0, 5e6 }, false, false, "0|10⁶|2×10⁶|3×10⁶|4×10⁶|5×10⁶");
    row("tiny", { 0, 5e-5 }, false, false, "0|10⁻⁵|2×10⁻⁵|3×10⁻⁵|4×10⁻⁵|5×10⁻⁵");
    row("cells", { -0.5, 2.5 }, false, true, "0|1|2");
    row("counts from one half", { 0.5, 10000 }, true, false, "1|10|100|1\u2009000|10\u2009000");
    row("high powers", { 1e4, 1e8 }, true, false, "10⁴|10⁵|10⁶|10⁷|10⁸");
    row("seven decades", { 1, 1e7 }, true, false, "10⁰|10²|10⁴|10⁶");
    row("low powers", { 1e-5, 1 }, true, false, "10⁻⁵|10⁻⁴|10⁻³|10⁻²|10⁻¹|10⁰");
    row("two to a million", { 2e5, 2e6 }, true, false, "2×10⁵|5×10⁵|10⁶|2×10⁶");
    row("one decade", { 1, 10 }, true, false, "1|2|5|10");
    row("empty range", { 3, 3 }, false, false, "");
}

void TicksTest::labels()
{
    QFETCH(const Interval, range);
    QFETCH(const bool, logarithmic);
    QFETCH(const bool, integers);
    QFETCH(const QString, labels);
    const Ticks ticks =
        makeTicks({ .range = range, .target = 5, .integers = integers, .logarithmic = logarithmic });
    QCOMPARE(QStringList(ticks.labels.begin(), ticks.labels.end()).join(QLatin1Char('|')), labels);
}

/// Over many sizes: inside the range, rising, no label twice, two ticks at least.
void TicksTest::manyRanges()
{
    for (int exponent = -12; exponent <= 12; ++exponent) {
        for (const double mantissa : { 1.0, 1.7, 2.49, 3.3, 7.77, 9.99 }) {
            for (const double offset : { 0.0, -0.4, 13.0 }) {
                const double span = mantissa * std::pow(10.0, exponent);
                const Interval range { offset * span, (offset + 1) * span };
                const Ticks ticks = makeTicks({ .range = range });
                QVERIFY2(ticks.major.size() >= 2 && ticks.major.size() <= 12,
                         qPrintable(QString::number(span)));
                QCOMPARE(QSet<QString>(ticks.labels.begin(), ticks.labels.end()).size(), ticks.major.size());
                for (qsizetype i = 0; i < ticks.major.size(); ++i) {
                    QVERIFY(ticks.major[i] >= range.lower - 1e-6 * span
                            && ticks.major[i] <= range.upper + 1e-6 * span);
                    QVERIFY(i == 0 || ticks.major[i] > ticks.major[i - 1]);
                }
            }
        }
    }
}

void TicksTest::niceIntervals_data()
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    QTest::addColumn<Interval>("values");
    QTest::addColumn<bool>("logarithmic");
    QTest::addColumn<Interval>("nice");
    QTest::newRow("ratios") << Interval { 0, 3.32 } << false << Interval { 0, 4 };
    QTest::newRow("exact") << Interval { 0, 100 } << false << Interval { 0, 100 };
    QTest::newRow("signed") << Interval { -7.7, 0.4 } << false << Interval { -8, 2 };
    QTest::newRow("one value") << Interval { 5, 5 } << false << Interval { 0, 5 };
    QTest::newRow("nothing") << Interval { infinity, -infinity } << false << Interval { 0, 1 };
    QTest::newRow("zeros") << Interval { 0, 0 } << false << Interval { 0, 1 };
    QTest::newRow("decades") << Interval { 3, 4e4 } << true << Interval { 1, 1e5 };
    QTest::newRow("log of zero") << Interval { 0, 10 } << true << Interval { 0.1, 1 };
}

void TicksTest::niceIntervals()
{
    QFETCH(const Interval, values);
    QFETCH(const bool, logarithmic);
    QFETCH(const Interval, nice);
    const Interval result = logarithmic ? niceLogInterval(values) : niceInterval(values);
    QCOMPARE(result.lower, nice.lower);
    QCOMPARE(result.upper, nice.upper);
}

void TicksTest::values_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("text");
    QTest::newRow("zero") << 0.0 << QStringLiteral("0");
    QTest::newRow("whole") << 16384.0 << QStringLiteral("16\u2009384");
    QTest::newRow("four digits") << 14.4321 << QStringLiteral("14.43");
    QTest::newRow("no idle zeros") << 0.5 << QStringLiteral("0.5");
    QTest::newRow("negative") << -2.31 << QStringLiteral("\u22122.31");
    QTest::newRow("small") << 1.5e-7 << QString::fromUtf8("1.500×10⁻⁷");
    QTest::newRow("large") << 3.007e8 << QStringLiteral("300\u2009700\u2009000");
    QTest::newRow("missing") << std::numeric_limits<double>::quiet_NaN() << QStringLiteral("\u2013");
}

void TicksTest::values()
{
    QFETCH(const double, value);
    QFETCH(const QString, text);
    QCOMPARE(valueText(value), text);
}

QTEST_GUILESS_MAIN(TicksTest)
#include "ticks_test.moc"
