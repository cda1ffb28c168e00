#include "engine/base/random.h"
#include "widgets/tensor/cell_layout.h"
#include "widgets/tensor/element_text.h"

#include <QFontMetricsF>
#include <QRegularExpression>
#include <QTest>

#include <cmath>

using widgets::CellLayout;

class ElementTextTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void numbersThatFit_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<int>("characters");
        QTest::addColumn<QString>("text");
        const auto row = [](double value, int characters, const char* text) {
            QTest::addRow("%g in %d", value, characters) << value << characters << QString::fromUtf8(text);
        };
        row(0, 1, "0");
        row(255, 3, "255");
        row(255, 2, "");
        row(1.3996, 6, "1.3996");
        row(1.3996, 4, "1.40");
        row(1.3996, 3, "1.4");
        row(1.3996, 1, "1");
        row(0.0312, 4, ".031");
        row(-0.0312, 5, "\u2212.031");
        row(-0.0312, 4, "\u2212.03");
        row(1e9, 3, "1e9");
        row(3e-7, 4, "3e\u22127");
        row(3e-7, 3, ".00");
        row(-0.0002, 4, "\u2212.00");
        row(-0.0002, 3, "");
        row(-12, 3, "\u221212");
        row(std::nan(""), 3, "nan");
    }

    void numbersThatFit()
    {
        QFETCH(double, value);
        QFETCH(int, characters);
        QTEST(widgets::fittingNumber(value, characters), "text");
    }

    void readable_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("text");
        QTest::newRow("look.md") << 1.3996 << QStringLiteral("1.3996");
        QTest::newRow("whole") << 12345.0 << QStringLiteral("12\u2009345");
        QTest::newRow("small") << 0.00123456 << QStringLiteral("0.001235");
        QTest::newRow("tiny") << -1.5e-9 << QStringLiteral("\u22121.500e\u221209");
    }

    void readable()
    {
        QFETCH(double, value);
        QTEST(widgets::readableNumber(value), "text");
    }

    void patterns()
    {
        const engine::Quantiser words { 0.5, 0, 8, true, false };
        const auto minus = widgets::elementValue(-2, words, std::nullopt);
        QCOMPARE(minus.code.value(), -4);
        QCOMPARE(minus.pattern(), 0xFCU);
        QCOMPARE(widgets::elementValue(1, std::nullopt, std::nullopt).pattern(), 0x3F800000U);
        QVERIFY(!widgets::elementValue(std::nan(""), words, std::nullopt).code);
    }

    void cellsShowWhatHasRoom()
    {
        const CellLayout small({ 27, 27 }, { true, false, 8 });
        QVERIFY(small.hasNumber() && small.numberCharacters() >= 3);
        const CellLayout roomy({ 71, 71 }, { true, true, 8 });
        QVERIFY(roomy.hasNumber() && roomy.hasBits());
        QCOMPARE(roomy.bitLines(), 1);
        QCOMPARE(roomy.bitLineText(0x64, 0), QStringLiteral("0110 0100"));
        const CellLayout wide({ 71, 71 }, { true, true, 16 });
        QCOMPARE(wide.bitLines(), 2);
        QCOMPARE(wide.bitLineText(0x1234, 1), QStringLiteral("0011 0100"));
        const CellLayout bits({ 29, 29 }, { true, true, 8 });
        QVERIFY(bits.hasBits() && !bits.hasNumber());
        const CellLayout nothing({ 8, 8 }, { true, true, 8 });
        QVERIFY(!nothing.hasBits() && !nothing.hasNumber());
        QCOMPARE(CellLayout({ 71, 71 }, { true, true, 6 }).bitLineText(0b101101, 0),
                 QStringLiteral("  10 1101"));
    }

    void everySizeShowsNumbersAndBits_data()
    {
        QTest::addColumn<int>("bits");
        for (const int bits : { 1, 4, 8, 9, 16, 32 })
            QTest::addRow("%d bits", bits) << bits;
    }

    /// Numbers from 28 px and bits besides from 72 px, less the gap of a cell; nothing leaves its cell.
    void everySizeShowsNumbersAndBits()
    {
        QFETCH(int, bits);
        const QString longest = QStringLiteral("\u2212") + QString(40, QLatin1Char('8'));
        for (double side = 27; side < 256; side += 0.7) {
            const QRectF cell(0, 0, side, side);
            const CellLayout layout(cell.size(), { true, side >= 71, bits });
            QVERIFY2(layout.hasNumber(), qPrintable(QString::number(side)));
            QVERIFY2(layout.hasBits() == (side >= 71), qPrintable(QString::number(side)));
            QVERIFY2(layout.numberCharacters() >= 4, qPrintable(QString::number(side)));
            const QString number = longest.left(layout.numberCharacters());
            QVERIFY(QFontMetricsF(layout.font()).horizontalAdvance(number) <= cell.width());
            QVERIFY(cell.contains(layout.numberRect(cell)));
            for (int line = 0; line < layout.bitLines(); ++line)
                QVERIFY(cell.contains(layout.bitLineRect(cell, line)));
        }
    }

    /// Four characters, which every cell with numbers has room for, show every number.
    void everyNumberFitsFourCharacters()
    {
        engine::Random random(4);
        for (int i = 0; i < 20000; ++i) {
            const double value = random.normal() * std::pow(10.0, random.uniform(-5, 6));
            const QString text = widgets::fittingNumber(value, 4);
            QVERIFY2(!text.isEmpty() && text.size() <= 4, qPrintable(QString::number(value)));
        }
    }

    void bitsAreFoundWhereTheyStand_data()
    {
        QTest::addColumn<int>("bits");
        for (const int bits : { 1, 3, 4, 6, 8, 12, 16 })
            QTest::addRow("%d bits", bits) << bits;
    }

    void bitsAreFoundWhereTheyStand()
    {
        QFETCH(int, bits);
        const QRectF cell(100, 200, 79, 79);
        const CellLayout layout(cell.size(), { true, true, bits });
        QVERIFY(layout.hasBits());
        for (int bit = 0; bit < bits; ++bit) {
            const QRectF place = layout.bitRect(cell, bit);
            QVERIFY(cell.contains(place));
            QCOMPARE(layout.bitAt(cell, place.center()).value_or(-1), bit);
        }
        QVERIFY(!layout.bitAt(cell, cell.topLeft()));
    }
};

QTEST_MAIN(ElementTextTest)
#include "element_text_test.moc"
