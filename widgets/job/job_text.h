#pragma once

#include "analysis/job.h"
#include "widgets/theme/theme.h"

#include <QString>

namespace widgets {

/// "0:12 elapsed, ~8 s left"; without the rest while it is not known.
QString timeText(const analysis::Job& job);
/// "~8 s", "~2 min": rounded, as a guess is given.
QString roughTime(double seconds);
/// "61 %"; empty while the total is not known.
QString percentText(const analysis::Job& job);

/// How a state is shown: word, glyph and colour together.
struct StateLooks {
    QString word;
    QString iconName; ///< empty for none
    IconInk ink;
    QColor colour;
};

StateLooks looksOf(analysis::JobState state);

} // namespace widgets
