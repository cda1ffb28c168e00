#include "analysis/activation/lossy_subject.h"

#include <algorithm>

namespace analysis {

namespace {

double noiseShare(const LossyFacts& facts)
{
    return facts.signal > 0 ? facts.noise / facts.signal : 0;
}

double meanNoiseShare(const std::vector<std::vector<LossyFacts>>& facts)
{
    double sum = 0;
    for (const std::vector<LossyFacts>& map : facts)
        sum += noiseShare(map.front());
    return facts.empty() ? 0 : sum / static_cast<double>(facts.size());
}

} // namespace

std::uint64_t LossySubject::elements(std::size_t map) const
{
    const engine::Shape& shape = sources[map].tensor->shape;
    const auto streams =
        static_cast<std::uint64_t>(std::max<std::int64_t>(1, streamCount(*sources[map].tensor)));
    return shape.elements() / streams * set.images;
}

std::uint64_t LossySubject::rawBits(std::size_t map) const
{
    return elements(map) * static_cast<std::uint64_t>(wordBits);
}

std::uint64_t LossySubject::rawBits() const
{
    std::uint64_t bits = 0;
    for (std::size_t map = 0; map < maps(); ++map)
        bits += rawBits(map);
    return bits;
}

std::vector<engine::Quantiser> LossySubject::quantisers() const
{
    std::vector<engine::Quantiser> all;
    for (const WordSource& source : sources)
        all.push_back(source.quantiser);
    return all;
}

std::vector<Parameter> lossySubjectParameters(qint64 defaultLimit)
{
    std::vector<Parameter> all = mapSetParameters(defaultLimit);
    all.push_back(wordParameter());
    all.push_back(percentileParameter());
    all.push_back({ .id = QStringLiteral("midpoint"),
                    .title = QStringLiteral("Midpoint"),
                    .type = ParameterType::Flag,
                    .unit = {},
                    .fallback = false,
                    .help = QStringLiteral("restore words that are not zero at the middle of what the "
                                           "dropped bits can hold") });
    return all;
}

LossySubject lossySubject(const Inputs& inputs, const Values& values, const engine::Control& control)
{
    LossySubject subject;
    subject.wordBits = static_cast<int>(values.integer(QStringLiteral("word")));
    subject.midpoint = values.flag(QStringLiteral("midpoint"));
    subject.set = mapSet(inputs, values, control.part(0, 0.7));
    subject.complete = !subject.set.data.empty();
    for (const MapData& data : subject.set.data) {
        const double done =
            static_cast<double>(subject.sources.size()) / static_cast<double>(subject.set.data.size());
        WordSource source =
            wordSource(*data.tensor, subject.wordBits, control.part(0.7 + 0.3 * done, 0.7 + 0.3 * done),
                       values.real(QStringLiteral("percentile")));
        if (control.stopped()) {
            subject.complete = false;
            break;
        }
        subject.sources.push_back(std::move(source));
        control.report(0.7
                           + 0.3 * static_cast<double>(subject.sources.size())
                               / static_cast<double>(subject.set.data.size()),
                       data.layer.toStdString());
    }
    return subject;
}

std::vector<CodedLayer> codedSizes(const LossySubject& subject, std::size_t map,
                                   const std::vector<CodingMethod>& methods, const engine::Control& control)
{
    const CodingTask task { .methods = methods,
                            .wordBits = subject.wordBits,
                            .streamLimit = static_cast<std::int64_t>(subject.set.images) };
    return codeLayer(task, subject.sources[map], control);
}

Parameter blockSizeParameter(bool several, const QString& fallback)
{
    Parameter parameter { .id = QStringLiteral("block"),
                          .title = QStringLiteral("Block size S"),
                          .type = several ? ParameterType::Choices : ParameterType::Choice,
                          .unit = QStringLiteral("words"),
                          .fallback = fallback,
                          .help = QStringLiteral("words that share one mask and width") };
    for (const int size : { 4, 8, 16, 32, 64 })
        parameter.choices.push_back({ QString::number(size), QString::number(size) });
    return parameter;
}

LossMeasure lossMeasure(const LossySubject& subject, const std::optional<Sensitivities>& sensitivities)
{
    if (!subject.runs() || !sensitivities)
        return LossMeasure::MapNoise;
    return sensitivities->quantised.accuracy() ? LossMeasure::Accuracy : LossMeasure::OutputNoise;
}

std::vector<std::vector<double>> losses(LossMeasure measure,
                                        const std::optional<Sensitivities>& sensitivities,
                                        const std::vector<std::vector<LossyFacts>>& facts)
{
    std::vector<std::vector<double>> all;
    if (measure == LossMeasure::MapNoise) {
        for (const std::vector<LossyFacts>& map : facts) {
            all.emplace_back();
            for (const LossyFacts& each : map)
                all.back().push_back((noiseShare(each) - noiseShare(map.front()))
                                     / static_cast<double>(facts.size()));
        }
        return all;
    }
    for (const std::vector<Score>& map : sensitivities->layers) {
        all.emplace_back();
        for (const Score& score : map)
            all.back().push_back(measuredLoss(measure, score, map.front()));
    }
    return all;
}

double lossAtStart(LossMeasure measure, const std::optional<Sensitivities>& sensitivities,
                   const std::vector<std::vector<LossyFacts>>& facts)
{
    switch (measure) {
    case LossMeasure::Accuracy:
        return 0;
    case LossMeasure::OutputNoise:
        return sensitivities->quantised.noiseShare();
    case LossMeasure::MapNoise:
        break;
    }
    return meanNoiseShare(facts);
}

double measuredLoss(LossMeasure measure, const Score& score, const Score& before)
{
    if (measure == LossMeasure::Accuracy)
        return before.accuracy().value_or(0) - score.accuracy().value_or(0);
    return score.noiseShare() - before.noiseShare();
}

} // namespace analysis
