#include "tests/layering_rules.h"

#include <QFile>
#include <QLibraryInfo>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

namespace {

namespace fs = std::filesystem;

layering::Rules rules()
{
    return layering::Rules(QLibraryInfo::path(QLibraryInfo::HeadersPath).toStdString());
}

bool isSource(const fs::path& path)
{
    return path.extension() == ".h" || path.extension() == ".cpp";
}

std::vector<fs::path> sourcesIn(const fs::path& folder)
{
    std::vector<fs::path> paths;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file() && isSource(entry.path()))
            paths.push_back(entry.path());
    }
    std::ranges::sort(paths);
    return paths;
}

} // namespace

/// The layers of the architecture, read from the includes of every file.
class LayeringTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void tree_data();
    void tree();
    void finds_data();
    void finds();
    void findsLongFiles();
};

void LayeringTest::tree_data()
{
    QTest::addColumn<QString>("folder");
    for (const char* folder : { "engine", "analysis", "widgets", "app", "tests" })
        QTest::newRow(folder) << QString::fromLatin1(folder);
}

void LayeringTest::tree()
{
    QFETCH(const QString, folder);
    const fs::path root(TESSERA_SOURCE_DIR);
    const std::vector<fs::path> paths = sourcesIn(root / folder.toStdString());
    QVERIFY(!paths.empty());
    QStringList wrong;
    for (const fs::path& path : paths) {
        QFile file(QString::fromStdString(path.string()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        for (const std::string& sentence :
             rules().check(fs::relative(path, root).generic_string(), file.readAll().toStdString()))
            wrong += QString::fromStdString(sentence);
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

void LayeringTest::finds_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("line");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const char* path, const char* line, bool allowed) {
        QTest::addRow("%s, %s", path, line)
            << QString::fromLatin1(path) << QString::fromLatin1(line) << allowed;
    };
    row("engine/bits/x.h", "#include \"engine/base/error.h\"", true);
    row("engine/bits/x.h", "#include \"engine/bits/y.h\"", true);
    row("engine/bits/x.h", "#include \"engine/tensor/tensor.h\"", false);
    row("engine/bits/x.h", "  #  include \"engine/tensor/tensor.h\" // why", false);
    row("engine/codec/x.cpp", "#include \"engine/network/graph.h\"", true);
    row("engine/codec/x.cpp", "#include \"engine/formats/catalogue.h\"", false);
    row("engine/locality/x.cpp", "#include \"engine/dram/trace.h\"", true);
    row("engine/dram/x.cpp", "#include \"engine/locality/tiles.h\"", false);
    row("engine/eie/x.cpp", "#include \"engine/weights/csc.h\"", true);
    row("engine/base/x.cpp", "#include \"analysis/job.h\"", false);
    row("engine/base/x.cpp", "#include <QString>", false);
    row("engine/base/x.cpp", "#include <QtCore/QString>", false);
    row("engine/base/x.cpp", "#include <vector>", true);
    row("engine/nn/x.cpp", "#include <Eigen/Core>", true);
    row("engine/nn/x.h", "#include <Eigen/Core>", false);
    row("engine/tensor/x.cpp", "#include <Eigen/Core>", false);
    row("engine/formats/x.cpp", "#include <hdf5.h>", true);
    row("analysis/x.cpp", "#include <hdf5.h>", false);
    row("engine/newcomer/x.cpp", "#include \"engine/base/error.h\"", false);
    row("engine/codec/x.cpp", "#include \"word_codes.h\"", false);
    row("analysis/x.cpp", "#include <QString>", true);
    row("analysis/x.cpp", "#include <QPromise>", true);
    row("analysis/x.cpp", "#include <QtConcurrentRun>", true);
    row("analysis/x.cpp", "#include \"x.moc\"", true);
    row("analysis/x.cpp", "#include <QColor>", false);
    row("analysis/x.cpp", "#include <QtGui/QColor>", false);
    row("analysis/x.cpp", "#include <QImage>", false);
    row("analysis/dataset/x.cpp", "#include <QImage>", true);
    row("analysis/dataset/x.cpp", "#include <QImageReader>", true);
    row("analysis/dataset/x.cpp", "#include <QPixmap>", false);
    row("analysis/x.cpp", "#include \"widgets/theme/theme.h\"", false);
    row("widgets/chart/x.cpp", "#include <qcustomplot.h>", true);
    row("widgets/tensor/x.cpp", "#include <qcustomplot.h>", true);
    row("widgets/chart/x.h", "#include <qcustomplot.h>", false);
    row("widgets/table/x.cpp", "#include <qcustomplot.h>", false);
    row("widgets/x.cpp", "#include <QWidget>", true);
    row("widgets/x.cpp", "#include <QtWidgets>", false);
    row("widgets/x.cpp", "#include <QtCore>", false);
    row("widgets/x.cpp", "#include \"app/main_window.h\"", false);
    row("widgets/x.cpp", "#include \"tests/shared_data.h\"", false);
    row("app/x.cpp", "#include \"widgets/theme/theme.h\"", true);
    row("app/x.cpp", "// #include <QtWidgets>", true);
    row("tests/x.cpp", "#include \"app/main_window.h\"", true);
}

void LayeringTest::finds()
{
    QFETCH(const QString, path);
    QFETCH(const QString, line);
    QFETCH(const bool, allowed);
    const std::string text = "#pragma once\n\n" + line.toStdString() + "\n";
    QCOMPARE(rules().check(path.toStdString(), text).empty(), allowed);
}

void LayeringTest::findsLongFiles()
{
    const std::string line = "int x;\n";
    std::string text;
    for (int i = 0; i < 500; ++i)
        text += line;
    QVERIFY(rules().check("engine/base/x.cpp", text).empty());
    QCOMPARE(rules().check("engine/base/x.cpp", text + line).front(),
             std::string("engine/base/x.cpp has 501 lines, more than 500"));
    QVERIFY(!rules().check("tests/x.cpp", text + line).empty());
}

QTEST_GUILESS_MAIN(LayeringTest)

#include "layering_test.moc"
