#include "analysis/activation/k_lossy_report.h"

#include <algorithm>
#include <cmath>

namespace analysis {

namespace {

Column column(const char* name, const char* title, ColumnKind kind, const char* unit = "", int decimals = 2)
{
    return { .name = QString::fromLatin1(name),
             .title = QString::fromLatin1(title),
             .unit = QString::fromLatin1(unit),
             .kind = kind,
             .decimals = decimals };
}

Cell finite(double value)
{
    return std::isfinite(value) ? Cell(value) : Cell();
}

Cell optionalCell(const std::optional<double>& value)
{
    return value ? Cell(*value) : Cell();
}

/// Makes the parts of the report one after the other.
class Writer {
public:
    explicit Writer(const KLossyFindings& found)
        : m_found(found)
        , m_subject(found.subject)
    {
        for (const std::vector<CodedLayer>& sizes : found.sizes)
            m_lossless += sizes.front().bits.total();
    }

    Report write()
    {
        m_report.partial = !m_found.complete;
        addScalars();
        m_report.tables.push_back(layersTable());
        addLines();
        if (m_found.search) {
            m_report.tables.push_back(chosenTable());
            m_report.tables.push_back(pathTable());
            m_report.charts.push_back(pathChart());
            m_report.charts.push_back(chosenChart());
        }
        addRemarks();
        return std::move(m_report);
    }

private:
    const Score* score(std::size_t map, std::size_t k) const
    {
        return m_found.sensitivities && m_found.sensitivities->quantised.images > 0
            ? &m_found.sensitivities->layers[map][k]
            : nullptr;
    }
    bool showsAccuracy() const { return m_found.measure == LossMeasure::Accuracy; }
    /// Noise over signal as SQNR, that of K = 0 included [dB].
    double sqnrOf(double loss) const
    {
        return decibels(1, loss + lossAtStart(m_found.measure, m_found.sensitivities, m_found.facts));
    }
    /// A loss as it is shown: points of accuracy, or SQNR.
    double shown(double loss) const { return showsAccuracy() ? loss : sqnrOf(loss); }
    QString lossTitle() const
    {
        switch (m_found.measure) {
        case LossMeasure::Accuracy:
            return QStringLiteral("Loss of accuracy");
        case LossMeasure::OutputNoise:
            return QStringLiteral("SQNR of the outputs");
        case LossMeasure::MapNoise:
            break;
        }
        return QStringLiteral("SQNR of the maps");
    }
    QString lossUnit() const { return showsAccuracy() ? QStringLiteral("points") : QStringLiteral("dB"); }

    void add(const char* name, const char* title, double value, const char* unit = "", int decimals = 3)
    {
        if (std::isfinite(value))
            m_report.scalars.push_back({ .name = QString::fromLatin1(name),
                                         .title = QString::fromLatin1(title),
                                         .value = value,
                                         .unit = QString::fromLatin1(unit),
                                         .decimals = decimals });
    }

    void addScalars()
    {
        if (m_found.search)
            add("ratio", "Ratio at the chosen K", ratio(m_found.search->chosen.bits));
        if (m_found.sizes.size() == m_subject.maps() && m_subject.complete)
            add("ratio_lossless", "Lossless ratio", ratio(m_lossless));
        if (m_found.sensitivities && m_found.sensitivities->quantised.accuracy())
            addAccuracies();
        if (m_found.search && !showsAccuracy()) {
            add("sqnr_before", "SQNR at K = 0", sqnrOf(0), "dB", 2);
            const MixedK& chosen = m_found.search->chosen;
            add("sqnr_after", "SQNR at the chosen K", sqnrOf(chosen.measured.value_or(chosen.predicted)),
                "dB", 2);
        }
        add("images", "Pictures", static_cast<double>(m_subject.set.images));
    }

    void addAccuracies()
    {
        const Sensitivities& found = *m_found.sensitivities;
        const double before = found.quantised.accuracy().value_or(0);
        add("accuracy_float", "Accuracy, float", found.floating.accuracy().value_or(0), "%", 2);
        add("accuracy_before", "Accuracy, K = 0", before, "%", 2);
        if (!m_found.search || !m_found.search->chosen.measured)
            return;
        add("accuracy_after", "Accuracy, chosen K", before - *m_found.search->chosen.measured, "%", 2);
        add("loss", "Loss of accuracy", *m_found.search->chosen.measured, "points", 2);
    }

    double ratio(std::uint64_t bits) const
    {
        return bits > 0 ? static_cast<double>(m_subject.rawBits()) / static_cast<double>(bits) : 1;
    }

    Table layersTable() const
    {
        Table table { .id = QStringLiteral("layers"),
                      .title = QStringLiteral("One layer lossy at a time"),
                      .columns = { column("layer", "Layer", ColumnKind::Text),
                                   column("lossy_bits", "K", ColumnKind::Count),
                                   column("bits", "Coded", ColumnKind::Bits, "bit"),
                                   column("ratio", "Ratio", ColumnKind::Ratio, "", 3),
                                   column("zero_fraction", "Zeros", ColumnKind::Fraction),
                                   column("mean_error", "Mean error", ColumnKind::Real, "", 5),
                                   column("max_error", "Largest error", ColumnKind::Real, "", 5),
                                   column("sqnr", "SQNR", ColumnKind::Real, "dB"),
                                   column("output_sqnr", "SQNR of the outputs", ColumnKind::Real, "dB"),
                                   column("accuracy", "Accuracy", ColumnKind::Real, "%") },
                      .partial = m_report.partial };
        for (std::size_t map = 0; map < m_found.sizes.size(); ++map)
            for (std::size_t k = 0; k < m_found.sizes[map].size(); ++k)
                table.rows.push_back(layerRow(map, k));
        return table;
    }

    std::vector<Cell> layerRow(std::size_t map, std::size_t k) const
    {
        const CodedLayer& size = m_found.sizes[map][k];
        const LossyFacts& facts = m_found.facts[map][k];
        const Score* alone = score(map, k);
        return { m_subject.layer(map),
                 static_cast<qint64>(k),
                 static_cast<qint64>(size.bits.total()),
                 compressionRatio(size.elements, m_subject.wordBits, size.bits.total()),
                 facts.zeroFraction(),
                 facts.meanError(),
                 facts.maxError,
                 finite(facts.sqnr()),
                 alone != nullptr ? finite(alone->sqnr()) : Cell(),
                 alone != nullptr ? optionalCell(alone->accuracy()) : Cell() };
    }

    /// What the second panel shows of a map: accuracy, SQNR of the outputs, or its own SQNR.
    double judged(std::size_t map, std::size_t k) const
    {
        const Score* alone = score(map, k);
        const double value =
            alone == nullptr ? m_found.facts[map][k].sqnr() : alone->accuracy().value_or(alone->sqnr());
        return std::isfinite(value) ? value : std::numeric_limits<double>::quiet_NaN();
    }

    void addLines()
    {
        if (m_found.sizes.empty())
            return;
        const Axis axis { QStringLiteral("Dropped bits K"), QStringLiteral("bit") };
        LineChart bits { .x = axis,
                         .y = { QStringLiteral("Coded size"), QStringLiteral("bit per word") },
                         .reference =
                             Reference { static_cast<double>(m_subject.wordBits), QStringLiteral("raw") } };
        LineChart accuracy { .x = axis, .y = judgedAxis() };
        if (m_found.sensitivities && m_found.sensitivities->floating.accuracy())
            accuracy.reference =
                Reference { *m_found.sensitivities->floating.accuracy(), QStringLiteral("float") };
        for (std::size_t map = 0; map < m_found.sizes.size(); ++map) {
            LineChart::Series size { .name = m_subject.layer(map) };
            LineChart::Series well { .name = m_subject.layer(map) };
            const auto words = static_cast<double>(std::max<std::uint64_t>(1, m_subject.elements(map)));
            for (std::size_t k = 0; k < m_found.sizes[map].size(); ++k) {
                size.x.push_back(static_cast<double>(k));
                size.y.push_back(static_cast<double>(m_found.sizes[map][k].bits.total()) / words);
                well.y.push_back(judged(map, k));
            }
            well.x = size.x;
            bits.series.push_back(std::move(size));
            accuracy.series.push_back(std::move(well));
        }
        m_report.charts.push_back(
            { QStringLiteral("bits"), QStringLiteral("Coded size against K"), std::move(bits) });
        m_report.charts.push_back({ QStringLiteral("accuracy"),
                                    accuracy.y.title + QStringLiteral(" against K"), std::move(accuracy) });
    }

    Axis judgedAxis() const
    {
        if (!m_found.sensitivities)
            return { QStringLiteral("SQNR of the map"), QStringLiteral("dB") };
        if (m_found.sensitivities->quantised.accuracy())
            return { QStringLiteral("Accuracy"), QStringLiteral("%") };
        return { QStringLiteral("SQNR of the outputs"), QStringLiteral("dB") };
    }

    Table chosenTable() const
    {
        Table table { .id = QStringLiteral("chosen"),
                      .title = QStringLiteral("Chosen K"),
                      .columns = { column("layer", "Layer", ColumnKind::Text),
                                   column("lossy_bits", "K", ColumnKind::Count),
                                   column("raw", "Raw", ColumnKind::Bits, "bit"),
                                   column("bits", "Coded", ColumnKind::Bits, "bit"),
                                   column("ratio", "Ratio", ColumnKind::Ratio, "", 3),
                                   column("ratio_lossless", "Ratio at K = 0", ColumnKind::Ratio, "", 3),
                                   column("sqnr", "SQNR", ColumnKind::Real, "dB") } };
        for (std::size_t map = 0; map < m_found.sizes.size(); ++map) {
            const auto k = static_cast<std::size_t>(m_found.search->chosen.lossyBits[map]);
            const CodedLayer& size = m_found.sizes[map][k];
            const CodedLayer& lossless = m_found.sizes[map].front();
            table.rows.push_back(
                { m_subject.layer(map), static_cast<qint64>(k), static_cast<qint64>(m_subject.rawBits(map)),
                  static_cast<qint64>(size.bits.total()),
                  compressionRatio(size.elements, m_subject.wordBits, size.bits.total()),
                  compressionRatio(lossless.elements, m_subject.wordBits, lossless.bits.total()),
                  finite(m_found.facts[map][k].sqnr()) });
        }
        return table;
    }

    Table pathTable() const
    {
        const char* unit = showsAccuracy() ? "points" : "dB";
        const char* predicted = showsAccuracy() ? "Predicted loss" : "Predicted SQNR";
        const char* measured = showsAccuracy() ? "Measured loss" : "Measured SQNR";
        Table table { .id = QStringLiteral("path"),
                      .title = QStringLiteral("Mixed K tried"),
                      .columns = { column("bits", "Coded", ColumnKind::Bits, "bit"),
                                   column("ratio", "Ratio", ColumnKind::Ratio, "", 3),
                                   column("predicted", predicted, ColumnKind::Real, unit),
                                   column("measured", measured, ColumnKind::Real, unit),
                                   column("lossy_bits", "K of each layer", ColumnKind::Text) } };
        for (const MixedK& point : tried()) {
            QStringList all;
            for (const int k : point.lossyBits)
                all << QString::number(k);
            table.rows.push_back(
                { static_cast<qint64>(point.bits), ratio(point.bits), finite(shown(point.predicted)),
                  point.measured ? finite(shown(*point.measured)) : Cell(), all.join(QLatin1Char(' ')) });
        }
        return table;
    }

    const std::vector<MixedK>& tried() const
    {
        return m_found.search->tried.empty() ? m_found.search->path : m_found.search->tried;
    }

    Chart pathChart() const
    {
        ScatterChart chart { .x = { lossTitle(), lossUnit() },
                             .y = { QStringLiteral("Compression ratio"), {} } };
        ScatterChart::Series predicted { .name = QStringLiteral("predicted, layer by layer") };
        ScatterChart::Series measured { .name = QStringLiteral("measured, all layers together") };
        const auto put = [&](ScatterChart::Series& series, double loss, std::uint64_t bits) {
            if (!std::isfinite(shown(loss)))
                return;
            series.x.push_back(shown(loss));
            series.y.push_back(ratio(bits));
        };
        for (const MixedK& point : m_found.search->path)
            put(predicted, point.predicted, point.bits);
        for (const MixedK& point : m_found.search->tried)
            put(measured, *point.measured, point.bits);
        ScatterChart::Series chosen { .name = QStringLiteral("chosen") };
        const MixedK& point = m_found.search->chosen;
        put(chosen, point.measured.value_or(point.predicted), point.bits);
        chart.series.push_back(std::move(predicted));
        if (!measured.x.empty())
            chart.series.push_back(std::move(measured));
        chart.series.push_back(std::move(chosen));
        return { QStringLiteral("path"), QStringLiteral("Ratio against loss"), std::move(chart) };
    }

    Chart chosenChart() const
    {
        BarChart chart { .category = { QStringLiteral("Layer"), {} },
                         .value = { QStringLiteral("Chosen K"), QStringLiteral("bit") } };
        BarChart::Series series { .name = QStringLiteral("K") };
        for (std::size_t map = 0; map < m_found.sizes.size(); ++map) {
            chart.categories << m_subject.layer(map);
            series.values.push_back(m_found.search->chosen.lossyBits[map]);
        }
        chart.series.push_back(std::move(series));
        return { QStringLiteral("chosen"), QStringLiteral("Chosen K per layer"), std::move(chart) };
    }

    void addRemarks()
    {
        const auto remark = [&](Level level, const QString& text) {
            m_report.remarks.push_back({ level, {}, text });
        };
        if (!m_subject.runs() && m_subject.complete)
            remark(Level::Note,
                   QStringLiteral("no pictures are named, so the loss is that of the maps themselves; name "
                                  "pictures and their network to see accuracy"));
        else if (m_found.sensitivities && !m_found.sensitivities->quantised.accuracy())
            remark(
                Level::Note,
                QStringLiteral("the pictures have no labels, so the loss is that of the network's outputs"));
        if (m_found.sensitivities && !m_found.sensitivities->complete)
            remark(Level::Warning,
                   QStringLiteral("stopped: accuracies are of the first %1 of %2 pictures")
                       .arg(m_found.sensitivities->quantised.images)
                       .arg(m_subject.set.images));
        if (m_found.search && m_found.search->complete && !m_found.search->chosen.measured
            && m_found.search->chosen.predicted > m_found.allowed)
            remark(Level::Warning,
                   QStringLiteral("%1 is beyond what is allowed already at K = 0; no bit is dropped")
                       .arg(lossTitle()));
    }

    const KLossyFindings& m_found;
    const LossySubject& m_subject;
    std::uint64_t m_lossless = 0;
    Report m_report;
};

} // namespace

Report kLossyReport(const KLossyFindings& found)
{
    return Writer(found).write();
}

} // namespace analysis
