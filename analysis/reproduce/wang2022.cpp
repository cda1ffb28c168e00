#include "analysis/reproduce/wang2022.h"

#include "analysis/activation/feature_maps.h"
#include "analysis/activation/recipe.h"
#include "analysis/reproduce/published.h"
#include "engine/base/error.h"

#include <algorithm>
#include <array>
#include <limits>

namespace analysis {

namespace {

constexpr std::array<const char*, 6> comparedCodecs = { "zvc",  "zrle16",  "bpc",
                                                        "ebpc", "huffman", "bzvc-bypass" };
constexpr qint64 mostTrafficImages = 16; ///< every picture is some 100 000 requests
constexpr double allowedLoss = 0.4; ///< [points], as [Wang 2022] has it

QString text(const char* latin)
{
    return QString::fromLatin1(latin);
}

std::optional<double> scalar(const Report& report, const QString& name)
{
    const Scalar* found = report.scalar(name);
    return found != nullptr ? std::optional(found->value) : std::nullopt;
}

/// An analysis with its defaults, but for what is set.
Report runWith(const QString& id, const Inputs& inputs, const std::map<QString, Value>& changed,
               const engine::Control& control)
{
    const Analysis& row = findAnalysis(id);
    Values values(row.parameters);
    for (const auto& [name, value] : changed)
        values.set(row.parameters, name, value);
    return row.run(inputs, values, control);
}

/// One specimen, step by step; the control tells between them.
class Trial {
public:
    Trial(const Specimen& specimen, qint64 limit, const Inputs& inputs, const engine::Control& control)
        : m_network({ { inputs.open(specimen.network, control) }, inputs.open })
    {
        const engine::Graph* graph = m_network.datasets.front()->content.graph.get();
        if (graph == nullptr)
            throw engine::FormatError(specimen.network.toStdString() + ": is no network that can be run");
        m_pictures = { { text("images"), specimen.pictures },
                       { text("preset"), specimen.preset },
                       { text("limit"), limit } };
        m_figures.title = specimen.title;
    }

    /// False when stopped.
    bool run(const engine::Control& control)
    {
        if (!capture(control.part(0, 0.1)))
            return false;
        measureCodecs(control.part(0.1, 0.2));
        measureEngine(control.part(0.2, 0.3));
        measureTraffic(control.part(0.3, 0.5));
        measureLossy(control.part(0.5, 1));
        return !control.stopped();
    }

    const Wang2022Figures& figures() const { return m_figures; }

private:
    bool capture(const engine::Control& control)
    {
        const std::vector<Parameter> parameters = mapSetParameters(0);
        Values values(parameters);
        for (const auto& [name, value] : m_pictures)
            values.set(parameters, name, value);
        const MapSet set = mapSet(m_network, values, control);
        if (control.stopped())
            return false;
        m_activations = { { set.activations }, m_network.open };
        m_figures.images = static_cast<qint64>(set.images);
        return true;
    }

    void measureCodecs(const engine::Control& control)
    {
        QStringList codecs;
        for (const char* id : comparedCodecs)
            codecs << text(id);
        const Report report = runWith(text("codec"), m_activations,
                                      { { text("codecs"), codecs.join(QLatin1Char(',')) } }, control);
        for (const QString& id : codecs)
            if (const auto ratio = scalar(report, QStringLiteral("ratio_") + id))
                m_figures.ratios[id] = *ratio;
    }

    void measureEngine(const engine::Control& control)
    {
        const Report report = runWith(text("compressor"), m_activations, {}, control);
        m_figures.throughputGain = scalar(report, text("throughput_gain"));
        m_figures.gateOverhead = scalar(report, text("gate_overhead"));
    }

    void measureTraffic(const engine::Control& control)
    {
        m_figures.trafficImages = std::min(m_figures.images, mostTrafficImages);
        const Report report = runWith(
            text("traffic"), m_activations,
            { { text("limit"), m_figures.trafficImages }, { text("codecs"), text("bzvc-bypass") } }, control);
        m_figures.energySaving = scalar(report, text("saving"));
    }

    void measureLossy(const engine::Control& control)
    {
        std::map<QString, Value> values = m_pictures;
        values[text("loss")] = allowedLoss;
        const Report report = runWith(text("k-lossy"), m_network, values, control);
        m_figures.losslessRatio = scalar(report, text("ratio_lossless"));
        m_figures.lossyRatio = scalar(report, text("ratio"));
        m_figures.accuracyBefore = scalar(report, text("accuracy_before"));
        m_figures.accuracyLoss = scalar(report, text("loss"));
    }

    Inputs m_network;
    Inputs m_activations;
    std::map<QString, Value> m_pictures;
    Wang2022Figures m_figures;
};

/// A row of the comparison, and the scalar of each network.
struct Figure {
    const char* scalar;
    const char* title;
    const char* unit;
    double published;
    std::optional<double> Wang2022Figures::*ours;
};

constexpr std::array<Figure, 6> compared = { {
    { "lossless_ratio", "Lossless ratio", "", published::wangLosslessRatio, &Wang2022Figures::losslessRatio },
    { "lossy_ratio", "K-lossy ratio", "", published::wangLossyRatio, &Wang2022Figures::lossyRatio },
    { "accuracy_loss", "Accuracy lost by it", "points", published::wangAccuracyLoss,
      &Wang2022Figures::accuracyLoss },
    { "throughput_gain", "Throughput gain of the tree", "%", published::wangThroughputGain,
      &Wang2022Figures::throughputGain },
    { "gate_overhead", "Gate overhead of the tree", "%", published::wangGateOverhead,
      &Wang2022Figures::gateOverhead },
    { "energy_saving", "DRAM energy saved, lossless", "%", published::wangEnergySaving,
      &Wang2022Figures::energySaving },
} };

Cell cell(const std::optional<double>& value)
{
    return value ? Cell(*value) : Cell();
}

Table comparisonTable(const std::vector<Wang2022Figures>& found)
{
    const auto real = [](const QString& name, const QString& title) {
        return Column { .name = name, .title = title, .kind = ColumnKind::Real };
    };
    Table table { .id = QStringLiteral("comparison"), .title = QStringLiteral("Beside [Wang 2022]") };
    table.columns = { { .name = QStringLiteral("figure"), .title = QStringLiteral("Figure") },
                      { .name = QStringLiteral("unit"), .title = QStringLiteral("Unit") },
                      real(QStringLiteral("published"), QStringLiteral("[Wang 2022]")) };
    for (const Wang2022Figures& one : found)
        table.columns.push_back(real(one.title, one.title));
    for (const Figure& figure : compared) {
        std::vector<Cell> row = { text(figure.title), text(figure.unit), figure.published };
        for (const Wang2022Figures& one : found)
            row.push_back(cell(one.*figure.ours));
        table.rows.push_back(std::move(row));
    }
    std::vector<Cell> accuracy = { QStringLiteral("Accuracy at K = 0"), QStringLiteral("%"), Cell() };
    std::vector<Cell> images = { QStringLiteral("Pictures"), QString(), Cell() };
    std::vector<Cell> traffic = { QStringLiteral("Pictures for the DRAM energy"), QString(), Cell() };
    for (const Wang2022Figures& one : found) {
        accuracy.push_back(cell(one.accuracyBefore));
        images.emplace_back(static_cast<double>(one.images));
        traffic.emplace_back(static_cast<double>(one.trafficImages));
    }
    table.rows.push_back(std::move(accuracy));
    table.rows.push_back(std::move(images));
    table.rows.push_back(std::move(traffic));
    return table;
}

/// Ours by network, then the published plots.
Table ratiosTable(const std::vector<Wang2022Figures>& found)
{
    Table table { .id = QStringLiteral("ratios"), .title = QStringLiteral("Lossless ratio, 8-bit words") };
    table.columns = { { .name = QStringLiteral("network"), .title = QStringLiteral("Network") },
                      { .name = QStringLiteral("origin"), .title = QStringLiteral("From") } };
    for (const char* id : comparedCodecs)
        table.columns.push_back({ .name = text(id), .title = text(id), .kind = ColumnKind::Ratio });
    for (const Wang2022Figures& one : found) {
        std::vector<Cell> row = { one.title, QStringLiteral("this run") };
        for (const char* id : comparedCodecs) {
            const auto ratio = one.ratios.find(text(id));
            row.push_back(ratio == one.ratios.end() ? Cell() : Cell(ratio->second));
        }
        table.rows.push_back(std::move(row));
    }
    for (const published::EbpcRow& one : published::ebpc) {
        std::vector<Cell> row = { text(one.network), text(one.origin) };
        for (const char* id : comparedCodecs) {
            const std::optional<double> ratio = published::ebpcRatio(one, id);
            row.push_back(cell(ratio));
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

Chart ratiosChart(const std::vector<Wang2022Figures>& found)
{
    BarChart bars { .category = { QStringLiteral("Network"), {} },
                    .value = { QStringLiteral("Compression ratio"), {} },
                    .reference =
                        Reference { published::wangLosslessRatio, QStringLiteral("[Wang 2022] lossless") } };
    for (const char* id : comparedCodecs)
        bars.series.push_back({ .name = text(id) });
    for (const Wang2022Figures& one : found) {
        bars.categories << one.title;
        for (BarChart::Series& series : bars.series) {
            const auto ratio = one.ratios.find(series.name);
            series.values.push_back(ratio == one.ratios.end() ? std::numeric_limits<double>::quiet_NaN()
                                                              : ratio->second);
        }
    }
    return { QStringLiteral("ratios"), QStringLiteral("Lossless ratio by codec and network"),
             std::move(bars) };
}

} // namespace

Report reproduceWang2022(const std::vector<Specimen>& specimens, qint64 limit, const Inputs& inputs,
                         const engine::Control& control)
{
    Report report;
    std::vector<Wang2022Figures> found;
    const double share = 1.0 / static_cast<double>(specimens.size());
    for (std::size_t i = 0; i < specimens.size() && !report.partial; ++i) {
        const engine::Control part =
            control.part(static_cast<double>(i) * share, static_cast<double>(i + 1) * share);
        Trial trial(specimens[i], limit, inputs, part);
        report.partial = !trial.run(part);
        if (report.partial)
            break;
        found.push_back(trial.figures());
        for (const Figure& figure : compared)
            if (const auto& value = found.back().*figure.ours)
                report.scalars.push_back({ text(figure.scalar) + QLatin1Char('_') + specimens[i].id,
                                           specimens[i].title + QStringLiteral(": ") + text(figure.title),
                                           *value, text(figure.unit), 2 });
    }
    report.tables = { comparisonTable(found), ratiosTable(found) };
    for (Table& table : report.tables)
        table.partial = report.partial;
    report.charts.push_back(ratiosChart(found));
    report.remarks.push_back(
        { Level::Note,
          {},
          QStringLiteral("the text of [Wang 2022] is not public: its networks, block size "
                         "and K per layer are not known, so these are figures of our own "
                         "definition, not a repetition of its runs") });
    return report;
}

} // namespace analysis
