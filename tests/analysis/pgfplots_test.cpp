#include "analysis/export/writers.h"
#include "tests/analysis/sample_charts.h"

#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace analysis;

namespace {

/// Everything we write for LaTeX goes through LaTeX, where there is one.
class PgfplotsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void compiles_data()
    {
        QTest::addColumn<QString>("body");
        QTest::addColumn<int>("chart");
        const std::vector<Chart> charts = sampleCharts();
        for (std::size_t i = 0; i < charts.size(); ++i)
            QTest::newRow(qPrintable(charts[i].id)) << QString() << static_cast<int>(i);
        QTest::newRow("table") << QString::fromUtf8(toLatex(sampleReport().tables[0])) << -1;
    }

    void compiles()
    {
        QFETCH(QString, body);
        QFETCH(int, chart);
        const QString latex = QStandardPaths::findExecutable(QStringLiteral("pdflatex"));
        if (latex.isEmpty())
            QSKIP("pdflatex is not installed");
        const QTemporaryDir folder;
        if (chart >= 0)
            body = writeFigure(folder, sampleCharts()[static_cast<std::size_t>(chart)]);
        const QString document = QStringLiteral("\\documentclass{article}\\usepackage{booktabs}"
                                                "\\usepackage{pgfplots}\\pgfplotsset{compat=1.16}"
                                                "\\usetikzlibrary{patterns}\\begin{document}\n")
            + body + QStringLiteral("\\end{document}\n");
        writeFile(folder.filePath(QStringLiteral("main.tex")), document.toUtf8());

        QProcess process;
        process.setWorkingDirectory(folder.path());
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(latex,
                      { QStringLiteral("-interaction=nonstopmode"), QStringLiteral("-halt-on-error"),
                        QStringLiteral("main.tex") });
        QVERIFY(process.waitForFinished(60000));
        const QString output = QString::fromUtf8(process.readAll());
        if (output.contains(QStringLiteral("pgfplots.sty' not found"))
            || output.contains(QStringLiteral("booktabs.sty' not found")))
            QSKIP("the LaTeX here has no pgfplots or booktabs");
        QVERIFY2(process.exitCode() == 0, qPrintable(output.right(2000)));
        QVERIFY2(!output.contains(QStringLiteral("LaTeX Warning")), qPrintable(output.right(2000)));
        QVERIFY2(!output.contains(QStringLiteral("Missing character")), qPrintable(output.right(2000)));
    }

private:
    static QString writeFigure(const QTemporaryDir& folder, const Chart& chart)
    {
        const QString csv = QStringLiteral("my figure.csv");
        writeFile(folder.filePath(csv), toCsv(chart));
        return QString::fromUtf8(toPgfplots(chart, {}, csv, provenance(sampleReport())));
    }
};

} // namespace

QTEST_GUILESS_MAIN(PgfplotsTest)
#include "pgfplots_test.moc"
