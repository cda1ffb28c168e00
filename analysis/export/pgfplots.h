#pragma once

#include "analysis/chart.h"
#include "analysis/export/writers.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace analysis::pgfplots {

/// A pgfplots axis in the making.
struct Figure {
    FigureSize size;
    QString csvName;
    bool fromCsv = true; ///< plots read the file; false = its texts would break TeX, so the data stand inline
    QStringList options = {}; ///< of the axis
    QStringList body = {}; ///< lines between \begin{axis} and \end{axis}
};

/// Where a plot's points come from: how a table is read, and the same points for inline use.
struct Points {
    QString table; ///< "x expr=\coordindex,y index=1"
    std::vector<double> x;
    std::vector<double> y;
    std::vector<double> deviation = {}; ///< empty = none
    int deviationColumn = -1;
};

QString number(double value);
QString colour(std::size_t series); ///< a defined colour: "tessera1"
QString hatch(std::size_t series); ///< a pattern of the patterns library; empty for the first, which is solid
QString dash(std::size_t series);
QString mark(std::size_t series);
QString fontOption(const FigureSize& size); ///< of the size the texts are to have
QString definedColours(); ///< Okabe-Ito, in the order of the screen's

QString tableOptions(); ///< how pgfplots reads the CSV we write; ends with a comma
/// "\addplot[options] table[...]{fig.csv};" or the same inline.
QString addPlot(const Figure& figure, const QString& options, const Points& points);
void addAxis(Figure& figure, QChar which, const Axis& axis);
QString legendEntry(const QString& name);
void addLegend(Figure& figure, bool bars);
/// A dashed line from x = first to last; its label goes into the legend.
void addReference(Figure& figure, const Reference& line, double first, double last);

void draw(Figure& figure, const BarChart& chart);
void draw(Figure& figure, const HistogramChart& chart);
void draw(Figure& figure, const LineChart& chart);
void draw(Figure& figure, const ScatterChart& chart);
void draw(Figure& figure, const MapChart& chart);

} // namespace analysis::pgfplots
