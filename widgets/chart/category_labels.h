#pragma once

#include "widgets/chart/ticks.h"

#include <QFontMetricsF>
#include <QLineF>
#include <QRectF>
#include <QString>
#include <QStringList>

#include <functional>
#include <vector>

namespace widgets {

/// "layer1.0.conv1" in two levels: leaf "conv1" under group "layer1.0".
struct CategoryName {
    QString leaf;
    QString group; ///< empty: none
};

/// Two levels only where at least two neighbours share a group; else every leaf is the whole name.
std::vector<CategoryName> splitCategories(const QStringList& names);
bool hasGroups(const std::vector<CategoryName>& names);

/// The row of labels below the axis, never turned. What does not fit is cut ("conv…") or left out in regular
/// steps; no two labels overlap.
struct CategoryRow {
    const std::vector<CategoryName>& names;
    std::function<double(double)> toPixel; ///< of a category's centre
    Interval pixels; ///< left and right end of the axis
    double top; ///< of the first row [layout px]
    QFontMetricsF metrics;
    int highlight = -1; ///< always labelled
};

struct CategoryLabels {
    struct Text {
        QRectF area;
        QString text;
        int category; ///< -1: a group
    };
    std::vector<Text> texts;
    std::vector<QLineF> brackets;
    int leftOut = 0; ///< names and groups without a text; numbers count on by themselves
    int cut = 0; ///< names with a shortened text

    int wanted() const { return static_cast<int>(texts.size()) + leftOut; }
};

CategoryLabels layOutCategories(const CategoryRow& row);

/// Height of one row and of all.
double categoryRowHeight(const QFontMetricsF& metrics);
double categoryLabelsHeight(const std::vector<CategoryName>& names, const QFontMetricsF& metrics);

} // namespace widgets
