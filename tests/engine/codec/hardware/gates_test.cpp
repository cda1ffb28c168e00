#include "engine/base/error.h"
#include "engine/codec/hardware/energy.h"
#include "engine/codec/hardware/gates.h"

#include <QRegularExpression>
#include <QTest>

#include <cmath>
#include <limits>
#include <map>

namespace hardware = engine::codec::hardware;
using engine::codec::BlockZvc;
using hardware::Concatenation;
using hardware::Direction;
using hardware::Pipeline;
using hardware::StageGates;
using Head = BlockZvc::Head;

namespace {

/// Works out what a formula says: sums, products written side by side, quotients, b() and ceil().
class Formula {
public:
    Formula(const QString& text, std::map<QString, double> symbols)
        : m_symbols(std::move(symbols))
    {
        static const QRegularExpression token(QStringLiteral("[A-Za-z]+|[0-9]+|[-+/()]"));
        for (auto found = token.globalMatch(text); found.hasNext();)
            m_tokens << found.next().captured();
    }

    double value()
    {
        const double result = sum();
        return m_tokens.isEmpty() ? result : std::nan("");
    }

private:
    bool next(const QString& token)
    {
        if (m_tokens.isEmpty() || m_tokens.front() != token)
            return false;
        m_tokens.removeFirst();
        return true;
    }

    double sum()
    {
        double total = product();
        while (true) {
            if (next(QStringLiteral("+")))
                total += product();
            else if (next(QStringLiteral("-")))
                total -= product();
            else
                return total;
        }
    }

    double product()
    {
        double total = factor();
        while (!m_tokens.isEmpty() && !QStringLiteral("+-)").contains(m_tokens.front())) {
            if (next(QStringLiteral("/")))
                total /= factor();
            else
                total *= factor();
        }
        return total;
    }

    double factor()
    {
        const QString token = m_tokens.isEmpty() ? QString() : m_tokens.takeFirst();
        if (token == QLatin1String("("))
            return closed();
        if (token == QLatin1String("ceil") && next(QStringLiteral("(")))
            return std::ceil(closed());
        if (token == QLatin1String("b") && next(QStringLiteral("("))) {
            const double of = closed();
            return of < 1 ? 0 : std::floor(std::log2(of)) + 1;
        }
        const auto symbol = m_symbols.find(token);
        return symbol != m_symbols.end() ? symbol->second : token.toDouble();
    }

    double closed()
    {
        const double inner = sum();
        return next(QStringLiteral(")")) ? inner : std::nan("");
    }

    QStringList m_tokens;
    std::map<QString, double> m_symbols;
};

/// The symbols as the header explains them, written again.
std::map<QString, double> symbolsOf(const Pipeline& p)
{
    const bool zvc = p.head == Head::Mask;
    const double v = zvc ? 0 : std::max(1.0, std::ceil(std::log2(p.wordBits)));
    const double flag = p.head == Head::WidthAndBypass ? 1 : 0;
    const double largest = p.blockWords * p.wordBits + (flag > 0 ? 1 : v + p.blockWords);
    const double head = flag + v + p.blockWords;
    const bool serial = p.concatenation == Concatenation::Serial;
    const double divisor = std::gcd(std::gcd(p.blockWords, p.wordBits), p.portBits);
    std::map<QString, double> symbols;
    symbols[QStringLiteral("P")] = p.wordsPerCycle;
    symbols[QStringLiteral("S")] = p.blockWords;
    symbols[QStringLiteral("w")] = p.wordBits;
    symbols[QStringLiteral("W")] = p.portBits;
    symbols[QStringLiteral("n")] = std::ceil(double(p.blockWords) / p.wordsPerCycle);
    symbols[QStringLiteral("v")] = v;
    symbols[QStringLiteral("H")] = head;
    symbols[QStringLiteral("B")] = 2 * p.portBits + largest;
    symbols[QStringLiteral("A")] = (serial ? 1 : p.wordsPerCycle) * p.wordBits + head;
    symbols[QStringLiteral("u")] = zvc ? p.wordBits : 1;
    symbols[QStringLiteral("g")] = zvc ? divisor : 1;
    return symbols;
}

double counted(const StageGates& stage, const QString& name, const Pipeline& pipeline)
{
    for (const QString& part : QString::fromStdString(stage.formula).split(QStringLiteral("; ")))
        if (part.startsWith(name + QStringLiteral(": ")))
            return Formula(part.mid(name.size() + 2), symbolsOf(pipeline)).value();
    return 0;
}

StageGates find(const std::vector<StageGates>& stages, const char* name)
{
    for (const StageGates& stage : stages)
        if (stage.stage == name)
            return stage;
    return {};
}

void compare(const StageGates& stage, std::uint64_t muxes, std::uint64_t ors, std::uint64_t flipFlops)
{
    QCOMPARE(stage.muxes, muxes);
    QCOMPARE(stage.ors, ors);
    QCOMPARE(stage.flipFlops, flipFlops);
}

} // namespace

class GatesTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void byHand()
    {
        const Pipeline pipeline { 4, 4, 8, 64, Head::WidthAndBypass, Concatenation::Tree };
        const auto stages = hardware::gateEstimate(pipeline, Direction::Compress);
        QCOMPARE(stages.size(), std::size_t { 6 });
        compare(find(stages, "Zero detection"), 0, 28, 32);
        compare(find(stages, "Leading one"), 0, 47, 8);
        compare(find(stages, "Mask and width"), 57, 29, 8);
        compare(find(stages, "Level 1"), 158, 16, 42);
        compare(find(stages, "Level 2"), 178, 16, 38);
        compare(find(stages, "Wrapper"), 1155, 161, 169);
        const hardware::GateEquivalents cells { 2, 1, 5 };
        QCOMPARE(hardware::logicGates(stages, cells), 2 * 1548.0 + 297);
        QCOMPARE(hardware::totalGates(stages, cells), 2 * 1548.0 + 297 + 5 * 297);
    }

    void formulasSayTheNumbers()
    {
        for (const int words : { 4, 8, 16, 32 })
            for (const int block : { 4, 16, 64 })
                for (const int bits : { 1, 5, 8, 16 })
                    for (const Head head : { Head::Mask, Head::Width, Head::WidthAndBypass })
                        for (const Concatenation way : { Concatenation::Tree, Concatenation::Serial })
                            for (const Direction direction : { Direction::Compress, Direction::Decompress })
                                compareFormulas({ words, block, bits, 32, head, way }, direction);
    }

    void moreLanesTakeMoreGates()
    {
        const hardware::GateEquivalents cells;
        for (const Direction direction : { Direction::Compress, Direction::Decompress }) {
            double before = 0;
            for (const int words : { 4, 8, 16, 32 }) {
                Pipeline pipeline;
                pipeline.wordsPerCycle = words;
                const double tree = hardware::totalGates(hardware::gateEstimate(pipeline, direction), cells);
                QVERIFY(tree > before);
                before = tree;
                pipeline.concatenation = Concatenation::Serial;
                QVERIFY(hardware::totalGates(hardware::gateEstimate(pipeline, direction), cells) < tree);
            }
        }
    }

    void energyOfTheEngine()
    {
        const auto energy = hardware::engineEnergy(20000, 0.25, 1e6, 0.002);
        QCOMPARE(energy.picojoules(), 1e7);
        QVERIFY_THROWS_EXCEPTION(engine::ParameterError, hardware::engineEnergy(1, 1.5, 1, 1));
        QVERIFY_THROWS_EXCEPTION(engine::ParameterError, hardware::engineEnergy(-1, 0.5, 1, 1));
        const double endless = std::numeric_limits<double>::infinity();
        QVERIFY_THROWS_EXCEPTION(engine::ParameterError, hardware::engineEnergy(1, 0.5, endless, 1));
    }

private:
    static void compareFormulas(const Pipeline& pipeline, Direction direction)
    {
        for (const StageGates& stage : hardware::gateEstimate(pipeline, direction)) {
            QCOMPARE(counted(stage, QStringLiteral("mux"), pipeline), double(stage.muxes));
            QCOMPARE(counted(stage, QStringLiteral("OR"), pipeline), double(stage.ors));
            QCOMPARE(counted(stage, QStringLiteral("flip-flops"), pipeline), double(stage.flipFlops));
        }
    }
};

QTEST_GUILESS_MAIN(GatesTest)
#include "gates_test.moc"
