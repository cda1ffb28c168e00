#pragma once

#include "analysis/unit.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <variant>
#include <vector>

namespace analysis {

struct Axis {
    QString title = {}; ///< in words: "Energy"
    QString unit; ///< "uJ per image"; empty for none. Shown as "Energy (µJ per image)"
    bool logarithmic = false;
    bool whole = false; ///< values are whole numbers: no marks between them

    QString label() const
    {
        return unit.isEmpty() ? title : title + QStringLiteral(" (") + shownUnit(unit) + QStringLiteral(")");
    }
};

/// A dashed line across the chart with its own label: a mean, a limit.
struct Reference {
    double value = 0;
    QString label = {};
};

/// Bars over named categories: grouped by default, or one stack per category.
struct BarChart {
    struct Series {
        QString name = {};
        std::vector<double> values = {}; ///< one per category; NaN = missing
        std::vector<double> overhead = {}; ///< drawn hatched on top of the value; empty = none
        std::vector<double> deviation = {}; ///< one standard deviation; empty = none
        int colour = -1; ///< its place among the category colours; -1 = that of the series
    };

    Axis category = {};
    Axis value = {};
    QStringList categories = {};
    std::vector<Series> series = {};
    bool stacked = false; ///< series on top of each other instead of side by side
    std::optional<Reference> reference = {};
};

/// What stands apart in a count of values: those that are exactly 0, or words that are 0 after quantisation.
enum class ZeroKind { Values, Words };

/// Counts over equal bins; zeros apart.
struct HistogramChart {
    Axis value = {};
    Axis count = {};
    double first = 0; ///< left edge of the first bin
    double width = 1;
    std::vector<double> counts = {};
    std::optional<double> zeros = {}; ///< drawn as its own grey bar
    ZeroKind zeroKind = ZeroKind::Values; ///< what `zeros` counts
};

struct LineChart {
    struct Series {
        QString name = {};
        std::vector<double> x = {};
        std::vector<double> y = {}; ///< NaN breaks the line
        int colour = -1; ///< its place among the category colours; -1 = that of the series
        bool quiet = false; ///< one of many: thin and grey behind the others, not in the legend
    };

    Axis x = {};
    Axis y = {};
    std::vector<Series> series = {};
    std::optional<Reference> reference = {};
};

struct ScatterChart {
    struct Series {
        QString name = {};
        std::vector<double> x = {};
        std::vector<double> y = {};
        QStringList labels = {}; ///< of the points; empty = none
    };

    Axis x = {};
    Axis y = {};
    std::vector<Series> series = {};
};

/// Which colours a map wants; see look.md section 2.
enum class MapColours { Magnitude, Sparsity, Entropy, Diverging };

/// A matrix as colours, at most 2048 x 2048 cells.
struct MapChart {
    Axis x = {};
    Axis y = {}; ///< row 0 on top
    Axis value = {};
    int rows = 0;
    int columns = 0;
    std::vector<float> values = {}; ///< row-major; NaN = missing
    MapColours colours = MapColours::Magnitude;
};

using ChartKind = std::variant<BarChart, HistogramChart, LineChart, ScatterChart, MapChart>;

/// What a chart shows, free of any drawing. Views, CSV and PGFPlots read it.
struct Chart {
    QString id = {}; ///< stable, as in --chart NAME=FILE
    QString title = {};
    ChartKind kind = {};
};

} // namespace analysis
