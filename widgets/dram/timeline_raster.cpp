#include "widgets/dram/timeline_colours.h"
#include "widgets/dram/timeline_paint.h"

#include <QImage>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace widgets {

using engine::dram::CommandKind;

namespace {

struct Part {
    QRgb colour;
    float TimelineColumn::*count;
};

/// From the bottom up.
std::array<Part, 4> parts()
{
    return { Part { commandColour(CommandKind::Read).rgb(), &TimelineColumn::reads },
             Part { commandColour(CommandKind::Write).rgb(), &TimelineColumn::writes },
             Part { commandColour(CommandKind::Activate).rgb(), &TimelineColumn::activates },
             Part { commandColour(CommandKind::Precharge).rgb(), &TimelineColumn::precharges } };
}

/// What one row of the picture stands on and how high a command is.
struct RowScale {
    bool isBus = false; ///< the height is the share of time that data are on it
    float full = 1; ///< commands of a column that fills the row

    float unit(const TimelineColumn& column) const
    {
        if (!isBus)
            return 1 / full;
        return column.commands() > 0 ? column.open / column.commands() : 0;
    }
};

QImage rowImage(std::span<const TimelineColumn> columns, int height, const RowScale& scale)
{
    const Theme& theme = Theme::current();
    const QColor open = openGround(theme);
    const std::array<Part, 4> stack = parts();
    QImage image(static_cast<int>(columns.size()), height, QImage::Format_RGB32);
    auto* pixels = reinterpret_cast<QRgb*>(image.bits());
    const auto stride = static_cast<std::size_t>(image.bytesPerLine()) / sizeof(QRgb);
    for (std::size_t x = 0; x < columns.size(); ++x) {
        const TimelineColumn& column = columns[x];
        const float unit = scale.unit(column) * static_cast<float>(height);
        float filled = 0;
        int y = height;
        for (const Part& part : stack) {
            filled += column.*part.count * unit;
            const int top = std::max(0, height - static_cast<int>(std::lround(filled)));
            while (y > top)
                pixels[static_cast<std::size_t>(--y) * stride + x] = part.colour;
        }
        const QRgb ground = scale.isBus ? theme.panel.rgb() : mixed(open, theme.panel, column.open).rgb();
        while (y > 0)
            pixels[static_cast<std::size_t>(--y) * stride + x] = ground;
    }
    return image;
}

/// In steps of the square root of 2, so that the scale does not tremble while the content is dragged.
float fullColumn(std::span<const TimelineColumn> columns)
{
    float most = 0;
    for (const TimelineColumn& column : columns)
        most = std::max(most, column.commands());
    return most > 0 ? std::exp2(std::ceil(std::log2(most) * 2) / 2) : 1;
}

} // namespace

void paintColumns(QPainter& painter, const TimelineScene& scene, double pixelRatio)
{
    const TimelineLayout& layout = scene.layout;
    const auto width = static_cast<std::size_t>(std::ceil(layout.area().width() * pixelRatio));
    const double cycles = 1 / (layout.scale() * pixelRatio);
    const auto banks = static_cast<std::size_t>(layout.banks());
    std::vector<TimelineColumn> columns(width * (banks + 1));
    const auto row = [&](std::size_t number) { return std::span(columns).subspan(number * width, width); };
    for (std::size_t bank = 0; bank < banks; ++bank)
        scene.index.columns(scene.rank, bank, layout.first(), cycles, row(bank));
    const float full = fullColumn(std::span(columns).first(banks * width));
    scene.index.busColumns(scene.rank.channel, layout.first(), cycles, row(banks));
    for (std::size_t number = 0; number <= banks; ++number) {
        const QRectF bar = layout.bar(static_cast<int>(number));
        const int height = std::max(1, static_cast<int>(std::lround(bar.height() * pixelRatio)));
        QImage image = rowImage(row(number), height, { number == banks, full });
        image.setDevicePixelRatio(pixelRatio);
        painter.drawImage(bar.topLeft(), image);
    }
    paintRefreshes(painter, scene);
}

} // namespace widgets
