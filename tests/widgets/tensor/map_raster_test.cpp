#include "tests/widgets/tensor/tensors.h"
#include "widgets/tensor/map_raster.h"
#include "widgets/theme/colour_map.h"
#include "widgets/theme/theme.h"

#include <QRegularExpression>
#include <QTest>

using widgets::CellRange;
using widgets::ColourScale;
using widgets::ColourSpec;
using widgets::MapCell;
using widgets::MapViewport;
using widgets::Reduction;

namespace {

constexpr QRgb ground = 0xFF112233;
constexpr QRgb hatch = 0xFF445566;

ColourScale valueScale(double minimum, double maximum)
{
    ColourSpec spec;
    spec.mode = widgets::MapMode::Value;
    spec.minimum = minimum;
    spec.maximum = maximum;
    return ColourScale(spec);
}

MapViewport viewport(const engine::Pyramid& pyramid, const QSize& area)
{
    MapViewport view;
    view.setContent(pyramid.rows(), pyramid.columns());
    view.setArea(area, 1);
    return view;
}

std::shared_ptr<const engine::Pyramid> pyramid(std::int64_t rows, std::int64_t columns,
                                               const std::function<double(std::size_t)>& value)
{
    const engine::Tensor matrix = tensors::fill({ rows, columns }, engine::Role::Weight, "OI", value);
    return engine::Pyramid::build(matrix, engine::defaultPlane(matrix), {});
}

QImage paint(const engine::Pyramid& matrix, const MapViewport& view, const ColourScale& scale,
             Reduction reduction, int level = 0)
{
    QImage image(view.area(), QImage::Format_RGB32);
    const widgets::MapInk ink { view, scale, reduction, ground, hatch };
    if (level > 0) {
        paintLevel(image, ink, matrix.levels()[static_cast<std::size_t>(level - 1)], level);
        return image;
    }
    const CellRange window = view.visible();
    const auto values = matrix.values(window.row, window.column, window.rows, window.columns);
    paintValues(image, ink, { { values.data(), static_cast<std::size_t>(window.columns) }, window });
    return image;
}

double joined(Reduction reduction, const std::vector<double>& values)
{
    double result = values[0];
    double sum = 0;
    for (const double value : values) {
        sum += reduction == Reduction::Nonzero ? (value != 0 ? 1 : 0) : value;
        if (reduction == Reduction::Minimum)
            result = std::min(result, value);
        if (reduction == Reduction::Maximum)
            result = std::max(result, value);
        if (reduction == Reduction::Magnitude && std::abs(value) > std::abs(result))
            result = value;
    }
    const bool average = reduction == Reduction::Mean || reduction == Reduction::Nonzero;
    return average ? sum / static_cast<double>(values.size()) : result;
}

} // namespace

class MapRasterTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void everyCellHasItsColour_data()
    {
        QTest::addColumn<double>("steps");
        for (const double steps : { 0.0, 1.0, 3.3, 6.0 })
            QTest::addRow("%.1f steps", steps) << steps;
    }

    void everyCellHasItsColour()
    {
        QFETCH(double, steps);
        const auto matrix = pyramid(13, 17, [](std::size_t i) { return static_cast<double>(i % 29) - 9; });
        MapViewport view = viewport(*matrix, { 173, 131 });
        view.zoom({ 100, 60 }, steps, steps);
        const ColourScale scale = valueScale(-9, 19);
        const QImage image = paint(*matrix, view, scale, Reduction::Maximum);
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const auto cell = view.cellAt({ x + 0.5, y + 0.5 });
                const bool gap = cell && view.hasGaps()
                    && (x == view.left(cell->column + 1) - 1 || y == view.top(cell->row + 1) - 1);
                const QRgb expected = !cell || gap
                    ? ground
                    : scale.at(static_cast<float>((cell->row * 17 + cell->column) % 29 - 9));
                QCOMPARE(image.pixel(x, y), expected);
            }
        }
    }

    void pixelsOverManyValuesJoinThem_data()
    {
        QTest::addColumn<int>("reduction");
        for (int reduction = 0; reduction < 5; ++reduction)
            QTest::addRow("reduction %d", reduction) << reduction;
    }

    void pixelsOverManyValuesJoinThem()
    {
        QFETCH(int, reduction);
        const auto rule = static_cast<Reduction>(reduction);
        const auto value = [](std::size_t i) { return static_cast<double>((i * 7919) % 101) - 50; };
        const auto matrix = pyramid(200, 240, [&](std::size_t i) { return i % 3 == 0 ? 0 : value(i); });
        const MapViewport view = viewport(*matrix, { 120, 100 }); // 2 x 2 values a pixel
        QCOMPARE(view.scaleX(), 0.5);
        const ColourScale scale = valueScale(-50, 50);
        const QImage image = paint(*matrix, view, scale, rule);
        for (int y = 0; y < 100; y += 7) {
            for (int x = 0; x < 120; ++x) {
                std::vector<double> under;
                for (const std::size_t i : { y * 480 + x * 2, y * 480 + x * 2 + 1, y * 480 + 240 + x * 2,
                                             y * 480 + 240 + x * 2 + 1 })
                    under.push_back(i % 3 == 0 ? 0 : value(i));
                QCOMPARE(image.pixel(x, y), scale.at(static_cast<float>(joined(rule, under))));
            }
        }
    }

    void levelsLookLikeTheirSummaries()
    {
        const auto matrix = pyramid(64, 64, [](std::size_t i) { return static_cast<double>(i % 64 / 4); });
        MapViewport view = viewport(*matrix, { 64, 64 });
        const ColourScale scale = valueScale(0, 15);
        const QImage image = paint(*matrix, view, scale, Reduction::Mean, 1);
        for (int x = 0; x < 64; ++x)
            QCOMPARE(image.pixel(x, 40), scale.at(static_cast<float>(x / 4)));
        QCOMPARE(paint(*matrix, view, scale, Reduction::Maximum, 3).pixel(0, 0), scale.at(15));
    }

    void missingValuesAreHatched()
    {
        const auto matrix = pyramid(4, 4, [](std::size_t i) { return i == 5 ? std::nan("") : 1.0; });
        const MapViewport view = viewport(*matrix, { 200, 200 });
        const ColourScale scale = valueScale(0, 1);
        const QImage image = paint(*matrix, view, scale, Reduction::Maximum);
        int lines = 0;
        for (int y = view.top(1); y < view.top(2) - 1; ++y) {
            for (int x = view.left(1); x < view.left(2) - 1; ++x) {
                const QRgb pixel = image.pixel(x, y);
                QVERIFY(pixel == hatch || pixel == scale.missing());
                lines += pixel == hatch ? 1 : 0;
            }
        }
        const int pixels = (view.left(2) - view.left(1)) * (view.top(2) - view.top(1));
        QVERIFY(lines > pixels / 8 && lines < pixels / 4);
        QCOMPARE(image.pixel(view.left(0) + 1, view.top(1) + 1), scale.at(1));
    }

    void emptyAndSingle()
    {
        const auto one = pyramid(1, 1, [](std::size_t) { return 2.0; });
        MapViewport view = viewport(*one, { 50, 50 });
        const ColourScale scale = valueScale(0, 2);
        QCOMPARE(paint(*one, view, scale, Reduction::Maximum).pixel(10, 10), scale.at(2));
        MapViewport nothing;
        nothing.setArea({ 20, 20 }, 1);
        QImage image(20, 20, QImage::Format_RGB32);
        widgets::paintValues(image, { nothing, scale, Reduction::Maximum, ground, hatch }, {});
        QCOMPARE(image.pixel(3, 3), ground);
    }
};

QTEST_GUILESS_MAIN(MapRasterTest)
#include "map_raster_test.moc"
