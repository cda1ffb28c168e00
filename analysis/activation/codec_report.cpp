#include "analysis/activation/codec_report.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace analysis {

namespace {

/// Word lengths a coded word may take in the chart of sizes; a table for a few words would dwarf all layers.
constexpr double mostDrawn = 3;

constexpr std::array<const char*, 2> sectionNames = { "znz", "bpc" };

QString fromView(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

Column bits(const char* name, const char* title)
{
    return { .name = QString::fromLatin1(name),
             .title = QString::fromLatin1(title),
             .unit = QStringLiteral("bit"),
             .kind = ColumnKind::Bits };
}

Column count(const char* name, const char* title)
{
    return { .name = QString::fromLatin1(name),
             .title = QString::fromLatin1(title),
             .kind = ColumnKind::Count };
}

Column text(const QString& name, const QString& title)
{
    return { .name = name, .title = title };
}

/// Whether the methods differ in an option, among those that use it.
template <typename Uses, typename Value>
bool differs(const std::vector<CodingMethod>& methods, Uses uses, Value value)
{
    std::optional<int> first;
    for (const CodingMethod& method : methods) {
        if (uses(*method.entry) && first.value_or(value(method.options)) != value(method.options))
            return true;
        if (uses(*method.entry))
            first = value(method.options);
    }
    return false;
}

} // namespace

CodecReport::CodecReport(const CodingTask& task)
    : m_task(task)
    , m_totals(task.methods.size())
{
    using engine::codec::Entry;
    using engine::codec::Options;
    m_manyBlocks = differs(
        task.methods, [](const Entry& e) { return e.usesBlocks; },
        [](const Options& o) { return o.blockWords; });
    m_manyLossy = differs(
        task.methods, [](const Entry& e) { return e.usesLossyBits; },
        [](const Options& o) { return o.lossyBits; });
    m_layers = { .id = QStringLiteral("layers"),
                 .title = QStringLiteral("Coded size per layer"),
                 .columns = columns(task.hash) };
    m_layers.columns.insert(m_layers.columns.begin(), text(QStringLiteral("layer"), QStringLiteral("Layer")));
    m_ratios = { .category = { QStringLiteral("Layer"), {} },
                 .value = { QStringLiteral("Compression ratio"), {} },
                 .reference = Reference { 1, QStringLiteral("raw") } };
    m_sizes = { .category = { QStringLiteral("Layer"), {} },
                .value = { QStringLiteral("Coded size"), QStringLiteral("bit per word") },
                .reference = Reference { static_cast<double>(task.wordBits), QStringLiteral("raw") } };
    for (std::size_t m = 0; m < task.methods.size(); ++m) {
        // Uncompressed words are the line at 1, or at the word length; the colours of the others agree.
        if (!isDrawn(m))
            continue;
        m_sizes.series.push_back({ .name = label(m) });
        m_ratios.series.push_back({ .name = label(m) });
    }
}

QString CodecReport::label(std::size_t method) const
{
    const CodingMethod& made = m_task.methods[method];
    QString label = fromView(made.entry->id);
    if (m_manyBlocks && made.entry->usesBlocks)
        label += QStringLiteral(", S = %1").arg(made.options.blockWords);
    if (made.options.lossyBits > 0)
        label += QStringLiteral(", K = %1 (lossy)").arg(made.options.lossyBits);
    return label;
}

QString CodecReport::suffix(std::size_t method) const
{
    const CodingMethod& made = m_task.methods[method];
    QString suffix = fromView(made.entry->id);
    if (m_manyBlocks && made.entry->usesBlocks)
        suffix += QStringLiteral("_s%1").arg(made.options.blockWords);
    if (m_manyLossy && made.entry->usesLossyBits)
        suffix += QStringLiteral("_k%1").arg(made.options.lossyBits);
    return suffix;
}

bool CodecReport::isDrawn(std::size_t method) const
{
    return m_task.methods[method].entry->id != "raw" || m_task.methods.size() == 1;
}

std::vector<Column> CodecReport::columns(bool hash) const
{
    std::vector<Column> columns = { text(QStringLiteral("codec"), QStringLiteral("Codec")),
                                    count("block", "S"),
                                    count("lossy_bits", "K"),
                                    text(QStringLiteral("lossless"), QStringLiteral("Lossless")),
                                    count("elements", "Elements"),
                                    count("nonzeros", "Non-zeros"),
                                    bits("raw", "Raw"),
                                    bits("payload", "Payload"),
                                    bits("header", "Header"),
                                    bits("total", "Total"),
                                    { .name = QStringLiteral("ratio"),
                                      .title = QStringLiteral("Ratio"),
                                      .kind = ColumnKind::Ratio,
                                      .bar = true,
                                      .decimals = 3 },
                                    { .name = QStringLiteral("ratio_deviation"),
                                      .title = QStringLiteral("Deviation over images"),
                                      .kind = ColumnKind::Real,
                                      .decimals = 3 } };
    Column& total = columns[columns.size() - 3];
    total.bar = true;
    total.overhead = QStringLiteral("header");
    if (hash) {
        columns.push_back(text(QStringLiteral("stream_sha256"), QStringLiteral("Stream SHA-256")));
        for (const char* name : sectionNames)
            columns.push_back(text(QStringLiteral("%1_sha256").arg(QLatin1String(name)),
                                   QStringLiteral("%1 SHA-256").arg(QString::fromLatin1(name).toUpper())));
    }
    return columns;
}

std::vector<Cell> CodecReport::cells(std::size_t method, const CodedLayer& outcome) const
{
    const CodingMethod& made = m_task.methods[method];
    const bool lossless = !made.entry->usesLossyBits || made.options.lossyBits == 0;
    const auto whole = [](std::uint64_t value) { return Cell(static_cast<qint64>(value)); };
    return { fromView(made.entry->id),
             made.entry->usesBlocks ? Cell(qint64 { made.options.blockWords }) : Cell(),
             made.entry->usesLossyBits ? Cell(qint64 { made.options.lossyBits }) : Cell(),
             lossless ? QStringLiteral("yes") : QStringLiteral("no"),
             whole(outcome.elements),
             whole(outcome.bits.nonzeros),
             whole(outcome.elements * static_cast<std::uint64_t>(m_task.wordBits)),
             whole(outcome.bits.payload),
             whole(outcome.bits.header),
             whole(outcome.bits.total()),
             compressionRatio(outcome.elements, m_task.wordBits, outcome.bits.total()),
             outcome.streams > 1 ? Cell(outcome.ratioDeviation()) : Cell() };
}

void CodecReport::addHashes(std::vector<Cell>& row, const CodedLayer& outcome) const
{
    row.emplace_back(QString::fromLatin1(outcome.sha256));
    for (const char* name : sectionNames) {
        const auto found = std::ranges::find(outcome.sections, QByteArray(name), &SectionDigest::name);
        row.push_back(found == outcome.sections.end() ? Cell() : Cell(QString::fromLatin1(found->sha256)));
    }
}

void CodecReport::add(const QString& layer, const std::vector<CodedLayer>& outcomes)
{
    m_ratios.categories << layer;
    m_sizes.categories << layer;
    std::size_t series = 0;
    for (std::size_t m = 0; m < outcomes.size(); ++m) {
        const CodedLayer& outcome = outcomes[m];
        std::vector<Cell> row = cells(m, outcome);
        row.insert(row.begin(), layer);
        if (m_task.hash)
            addHashes(row, outcome);
        m_layers.rows.push_back(std::move(row));
        m_totals[m] += outcome;
        if (!isDrawn(m))
            continue;
        const double words = std::max(1.0, static_cast<double>(outcome.elements));
        const double size = static_cast<double>(outcome.bits.total()) / words;
        const bool fits = size <= mostDrawn * m_task.wordBits;
        if (!fits)
            m_remarks.push_back(
                { Level::Note, layer,
                  QStringLiteral("%1 takes %2 bit per word for %3 words, so it is left out of "
                                 "the chart of sizes")
                      .arg(label(m))
                      .arg(size, 0, 'f', 1)
                      .arg(outcome.elements) });
        const double header = static_cast<double>(outcome.bits.header) / words;
        m_sizes.series[series].values.push_back(fits ? size - header : std::nan(""));
        m_sizes.series[series].overhead.push_back(fits ? header : 0);
        m_ratios.series[series].values.push_back(
            compressionRatio(outcome.elements, m_task.wordBits, outcome.bits.total()));
        m_ratios.series[series].deviation.push_back(outcome.ratioDeviation());
        ++series;
    }
}

Chart CodecReport::speedChart(const std::vector<CodecSpeed>& speeds) const
{
    ScatterChart scatter { .x = { QStringLiteral("Coding speed, one thread"), QStringLiteral("GB/s"), true },
                           .y = { QStringLiteral("Compression ratio"), {} } };
    for (std::size_t m = 0; m < m_totals.size(); ++m) {
        const double ratio =
            compressionRatio(m_totals[m].elements, m_task.wordBits, m_totals[m].bits.total());
        scatter.series.push_back(
            { .name = label(m), .x = { speeds[m].encode }, .y = { ratio }, .labels = { suffix(m) } });
    }
    return { QStringLiteral("speed"), QStringLiteral("Ratio against coding speed"), std::move(scatter) };
}

Report CodecReport::finish(const std::vector<CodecSpeed>& speeds, bool stopped)
{
    Report report;
    report.partial = m_layers.partial = stopped;
    report.remarks = std::move(m_remarks);
    Table codecs { .id = QStringLiteral("codecs"),
                   .title = QStringLiteral("All layers together"),
                   .columns = columns(false) };
    codecs.columns.pop_back(); // the images of different layers have no common spread
    for (const CodecSpeed::Column& column : CodecSpeed::columns)
        if (!speeds.empty())
            codecs.columns.push_back({ .name = QString::fromLatin1(column.name),
                                       .title = QString::fromLatin1(column.title),
                                       .unit = QStringLiteral("GB/s"),
                                       .kind = ColumnKind::Real,
                                       .decimals = 3 });
    double best = 0;
    for (std::size_t m = 0; m < m_totals.size(); ++m) {
        std::vector<Cell> row = cells(m, m_totals[m]);
        row.pop_back();
        const double reached = std::get<double>(row.back());
        best = std::max(best, reached);
        report.scalars.push_back(
            { QStringLiteral("ratio_") + suffix(m), QStringLiteral("Ratio ") + suffix(m), reached });
        for (const CodecSpeed::Column& column : CodecSpeed::columns)
            if (!speeds.empty())
                row.emplace_back(speeds[m].*column.value);
        codecs.rows.push_back(std::move(row));
    }
    report.scalars.insert(report.scalars.begin(),
                          { QStringLiteral("ratio"), QStringLiteral("Best ratio"), best });
    report.tables.push_back(std::move(m_layers));
    report.tables.push_back(std::move(codecs));
    report.charts.push_back(
        { QStringLiteral("ratio"), QStringLiteral("Compression ratio per layer"), std::move(m_ratios) });
    report.charts.push_back(
        { QStringLiteral("size"), QStringLiteral("Coded size per layer"), std::move(m_sizes) });
    if (!speeds.empty())
        report.charts.push_back(speedChart(speeds));
    return report;
}

} // namespace analysis
