#include "analysis/activation/budget.h"

#include "analysis/activation/budget_front.h"
#include "analysis/activation/budget_report.h"
#include "analysis/activation/mixed_k.h"
#include "engine/base/error.h"

#include <cmath>

namespace analysis {

namespace {

constexpr double subjectEnd = 0.05; ///< of the progress
constexpr double sizesEnd = 0.25;
constexpr double sensitivitiesEnd = 0.9;

BudgetUnit unitOf(const Values& values)
{
    const QString unit = values.text(QStringLiteral("unit"));
    return unit == QLatin1String("uJ")  ? BudgetUnit::Energy
        : unit == QLatin1String("peak") ? BudgetUnit::Peak
                                        : BudgetUnit::Bytes;
}

/// K that may be chosen; always with 0. Errors  engine::ParameterError for one that the words do not have.
std::vector<int> lossyBits(const Values& values)
{
    const auto word = static_cast<int>(values.integer(QStringLiteral("word")));
    std::vector<int> all;
    for (const QString& text : values.list(QStringLiteral("lossy-bits"))) {
        if (text.toInt() >= word)
            throw engine::ParameterError("K (lossy): " + text.toStdString() + " is outside 0.."
                                         + std::to_string(word - 1) + " for words of " + std::to_string(word)
                                         + " bit");
        all.push_back(text.toInt());
    }
    if (all.empty())
        for (int k = 0; k < word; ++k)
            all.push_back(k);
    return all;
}

/// Every codec with every S and K that it uses.
std::vector<CodingMethod> methods(const Values& values)
{
    const std::vector<int> ks = lossyBits(values);
    const QStringList blocks = values.list(QStringLiteral("block"));
    std::vector<CodingMethod> all;
    for (const QString& id : values.list(QStringLiteral("codecs"))) {
        const engine::codec::Entry& entry = engine::codec::find(id.toStdString());
        for (qsizetype b = 0; b < (entry.usesBlocks ? blocks.size() : 1); ++b)
            for (const int k : ks)
                if (k == 0 || entry.usesLossyBits)
                    all.push_back(codingMethod(id.toStdString(),
                                               { .blockWords = blocks[b].toInt(),
                                                 .lossyBits = k,
                                                 .midpoint = values.flag(QStringLiteral("midpoint")) }));
    }
    if (all.empty())
        throw engine::ParameterError("lossy-bits: 0 is missing, and none of the codecs drops bits");
    return all;
}

StreamEnergy energyOf(const Values& values, const engine::Control& control)
{
    const std::vector<Parameter> known = memoryParameters();
    Values memory(known);
    memory.set(known, QStringLiteral("device"), values.text(QStringLiteral("device")));
    return streamEnergy(makeMemory(memory), control);
}

/// Noise adds up over the layers, accuracies of few pictures do not: they are summed on demand only.
LossMeasure chosenMeasure(const Values& values, const LossySubject& subject,
                          const std::optional<Sensitivities>& sensitivities)
{
    const LossMeasure usual = lossMeasure(subject, sensitivities);
    const bool sums = values.text(QStringLiteral("measure")) == QLatin1String("accuracy");
    return usual == LossMeasure::Accuracy && !sums ? LossMeasure::OutputNoise : usual;
}

/// Index of the point that the parameters ask for. Errors  engine::ParameterError naming the least there is.
std::size_t choose(const BudgetRun& run, const Values& values)
{
    const double budget = values.real(QStringLiteral("budget"));
    if (budget > 0) {
        if (const auto point = pickWithinCost(run, budget))
            return *point;
        throw engine::ParameterError(
            QStringLiteral("budget: %1 is below the least that can be reached, %2 %3")
                .arg(toText(budget), QString::number(run.points.front().cost, 'g', 6),
                     budgetUnitText(run.unit))
                .toStdString());
    }
    const double allowed = run.predictsAccuracy()
        ? values.real(QStringLiteral("loss"))
        : std::pow(10.0, -values.real(QStringLiteral("sqnr")) / 10) - run.lossBefore;
    // Where K = 0 is beyond what is allowed already, it is the least that can be lost.
    return pickWithinLoss(run, allowed).value_or(run.points.size() - 1);
}

class Finder {
public:
    Finder(const Inputs& inputs, const Values& values, const engine::Control& control)
        : m_inputs(inputs)
        , m_values(values)
        , m_control(control)
    {
    }

    BudgetFindings find()
    {
        m_problem.methods = methods(m_values);
        m_problem.unit = unitOf(m_values);
        if (m_problem.unit == BudgetUnit::Energy)
            m_problem.energy = energyOf(m_values, m_control);
        m_subject = lossySubject(m_inputs, m_values, m_control.part(0, subjectEnd));
        m_found.images = m_subject.set.images;
        m_found.complete = m_subject.complete && findSizes() && findLosses() && findFront();
        return std::move(m_found);
    }

private:
    bool findSizes()
    {
        for (std::size_t map = 0; map < m_subject.maps(); ++map) {
            const double step = (sizesEnd - subjectEnd) / static_cast<double>(m_subject.maps());
            const double first = subjectEnd + step * static_cast<double>(map);
            const engine::Control part = m_control.part(first, first + step);
            m_problem.sizes.push_back(codedSizes(m_subject, map, m_problem.methods, part.part(0, 0.8)));
            m_facts.push_back(m_subject.runs() ? std::vector<LossyFacts>()
                                               : lossyFacts(m_subject.sources[map], m_subject.set.images,
                                                            m_subject.midpoint, part.part(0.8, 1)));
            if (m_control.stopped())
                return false;
        }
        return true;
    }

    bool findLosses()
    {
        if (m_subject.runs()) {
            m_network.emplace(m_subject.set, m_subject.quantisers(), m_subject.midpoint);
            m_found.sensitivities = m_network->sensitivities(m_control.part(sizesEnd, sensitivitiesEnd));
            if (!m_found.sensitivities->complete)
                return false;
        }
        const LossMeasure measure = chosenMeasure(m_values, m_subject, m_found.sensitivities);
        for (const std::vector<double>& each : losses(measure, m_found.sensitivities, m_facts))
            m_problem.losses.push_back(risingFrom(each));
        m_problem.countsAccuracy = measure == LossMeasure::Accuracy;
        m_problem.lossBefore = lossAtStart(measure, m_found.sensitivities, m_facts);
        if (m_found.sensitivities)
            m_problem.accuracyBefore = m_found.sensitivities->quantised.accuracy();
        if (measure == LossMeasure::OutputNoise)
            m_problem.curve = lossCurve(*m_found.sensitivities);
        return true;
    }

    bool findFront()
    {
        m_problem.subject = &m_subject;
        auto run = std::make_shared<BudgetRun>(budgetRun(m_problem, m_control.part(sensitivitiesEnd, 0.95)));
        if (run->points.empty())
            return false;
        run->chosen = choose(*run, m_values);
        m_found.run = run;
        if (!m_network)
            return true;
        std::vector<int> dropped;
        for (std::size_t layer = 0; layer < run->options.size(); ++layer)
            dropped.push_back(run->options[layer][run->points[run->chosen].options[layer]].lossyBits);
        m_found.measured = m_network->score(dropped, m_control.part(0.95, 1));
        return m_found.measured.has_value();
    }

    const Inputs& m_inputs;
    const Values& m_values;
    const engine::Control& m_control;
    LossySubject m_subject;
    BudgetProblem m_problem;
    std::vector<std::vector<LossyFacts>> m_facts; ///< by map; empty where the network tells the loss
    std::optional<LossyNetwork> m_network;
    BudgetFindings m_found;
};

Report run(const Inputs& inputs, const Values& values, const engine::Control& control)
{
    return budgetReport(Finder(inputs, values, control).find());
}

struct Range {
    double least = 0;
    double most = 0;
};

Parameter real(const char* id, const char* title, const char* unit, double fallback, Range range,
               const char* help)
{
    return { .id = QString::fromLatin1(id),
             .title = QString::fromLatin1(title),
             .type = ParameterType::Real,
             .unit = QString::fromLatin1(unit),
             .fallback = fallback,
             .minimum = range.least,
             .maximum = range.most,
             .help = QString::fromLatin1(help) };
}

Parameter choice(const char* id, const char* title, ParameterType type, const char* fallback,
                 std::vector<Choice> choices, const char* help)
{
    return { .id = QString::fromLatin1(id),
             .title = QString::fromLatin1(title),
             .type = type,
             .unit = {},
             .fallback = QString::fromLatin1(fallback),
             .help = QString::fromLatin1(help),
             .choices = std::move(choices) };
}

std::vector<Choice> everyCodec()
{
    std::vector<Choice> choices;
    for (const engine::codec::Entry& entry : engine::codec::catalogue())
        choices.push_back(
            { QString::fromLatin1(entry.id.data(), static_cast<qsizetype>(entry.id.size())),
              QString::fromLatin1(entry.title.data(), static_cast<qsizetype>(entry.title.size())) });
    return choices;
}

std::vector<Choice> everyK()
{
    std::vector<Choice> choices;
    choices.reserve(16);
    for (int k = 0; k < 16; ++k)
        choices.push_back({ QString::number(k), QString::number(k) });
    return choices;
}

Parameter deviceParameter()
{
    for (Parameter& parameter : memoryParameters())
        if (parameter.id == QLatin1String("device"))
            return std::move(parameter);
    return {};
}

std::vector<Parameter> parameters()
{
    std::vector<Parameter> all = lossySubjectParameters(1000);
    all.push_back(choice("codecs", "Codecs", ParameterType::Choices, "raw,zvc,bzvc,bzvc-bypass", everyCodec(),
                         "codecs to choose from, apart by commas"));
    all.push_back(blockSizeParameter(true, QStringLiteral("8,16,32")));
    all.push_back(choice("lossy-bits", "K (lossy)", ParameterType::Choices, "", everyK(),
                         "dropped bits to choose from; empty takes 0..w-1"));
    all.push_back(real("budget", "Budget", "", 0, { 0, 1e15 },
                       "what may be used at most, in the unit below; 0 goes by the loss instead"));
    all.push_back(choice("unit", "Unit of the budget", ParameterType::Choice, "bytes",
                         { { QStringLiteral("bytes"), QStringLiteral("byte per picture") },
                           { QStringLiteral("uJ"), QStringLiteral("uJ of DRAM per picture") },
                           { QStringLiteral("peak"), QStringLiteral("byte of the peak buffer") } },
                         "coded bytes of all maps, energy of writing each once and reading it for each "
                         "reader, or the largest map with all it is made from"));
    all.push_back(deviceParameter());
    all.push_back(choice("measure", "Loss of a set", ParameterType::Choice, "noise",
                         { { QStringLiteral("noise"), QStringLiteral("by the noise of the outputs") },
                           { QStringLiteral("accuracy"), QStringLiteral("sum of the layers' losses") } },
                         "how the loss of all layers is predicted from that of each: summed noise, turned "
                         "into accuracy as the trials of all layers show it, or summed points"));
    all.push_back(real("loss", "Allowed loss of accuracy", "points", 0.4, { 0, 100 },
                       "predicted; used when there is no budget"));
    all.push_back(real("sqnr", "Lowest SQNR", "dB", 30, { -100, 200 },
                       "predicted; used when there is no budget and no accuracy"));
    return all;
}

} // namespace

Analysis budgetRow()
{
    const auto output = [](const char* name, const char* unit, const char* help) {
        return Output { QString::fromLatin1(name), QString::fromLatin1(unit), QString::fromLatin1(help) };
    };
    return { .id = QStringLiteral("budget"),
             .title = QStringLiteral("Budget-aware compression"),
             .source = QStringLiteral("[Wang 2022] 3.4"),
             .help = QStringLiteral("codec, S and K of each layer for a budget of bytes, energy or buffer"),
             .input = InputKind::Maps,
             .parameters = parameters(),
             .scalars = { output("ratio", "", "raw over coded bits of the chosen set"),
                          output("cost", "", "of the chosen set, in the unit of the budget"),
                          output("raw_cost", "", "of everything stored raw"),
                          output("accuracy_float", "%", "of the network without quantisation"),
                          output("accuracy_before", "%", "all maps quantised, K = 0"),
                          output("accuracy_predicted", "%", "accuracy before less the predicted loss"),
                          output("accuracy_measured", "%", "of the chosen set"),
                          output("sqnr_predicted", "dB", "where there are no labels"),
                          output("sqnr_measured", "dB", "of the outputs, of the chosen set"),
                          output("images", "", "pictures looked at") },
             .tables = { output("chosen", "", "codec, S and K of each layer"),
                         output("front", "", "the best for every budget"),
                         output("hull", "", "the Lagrangian bound") },
             .charts = { output("front", "", "predicted accuracy or SQNR against the budget"),
                         output("chosen", "", "chosen K of each layer") },
             .run = run };
}

} // namespace analysis
