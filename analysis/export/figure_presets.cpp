#include "analysis/export/figure_presets.h"

#include <algorithm>

namespace analysis {

const std::vector<FigurePreset>& figurePresets()
{
    const auto text = [](const char* utf8) { return QString::fromUtf8(utf8); };
    // widths and limits as in the venues' guides; a height of our own choice within them
    static const std::vector<FigurePreset> presets {
        { text("ieee-column"), text("IEEE, one column (88.9 mm)"), 88.9, 60, 8, 8, 220, 600 },
        { text("ieee-page"), text("IEEE, two columns (182 mm)"), 182, 75, 8, 8, 220, 600 },
        { text("acm-column"), text("ACM, one column (84.8 mm)"), 84.8, 58, 8, 7, 220, 600 },
        { text("acm-page"), text("ACM, text width (177.9 mm)"), 177.9, 75, 8, 7, 220, 600 },
        { text("nature-column"), text("Nature, one column (89 mm)"), 89, 60, 7, 5, 247, 450, 0.25, 0.75 },
        { text("nature-page"), text("Nature, two columns (183 mm)"), 183, 80, 7, 5, 247, 450, 0.25, 0.75 },
        { text("elsevier-column"), text("Elsevier, one column (90 mm)"), 90, 60, 8, 7, 240, 500, 0.25 },
        { text("elsevier-wide"), text("Elsevier, one and a half columns (140 mm)"), 140, 70, 8, 7, 240, 500,
          0.25 },
        { text("elsevier-page"), text("Elsevier, two columns (190 mm)"), 190, 80, 8, 7, 240, 500, 0.25 },
        { text("slide"), text("Slide, 16:9 (338.7 mm)"), 338.7, 190.5, 20, 16, 190.5, 150, 1, 3 },
    };
    return presets;
}

const FigurePreset& figurePreset(const QString& id)
{
    const auto found = std::ranges::find(figurePresets(), id, &FigurePreset::id);
    return found == figurePresets().end() ? figurePresets().front() : *found;
}

} // namespace analysis
