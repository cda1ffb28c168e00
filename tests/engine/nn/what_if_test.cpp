#include "engine/base/error.h"
#include "engine/base/parallel.h"
#include "engine/nn/what_if.h"
#include "tests/engine/nn/graph_kit.h"

#include <QTest>

#include <atomic>
#include <chrono>
#include <cmath>
#include <mutex>
#include <thread>

using namespace engine;
using L = std::vector<std::int64_t>;

namespace {

const GraphKit::Attributes same { { "pads", L { 1, 1, 1, 1 } } };

/// Residual block, views of the same memory, a join and a matrix product: all that shares or reuses memory.
std::shared_ptr<const Graph> network()
{
    GraphKit kit(7);
    const auto stem = kit.node("Relu", { kit.batchNorm(kit.conv("x", { 8, 3, 3, 3 }, same), 8) });
    const auto inner = kit.node("Relu", { kit.batchNorm(kit.conv(stem, { 8, 8, 3, 3 }, same), 8) });
    const auto outer = kit.batchNorm(kit.conv(inner, { 8, 8, 3, 3 }, same), 8);
    const auto block = kit.node("Relu", { kit.node("Add", { outer, stem }) });
    const auto alias = kit.node("Identity", { block });
    const auto thin = kit.conv(alias, { 5, 8, 1, 1 });
    const auto joined = kit.node("Concat", { thin, block }, { { "axis", std::int64_t { 1 } } });
    const auto pooled =
        kit.node("MaxPool", { joined }, { { "kernel_shape", L { 2, 2 } }, { "strides", L { 2, 2 } } });
    const auto flat = kit.node("Flatten", { pooled });
    const auto again = kit.node("Flatten", { pooled });
    const auto product = kit.node("Gemm", { flat, kit.weights({ 13 * 25, 6 }) });
    const auto side = kit.node("Gemm", { again, kit.weights({ 13 * 25, 6 }) });
    return kit.finish({ 3, 10, 10 }, kit.node("Add", { product, side }));
}

/// A change that depends on the place, the node and how strong it is.
void shake(const nn::NodeOutput& output, std::span<float> values, float strength)
{
    const std::size_t each = values.size() / output.images;
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] += strength * std::sin(static_cast<float>(i % each * (output.node + 1)));
}

void halve(std::span<float> values)
{
    for (float& value : values)
        value *= 0.5F;
}

/// Every node whose value differs from image to image.
std::set<std::size_t> everyNode(const Graph& graph)
{
    std::set<std::size_t> nodes;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
        nodes.insert(i);
    return nodes;
}

/// Outputs of every trial (the base run first) for all images.
struct Results {
    std::size_t images = 0;
    std::vector<std::vector<float>> outputs;
};

Results runTrials(const Graph& graph, const ImageSet& images, nn::WhatIfOptions options,
                  std::size_t outputSize)
{
    Results results;
    results.outputs.assign(options.trials.size() + 1, std::vector<float>(images.size() * outputSize));
    options.result = [&](const nn::Trial& trial, const nn::NodeOutput& output) {
        std::vector<float>& all = results.outputs[trial.index ? *trial.index + 1 : 0];
        std::ranges::copy(output.values,
                          all.begin() + static_cast<std::ptrdiff_t>(output.firstImage * outputSize));
    };
    results.images = nn::whatIf(graph, images, {}, options, {});
    return results;
}

void compareClosely(const std::vector<float>& got, const std::vector<float>& wanted)
{
    QCOMPARE(got.size(), wanted.size());
    for (std::size_t i = 0; i < got.size(); ++i)
        QVERIFY(std::abs(got[i] - wanted[i]) <= 1e-4F * std::max(1.0F, std::abs(wanted[i])));
}

} // namespace

class WhatIfTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void cleanup() { setThreadCount(0); }

    void identityEditEqualsThePlainRun_data()
    {
        QTest::addColumn<bool>("anyOrder");
        QTest::newRow("row-major") << false;
        QTest::newRow("as in memory") << true;
    }
    void identityEditEqualsThePlainRun()
    {
        QFETCH(bool, anyOrder);
        const auto graph = network();
        const RandomImages images(5, { 3, 10, 10 });
        const nn::Runner runner(graph);
        const auto plain = runner.run(images, {}, {}, {});
        std::atomic<int> calls = 0;
        nn::RunOptions options { .batch = 2, .edited = everyNode(*graph), .editsAnyOrder = anyOrder };
        options.edit = [&](unsigned, const nn::NodeOutput&, std::span<float>) { ++calls; };
        const auto edited = runner.run(images, {}, options, {});
        QCOMPARE(calls.load(), 3 * static_cast<int>(graph->nodes.size()));
        compareClosely(edited.outputs, plain.outputs);
        compareClosely(runTrials(*graph, images, { .batch = 2, .edited = everyNode(*graph) }, 6).outputs[0],
                       plain.outputs);
    }

    void anEditOfLastNodesOfGroupsChangesNoBit()
    {
        const auto graph = network();
        const RandomImages images(5, { 3, 10, 10 });
        const nn::Runner runner(graph);
        nn::RunOptions options;
        for (std::size_t i = 0; i < graph->nodes.size(); ++i)
            if (graph->nodes[i].op == "Relu" || graph->nodes[i].op == "MaxPool")
                options.edited.insert(i);
        options.edit = [](unsigned, const nn::NodeOutput&, std::span<float>) {};
        QVERIFY(runner.run(images, {}, options, {}).outputs == runner.run(images, {}, {}, {}).outputs);
    }

    /// The edited value is what consumers and taps see; other names of the same memory keep theirs.
    void consumersSeeTheEdit()
    {
        GraphKit kit;
        const auto relu = kit.node("Relu", { "x" });
        const auto alias = kit.node("Identity", { relu });
        const auto graph = kit.finish({ 2, 3, 3 }, kit.node("Sub", { relu, alias }));
        nn::RunOptions options { .tapped = { 1 }, .edited = { 1 } };
        std::mutex mutex;
        std::map<std::size_t, std::vector<float>> tapped;
        options.tap = [&](unsigned, const nn::NodeOutput& output) {
            const std::scoped_lock lock(mutex);
            tapped[output.firstImage].assign(output.values.begin(), output.values.end());
        };
        options.edit = [](unsigned, const nn::NodeOutput&, std::span<float> values) { halve(values); };
        const RandomImages images(3, { 2, 3, 3 });
        const auto result = nn::Runner(graph).run(images, {}, options, {});
        const auto plain = nn::Runner(graph).run(images, {}, {}, {});
        QVERIFY(std::ranges::all_of(plain.outputs, [](float value) { return value == 0; }));
        std::vector<float> halves;
        for (const auto& [first, values] : tapped)
            halves.insert(halves.end(), values.begin(), values.end());
        QVERIFY(result.outputs == halves); // x - x / 2
        QVERIFY(std::ranges::any_of(halves, [](float value) { return value > 0; }));
    }

    void trialsEqualWholeRuns_data()
    {
        QTest::addColumn<std::size_t>("batch");
        QTest::addColumn<bool>("anyOrder");
        QTest::newRow("one by one") << std::size_t { 1 } << false;
        QTest::newRow("last batch not full") << std::size_t { 3 } << false;
        QTest::newRow("one batch") << std::size_t { 8 } << false;
        QTest::newRow("as in memory") << std::size_t { 3 } << true;
    }
    void trialsEqualWholeRuns()
    {
        QFETCH(std::size_t, batch);
        QFETCH(bool, anyOrder);
        const auto graph = network();
        const RandomImages images(7, { 3, 10, 10 });
        nn::WhatIfOptions options { .batch = batch, .edited = everyNode(*graph), .editsAnyOrder = anyOrder };
        for (std::size_t i = 0; i < graph->nodes.size(); ++i)
            options.trials.push_back({ i });
        options.trials.push_back({});
        options.trials.push_back({ 1, 6, 11 });
        options.trials.push_back(everyNode(*graph));
        // How strongly a node is changed in a run; different in the base run, where some are changed too.
        const auto strength = [&](std::optional<std::size_t> trial, std::size_t node) {
            const bool isChanged = trial && options.trials[*trial].contains(node);
            return isChanged ? 0.25F : node % 3 == 0 ? 0.125F : 0.0F;
        };
        const auto change = [&](std::optional<std::size_t> trial, const nn::NodeOutput& output,
                                std::span<float> values) {
            if (anyOrder)
                std::ranges::for_each(values, [&](float& v) { v *= 1 - strength(trial, output.node); });
            else
                shake(output, values, strength(trial, output.node));
        };
        options.edit = [&](const nn::Trial& trial, const nn::NodeOutput& output, std::span<float> values) {
            change(trial.index, output, values);
        };
        const Results results = runTrials(*graph, images, options, 6);
        QCOMPARE(results.images, images.size());
        const nn::Runner runner(graph);
        for (std::size_t i = 0; i < results.outputs.size(); ++i) {
            const auto trial = i == 0 ? std::nullopt : std::optional<std::size_t>(i - 1);
            nn::RunOptions whole { .batch = batch, .edited = options.edited, .editsAnyOrder = anyOrder };
            whole.edit = [&](unsigned, const nn::NodeOutput& output, std::span<float> values) {
                change(trial, output, values);
            };
            QVERIFY2(runner.run(images, {}, whole, {}).outputs == results.outputs[i],
                     qPrintable(QStringLiteral("trial %1").arg(i)));
            const bool isBase = !trial || options.trials[*trial].empty();
            QCOMPARE(results.outputs[i] == results.outputs[0], isBase);
        }
    }

    void resultsDoNotDependOnThreads()
    {
        const auto graph = network();
        const RandomImages images(9, { 3, 10, 10 });
        nn::WhatIfOptions options { .batch = 2, .edited = { 2, 6 }, .trials = { { 2 }, { 6 } } };
        options.edit = [](const nn::Trial& trial, const nn::NodeOutput& output, std::span<float> values) {
            shake(output, values, trial.index ? 0.5F : 0.0F);
        };
        std::vector<std::vector<std::vector<float>>> all;
        for (const unsigned threads : { 1U, 3U }) {
            setThreadCount(threads);
            all.push_back(runTrials(*graph, images, options, 6).outputs);
        }
        QVERIFY(all[0] == all[1]);
    }

    /// A trial must not compute what lies before its change.
    void onlyWhatIsDownstreamIsEditedAgain()
    {
        setThreadCount(1);
        const auto graph = network();
        nn::WhatIfOptions options { .edited = { 2, 5, 9, 13 }, .trials = { { 13 }, { 9 } } };
        std::vector<std::set<std::size_t>> edits(3);
        options.edit = [&](const nn::Trial& trial, const nn::NodeOutput& output, std::span<float>) {
            edits[trial.index ? *trial.index + 1 : 0].insert(output.node);
        };
        runTrials(*graph, RandomImages(1, { 3, 10, 10 }), options, 6);
        QVERIFY(edits[0] == options.edited);
        QVERIFY(edits[1] == std::set<std::size_t> { 13 });
        QVERIFY(edits[2] == (std::set<std::size_t> { 9, 13 }));
    }

    void stopsAndRefuses()
    {
        const auto graph = network();
        const RandomImages images(40, { 3, 10, 10 });
        std::stop_source source;
        std::atomic<int> done = 0;
        nn::WhatIfOptions options { .batch = 1, .edited = { 2 }, .trials = { { 2 }, { 2 } } };
        options.result = [&](const nn::Trial&, const nn::NodeOutput&) {
            if (++done == 10)
                source.request_stop();
        };
        QVERIFY(nn::whatIf(*graph, images, {}, options, { .stop = source.get_token(), .progress = {} }) < 6);
        options.trials = { { 3 } };
        QVERIFY_THROWS_EXCEPTION(ParameterError, nn::whatIf(*graph, images, {}, options, {}));
        options.edited = { 300 };
        QVERIFY_THROWS_EXCEPTION(ParameterError, nn::whatIf(*graph, images, {}, options, {}));
    }

    void progressGrowsToOne()
    {
        const auto graph = network();
        double last = 0;
        bool grows = true;
        Control control;
        control.progress = [&](double fraction, const std::string&) {
            grows = grows && fraction > last;
            last = fraction;
        };
        nn::WhatIfOptions options { .edited = { 2 }, .trials = { { 2 } } };
        nn::whatIf(*graph, RandomImages(9, { 3, 10, 10 }), {}, options, control);
        QVERIFY(grows);
        QCOMPARE(last, 1.0);
    }
};

QTEST_GUILESS_MAIN(WhatIfTest)
#include "what_if_test.moc"
