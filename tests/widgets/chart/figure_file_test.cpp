#include "tests/widgets/chart/figure_test.h"

#include <QDir>
#include <QFileInfo>
#include <QImage>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

using namespace widgets;

/// What is written beside the drawing, and what happens when it cannot be.
class FigureFileTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        failOnWarnings();
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void csvReadsBack();
    void texWithCsv();
    void provenanceInside_data();
    void provenanceInside();
    void provenanceLeftOut();
    void unknownSuffix();
    void readOnlyFolder();
    void missingFolder();
    void fullDisk();
    void unicodePath();
    void tooLarge();
    void everyChartEveryFormat();

private:
    QString path(const char* name) const { return m_folder->filePath(QString::fromUtf8(name)); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void FigureFileTest::csvReadsBack()
{
    exportChart(samples::ratios(), path("r.csv"), {}, made());
    const QStringList lines = QString::fromUtf8(bytesOf(path("r.csv")))
                                  .split(QRegularExpression(QStringLiteral("\r?\n")), Qt::SkipEmptyParts);
    const auto bars = std::get<analysis::BarChart>(samples::ratios().kind);
    QCOMPARE(lines.size(), 1 + bars.categories.size());
    for (qsizetype i = 0; i < bars.categories.size(); ++i) {
        const QStringList cells = lines[i + 1].split(QLatin1Char(','));
        QCOMPARE(cells[0], bars.categories[i]);
        QCOMPARE(cells[1].toDouble(), bars.series[0].values[static_cast<std::size_t>(i)]);
        QCOMPARE(cells[2].toDouble(), bars.series[1].values[static_cast<std::size_t>(i)]);
    }
    QVERIFY(!bytesOf(path("r.csv")).contains('#'));
    QVERIFY(bytesOf(path("r.csv.json")).contains("5e1fc07a"));
}

void FigureFileTest::texWithCsv()
{
    exportChart(samples::coded(), path("r.tex"), {}, made());
    QVERIFY(bytesOf(path("r.tex")).contains("r.csv"));
    QVERIFY(bytesOf(path("r.tex")).contains("88.9"));
    QVERIFY(!bytesOf(path("r.csv")).isEmpty());
}

void FigureFileTest::provenanceInside_data()
{
    QTest::addColumn<QString>("suffix");
    for (const QString& suffix : figureSuffixes())
        QTest::newRow(qPrintable(suffix)) << suffix;
}

void FigureFileTest::provenanceInside()
{
    QFETCH(const QString, suffix);
    const QString file = m_folder->filePath(QStringLiteral("fig.") + suffix);
    exportChart(samples::ratios(), file, {}, made());
    QByteArray where = bytesOf(suffix == QLatin1String("csv") ? file + QStringLiteral(".json") : file);
    if (suffix == QLatin1String("png"))
        where = QImage(file).text().toUtf8();
    for (const char* word : { "Tessera 0.1.0", "5e1fc07a", "0123abcd" })
        QVERIFY2(where.contains(word), word);
}

void FigureFileTest::provenanceLeftOut()
{
    for (const QString& suffix :
         { QStringLiteral("pdf"), QStringLiteral("svg"), QStringLiteral("png"), QStringLiteral("csv") }) {
        const QString file = m_folder->filePath(QStringLiteral("bare.") + suffix);
        exportChart(samples::ratios(), file, {}, {});
        QVERIFY(!bytesOf(file).contains("sha256"));
        QVERIFY(!QImage(file).text().contains(QLatin1String("sha256")));
    }
    QVERIFY(!QFileInfo::exists(path("bare.csv.json")));
}

void FigureFileTest::unknownSuffix()
{
    for (const char* name : { "fig.jpg", "fig", "fig.pdf.bak" }) {
        try {
            exportChart(samples::ratios(), path(name), {}, made());
            QFAIL(name);
        } catch (const engine::ParameterError& error) {
            QVERIFY(QByteArray(error.what()).contains("pdf, svg, png, tex, csv"));
        }
    }
    QVERIFY(QDir(m_folder->path()).isEmpty());
}

void FigureFileTest::readOnlyFolder()
{
#ifdef Q_OS_UNIX
    if (geteuid() == 0)
        QSKIP("root may write everywhere");
#endif
    QVERIFY(QFile::setPermissions(m_folder->path(), QFile::ReadOwner | QFile::ExeOwner));
    QVERIFY_THROWS_EXCEPTION(engine::IoError, exportChart(samples::ratios(), path("r.pdf"), {}, made()));
    QFile::setPermissions(m_folder->path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QVERIFY(QDir(m_folder->path()).isEmpty());
}

void FigureFileTest::missingFolder()
{
    for (const QString& suffix : figureSuffixes()) {
        try {
            exportChart(samples::ratios(), m_folder->filePath(QStringLiteral("none/r.") + suffix), {},
                        made());
            QFAIL(qPrintable(suffix));
        } catch (const engine::IoError& error) {
            QVERIFY(QByteArray(error.what()).contains("none"));
            QVERIFY(!QByteArray(error.what()).contains('\n'));
        }
    }
    QVERIFY(QDir(m_folder->path()).isEmpty());
}

void FigureFileTest::fullDisk()
{
    // a write to a folder of the kernel fails as a full disk does: nothing is left, one sentence
    if (!QFileInfo::exists(QStringLiteral("/proc/self")))
        QSKIP("no /proc here");
    QVERIFY_THROWS_EXCEPTION(engine::IoError,
                             exportChart(samples::ratios(), QStringLiteral("/proc/self/r.pdf"), {}, made()));
}

void FigureFileTest::unicodePath()
{
    const QString file = m_folder->filePath(QStringLiteral("\u7f51\u7edc \u00e4\u00f6 fig.pdf"));
    exportChart(samples::ratios(), file, {}, made());
    QVERIFY(QFileInfo(file).size() > 1000);
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
}

void FigureFileTest::tooLarge()
{
    FigureStyle style;
    style.size.widthMm = style.size.heightMm = 1000;
    style.rasterDpi = 1200;
    QVERIFY_THROWS_EXCEPTION(engine::ParameterError,
                             exportChart(samples::ratios(), path("r.png"), style, made()));
    QVERIFY(QDir(m_folder->path()).isEmpty());
}

void FigureFileTest::everyChartEveryFormat()
{
    int number = 0;
    FigureStyle style;
    style.rasterDpi = 150;
    for (const analysis::Chart& chart : samples::all()) {
        for (const QString& suffix : figureSuffixes()) {
            const QString file = m_folder->filePath(QStringLiteral("c%1.%2").arg(++number).arg(suffix));
            exportChart(chart, file, style, made());
            QVERIFY2(QFileInfo(file).size() > 20, qPrintable(chart.id));
        }
    }
}

QTEST_MAIN(FigureFileTest)
#include "figure_file_test.moc"
