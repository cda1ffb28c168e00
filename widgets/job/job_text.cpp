#include "widgets/job/job_text.h"

#include <QCoreApplication>

#include <cmath>

namespace widgets {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("widgets::JobText", text);
}

} // namespace

QString roughTime(double seconds)
{
    const auto about = [](double value, const QString& unit) {
        return QStringLiteral("~%1 %2").arg(formatNumber(value, 0), unit);
    };
    if (seconds < 10)
        return about(std::max(1.0, std::round(seconds)), tr("s"));
    if (seconds < 95)
        return about(std::round(seconds / 5) * 5, tr("s"));
    return seconds < 5700 ? about(std::round(seconds / 60), tr("min"))
                          : about(std::round(seconds / 3600), tr("h"));
}

QString timeText(const analysis::Job& job)
{
    const QString elapsed = tr("%1 elapsed").arg(formatDuration(job.elapsedSeconds()));
    const double rest = job.remainingSeconds();
    return rest < 0 ? elapsed : elapsed + QStringLiteral(", ") + tr("%1 left").arg(roughTime(rest));
}

QString percentText(const analysis::Job& job)
{
    return job.fraction() < 0 ? QString()
                              : formatNumber(std::floor(job.fraction() * 100), 0) + QStringLiteral(" %");
}

StateLooks looksOf(analysis::JobState state)
{
    const Theme& theme = Theme::current();
    switch (state) {
    case analysis::JobState::Queued:
        return { tr("queued"), {}, IconInk::Plain, theme.text2 };
    case analysis::JobState::Running:
        return { tr("running"), QStringLiteral("run"), IconInk::Accent, theme.text };
    case analysis::JobState::Done:
        return { tr("done"), QStringLiteral("check"), IconInk::Ok, theme.ok };
    case analysis::JobState::Failed:
        return { tr("failed"), QStringLiteral("close"), IconInk::Err, theme.err };
    case analysis::JobState::Cancelled:
        return { tr("cancelled"), QStringLiteral("stop"), IconInk::Warn, theme.warn };
    }
    return {};
}

} // namespace widgets
