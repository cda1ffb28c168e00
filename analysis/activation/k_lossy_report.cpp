#include "analysis/activation/k_lossy_report.h"

#include "analysis/activation/k_lossy_view.h"

#include <cmath>

namespace analysis {

namespace {

void add(Report& report, const char* name, const char* title, double value, const char* unit = "",
         int decimals = 2)
{
    if (std::isfinite(value))
        report.scalars.push_back({ .name = QString::fromLatin1(name),
                                   .title = QString::fromLatin1(title),
                                   .value = value,
                                   .unit = QString::fromLatin1(unit),
                                   .decimals = decimals });
}

void addAccuracies(Report& report, const KLossyFindings& found)
{
    const Sensitivities& scores = *found.sensitivities;
    const double before = scores.quantised.accuracy().value_or(0);
    add(report, "accuracy_float", "Accuracy, float", scores.floating.accuracy().value_or(0), "%");
    add(report, "accuracy_before", "Accuracy, K = 0", before, "%");
    if (!found.search || !found.search->chosen.measured)
        return;
    add(report, "accuracy_after", "Accuracy, chosen K", before - *found.search->chosen.measured, "%");
    add(report, "loss", "Loss of accuracy", *found.search->chosen.measured, "points");
}

void addScalars(Report& report, const KLossyView& view)
{
    const KLossyFindings& found = view.found();
    if (found.search)
        add(report, "ratio", "Ratio at the chosen K", view.ratio(found.search->chosen.bits), "", 3);
    if (found.subject.complete && view.maps() == found.subject.maps())
        add(report, "ratio_lossless", "Lossless ratio", view.ratio(view.losslessBits()), "", 3);
    const bool hasAccuracy = found.sensitivities && found.sensitivities->quantised.accuracy();
    if (hasAccuracy && view.countsAccuracy())
        addAccuracies(report, found);
    if (found.search && !view.countsAccuracy()) {
        const MixedK& chosen = found.search->chosen;
        add(report, "sqnr_before", "SQNR at K = 0", view.sqnrOf(0), "dB");
        add(report, "sqnr_after", "SQNR at the chosen K",
            view.sqnrOf(chosen.measured.value_or(chosen.predicted)), "dB");
    }
    add(report, "images", "Pictures", static_cast<double>(found.subject.set.images));
}

void addRemarks(Report& report, const KLossyView& view)
{
    const KLossyFindings& found = view.found();
    const auto remark = [&](Level level, const QString& text) {
        report.remarks.push_back({ level, {}, text });
    };
    if (!found.subject.runs() && found.subject.complete)
        remark(Level::Note,
               QStringLiteral("no pictures are named, so the loss is that of the maps themselves; name "
                              "pictures and their network to see accuracy"));
    else if (found.sensitivities && !found.sensitivities->quantised.accuracy())
        remark(Level::Note,
               QStringLiteral("the pictures have no labels, so the loss is that of the network's outputs"));
    if (found.sensitivities && !found.sensitivities->complete)
        remark(Level::Warning,
               QStringLiteral("stopped: accuracies are of the first %1 of %2 pictures")
                   .arg(found.sensitivities->quantised.images)
                   .arg(found.subject.set.images));
    if (found.search && found.search->chosen.measured)
        remark(
            Level::Note,
            QStringLiteral("K was chosen on the pictures it was measured on; other pictures may lose more"));
    const bool isBeyond = found.search && found.search->complete && !found.search->chosen.measured
        && found.search->chosen.predicted > found.allowed;
    if (isBeyond)
        remark(Level::Warning,
               QStringLiteral("more than is allowed is lost already at K = 0; no bit is dropped"));
}

} // namespace

Report kLossyReport(const KLossyFindings& found)
{
    const KLossyView view(found);
    Report report;
    report.partial = !found.complete;
    addScalars(report, view);
    report.tables = kLossyTables(view);
    report.charts = kLossyCharts(view);
    addRemarks(report, view);
    return report;
}

} // namespace analysis
