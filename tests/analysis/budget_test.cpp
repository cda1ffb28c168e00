#include "analysis/activation/budget_run.h"
#include "analysis/activation/stream_energy.h"
#include "tests/analysis/example_data.h"

#include <QTest>

#include <cmath>

namespace {

using analysis::BudgetPoint;
using analysis::BudgetRun;
using analysis::Report;
using Changed = std::map<QString, analysis::Value>;

const QString id = QStringLiteral("budget");

Changed with(const char* name, const analysis::Value& value, Changed changed = {})
{
    changed[QString::fromLatin1(name)] = value;
    return changed;
}

Report onExample(const Changed& changed = {}, const engine::Control& control = {})
{
    return sample::run(id, example::open(QStringLiteral("digits.onnx")), example::onPictures(changed),
                       control);
}

/// Three layers of small float maps; the front is exact, for a quantum is one bit.
analysis::DatasetPtr dump()
{
    std::vector<engine::Tensor> tensors;
    for (const char* name : { "a", "b", "c" }) {
        std::vector<float> values;
        for (int i = 0; i < 128; ++i)
            values.push_back(i % 3 == 0 ? 0.0F : static_cast<float>((i * (7 + name[0])) % 97));
        tensors.push_back(sample::tensor(name, { 2, 64 }, values, engine::Role::Activation));
    }
    return sample::dataset(std::move(tensors));
}

/// Least loss within a cost, of every selection there is of three layers.
double leastLoss(const BudgetRun& run, double bits)
{
    double least = std::numeric_limits<double>::infinity();
    for (const analysis::BudgetOption& a : run.options[0])
        for (const analysis::BudgetOption& b : run.options[1])
            for (const analysis::BudgetOption& c : run.options[2])
                if (a.bits + b.bits + c.bits <= bits)
                    least = std::min(least, a.loss + b.loss + c.loss);
    return least;
}

} // namespace

class BudgetTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void frontEqualsExhaustiveSearch()
    {
        const Report report = sample::run(id, dump());
        const BudgetRun& run = *report.budget;
        QVERIFY(run.points.size() > 5);
        for (const BudgetPoint& point : run.points) {
            QVERIFY(std::abs(point.loss - leastLoss(run, point.bits + 0.01)) < 1e-12);
            QVERIFY(leastLoss(run, point.bits - 0.01) > point.loss);
            QCOMPARE(point.cost, point.bits / 8);
        }
    }

    void anotherPointIsPickedWithoutRunning()
    {
        const Report report = sample::run(id, dump());
        const BudgetRun& run = *report.budget;
        for (std::size_t i = 0; i < run.points.size(); ++i) {
            QCOMPARE(analysis::pickWithinCost(run, run.points[i].cost), std::optional(i));
            QCOMPARE(analysis::pickWithinLoss(run, run.predictedLoss(run.points[i])), std::optional(i));
            const Report same =
                sample::run(id, dump(), with("budget", std::nextafter(run.points[i].cost, 1e9)));
            QCOMPARE(same.budget->chosen, i);
            if (i > 3)
                break;
        }
        QVERIFY(!analysis::pickWithinCost(run, run.points.front().cost - 1));
        QVERIFY(!analysis::pickWithinLoss(run, -1));
        const analysis::Table table = analysis::budgetTable(run, 0);
        double bits = 0;
        for (std::size_t row = 0; row < table.rows.size(); ++row)
            bits += sample::number(table, row, QStringLiteral("bits"));
        QVERIFY(std::abs(bits - run.points[0].bits) < 1e-6);
    }

    void theHullLiesBelowTheFront()
    {
        const Report report = sample::run(id, dump());
        const BudgetRun& run = *report.budget;
        QCOMPARE(run.hull.front().loss, run.points.front().loss);
        QCOMPARE(run.hull.back().loss, run.points.back().loss);
        for (std::size_t i = 1; i < run.hull.size(); ++i) {
            const BudgetPoint& from = run.hull[i - 1];
            const BudgetPoint& to = run.hull[i];
            for (const BudgetPoint& point : run.points) {
                const double part = (point.cost - from.cost) / (to.cost - from.cost);
                if (part >= 0 && part <= 1)
                    QVERIFY(point.loss >= from.loss + part * (to.loss - from.loss) - 1e-12);
            }
        }
    }

    void aBudgetIsKept_data()
    {
        QTest::addColumn<QString>("unit");
        QTest::addColumn<double>("share");
        for (const QString& unit : { QStringLiteral("bytes"), QStringLiteral("uJ"), QStringLiteral("peak") })
            for (const double share : { 0.35, 0.5, 1.0 })
                QTest::newRow(qPrintable(unit + QString::number(share))) << unit << share;
    }

    void aBudgetIsKept()
    {
        QFETCH(QString, unit);
        QFETCH(double, share);
        const Report free = onExample(with("unit", unit, with("limit", qint64 { 16 })));
        const double budget = share * free.scalar(QStringLiteral("raw_cost"))->value;
        const Report report =
            onExample(with("unit", unit, with("limit", qint64 { 16 }, with("budget", budget))));
        QVERIFY(report.scalar(QStringLiteral("cost"))->value <= budget);
        QVERIFY(report.scalar(QStringLiteral("accuracy_measured")) != nullptr);
        QVERIFY(report.scalar(QStringLiteral("accuracy_predicted")) != nullptr);
        QCOMPARE(report.scalar(QStringLiteral("raw_cost"))->value,
                 free.scalar(QStringLiteral("raw_cost"))->value);
    }

    void energyIsThatOfWritingOnceAndReadingOftenEnough()
    {
        const Report report = sample::run(id, dump(), with("unit", QStringLiteral("uJ")));
        const analysis::Memory memory = analysis::makeMemory(analysis::Values(analysis::memoryParameters()));
        const analysis::StreamEnergy energy = analysis::streamEnergy(memory, {});
        QVERIFY(energy.write > 0 && energy.read > 0);
        for (const BudgetPoint& point : report.budget->points)
            QVERIFY(std::abs(point.cost - point.bits * (energy.write + energy.read) / 1e6)
                    < 1e-6 * point.cost);
    }

    void peakIsTheLargestMapWithWhatItReads()
    {
        const Report report = onExample(with("unit", QStringLiteral("peak"), with("limit", qint64 { 8 })));
        const BudgetRun& run = *report.budget;
        QVERIFY(run.hull.empty());
        QVERIFY(run.points.size() > 3);
        for (const BudgetPoint& point : run.points) {
            double largest = 0;
            for (std::size_t layer = 0; layer < run.options.size(); ++layer)
                largest = std::max(largest, run.options[layer][point.options[layer]].bits / 8);
            QVERIFY(point.cost >= largest - 1e-6);
            QVERIFY(point.cost <= point.bits / 8 + 1e-6);
        }
    }

    void summedLossesCanBeAskedFor()
    {
        const Report report = onExample(with("measure", QStringLiteral("accuracy")));
        const BudgetRun& run = *report.budget;
        QVERIFY(run.countsAccuracy);
        const BudgetPoint& chosen = run.points[run.chosen];
        QVERIFY(chosen.loss <= 0.4);
        QCOMPARE(report.scalar(QStringLiteral("accuracy_predicted"))->value,
                 report.scalar(QStringLiteral("accuracy_before"))->value - chosen.loss);
    }

    void stopsAnywhere_data()
    {
        QTest::addColumn<double>("fraction");
        QTest::newRow("maps") << 0.02;
        QTest::newRow("sizes") << 0.15;
        QTest::newRow("sensitivities") << 0.5;
        QTest::newRow("front") << 0.92;
    }

    void stopsAnywhere()
    {
        QFETCH(double, fraction);
        const example::StopAt stop(fraction);
        const Report report = onExample({}, stop.control());
        QVERIFY(report.partial);
        QVERIFY(report.scalar(QStringLiteral("accuracy_measured")) == nullptr);
    }

    void sentences_data()
    {
        QTest::addColumn<Changed>("changed");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("K") << with("lossy-bits", QStringLiteral("0,5"), with("word", qint64 { 4 }))
                           << QStringLiteral("K (lossy): 5 is outside 0..3 for words of 4 bit");
        QTest::newRow("peak of a dump")
            << with("unit", QStringLiteral("peak"))
            << QStringLiteral(
                   "unit: a peak buffer wants a network, which says what is read together; name it "
                   "with network");
        QTest::newRow("nothing that K applies to")
            << with("codecs", QStringLiteral("raw"), with("lossy-bits", QStringLiteral("3")))
            << QStringLiteral("lossy-bits: 0 is missing, and none of the codecs drops bits");
    }

    void sentences()
    {
        QFETCH(Changed, changed);
        QFETCH(QString, sentence);
        QCOMPARE(sample::sentence([&] { sample::run(id, dump(), changed); }), sentence);
    }

    void aBudgetThatCannotBe()
    {
        const QString sentence = sample::sentence([&] { sample::run(id, dump(), with("budget", 1.0)); });
        QVERIFY2(sentence.startsWith(QStringLiteral("budget: 1 is below the least that can be reached, ")),
                 qPrintable(sentence));
    }
};

QTEST_GUILESS_MAIN(BudgetTest)
#include "budget_test.moc"
