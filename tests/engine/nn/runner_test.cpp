#include "engine/base/error.h"
#include "engine/base/parallel.h"
#include "engine/nn/runner.h"
#include "tests/engine/nn/graph_kit.h"

#include <QTest>

#include <chrono>
#include <functional>
#include <thread>

using namespace engine;
using L = std::vector<std::int64_t>;

namespace {

/// A deep plain network, so that a run takes a while.
std::shared_ptr<const Graph> deepNetwork(int layers, std::int64_t channels, std::int64_t side)
{
    GraphKit kit;
    std::string at = kit.conv("x", { channels, 3, 3, 3 }, { { "pads", L { 1, 1, 1, 1 } } });
    for (int i = 0; i < layers; ++i)
        at = kit.node("Relu",
                      { kit.conv(at, { channels, channels, 3, 3 }, { { "pads", L { 1, 1, 1, 1 } } }) });
    return kit.finish({ 3, side, side }, at);
}

/// A picture set of which one cannot be read.
class BrokenImages : public RandomImages {
public:
    using RandomImages::RandomImages;
    Image read(std::size_t index) const override
    {
        if (index == 5)
            throw IoError("picture 5 cannot be read");
        return RandomImages::read(index);
    }
};

template <typename Expected>
QString messageOf(const std::function<void()>& action)
{
    try {
        action();
    } catch (const Expected& error) {
        return QString::fromUtf8(error.what());
    }
    return QStringLiteral("nothing was thrown");
}

std::shared_ptr<const Graph> oneNode(const std::string& op, const GraphKit::Attributes& attributes = {},
                                     const GraphKit::Extents& input = { 3, 8, 8 })
{
    GraphKit kit;
    return kit.finish(input, kit.node(op, { "x" }, attributes));
}

} // namespace

class RunnerTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void cleanup() { setThreadCount(0); }
    void resultsDoNotDependOnThreads();
    void resultsDoNotDependOnBatch();
    void limitAndShapes();
    void progressEndsAtOne();
    void stopsWithin100ms();
    void errorsOfPicturesComeThrough();
    void refusesWhatCannotRun_data();
    void refusesWhatCannotRun();
    void refusesBadShapes();
    void runsFromTwoThreadsAtOnce();
};

void RunnerTest::resultsDoNotDependOnThreads()
{
    const auto graph = deepNetwork(3, 16, 12);
    const RandomImages images(23, { 3, 12, 12 });
    const nn::Runner runner(graph);
    std::vector<std::vector<float>> results;
    for (const unsigned threads : { 1U, 2U, 5U }) {
        setThreadCount(threads);
        results.push_back(runner.run(images, {}, { .batch = 4 }, {}).outputs);
    }
    QVERIFY(results[0] == results[1]);
    QVERIFY(results[0] == results[2]);
}

void RunnerTest::resultsDoNotDependOnBatch()
{
    const auto graph = deepNetwork(2, 16, 12);
    const RandomImages images(9, { 3, 12, 12 });
    const nn::Runner runner(graph);
    const auto one = runner.run(images, {}, { .batch = 1 }, {}).outputs;
    const auto many = runner.run(images, {}, { .batch = 7 }, {}).outputs;
    QCOMPARE(one.size(), many.size());
    for (std::size_t i = 0; i < one.size(); ++i)
        QVERIFY(std::abs(one[i] - many[i]) <= 1e-5F * std::max(1.0F, std::abs(one[i])));
}

void RunnerTest::limitAndShapes()
{
    GraphKit kit;
    const auto pooled = kit.node("GlobalAveragePool", { kit.conv("x", { 5, 3, 3, 3 }) });
    const auto graph = kit.finish({ 3, 9, 9 }, kit.node("Flatten", { pooled }));
    const nn::Runner runner(graph);
    QVERIFY(runner.inputShape() == Shape({ 3, 9, 9 }));
    const RandomImages images(10, { 3, 9, 9 });
    const auto limited = runner.run(images, {}, { .batch = 4, .limit = 6 }, {});
    QCOMPARE(limited.images, 6U);
    QVERIFY(limited.outputShape == Shape({ 5 }));
    QCOMPARE(limited.outputs.size(), 30U);
    const auto none = runner.run(RandomImages(0, { 3, 9, 9 }), {}, {}, {});
    QCOMPARE(none.images, 0U);
    QVERIFY(none.outputs.empty());
}

void RunnerTest::progressEndsAtOne()
{
    const nn::Runner runner(deepNetwork(1, 8, 8));
    double last = 0;
    bool grows = true;
    Control control;
    control.progress = [&](double fraction, const std::string&) {
        grows = grows && fraction > last;
        last = fraction;
    };
    runner.run(RandomImages(20, { 3, 8, 8 }), {}, { .batch = 3 }, control);
    QVERIFY(grows);
    QCOMPARE(last, 1.0);
}

void RunnerTest::stopsWithin100ms()
{
    const nn::Runner runner(deepNetwork(40, 64, 96));
    const RandomImages images(1000, { 3, 96, 96 });
    std::stop_source source;
    std::chrono::steady_clock::time_point asked;
    std::jthread stopper([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        asked = std::chrono::steady_clock::now();
        source.request_stop();
    });
    const auto result = runner.run(images, {}, {}, { .stop = source.get_token(), .progress = {} });
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - asked;
    QVERIFY(result.images < images.size());
    QCOMPARE(result.outputs.size(), result.images * result.outputShape.elements());
    // 100 ms on a free machine; tests may run beside other work.
    QVERIFY2(took.count() < 1000, qPrintable(QString::number(took.count())));
}

void RunnerTest::errorsOfPicturesComeThrough()
{
    const nn::Runner runner(deepNetwork(1, 8, 8));
    QCOMPARE(messageOf<IoError>([&] {
                 runner.run(BrokenImages(9, { 3, 8, 8 }), {}, {}, {});
             }),
             QStringLiteral("picture 5 cannot be read"));
    const QString text = messageOf<ShapeError>([&] {
        runner.run(RandomImages(2, { 3, 6, 7 }), {}, { .batch = 2 }, {});
    });
    for (const char* part : { "0. image", "6 \u00d7 7", "8 \u00d7 8", "--size" })
        QVERIFY2(text.contains(QString::fromUtf8(part)), qPrintable(text));
}

void RunnerTest::refusesWhatCannotRun_data()
{
    QTest::addColumn<QString>("op");
    QTest::addColumn<QString>("part");
    const auto row = [](const char* op, const char* part) {
        QTest::newRow(op) << QString::fromLatin1(op) << QString::fromLatin1(part);
    };
    row("NonMaxSuppression", "cannot be run");
    row("Conv", "is missing");
    row("MaxPool", "kernel_shape");
    row("Reshape", "cannot");
    row("Slice", "differ");
    row("Pad", "pads");
}

void RunnerTest::refusesWhatCannotRun()
{
    QFETCH(QString, op);
    QFETCH(QString, part);
    GraphKit::Attributes attributes;
    if (op == QLatin1String("Reshape"))
        attributes["shape"] = L { 1, 5 };
    if (op == QLatin1String("Slice"))
        attributes["starts"] = L { 1 };
    const auto graph = oneNode(op.toStdString(), attributes);
    const QString text = messageOf<Error>([&] { nn::Runner { graph }; });
    QVERIFY2(text.contains(part), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("node ") + op + QLatin1Char('0')), qPrintable(text));
}

void RunnerTest::refusesBadShapes()
{
    const auto text = [](const std::shared_ptr<const Graph>& graph) {
        return messageOf<ShapeError>([&] { nn::Runner { graph }; });
    };
    GraphKit channels;
    const auto wrong = channels.finish({ 3, 8, 8 }, channels.conv("x", { 4, 5, 3, 3 }));
    QVERIFY(text(wrong).contains(QStringLiteral("do not fit the 3 channels")));
    GraphKit kernel;
    const auto large = kernel.finish({ 3, 8, 8 }, kernel.conv("x", { 4, 3, 9, 9 }));
    QVERIFY(text(large).contains(QStringLiteral("does not fit into the padded input")));
    GraphKit open;
    const auto unknown = open.finish({ 3, -1, -1 }, open.node("Relu", { "x" }));
    QVERIFY(text(unknown).contains(QStringLiteral("not fixed")));
    GraphKit sum;
    const auto apart = sum.finish({ 3, 8, 8 }, sum.node("Add", { "x", sum.weights({ 4, 1, 1 }) }));
    QVERIFY(text(apart).contains(QStringLiteral("do not fit together")));
    const auto padded = [](std::int64_t more, std::int64_t side) {
        return oneNode("Pad", { { "pads", L { 0, more, side, side, 0, 0, 0, 0 } } });
    };
    QVERIFY(text(padded(1 << 20, 1 << 20)).contains(QStringLiteral("is too large")));
    const auto huge = padded(1 << 11, 1 << 12);
    const nn::Runner runner(huge);
    const RandomImages images(1, { 3, 8, 8 });
    QVERIFY(messageOf<ShapeError>([&] {
                runner.run(images, {}, {}, {});
            }).contains(QStringLiteral("beyond the limit")));
}

void RunnerTest::runsFromTwoThreadsAtOnce()
{
    const nn::Runner runner(deepNetwork(2, 16, 12));
    const RandomImages images(12, { 3, 12, 12 });
    const auto alone = runner.run(images, {}, { .batch = 2 }, {}).outputs;
    std::vector<std::vector<float>> results(2);
    {
        std::jthread first([&] { results[0] = runner.run(images, {}, { .batch = 2 }, {}).outputs; });
        std::jthread second(
            [&] { results[1] = runner.run(images, {}, { .batch = 2, .tapped = { 1 } }, {}).outputs; });
    }
    QVERIFY(results[0] == alone);
    QCOMPARE(results[1].size(), alone.size());
}

QTEST_GUILESS_MAIN(RunnerTest)
#include "runner_test.moc"
