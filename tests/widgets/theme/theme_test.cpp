#include "tests/widgets/widget_test.h"
#include "widgets/theme/colour_map.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QIcon>
#include <QPalette>
#include <QSignalSpy>

#include <cmath>
#include <limits>

using namespace widgets;

namespace {

using Token = QColor Theme::*;

/// A pair of tokens and the contrast look.md section 1 states, light and dark.
struct Pair {
    const char* name;
    Token first, second;
    double light, dark;
    bool text; ///< else an outline or a graphic
};

constexpr Pair pairs[] = {
    { "text on panel", &Theme::text, &Theme::panel, 16.0, 12.7, true },
    { "text on win", &Theme::text, &Theme::win, 14.4, 13.9, true },
    { "text on sel", &Theme::text, &Theme::sel, 12.8, 8.2, true },
    { "text on hover", &Theme::text, &Theme::hover, 13.6, 10.7, true },
    { "text on selin", &Theme::text, &Theme::selin, 13.2, 9.9, true },
    { "text2 on panel", &Theme::text2, &Theme::panel, 6.7, 7.1, true },
    { "text2 on win", &Theme::text2, &Theme::win, 6.0, 7.8, true },
    { "text2 on alt", &Theme::text2, &Theme::alt, 6.3, 6.6, true },
    { "text2 on sel", &Theme::text2, &Theme::sel, 5.3, 4.6, true },
    { "text2 on hover", &Theme::text2, &Theme::hover, 5.7, 6.0, true },
    { "mut on zero", &Theme::mut, &Theme::zero, 4.7, 5.6, true },
    { "mut on alt", &Theme::mut, &Theme::alt, 5.2, 4.5, true },
    { "on-accent on accent", &Theme::onAccent, &Theme::accent, 6.2, 7.9, true },
    { "accent on panel", &Theme::accent, &Theme::panel, 6.2, 7.3, false },
    { "warn on its ground", &Theme::warn, &Theme::warnGround, 5.9, 7.4, true },
    { "err on its ground", &Theme::err, &Theme::errGround, 5.6, 6.5, true },
    { "ok on its ground", &Theme::ok, &Theme::okGround, 5.3, 7.2, true },
    { "ok on sel", &Theme::ok, &Theme::sel, 4.9, 5.5, true },
    { "err on sel", &Theme::err, &Theme::sel, 5.2, 4.6, true },
    { "A on panel", &Theme::a, &Theme::panel, 5.2, 6.8, true },
    { "B on panel", &Theme::b, &Theme::panel, 4.8, 6.6, true },
    { "letter on A", &Theme::onTag, &Theme::a, 5.2, 8.2, true },
    { "letter on B", &Theme::onTag, &Theme::b, 4.8, 8.0, true },
    { "ctl on panel", &Theme::ctl, &Theme::panel, 3.5, 3.9, false },
    { "ctl on win", &Theme::ctl, &Theme::win, 3.1, 4.3, false },
};

int inkedPixels(const QImage& image, const QColor& colour)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            count += pixel.alpha() > 200 && pixel.rgb() == colour.rgb() ? 1 : 0;
        }
    }
    return count;
}

} // namespace

class ThemeTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void contrasts_data();
    void contrasts();
    void paletteRoles_data();
    void paletteRoles();
    void tellsViews();
    void systemChoice();
    void fontsArePoints();
    void digitsHaveOneWidth();
    void everyIconLoads();
    void iconsFollowTheTheme();
    void counts_data();
    void counts();
    void numbers_data();
    void numbers();
    void units();
    void durations();
    void bits();
};

void ThemeTest::init()
{
    failOnWarnings();
    ThemeManager::instance().apply(ThemeChoice::Light);
}

void ThemeTest::contrasts_data()
{
    QTest::addColumn<double>("measured");
    QTest::addColumn<double>("stated");
    QTest::addColumn<double>("least");
    for (const Pair& pair : pairs) {
        for (const Theme* theme : { &Theme::light(), &Theme::dark() })
            QTest::addRow("%s, %s", pair.name, theme->isDark ? "dark" : "light")
                << contrast(theme->*pair.first, theme->*pair.second)
                << (theme->isDark ? pair.dark : pair.light) << (pair.text ? 4.5 : 3.0);
    }
}

void ThemeTest::contrasts()
{
    QFETCH(double, measured);
    QFETCH(double, stated);
    QFETCH(double, least);
    QVERIFY2(measured >= least, qPrintable(QString::number(measured)));
    QVERIFY2(std::abs(measured - stated) < 0.11, qPrintable(QString::number(measured)));
}

void ThemeTest::paletteRoles_data()
{
    QTest::addColumn<ThemeChoice>("choice");
    QTest::newRow("light") << ThemeChoice::Light;
    QTest::newRow("dark") << ThemeChoice::Dark;
}

void ThemeTest::paletteRoles()
{
    QFETCH(ThemeChoice, choice);
    ThemeManager::instance().apply(choice);
    const Theme& theme = Theme::current();
    const QPalette palette = QApplication::palette();
    QCOMPARE(theme.isDark, choice == ThemeChoice::Dark);
    QCOMPARE(palette.color(QPalette::Window), theme.win);
    QCOMPARE(palette.color(QPalette::Base), theme.panel);
    QCOMPARE(palette.color(QPalette::AlternateBase), theme.alt);
    QCOMPARE(palette.color(QPalette::Button), theme.btn);
    QCOMPARE(palette.color(QPalette::PlaceholderText), theme.text2);
    QCOMPARE(palette.color(QPalette::Active, QPalette::Highlight), theme.sel);
    QCOMPARE(palette.color(QPalette::Inactive, QPalette::Highlight), theme.selin);
    QCOMPARE(palette.color(QPalette::HighlightedText), theme.text);
    QCOMPARE(palette.color(QPalette::Disabled, QPalette::Text), theme.dis);
    QCOMPARE(palette.color(QPalette::Link), theme.accent);
}

void ThemeTest::tellsViews()
{
    QSignalSpy changed(&ThemeManager::instance(), &ThemeManager::changed);
    ThemeManager::instance().apply(ThemeChoice::Dark);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(ThemeManager::instance().choice(), ThemeChoice::Dark);
}

void ThemeTest::systemChoice()
{
    // The offscreen platform has no dark desktop.
    ThemeManager::instance().apply(ThemeChoice::Dark);
    ThemeManager::instance().apply(ThemeChoice::System);
    QCOMPARE(ThemeManager::instance().choice(), ThemeChoice::System);
    QVERIFY(!Theme::current().isDark);
}

void ThemeTest::fontsArePoints()
{
    QCOMPARE(uiFont(13).pointSizeF(), 9.75);
    QCOMPARE(QFontInfo(uiFont(13)).family(), QStringLiteral("Open Sans"));
    QCOMPARE(QFontInfo(uiFont(13)).pixelSize(), 13);
    QCOMPARE(QFontInfo(uiFont(13, true)).weight(), int(QFont::DemiBold));
    QCOMPARE(QFontInfo(monoFont(12)).family(), QStringLiteral("DejaVu Sans Mono"));
}

void ThemeTest::digitsHaveOneWidth()
{
    const QFontMetricsF metrics(uiFont(12));
    const double width = metrics.horizontalAdvance(QStringLiteral("0"));
    for (const QChar digit : QStringLiteral("123456789\u2212+"))
        QCOMPARE(metrics.horizontalAdvance(digit), width);
}

void ThemeTest::everyIconLoads()
{
    const QStringList names = QDir(QStringLiteral(":/icons")).entryList();
    for (const char* wanted :
         { "open",     "run",     "compare", "export", "network", "tensor", "analysis", "board",
           "lock",     "close",   "log",     "first",  "back",    "play",   "forward",  "last",
           "stop",     "warning", "table",   "sort",   "copy",    "search", "home",     "swap",
           "derived",  "check",   "pin",     "more",   "save",    "recent", "image",    "layers",
           "settings", "folder",  "reset",   "down",   "up" })
        QVERIFY2(names.contains(QLatin1String(wanted) + QStringLiteral(".svg")), wanted);
    for (const QString& name : names) {
        const QImage image = icon(name.chopped(4), IconInk::Text).pixmap(QSize(32, 32)).toImage();
        QVERIFY2(inkedPixels(image, Theme::current().text) > 8, qPrintable(name));
    }
}

void ThemeTest::iconsFollowTheTheme()
{
    const QIcon drawn = icon(QStringLiteral("stop"));
    const auto image = [&](QIcon::Mode mode, QIcon::State state) {
        return drawn.pixmap(QSize(32, 32), mode, state).toImage();
    };
    QVERIFY(inkedPixels(image(QIcon::Normal, QIcon::Off), Theme::light().text2) > 0);
    QVERIFY(inkedPixels(image(QIcon::Normal, QIcon::On), Theme::light().text) > 0);
    QVERIFY(inkedPixels(image(QIcon::Disabled, QIcon::Off), Theme::light().dis) > 0);
    ThemeManager::instance().apply(ThemeChoice::Dark);
    QVERIFY(inkedPixels(image(QIcon::Normal, QIcon::Off), Theme::dark().text2) > 0);
    QCOMPARE(drawn.pixmap(QSize(16, 16), 2.0).width(), 32);
}

void ThemeTest::counts_data()
{
    QTest::addColumn<qint64>("value");
    QTest::addColumn<QString>("text");
    QTest::newRow("zero") << qint64(0) << QStringLiteral("0");
    QTest::newRow("three digits") << qint64(999) << QStringLiteral("999");
    QTest::newRow("four digits") << qint64(1000) << QStringLiteral("1\u2009000");
    QTest::newRow("MobileNetV2") << qint64(300774272) << QStringLiteral("300\u2009774\u2009272");
    QTest::newRow("negative") << qint64(-16384) << QStringLiteral("\u221216\u2009384");
    QTest::newRow("least") << std::numeric_limits<qint64>::min()
                           << QStringLiteral("\u22129\u2009223\u2009372\u2009036\u2009854\u2009775\u2009808");
}

void ThemeTest::counts()
{
    QFETCH(qint64, value);
    QFETCH(QString, text);
    QCOMPARE(formatCount(value), text);
}

void ThemeTest::numbers_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<int>("decimals");
    QTest::addColumn<QString>("text");
    QTest::newRow("fixed") << 1.8 << 2 << QStringLiteral("1.80");
    QTest::newRow("minus") << -14.04 << 1 << QStringLiteral("\u221214.0");
    QTest::newRow("no minus zero") << -0.004 << 2 << QStringLiteral("0.00");
    QTest::newRow("thousands") << 12345.678 << 1 << QStringLiteral("12\u2009345.7");
    QTest::newRow("missing") << std::nan("") << 2 << QStringLiteral("\u2013");
    QTest::newRow("infinite") << -std::numeric_limits<double>::infinity() << 2
                              << QStringLiteral("\u2212\u221E");
}

void ThemeTest::numbers()
{
    QFETCH(double, value);
    QFETCH(int, decimals);
    QFETCH(QString, text);
    QCOMPARE(formatNumber(value, decimals), text);
}

void ThemeTest::units()
{
    QCOMPARE(formatBytes(512), QStringLiteral("512 B"));
    QCOMPARE(formatBytes(16384), QStringLiteral("16.00 KiB"));
    QCOMPARE(formatBytes(411041792), QStringLiteral("392.00 MiB"));
    QCOMPARE(formatPercent(0.485), QStringLiteral("48.5 %"));
    QCOMPARE(formatPercent(std::nan("")), QStringLiteral("\u2013"));
    QCOMPARE(formatRatio(1.8), QStringLiteral("1.80 \u00D7"));
}

void ThemeTest::durations()
{
    QCOMPARE(formatDuration(0.84), QStringLiteral("0.8 s"));
    QCOMPARE(formatDuration(12.2), QStringLiteral("0:12"));
    QCOMPARE(formatDuration(9.97), QStringLiteral("0:10"));
    QCOMPARE(formatDuration(3729), QStringLiteral("1:02:09"));
    QCOMPARE(formatDuration(-1), QStringLiteral("\u2013"));
}

void ThemeTest::bits()
{
    QCOMPARE(formatBits(100, 8), QStringLiteral("0110 0100b"));
    QCOMPARE(formatBits(5, 6), QStringLiteral("00 0101b"));
    QCOMPARE(formatHex(100, 8), QStringLiteral("0x64"));
    QCOMPARE(formatHex(0, 16), QStringLiteral("0x0000"));
}

QTEST_MAIN(ThemeTest)
#include "theme_test.moc"
