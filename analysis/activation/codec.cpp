#include "analysis/activation/codec.h"

#include "analysis/activation/coding.h"
#include "engine/base/error.h"

#include <algorithm>

namespace analysis {

namespace {

QString fromView(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

CodingTask makeTask(const Values& values)
{
    CodingTask task;
    for (const QString& id : values.list(QStringLiteral("codecs"))) {
        const engine::codec::Entry& entry = engine::codec::find(id.toStdString());
        task.methods.push_back({ &entry, entry.make() });
    }
    if (task.methods.empty())
        throw engine::ParameterError("codecs: none is chosen");
    task.wordBits = static_cast<int>(values.integer(QStringLiteral("word")));
    task.options.blockWords = values.text(QStringLiteral("block")).toInt();
    task.options.lossyBits = static_cast<int>(values.integer(QStringLiteral("lossy-bits")));
    task.hash = values.flag(QStringLiteral("hash"));
    if (task.options.lossyBits >= task.wordBits)
        throw engine::ParameterError("K (lossy): " + std::to_string(task.options.lossyBits)
                                     + " is outside 0.." + std::to_string(task.wordBits - 1)
                                     + " for words of " + std::to_string(task.wordBits) + " bit");
    return task;
}

double ratio(std::uint64_t raw, std::uint64_t total)
{
    return total > 0 ? static_cast<double>(raw) / static_cast<double>(total) : 1;
}

std::vector<Column> sizeColumns(bool hash)
{
    const QString bit = QStringLiteral("bit");
    std::vector<Column> columns = {
        { .name = QStringLiteral("codec"), .title = QStringLiteral("Codec") },
        { .name = QStringLiteral("elements"),
          .title = QStringLiteral("Elements"),
          .kind = ColumnKind::Count },
        { .name = QStringLiteral("nonzeros"),
          .title = QStringLiteral("Non-zeros"),
          .kind = ColumnKind::Count },
        { .name = QStringLiteral("raw"),
          .title = QStringLiteral("Raw"),
          .unit = bit,
          .kind = ColumnKind::Bits },
        { .name = QStringLiteral("payload"),
          .title = QStringLiteral("Payload"),
          .unit = bit,
          .kind = ColumnKind::Bits },
        { .name = QStringLiteral("header"),
          .title = QStringLiteral("Header"),
          .unit = bit,
          .kind = ColumnKind::Bits },
        { .name = QStringLiteral("total"),
          .title = QStringLiteral("Total"),
          .unit = bit,
          .kind = ColumnKind::Bits,
          .bar = true,
          .overhead = QStringLiteral("header") },
        { .name = QStringLiteral("ratio"),
          .title = QStringLiteral("Ratio"),
          .kind = ColumnKind::Ratio,
          .bar = true,
          .decimals = 3 },
    };
    if (hash)
        columns.push_back(
            { .name = QStringLiteral("stream_sha256"), .title = QStringLiteral("Stream SHA-256") });
    return columns;
}

std::vector<Cell> sizeCells(const CodingMethod& method, const CodedLayer& outcome, int wordBits, bool hash)
{
    const std::uint64_t raw = outcome.elements * static_cast<std::uint64_t>(wordBits);
    std::vector<Cell> cells = { fromView(method.entry->id),
                                static_cast<qint64>(outcome.elements),
                                static_cast<qint64>(outcome.bits.nonzeros),
                                static_cast<qint64>(raw),
                                static_cast<qint64>(outcome.bits.payload),
                                static_cast<qint64>(outcome.bits.header),
                                static_cast<qint64>(outcome.bits.total()),
                                ratio(raw, outcome.bits.total()) };
    if (hash)
        cells.emplace_back(QString::fromLatin1(outcome.sha256));
    return cells;
}

/// Everything `run` gathers while it goes from layer to layer.
struct Gathered {
    Table layers;
    std::vector<CodedLayer> totals;
    BarChart ratios;
    BarChart sizes;
};

bool isDrawn(const CodingTask& task, const CodingMethod& method)
{
    return method.entry->id != "raw" || task.methods.size() == 1;
}

Gathered start(const CodingTask& task)
{
    Gathered gathered;
    gathered.layers = { .id = QStringLiteral("layers"),
                        .title = QStringLiteral("Coded size per layer"),
                        .columns = sizeColumns(task.hash) };
    gathered.layers.columns.insert(gathered.layers.columns.begin(),
                                   { .name = QStringLiteral("layer"), .title = QStringLiteral("Layer") });
    gathered.totals.resize(task.methods.size());
    gathered.ratios = { .category = { QStringLiteral("Layer"), {} },
                        .value = { QStringLiteral("Compression ratio"), {} },
                        .reference = Reference { 1, QStringLiteral("raw") } };
    gathered.sizes = { .category = { QStringLiteral("Layer"), {} },
                       .value = { QStringLiteral("Coded size"), QStringLiteral("bit per word") },
                       .reference = Reference { static_cast<double>(task.wordBits), QStringLiteral("raw") } };
    for (const CodingMethod& method : task.methods) {
        // Uncompressed words are the line at 1, or at the word length; the colours of the others agree.
        if (!isDrawn(task, method))
            continue;
        gathered.sizes.series.push_back({ .name = fromView(method.entry->title) });
        gathered.ratios.series.push_back({ .name = fromView(method.entry->title) });
    }
    return gathered;
}

void addLayer(Gathered& gathered, const CodingTask& task, const QString& layer,
              const std::vector<CodedLayer>& outcomes)
{
    gathered.ratios.categories << layer;
    gathered.sizes.categories << layer;
    std::size_t series = 0;
    for (std::size_t m = 0; m < outcomes.size(); ++m) {
        const CodedLayer& outcome = outcomes[m];
        std::vector<Cell> row = sizeCells(task.methods[m], outcome, task.wordBits, task.hash);
        row.insert(row.begin(), layer);
        gathered.layers.rows.push_back(std::move(row));

        CodedLayer& total = gathered.totals[m];
        total.elements += outcome.elements;
        total.bits.payload += outcome.bits.payload;
        total.bits.header += outcome.bits.header;
        total.bits.nonzeros += outcome.bits.nonzeros;

        if (!isDrawn(task, task.methods[m]))
            continue;
        const double words = std::max(1.0, static_cast<double>(outcome.elements));
        gathered.sizes.series[series].values.push_back(static_cast<double>(outcome.bits.payload) / words);
        gathered.sizes.series[series].overhead.push_back(static_cast<double>(outcome.bits.header) / words);
        gathered.ratios.series[series].values.push_back(
            ratio(outcome.elements * static_cast<std::uint64_t>(task.wordBits), outcome.bits.total()));
        ++series;
    }
}

Report finish(Gathered gathered, const CodingTask& task, bool stopped)
{
    Report report;
    report.partial = gathered.layers.partial = stopped;
    Table codecs { .id = QStringLiteral("codecs"),
                   .title = QStringLiteral("All layers together"),
                   .columns = sizeColumns(false) };
    double best = 0;
    for (std::size_t m = 0; m < task.methods.size(); ++m) {
        codecs.rows.push_back(sizeCells(task.methods[m], gathered.totals[m], task.wordBits, false));
        const double reached = std::get<double>(codecs.rows.back().back());
        best = std::max(best, reached);
        report.scalars.push_back({ QStringLiteral("ratio_") + fromView(task.methods[m].entry->id),
                                   QStringLiteral("Ratio ") + fromView(task.methods[m].entry->id), reached });
    }
    report.scalars.insert(report.scalars.begin(),
                          { QStringLiteral("ratio"), QStringLiteral("Best ratio"), best });
    report.tables.push_back(std::move(gathered.layers));
    report.tables.push_back(std::move(codecs));
    report.charts.push_back({ QStringLiteral("ratio"), QStringLiteral("Compression ratio per layer"),
                              std::move(gathered.ratios) });
    report.charts.push_back(
        { QStringLiteral("size"), QStringLiteral("Coded size per layer"), std::move(gathered.sizes) });
    return report;
}

Report run(const Inputs& inputs, const Values& values, const engine::Control& control)
{
    const std::vector<const engine::Tensor*> tensors = subjectTensors(inputs, values);
    const CodingTask task = makeTask(values);
    Gathered gathered = start(task);
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        const double share = 1.0 / static_cast<double>(tensors.size());
        const engine::Control part =
            control.part(static_cast<double>(i) * share, static_cast<double>(i + 1) * share);
        const WordSource source = wordSource(*tensors[i], task.wordBits, part.part(0, 0.2));
        const std::vector<CodedLayer> outcomes = codeLayer(task, source, part.part(0.2, 1));
        if (control.stopped())
            return finish(std::move(gathered), task, true);
        addLayer(gathered, task, subjectName(*tensors[i]), outcomes);
    }
    return finish(std::move(gathered), task, false);
}

Parameter codecsParameter()
{
    Parameter parameter { .id = QStringLiteral("codecs"),
                          .title = QStringLiteral("Codecs"),
                          .type = ParameterType::Choices,
                          .unit = {},
                          .fallback = QString(),
                          .help = QStringLiteral("codecs to compare, apart by commas") };
    QStringList all;
    for (const engine::codec::Entry& entry : engine::codec::catalogue()) {
        parameter.choices.push_back({ fromView(entry.id), fromView(entry.title) });
        all << fromView(entry.id);
    }
    parameter.fallback = all.join(QLatin1Char(','));
    return parameter;
}

std::vector<Parameter> parameters()
{
    Parameter block { .id = QStringLiteral("block"),
                      .title = QStringLiteral("Block size S"),
                      .type = ParameterType::Choice,
                      .unit = QStringLiteral("words"),
                      .fallback = QStringLiteral("16"),
                      .help = QStringLiteral("words that share one mask and width") };
    for (const char* size : { "4", "8", "16", "32", "64" })
        block.choices.push_back({ QString::fromLatin1(size), QString::fromLatin1(size) });
    return { codecsParameter(),
             wordParameter(),
             std::move(block),
             { .id = QStringLiteral("lossy-bits"),
               .title = QStringLiteral("K (lossy)"),
               .type = ParameterType::Integer,
               .unit = QStringLiteral("bit"),
               .fallback = qint64 { 0 },
               .minimum = 0,
               .maximum = 15,
               .help = QStringLiteral("low bits dropped before coding; 0 is lossless") },
             subjectParameter(),
             layersParameter(),
             { .id = QStringLiteral("hash"),
               .title = QStringLiteral("Hash the streams"),
               .type = ParameterType::Flag,
               .unit = {},
               .fallback = false,
               .help = QStringLiteral(
                   "adds stream_sha256: all streams of a layer, padded, one after the other") } };
}

} // namespace

Analysis codecRow()
{
    return {
        .id = QStringLiteral("codec"),
        .title = QStringLiteral("Codec comparison"),
        .source = QStringLiteral("[Wang 2022] 3"),
        .help = QStringLiteral("coded size per layer, payload and header apart, with any set of codecs"),
        .input = InputKind::Tensors,
        .parameters = parameters(),
        .scalars = { { QStringLiteral("ratio"),
                       {},
                       QStringLiteral("raw bits over coded bits, best codec, all layers") },
                     { QStringLiteral("ratio_<codec>"), {}, QStringLiteral("the same for each codec") } },
        .tables = { { QStringLiteral("layers"),
                      {},
                      QStringLiteral("one row per layer and codec; images summed") },
                    { QStringLiteral("codecs"), {}, QStringLiteral("one row per codec, all layers") } },
        .charts = { { QStringLiteral("ratio"), {}, QStringLiteral("compression ratio per layer and codec") },
                    { QStringLiteral("size"),
                      {},
                      QStringLiteral("coded size per layer and codec, payload and header apart") } },
        .run = run
    };
}

} // namespace analysis
