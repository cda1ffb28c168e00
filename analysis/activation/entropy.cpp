#include "analysis/activation/entropy.h"

#include "analysis/activation/words.h"

namespace analysis {

namespace {

/// How often each word comes, indexed from the lowest.
std::vector<std::uint64_t> wordCounts(const WordSource& source, const engine::Control& control)
{
    const std::int32_t lowest = source.quantiser.lowest();
    std::vector<std::uint64_t> counts(static_cast<std::size_t>(source.quantiser.highest() - lowest) + 1);
    engine::forEachPiece(*source.tensor, control, [&](std::uint64_t, std::span<const float> values) {
        for (const float value : values)
            ++counts[static_cast<std::size_t>(source.quantiser(static_cast<double>(value)) - lowest)];
    });
    return counts;
}

Table emptyTable()
{
    return { .id = QStringLiteral("layers"),
             .title = QStringLiteral("Entropy per layer"),
             .columns = {
                 { .name = QStringLiteral("layer"), .title = QStringLiteral("Layer") },
                 { .name = QStringLiteral("elements"),
                   .title = QStringLiteral("Elements"),
                   .kind = ColumnKind::Count },
                 { .name = QStringLiteral("distinct"),
                   .title = QStringLiteral("Distinct words"),
                   .kind = ColumnKind::Count },
                 { .name = QStringLiteral("zero_fraction"),
                   .title = QStringLiteral("Zero words"),
                   .kind = ColumnKind::Fraction,
                   .bar = true },
                 { .name = QStringLiteral("entropy"),
                   .title = QStringLiteral("Entropy"),
                   .unit = QStringLiteral("bit"),
                   .kind = ColumnKind::Real,
                   .bar = true,
                   .decimals = 3 },
                 { .name = QStringLiteral("bound"),
                   .title = QStringLiteral("Ratio at the bound"),
                   .kind = ColumnKind::Ratio },
             } };
}

std::vector<Cell> layerRow(const WordSource& source, const std::vector<std::uint64_t>& counts, double bits)
{
    std::int64_t distinct = 0;
    for (const std::uint64_t count : counts)
        distinct += count > 0 ? 1 : 0;
    const std::uint64_t zeros = counts[static_cast<std::size_t>(-source.quantiser.lowest())];
    const double zeroShare = static_cast<double>(zeros) / static_cast<double>(source.facts.count);
    return { subjectName(*source.tensor),
             static_cast<qint64>(source.facts.count),
             static_cast<qint64>(distinct),
             zeroShare,
             bits,
             bits > 0 ? Cell(source.quantiser.bits / bits) : Cell() };
}

Report run(const Inputs& inputs, const Values& values, const engine::Control& control)
{
    const std::vector<const engine::Tensor*> tensors = subjectTensors(inputs, values);
    const auto wordBits = static_cast<int>(values.integer(QStringLiteral("word")));
    BarChart bars { .category = { QStringLiteral("Layer"), {} },
                    .value = { QStringLiteral("Entropy"), QStringLiteral("bit per word") } };
    bars.series.push_back({ .name = QStringLiteral("Entropy") });
    Report report;
    Table table = emptyTable();
    double totalBits = 0;
    double elements = 0;
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        const double share = 1.0 / static_cast<double>(tensors.size());
        const engine::Control part =
            control.part(static_cast<double>(i) * share, static_cast<double>(i + 1) * share);
        const WordSource source = wordSource(*tensors[i], wordBits, part.part(0, 0.4));
        const std::vector<std::uint64_t> counts = wordCounts(source, part.part(0.4, 1));
        if (control.stopped()) {
            table.partial = report.partial = true;
            break;
        }
        const double bits = engine::entropyBits(counts);
        table.rows.push_back(layerRow(source, counts, bits));
        bars.categories << subjectName(*tensors[i]);
        bars.series.front().values.push_back(bits);
        totalBits += bits * static_cast<double>(source.facts.count);
        elements += static_cast<double>(source.facts.count);
    }
    report.tables.push_back(std::move(table));
    report.scalars = { { QStringLiteral("entropy"), QStringLiteral("Entropy"),
                         elements > 0 ? totalBits / elements : 0, QStringLiteral("bit") } };
    report.charts.push_back(
        { QStringLiteral("entropy"), QStringLiteral("Entropy per layer"), std::move(bars) });
    return report;
}

} // namespace

Analysis entropyRow()
{
    return { .id = QStringLiteral("entropy"),
             .title = QStringLiteral("Entropy"),
             .source = QStringLiteral("[Chang 2022]; order-0 entropy of Shannon 1948"),
             .help = QStringLiteral("order-0 entropy of the words of each layer"),
             .input = InputKind::Tensors,
             .parameters = { subjectParameter(), layersParameter(), wordParameter() },
             .scalars = { { QStringLiteral("entropy"), QStringLiteral("bit"),
                            QStringLiteral("per word, mean over the layers weighted by their elements") } },
             .tables = { { QStringLiteral("layers"), {}, QStringLiteral("one row per layer") } },
             .charts = { { QStringLiteral("entropy"), {}, QStringLiteral("entropy per layer") } },
             .run = run };
}

} // namespace analysis
