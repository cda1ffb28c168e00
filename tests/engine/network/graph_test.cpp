#include "engine/base/error.h"
#include "engine/network/graph.h"

#include <QRegularExpression>
#include <QStringList>
#include <QTest>

using engine::FormatError;
using engine::Graph;
using engine::Node;

namespace {

Node node(const std::string& name, std::vector<std::string> inputs, std::vector<std::string> outputs)
{
    return { name, "Relu", "", std::move(inputs), std::move(outputs), {} };
}

Graph graphOf(std::vector<Node> nodes)
{
    Graph graph;
    graph.inputs.push_back({ "x", engine::DType::F32, { 1 } });
    graph.constants.emplace("w", engine::Tensor());
    graph.nodes = std::move(nodes);
    return graph;
}

QString orderOf(const Graph& graph)
{
    QStringList names;
    for (const Node& each : graph.nodes)
        names.append(QString::fromStdString(each.name));
    return names.join(QLatin1Char(' '));
}

} // namespace

Q_DECLARE_METATYPE(std::vector<Node>)

class GraphTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void sorts_data();
    void sorts();
    void refusesWhatCannotRun_data();
    void refusesWhatCannotRun();
    void refusesAnOutputThatNobodyMakes();
    void readsAttributes();
    void findsConstantsAndShapes();
    void sortsLongChainsQuickly();
};

void GraphTest::sorts_data()
{
    QTest::addColumn<std::vector<Node>>("nodes");
    QTest::addColumn<QString>("order");
    QTest::newRow("none") << std::vector<Node> {} << QString();
    QTest::newRow("in order") << std::vector { node("a", { "x", "w" }, { "1" }), node("b", { "1" }, { "2" }) }
                              << QStringLiteral("a b");
    QTest::newRow("reversed") << std::vector { node("b", { "1" }, { "2" }), node("a", { "x" }, { "1" }) }
                              << QStringLiteral("a b");
    QTest::newRow("keeps the file's order where it can")
        << std::vector { node("d", { "1", "2" }, { "3" }), node("c", { "x" }, { "2" }),
                         node("b", { "x" }, { "1" }), node("e", { "x" }, { "4" }) }
        << QStringLiteral("c b d e");
    QTest::newRow("absent optional input")
        << std::vector { node("a", { "x", "", "w" }, { "1", "" }), node("b", { "1", "" }, { "2", "" }) }
        << QStringLiteral("a b");
    QTest::newRow("the same value twice")
        << std::vector { node("b", { "1", "1" }, { "2" }), node("a", { "x" }, { "1" }) }
        << QStringLiteral("a b");
}

void GraphTest::sorts()
{
    QFETCH(std::vector<Node>, nodes);
    Graph graph = graphOf(nodes);
    sortTopologically(graph);
    QTEST(orderOf(graph), "order");
}

void GraphTest::refusesWhatCannotRun_data()
{
    QTest::addColumn<std::vector<Node>>("nodes");
    QTest::addColumn<QStringList>("phrases");
    QTest::newRow("cycle of one") << std::vector { node("a", { "1" }, { "1" }) }
                                  << QStringList { QStringLiteral("node a"), QStringLiteral("cycle") };
    QTest::newRow("names a node of the cycle, not one after it")
        << std::vector { node("after", { "2" }, { "3" }), node("a", { "2", "x" }, { "1" }),
                         node("b", { "1" }, { "2" }), node("before", { "x" }, { "4" }) }
        << QStringList { QStringLiteral("node b ") };
    QTest::newRow("value that nobody makes")
        << std::vector { node("a", { "ghost" }, { "1" }) }
        << QStringList { QStringLiteral("node a"), QStringLiteral("\"ghost\"") };
    QTest::newRow("made twice") << std::vector { node("a", { "x" }, { "1" }), node("b", { "x" }, { "1" }) }
                                << QStringList { QStringLiteral("node b"), QStringLiteral("\"1\"") };
    QTest::newRow("makes an input") << std::vector { node("a", { "w" }, { "x" }) }
                                    << QStringList { QStringLiteral("\"x\"") };
    QTest::newRow("makes a constant")
        << std::vector { node("a", { "x" }, { "w" }) } << QStringList { QStringLiteral("\"w\"") };
}

void GraphTest::refusesWhatCannotRun()
{
    QFETCH(std::vector<Node>, nodes);
    QFETCH(QStringList, phrases);
    Graph graph = graphOf(nodes);
    try {
        sortTopologically(graph);
        QFAIL("accepted");
    } catch (const FormatError& error) {
        for (const QString& phrase : phrases)
            QVERIFY2(QString::fromUtf8(error.what()).contains(phrase), error.what());
    }
}

void GraphTest::refusesAnOutputThatNobodyMakes()
{
    Graph graph = graphOf({ node("a", { "x" }, { "1" }) });
    graph.outputs.push_back({ "1", engine::DType::F32, {} });
    sortTopologically(graph);
    graph.outputs.push_back({ "gone", engine::DType::F32, {} });
    QVERIFY_THROWS_EXCEPTION(FormatError, sortTopologically(graph));
}

void GraphTest::readsAttributes()
{
    Node each = node("a", {}, {});
    each.attributes["i"] = std::int64_t { 3 };
    each.attributes["f"] = 0.5;
    each.attributes["s"] = std::string("same");
    each.attributes["is"] = std::vector<std::int64_t> { 1, 2 };
    QCOMPARE(each.integer("i", 1), 3);
    QCOMPARE(each.integer("none", 1), 1);
    QCOMPARE(each.real("f", 1), 0.5);
    QCOMPARE(each.real("none", 1), 1.0);
    QCOMPARE(each.text("s", "no"), std::string("same"));
    QCOMPARE(each.text("none", "no"), std::string("no"));
    QCOMPARE(each.integers("is"), (std::vector<std::int64_t> { 1, 2 }));
    QCOMPARE(each.integers("none", { 7 }), std::vector<std::int64_t> { 7 });
    QVERIFY_THROWS_EXCEPTION(FormatError, each.integer("f", 1));
    QVERIFY_THROWS_EXCEPTION(FormatError, each.integers("i"));
    QVERIFY_THROWS_EXCEPTION(FormatError, each.real("s", 1));
    QVERIFY_THROWS_EXCEPTION(FormatError, each.text("is", ""));
}

void GraphTest::findsConstantsAndShapes()
{
    Graph graph = graphOf({});
    graph.shapes["x"] = engine::Shape { 1, 2 };
    QVERIFY(graph.constant("w") != nullptr);
    QVERIFY(graph.constant("x") == nullptr);
    QVERIFY(*graph.shape("x") == (engine::Shape { 1, 2 }));
    QVERIFY(graph.shape("w") == nullptr);
}

void GraphTest::sortsLongChainsQuickly()
{
    constexpr int length = 100'000;
    std::vector<Node> nodes;
    for (int i = length; i-- > 0;) {
        const std::string before = i == 0 ? std::string("x") : std::to_string(i - 1).append("v");
        nodes.push_back(node(std::to_string(i), { before }, { std::to_string(i).append("v") }));
    }
    Graph graph = graphOf(std::move(nodes));
    sortTopologically(graph);
    QCOMPARE(graph.nodes.front().name, std::string("0"));
    QCOMPARE(graph.nodes.back().name, std::to_string(length - 1));
}

QTEST_GUILESS_MAIN(GraphTest)
#include "graph_test.moc"
