#include "tests/analysis/sample_data.h"

#include <QRegularExpression>
#include <QTest>

#include <atomic>
#include <numeric>

namespace {

using analysis::DatasetPtr;
using analysis::Report;
using analysis::Table;
using Changes = std::map<QString, analysis::Value>;

QString text(const char* latin)
{
    return QString::fromLatin1(latin);
}

/// One layer, one stream of whole words.
DatasetPtr words(const std::vector<float>& values)
{
    engine::Tensor tensor = sample::tensor("a", { 1, static_cast<std::int64_t>(values.size()) }, values,
                                           engine::Role::Activation);
    tensor.quantisation = engine::Quantisation {}; // a step of 1: the words are the values
    return sample::dataset({ tensor });
}

std::vector<float> repeated(float value, std::size_t count)
{
    return std::vector<float>(count, value);
}

Report run(const DatasetPtr& data, const Changes& changes = {})
{
    return sample::run(text("compressor"), data, changes);
}

double cell(const Report& report, const char* column, std::size_t row = 0)
{
    return sample::number(*report.table(text("layers")), row, text(column));
}

double scalar(const Report& report, const char* name)
{
    return report.scalar(text(name))->value;
}

double sumOf(const Report& report, const char* column)
{
    double sum = 0;
    for (std::size_t row = 0; row < report.table(text("layers"))->rows.size(); ++row)
        sum += cell(report, column, row);
    return sum;
}

/// Two layers, two images.
DatasetPtr twoLayers()
{
    std::vector<float> a(2 * 300);
    std::vector<float> b(2 * 1000);
    for (std::size_t i = 0; i < a.size(); ++i)
        a[i] = i % 3 == 0 ? static_cast<float>(i % 50) : 0;
    for (std::size_t i = 0; i < b.size(); ++i)
        b[i] = static_cast<float>(i % 255);
    return sample::dataset({ sample::tensor("a", { 2, 300 }, a, engine::Role::Activation),
                             sample::tensor("b", { 2, 1000 }, b, engine::Role::Activation) });
}

} // namespace

class CompressorTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void rawBlocksByHand()
    {
        // 160 words of 255: ten raw blocks of 129 bits are 21 words of 64 bits; P = S = 16 fills in 7 cycles.
        const Report report = run(words(repeated(255, 160)));
        QCOMPARE(cell(report, "blocks"), 10.0);
        QCOMPARE(cell(report, "coded"), 1290.0);
        QCOMPARE(cell(report, "bound"), 28.0);
        QCOMPARE(sample::text(*report.table(text("layers")), 0, text("limit")), text("port"));
        QCOMPARE(cell(report, "cycles"), 28.0);
        QCOMPARE(cell(report, "port_idle"), 0.0);
        QCOMPARE(cell(report, "buffer_full") + cell(report, "drain"), 11.0);
        // The last word comes in cycle 21; the last block starts in 22 and is 7 - 1 cycles in the pipeline.
        QCOMPARE(cell(report, "cycles_decompress"), 28.0);
        QCOMPARE(cell(report, "waiting"), 11.0);
        QCOMPARE(cell(report, "words_per_cycle"), 160.0 / 28);
        QCOMPARE(cell(report, "gbps"), 160.0 / 28 * 0.6);
        QCOMPARE(report.remarks.size(), std::size_t { 2 });
        QVERIFY(report.remarks[0].text.contains(text("the port holds the bound, 21 words of 64 bit")));
    }

    void zeroBlocksByHand()
    {
        // Ten blocks of 1 + 3 + 16 bits: 200 bits, 4 words; the input takes 10 cycles and holds the bound.
        const Report report = run(words(repeated(0, 160)), { { text("clock"), 1000.0 } });
        QCOMPARE(cell(report, "coded"), 200.0);
        QCOMPARE(cell(report, "bound"), 17.0);
        QCOMPARE(sample::text(*report.table(text("layers")), 0, text("limit")), text("input"));
        QCOMPARE(cell(report, "cycles"), 18.0);
        QCOMPARE(cell(report, "cycles_decompress"), 17.0);
        QCOMPARE(scalar(report, "gbps_decompress"), 160.0 / 17);
    }

    void serialByHand()
    {
        // A word that is not zero takes a cycle: 10 blocks of 16 are 160 cycles.
        const Report report = run(words(repeated(255, 160)), { { text("concatenation"), text("serial") } });
        QCOMPARE(cell(report, "bound"), 167.0);
        QCOMPARE(cell(report, "cycles"), 167.0);
        QCOMPARE(cell(report, "merging"), 150.0);
        const double serial = scalar(report, "cycles") + scalar(report, "cycles_decompress");
        QCOMPARE(scalar(report, "throughput_gain"), 100 * (serial / (28 + 28) - 1));
    }

    void layersAddUp()
    {
        const Report report = run(twoLayers(), { { text("words-per-cycle"), text("4") } });
        QCOMPARE(report.table(text("layers"))->rows.size(), std::size_t { 2 });
        QCOMPARE(sumOf(report, "cycles"), scalar(report, "cycles"));
        QCOMPARE(sumOf(report, "bound"), scalar(report, "bound"));
        QCOMPARE(scalar(report, "words_per_cycle"), 2600 / scalar(report, "cycles"));
        for (std::size_t row = 0; row < 2; ++row) {
            // Two streams of P = 4, S = 16: a fill of 8 cycles each, four beats a block.
            const double stages = 2 * 8 + 4 * cell(report, "blocks", row);
            QCOMPARE(cell(report, "cycles", row),
                     stages + cell(report, "buffer_full", row) + cell(report, "drain", row));
            QCOMPARE(cell(report, "cycles_decompress", row), stages + cell(report, "waiting", row));
            QVERIFY(cell(report, "cycles", row) >= cell(report, "bound", row));
            QVERIFY(cell(report, "cycles_decompress", row) >= cell(report, "bound", row));
        }
    }

    void sweepHoldsTheChosenEngine()
    {
        const Report report = run(twoLayers());
        const Table& sweep = *report.table(text("sweep"));
        QCOMPARE(sweep.rows.size(), std::size_t { 2 * 4 * 5 * 2 });
        int met = 0;
        for (std::size_t row = 0; row < sweep.rows.size(); ++row) {
            QVERIFY(sample::number(sweep, row, text("cycles")) >= sample::number(sweep, row, text("bound")));
            if (sample::number(sweep, row, text("p")) != 16 || sample::number(sweep, row, text("s")) != 16
                || sample::text(sweep, row, text("concatenation")) != text("Tree"))
                continue;
            const bool compresses = sample::text(sweep, row, text("engine")) == text("Compressor");
            QCOMPARE(sample::number(sweep, row, text("cycles")),
                     scalar(report, compresses ? "cycles" : "cycles_decompress"));
            ++met;
        }
        QCOMPARE(met, 2);
        const Report shorter = run(twoLayers(), { { text("sweep"), false } });
        QCOMPARE(shorter.table(text("sweep"))->rows.size(), std::size_t { 2 * 4 * 2 });
    }

    void gatesAddUp()
    {
        const Report report = run(twoLayers());
        const Table& gates = *report.table(text("gates"));
        double tree = 0;
        double serial = 0;
        for (std::size_t row = 0; row < gates.rows.size(); ++row) {
            QVERIFY(!sample::text(gates, row, text("formula")).isEmpty());
            const double all = sample::number(gates, row, text("mux")) * 2.33
                + sample::number(gates, row, text("or")) * 1.33
                + sample::number(gates, row, text("flip_flops")) * 5.67;
            QVERIFY(std::abs(all - sample::number(gates, row, text("gates"))) < 1e-6);
            (sample::text(gates, row, text("concatenation")) == text("Tree") ? tree : serial) += all;
        }
        QVERIFY(std::abs(scalar(report, "kge") - tree / 1000) < 1e-9);
        QVERIFY(std::abs(scalar(report, "gate_overhead") - 100 * (tree / serial - 1)) < 1e-9);
        const auto& chart = std::get<analysis::BarChart>(report.chart(text("gates"))->kind);
        QCOMPARE(chart.categories.size(), 4);
        double drawn = 0;
        for (const analysis::BarChart::Series& series : chart.series)
            drawn += std::accumulate(series.values.begin(), series.values.end(), 0.0);
        QVERIFY(std::abs(drawn - (tree + serial) / 1000) < 1e-9);
    }

    void oneDirectionLeavesTheOtherOut()
    {
        const Report report = run(twoLayers(), { { text("direction"), text("decompress") } });
        QVERIFY(report.scalar(text("cycles")) == nullptr);
        QVERIFY(report.chart(text("occupancy")) == nullptr);
        QVERIFY(report.chart(text("occupancy_decompress")) != nullptr);
        QVERIFY(scalar(report, "cycles_decompress") >= scalar(report, "bound"));
        QCOMPARE(report.table(text("layers"))->column(text("buffer_full")), -1);
    }

    void sharesOfALayerMakeItWhole()
    {
        for (const char* direction : { "compress", "decompress" })
            for (const char* way : { "tree", "serial" }) {
                const Report report =
                    run(twoLayers(),
                        { { text("direction"), text(direction) }, { text("concatenation"), text(way) } });
                const auto& chart = std::get<analysis::BarChart>(report.chart(text("stalls"))->kind);
                for (std::size_t layer = 0; layer < 2; ++layer) {
                    double sum = 0;
                    for (const analysis::BarChart::Series& series : chart.series)
                        sum += series.values[layer];
                    QVERIFY(std::abs(sum - 100) < 1e-9);
                }
            }
    }

    void publishedFiguresAreLabelled()
    {
        const Report report = run(twoLayers());
        const Table& designs = *report.table(text("designs"));
        int published = 0;
        for (std::size_t row = 0; row < designs.rows.size(); ++row)
            published += sample::text(designs, row, text("origin")) == text("published") ? 1 : 0;
        QCOMPARE(published, 2);
        QCOMPARE(designs.rows.size(), std::size_t { 8 });
    }

    void refusesInOneSentence_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("phrase");
        QTest::newRow("K") << "lossy-bits"
                           << "8"
                           << "K (lossy): 8 is outside 0..7 for words of 8 bit";
        QTest::newRow("P") << "words-per-cycle"
                           << "12"
                           << "12";
        QTest::newRow("port") << "port"
                              << "4"
                              << "4 is outside 8..512";
        QTest::newRow("codec") << "codec"
                               << "huffman"
                               << "huffman";
        QTest::newRow("layers") << "layers"
                                << "conv*"
                                << "\"conv*\" names no layer";
    }

    void refusesInOneSentence()
    {
        QFETCH(QString, id);
        QFETCH(QString, value);
        QFETCH(QString, phrase);
        const QString said = sample::sentence([&] {
            const analysis::Analysis& row = analysis::findAnalysis(text("compressor"));
            for (const analysis::Parameter& parameter : row.parameters)
                if (parameter.id == id)
                    run(twoLayers(), { { id, parameter.parse(value) } });
        });
        QVERIFY2(said.contains(phrase), qPrintable(said));
    }

    void stopsAndKeepsWhatIsDone()
    {
        std::stop_source stop;
        engine::Control control;
        control.stop = stop.get_token();
        control.progress = [&](double fraction, const std::string&) {
            if (fraction > 0.5)
                stop.request_stop();
        };
        const Report report = sample::run(text("compressor"), twoLayers(), {}, control);
        QVERIFY(report.partial);
        QCOMPARE(report.table(text("layers"))->rows.size(), std::size_t { 1 });
        stop = std::stop_source();
        stop.request_stop();
        control.stop = stop.get_token();
        QVERIFY(sample::run(text("compressor"), twoLayers(), {}, control).partial);
    }
};

QTEST_GUILESS_MAIN(CompressorTest)
#include "compressor_test.moc"
