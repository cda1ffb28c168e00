#include "analysis/activation/k_lossy.h"

#include "analysis/activation/k_lossy_report.h"
#include "engine/base/error.h"

#include <cmath>

namespace analysis {

namespace {

constexpr double subjectEnd = 0.05; ///< of the progress
constexpr double sizesEnd = 0.15;
constexpr double sensitivitiesEnd = 0.6;

/// The codec with every K.
std::vector<CodingMethod> methods(const Values& values)
{
    const std::string id = values.text(QStringLiteral("codec")).toStdString();
    const int block = values.text(QStringLiteral("block")).toInt();
    std::vector<CodingMethod> all;
    for (int k = 0; k < values.integer(QStringLiteral("word")); ++k)
        all.push_back(codingMethod(
            id,
            { .blockWords = block, .lossyBits = k, .midpoint = values.flag(QStringLiteral("midpoint")) }));
    return all;
}

/// Sizes and errors of every map, by K. False when stopped.
bool measureMaps(KLossyFindings& found, const std::vector<CodingMethod>& tried,
                 const engine::Control& control)
{
    const LossySubject& subject = found.subject;
    const double share = 1.0 / static_cast<double>(subject.maps());
    for (std::size_t map = 0; map < subject.maps(); ++map) {
        const auto first = static_cast<double>(map);
        const engine::Control part = control.part(first * share, (first + 1) * share);
        std::vector<CodedLayer> sizes = codedSizes(subject, map, tried, part.part(0, 0.7));
        std::vector<LossyFacts> facts =
            lossyFacts(subject.sources[map], subject.set.images, subject.midpoint, part.part(0.7, 1));
        if (sizes.empty() || facts.empty())
            return false;
        found.sizes.push_back(std::move(sizes));
        found.facts.push_back(std::move(facts));
    }
    return true;
}

std::vector<LayerChoices> layerChoices(const KLossyFindings& found)
{
    const auto noise = losses(found.sensitivities ? LossMeasure::OutputNoise : LossMeasure::MapNoise,
                              found.sensitivities, found.facts);
    const auto lost = found.curve.isEmpty() ? losses(found.measure, found.sensitivities, found.facts) : noise;
    std::vector<LayerChoices> all;
    for (std::size_t map = 0; map < found.sizes.size(); ++map) {
        LayerChoices choices { .bits = {}, .loss = risingFrom(lost[map]), .noise = risingFrom(noise[map]) };
        for (const CodedLayer& layer : found.sizes[map])
            choices.bits.push_back(layer.bits.total());
        all.push_back(std::move(choices));
    }
    return all;
}

double allowedLoss(const KLossyFindings& found, const Values& values)
{
    if (found.measure == LossMeasure::Accuracy)
        return values.real(QStringLiteral("loss"));
    return std::pow(10.0, -values.real(QStringLiteral("sqnr")) / 10)
        - lossAtStart(found.measure, found.sensitivities, found.facts);
}

/// Fills in the chosen K of each layer. False when stopped.
bool search(KLossyFindings& found, const LossyNetwork* network, const engine::Control& control)
{
    const std::vector<LayerChoices> choices = layerChoices(found);
    double done = 0;
    const auto measure = [&](std::span<const int> lossyBits) -> std::optional<double> {
        // How many points will be tried is not known: each takes a part of what is left.
        const double next = done + (1 - done) * 0.06;
        const std::optional<Score> score = network->score(lossyBits, control.part(done, next));
        done = next;
        if (!score)
            return std::nullopt;
        return measuredLoss(found.measure, *score, found.sensitivities->quantised);
    };
    found.search = searchMixedK(choices, found.allowed, network != nullptr ? MeasureLoss(measure) : nullptr);
    return found.search->complete;
}

Report run(const Inputs& inputs, const Values& values, const engine::Control& control)
{
    KLossyFindings found;
    const std::vector<CodingMethod> tried = methods(values);
    found.subject = lossySubject(inputs, values, control.part(0, subjectEnd));
    found.complete = found.subject.complete && measureMaps(found, tried, control.part(subjectEnd, sizesEnd));
    if (!found.complete)
        return kLossyReport(found);
    std::optional<LossyNetwork> network;
    if (found.subject.runs()) {
        network.emplace(found.subject.set, found.subject.quantisers(), found.subject.midpoint);
        found.sensitivities = network->sensitivities(control.part(sizesEnd, sensitivitiesEnd));
        found.complete = found.sensitivities->complete;
    }
    found.measure = lossMeasure(found.subject, found.sensitivities);
    found.allowed = allowedLoss(found, values);
    if (found.measure == LossMeasure::Accuracy
        && values.text(QStringLiteral("order")) == QLatin1String("noise"))
        found.curve = lossCurve(*found.sensitivities);
    if (found.complete)
        found.complete = search(found, network ? &*network : nullptr,
                                control.part(network ? sensitivitiesEnd : sizesEnd, 1));
    return kLossyReport(found);
}

Parameter codecParameter()
{
    Parameter parameter { .id = QStringLiteral("codec"),
                          .title = QStringLiteral("Codec"),
                          .type = ParameterType::Choice,
                          .unit = {},
                          .fallback = QStringLiteral("bzvc-bypass"),
                          .help = QStringLiteral("codecs that gain from dropped bits") };
    for (const engine::codec::Entry& entry : engine::codec::catalogue())
        if (entry.usesLossyBits)
            parameter.choices.push_back(
                { QString::fromLatin1(entry.id.data(), static_cast<qsizetype>(entry.id.size())),
                  QString::fromLatin1(entry.title.data(), static_cast<qsizetype>(entry.title.size())) });
    return parameter;
}

std::vector<Parameter> parameters()
{
    std::vector<Parameter> all = lossySubjectParameters(1000);
    all.push_back(codecParameter());
    all.push_back(blockSizeParameter(false, QStringLiteral("16")));
    all.push_back({ .id = QStringLiteral("loss"),
                    .title = QStringLiteral("Allowed loss of accuracy"),
                    .type = ParameterType::Real,
                    .unit = QStringLiteral("points"),
                    .fallback = 0.4,
                    .minimum = 0,
                    .maximum = 100,
                    .help = QStringLiteral("of all layers lossy together, against all at K = 0") });
    all.push_back({ .id = QStringLiteral("sqnr"),
                    .title = QStringLiteral("Lowest SQNR"),
                    .type = ParameterType::Real,
                    .unit = QStringLiteral("dB"),
                    .fallback = 30.0,
                    .minimum = -100,
                    .maximum = 200,
                    .help = QStringLiteral("what may be lost where there are no labels: of the network's "
                                           "outputs, or of the maps where no network runs") });
    all.push_back({ .id = QStringLiteral("order"),
                    .title = QStringLiteral("Order of moves"),
                    .type = ParameterType::Choice,
                    .unit = {},
                    .fallback = QStringLiteral("noise"),
                    .help = QStringLiteral("what bits saved are weighed against; accuracy on few pictures "
                                           "is itself uncertain"),
                    .choices = { { QStringLiteral("noise"), QStringLiteral("noise of the outputs") },
                                 { QStringLiteral("accuracy"), QStringLiteral("loss of accuracy") } } });
    return all;
}

} // namespace

Analysis kLossyRow()
{
    const auto output = [](const char* name, const char* unit, const char* help) {
        return Output { QString::fromLatin1(name), QString::fromLatin1(unit), QString::fromLatin1(help) };
    };
    return { .id = QStringLiteral("k-lossy"),
             .title = QStringLiteral("K-lossy compression"),
             .source = QStringLiteral("[Wang 2022] 3.2"),
             .help =
                 QStringLiteral("size, error and accuracy against dropped bits, and the best K per layer"),
             .input = InputKind::Maps,
             .parameters = parameters(),
             .scalars = { output("ratio_lossless", "", "raw over coded bits with K = 0 everywhere"),
                          output("ratio", "", "the same with the chosen K of each layer"),
                          output("accuracy_float", "%", "of the network without quantisation"),
                          output("accuracy_before", "%", "all maps quantised, K = 0"),
                          output("accuracy_after", "%", "all maps with their chosen K together"),
                          output("loss", "points", "accuracy before less after"),
                          output("sqnr_before", "dB", "of the outputs, or of the maps, K = 0"),
                          output("sqnr_after", "dB", "the same with the chosen K"),
                          output("images", "", "pictures looked at") },
             .tables = { output("layers", "", "one row per layer and K, only this layer lossy"),
                         output("chosen", "", "the K of each layer"),
                         output("path", "", "mixed K tried on the way, with predicted and measured loss") },
             .charts = { output("bits", "", "coded size against K, a line for each layer"),
                         output("accuracy", "", "accuracy or SQNR against K, a line for each layer"),
                         output("path", "", "ratio against loss on the way to the chosen K"),
                         output("chosen", "", "chosen K of each layer") },
             .run = run };
}

} // namespace analysis
