#include "analysis/activation/codec.h"

#include "analysis/activation/codec_report.h"
#include "engine/base/error.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace analysis {

namespace {

constexpr std::array<int, 5> blockSizes = { 4, 8, 16, 32, 64 };

/// What a first look compares; the others are a click away.
constexpr std::array<std::string_view, 7> usual = { "raw",     "zvc",  "zrle16",     "ebpc",
                                                    "huffman", "bzvc", "bzvc-bypass" };

std::vector<int> numbers(const Values& values, const QString& id)
{
    std::vector<int> found;
    for (const QString& text : values.list(id))
        found.push_back(text.toInt());
    return found;
}

void requireLossyBits(int lossyBits, int wordBits)
{
    if (lossyBits >= wordBits)
        throw engine::ParameterError("K (lossy): " + std::to_string(lossyBits) + " is outside 0.."
                                     + std::to_string(wordBits - 1) + " for words of "
                                     + std::to_string(wordBits) + " bit");
}

/// Every codec with every setting that it uses.
CodingTask makeTask(const Values& values)
{
    CodingTask task;
    task.wordBits = static_cast<int>(values.integer(QStringLiteral("word")));
    task.hash = values.flag(QStringLiteral("hash"));
    const std::vector<int> blocks = numbers(values, QStringLiteral("block"));
    const std::vector<int> lossy = numbers(values, QStringLiteral("lossy-bits"));
    if (blocks.empty())
        throw engine::ParameterError("block: no block size is chosen");
    if (lossy.empty())
        throw engine::ParameterError("lossy-bits: no K is chosen; 0 is lossless");
    for (const int lossyBits : lossy)
        requireLossyBits(lossyBits, task.wordBits);
    for (const QString& id : values.list(QStringLiteral("codecs"))) {
        const engine::codec::Entry& entry = engine::codec::find(id.toStdString());
        for (std::size_t b = 0; b < (entry.usesBlocks ? blocks.size() : 1); ++b)
            for (std::size_t k = 0; k < (entry.usesLossyBits ? lossy.size() : 1); ++k)
                task.methods.push_back(
                    { &entry,
                      entry.make(),
                      { .blockWords = blocks[b], .lossyBits = entry.usesLossyBits ? lossy[k] : 0 } });
    }
    if (task.methods.empty())
        throw engine::ParameterError("codecs: none is chosen");
    return task;
}

Report run(const Inputs& inputs, const Values& values, const engine::Control& control)
{
    const std::vector<const engine::Tensor*> tensors = subjectTensors(inputs, values);
    const CodingTask task = makeTask(values);
    const double percentile = values.real(QStringLiteral("percentile"));
    CodecReport gathered(task);
    std::optional<WordSource> largest;
    const double share = 1.0 / static_cast<double>(tensors.size());
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        const engine::Control part =
            control.part(static_cast<double>(i) * share, static_cast<double>(i + 1) * share);
        const WordSource source = wordSource(*tensors[i], task.wordBits, part.part(0, 0.2), percentile);
        const std::vector<CodedLayer> outcomes = codeLayer(task, source, part.part(0.2, 1));
        if (control.stopped())
            return gathered.finish({}, true);
        gathered.add(subjectName(*tensors[i]), outcomes);
        if (!largest || tensors[i]->shape.elements() > largest->tensor->shape.elements())
            largest = source;
    }
    if (!values.flag(QStringLiteral("speed")))
        return gathered.finish({}, false);
    const std::vector<CodecSpeed> speeds = codecSpeeds(task, *largest, control);
    return gathered.finish(speeds, control.stopped());
}

Parameter codecsParameter()
{
    Parameter parameter { .id = QStringLiteral("codecs"),
                          .title = QStringLiteral("Codecs"),
                          .type = ParameterType::Choices,
                          .unit = {},
                          .fallback = QString(),
                          .help = QStringLiteral("codecs to compare, apart by commas") };
    for (const engine::codec::Entry& entry : engine::codec::catalogue())
        parameter.choices.push_back(
            { QString::fromLatin1(entry.id.data(), static_cast<qsizetype>(entry.id.size())),
              QString::fromLatin1(entry.title.data(), static_cast<qsizetype>(entry.title.size())) });
    QStringList chosen;
    for (const Choice& choice : parameter.choices)
        if (std::ranges::find(usual, choice.id.toStdString()) != usual.end())
            chosen << choice.id;
    parameter.fallback = chosen.join(QLatin1Char(','));
    return parameter;
}

Parameter blocksParameter()
{
    Parameter parameter { .id = QStringLiteral("block"),
                          .title = QStringLiteral("Block size S"),
                          .type = ParameterType::Choices,
                          .unit = QStringLiteral("words"),
                          .fallback = QStringLiteral("16"),
                          .help = QStringLiteral("words that share one mask and width; several to compare") };
    for (const int size : blockSizes)
        parameter.choices.push_back({ QString::number(size), QString::number(size) });
    return parameter;
}

Parameter lossyParameter()
{
    Parameter parameter { .id = QStringLiteral("lossy-bits"),
                          .title = QStringLiteral("K (lossy)"),
                          .type = ParameterType::Choices,
                          .unit = QStringLiteral("bit"),
                          .fallback = QStringLiteral("0"),
                          .help = QStringLiteral(
                              "low bits dropped before coding; 0 is lossless; several to compare") };
    for (int k = 0; k < 16; ++k)
        parameter.choices.push_back({ QString::number(k), QString::number(k) });
    return parameter;
}

Parameter flagParameter(const QString& id, const QString& title, const QString& help)
{
    return {
        .id = id, .title = title, .type = ParameterType::Flag, .unit = {}, .fallback = false, .help = help
    };
}

std::vector<Parameter> parameters()
{
    return { codecsParameter(),
             wordParameter(),
             percentileParameter(),
             blocksParameter(),
             lossyParameter(),
             subjectParameter(),
             layersParameter(),
             flagParameter(QStringLiteral("speed"), QStringLiteral("Measure speed"),
                           QStringLiteral("adds how fast each codec runs here; such figures vary")),
             flagParameter(QStringLiteral("hash"), QStringLiteral("Hash the streams"),
                           QStringLiteral("adds stream_sha256: all streams of a layer, padded, one after the "
                                          "other; lossless streams are read back and compared")) };
}

} // namespace

Analysis codecRow()
{
    return { .id = QStringLiteral("codec"),
             .title = QStringLiteral("Codec comparison"),
             .source = QStringLiteral("[Wang 2022] 3"),
             .help = QStringLiteral("coded size per layer, payload and header apart, with any set of codecs"),
             .input = InputKind::Tensors,
             .parameters = parameters(),
             .scalars = { { QStringLiteral("ratio"),
                            {},
                            QStringLiteral("raw bits over coded bits, best codec, all layers") },
                          { QStringLiteral("ratio_<codec>"),
                            {},
                            QStringLiteral(
                                "the same for each codec; with _s<S> and _k<K> where there are several") } },
             .tables = { { QStringLiteral("layers"),
                           {},
                           QStringLiteral("one row per layer, codec, S and K; images summed") },
                         { QStringLiteral("codecs"),
                           {},
                           QStringLiteral("one row per codec, S and K, all layers; speeds on demand") } },
             .charts = { { QStringLiteral("ratio"),
                           {},
                           QStringLiteral(
                               "compression ratio per layer and codec, with the deviation over images") },
                         { QStringLiteral("size"),
                           {},
                           QStringLiteral("coded size per layer and codec, payload and header apart") },
                         { QStringLiteral("speed"), {}, QStringLiteral("ratio against coding speed") } },
             .run = run };
}

} // namespace analysis
