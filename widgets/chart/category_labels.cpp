#include "widgets/chart/category_labels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace widgets {

namespace {

constexpr int shortName = 8; ///< characters; shorter names are left whole

bool isNumber(const QString& text)
{
    bool isNumeric = false;
    text.toDouble(&isNumeric);
    return isNumeric;
}

CategoryName split(const QString& name)
{
    const qsizetype dot = name.lastIndexOf(QLatin1Char('.'));
    const qsizetype slash = name.lastIndexOf(QLatin1Char('/'));
    const qsizetype at = std::max(dot, slash);
    if (at <= 0 || at + 1 >= name.size() || isNumber(name))
        return { name, {} };
    return { name.mid(at + 1), name.left(at) };
}

/// Every how many categories one label fits.
int labelStep(double needed, double slot)
{
    static constexpr std::array steps { 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000 };
    for (const int step : steps) {
        if (needed <= step * slot)
            return step;
    }
    return steps.back();
}

struct Run {
    std::size_t first, last;
};

/// Neighbours of one group.
std::vector<Run> runsOf(const std::vector<CategoryName>& names)
{
    std::vector<Run> runs;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (!runs.empty() && !names[i].group.isEmpty() && names[i].group == names[runs.back().first].group)
            runs.back().last = i;
        else
            runs.push_back({ i, i });
    }
    return runs;
}

class Layout {
public:
    explicit Layout(const CategoryRow& row)
        : m_row(row)
        , m_slot(row.toPixel(1) - row.toPixel(0))
        , m_gap(1.2 * row.metrics.averageCharWidth())
    {
    }

    CategoryLabels make()
    {
        placeLeaves();
        if (hasGroups(m_row.names))
            placeGroups();
        if (std::ranges::all_of(m_row.names, isNumber, &CategoryName::leaf))
            m_labels.leftOut = 0;
        return std::move(m_labels);
    }

private:
    double width(const QString& text) const { return m_row.metrics.horizontalAdvance(text) * 1.01 + 1; }

    bool inView(double pixel) const
    {
        return pixel >= m_row.pixels.lower - 1 && pixel <= m_row.pixels.upper + 1;
    }

    void place(const QString& text, int category)
    {
        const double centre = m_row.toPixel(category);
        const double textWidth = width(text);
        m_labels.texts.push_back(
            { QRectF(centre - textWidth / 2, m_row.top, textWidth, m_row.metrics.height()), text, category });
    }

    bool collidesWithHighlight(const QString& text, int category) const
    {
        if (m_row.highlight < 0 || category == m_row.highlight)
            return false;
        const QString& chosen = m_row.names[static_cast<std::size_t>(m_row.highlight)].leaf;
        const double distance = std::abs(m_row.toPixel(category) - m_row.toPixel(m_row.highlight));
        // 1.1: the selected name is set semibold
        return distance < (width(text) + 1.1 * width(chosen) + m_gap) / 2;
    }

    double leafWidth(std::size_t category) const { return width(m_row.names[category].leaf); }

    /// What a label may take: its slot, and what both neighbours leave of theirs.
    double room(std::size_t category) const
    {
        double spare = m_slot;
        if (category > 0)
            spare = std::min(spare, m_slot - leafWidth(category - 1));
        if (category + 1 < m_row.names.size())
            spare = std::min(spare, m_slot - leafWidth(category + 1));
        return m_slot + std::max(0.0, spare) - m_gap;
    }

    void placeLeaves()
    {
        double widest = 0;
        bool allFit = true;
        for (std::size_t i = 0; i < m_row.names.size(); ++i) {
            widest = std::max(widest, leafWidth(i) + m_gap);
            allFit = allFit && leafWidth(i) <= room(i);
        }
        const bool cut = !allFit && m_slot >= width(QStringLiteral("mmmmm"));
        const int step = allFit || cut ? 1 : labelStep(widest, m_slot);
        for (int i = 0; i < static_cast<int>(m_row.names.size()); ++i) {
            const CategoryName& name = m_row.names[static_cast<std::size_t>(i)];
            const bool chosen = i == m_row.highlight;
            // where leaves do not fit, their groups alone tell more than every second leaf
            const bool left = !name.group.isEmpty() ? step == 1 : i % step == 0;
            if (!inView(m_row.toPixel(i)))
                continue;
            if (!left && !chosen) {
                ++m_labels.leftOut;
                continue;
            }
            const QString text = cut && !chosen
                ? m_row.metrics.elidedText(name.leaf, Qt::ElideMiddle, room(static_cast<std::size_t>(i)))
                : name.leaf;
            if (collidesWithHighlight(text, i)) {
                ++m_labels.leftOut;
                continue;
            }
            m_labels.cut += text == name.leaf ? 0 : 1;
            place(text, i);
        }
    }

    void placeGroups()
    {
        const double y = m_row.top + categoryRowHeight(m_row.metrics);
        double taken = -std::numeric_limits<double>::infinity();
        for (const Run& run : runsOf(m_row.names)) {
            const QString& group = m_row.names[run.first].group;
            const double left =
                std::max(m_row.pixels.lower, m_row.toPixel(static_cast<double>(run.first) - 0.42));
            const double right =
                std::min(m_row.pixels.upper, m_row.toPixel(static_cast<double>(run.last) + 0.42));
            if (group.isEmpty() || right - left < 2)
                continue;
            m_labels.brackets.emplace_back(QPointF(left, y), QPointF(right, y));
            const double textWidth = width(group);
            const double start = std::clamp((left + right - textWidth) / 2, m_row.pixels.lower,
                                            std::max(m_row.pixels.lower, m_row.pixels.upper - textWidth));
            if (start < taken + m_gap) {
                ++m_labels.leftOut;
                continue;
            }
            taken = start + textWidth;
            m_labels.texts.push_back(
                { QRectF(start, y + 0.06 * m_row.metrics.height(), textWidth, m_row.metrics.height()), group,
                  -1 });
        }
    }

    const CategoryRow& m_row;
    double m_slot;
    double m_gap;
    CategoryLabels m_labels;
};

} // namespace

bool hasGroups(const std::vector<CategoryName>& names)
{
    return std::ranges::any_of(names, [](const CategoryName& name) { return !name.group.isEmpty(); });
}

std::vector<CategoryName> splitCategories(const QStringList& names)
{
    std::vector<CategoryName> parts;
    qsizetype longest = 0;
    for (const QString& name : names) {
        parts.push_back(split(name));
        longest = std::max(longest, name.size());
    }
    const auto shared = [](const Run& run) { return run.last > run.first; };
    if (longest > shortName && std::ranges::any_of(runsOf(parts), shared))
        return parts;
    std::vector<CategoryName> whole;
    for (const QString& name : names)
        whole.push_back({ name, {} });
    return whole;
}

CategoryLabels layOutCategories(const CategoryRow& row)
{
    return row.names.empty() ? CategoryLabels {} : Layout(row).make();
}

double categoryRowHeight(const QFontMetricsF& metrics)
{
    return 1.15 * metrics.height();
}

double categoryLabelsHeight(const std::vector<CategoryName>& names, const QFontMetricsF& metrics)
{
    return categoryRowHeight(metrics) * (hasGroups(names) ? 2 : 1);
}

} // namespace widgets
