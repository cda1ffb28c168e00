#include "widgets/table/column_fit.h"

#include "widgets/parts/badge.h"
#include "widgets/table/bar_delegate.h"
#include "widgets/table/column_format.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace widgets {

namespace {

constexpr int widestColumn = 320; ///< whatever the texts [px]
constexpr int arrowRoom = 16; ///< of the sort arrow beside a title [px]
constexpr int slack = 2; ///< for the fractions of pixels in texts [px]
constexpr int leastName = 60; ///< of an elided name [px]

struct Density {
    int barWidth;
    bool brokenTitles;
};

constexpr std::array densities { Density { BarDelegate::barWidth, false }, Density { 40, false },
                                 Density { 40, true }, Density { 24, true }, Density { 16, true } };

ColumnFit laidOut(const std::vector<ColumnNeed>& needs, const Density& density)
{
    ColumnFit fit { {}, density.barWidth, density.brokenTitles };
    for (const ColumnNeed& need : needs) {
        const int content = need.text + (need.bar ? density.barWidth + BarDelegate::margin : 0);
        const int title = density.brokenTitles ? need.brokenTitle : need.title + arrowRoom;
        fit.widths.push_back(std::max(content, title) + 2 * BarDelegate::margin + slack);
    }
    return fit;
}

int total(const ColumnFit& fit)
{
    return std::accumulate(fit.widths.begin(), fit.widths.end(), 0);
}

/// Takes what is missing from the widest names first.
void elideNames(ColumnFit& fit, const std::vector<ColumnNeed>& needs, int available)
{
    const auto least = [&](std::size_t i) {
        return std::max(std::min(needs[i].text, leastName), needs[i].brokenTitle) + 2 * BarDelegate::margin;
    };
    int missing = total(fit) - available;
    while (missing > 0) {
        int widest = -1;
        for (std::size_t i = 0; i < needs.size(); ++i) {
            const bool gives = needs[i].elastic && fit.widths[i] > least(i);
            if (gives && (widest < 0 || fit.widths[i] > fit.widths[static_cast<std::size_t>(widest)]))
                widest = static_cast<int>(i);
        }
        if (widest < 0)
            return;
        --fit.widths[static_cast<std::size_t>(widest)];
        --missing;
    }
}

} // namespace

ColumnNeed columnNeed(const analysis::Table& table, std::size_t column, const ColumnFormat& format,
                      const TableFonts& fonts)
{
    int broken = 0;
    for (const QString& line : format.brokenHeader().split(QLatin1Char('\n')))
        broken = std::max(broken, fonts.titles.horizontalAdvance(line));
    const int content = std::min(fonts.cells.horizontalAdvance(format.widest(table, column)), widestColumn);
    const bool mayBePartial = format.isNumeric() && table.partial;
    const int badge = mayBePartial ? badgeSize(BarDelegate::tr("partial")).width() : 0;
    return { .text = std::max(content, badge),
             .title = fonts.titles.horizontalAdvance(format.header()),
             .brokenTitle = broken,
             .bar = table.columns[column].bar,
             .elastic = format.isElastic() };
}

ColumnFit fitColumns(const std::vector<ColumnNeed>& needs, int available)
{
    ColumnFit fit;
    for (const Density& density : densities) {
        fit = laidOut(needs, density);
        if (total(fit) <= available)
            return fit;
    }
    const ColumnFit whole = fit;
    elideNames(fit, needs, available);
    // Who must scroll anyway need not miss the names.
    return total(fit) > available ? whole : fit;
}

} // namespace widgets
