#pragma once

#include <QString>
#include <QVector>

namespace widgets {

struct Interval {
    double lower = 0;
    double upper = 1;

    double size() const { return upper - lower; }
    bool operator==(const Interval&) const = default;
};

/// Where an axis is marked, and with what words.
struct Ticks {
    QVector<double> major;
    QVector<double> minor;
    QVector<QString> labels; ///< one per major tick
};

struct TickRequest {
    Interval range;
    int target = 5; ///< about so many labels
    bool integers = false;
    bool logarithmic = false;
    QChar separator = QChar(0x2009); ///< between thousands
};

Ticks makeTicks(const TickRequest& request);

/// 1, 2, 2.5 or 5 times a power of ten, so that `span` has about `target` steps.
double niceStep(double span, int target);

/// The interval widened to whole steps; a decade or a fixed part of it when logarithmic. One that is empty or
/// not finite becomes 0..1.
Interval niceInterval(Interval values);
Interval niceLogInterval(Interval values); ///< both ends above 0

/// Four significant digits, thousands grouped, powers of ten outside 0.001..1e9; an en dash for NaN.
QString valueText(double value);

/// `digits` of an exponent as raised characters.
QString raised(int exponent);

} // namespace widgets
