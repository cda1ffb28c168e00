// Renders the layer page to pictures, to look at. Not a test.
//   tensor_gallery FOLDER [FILE.npy]...

#include "engine/formats/catalogue.h"
#include "tests/widgets/tensor/tensors.h"
#include "widgets/page/layer_header.h"
#include "widgets/page/layer_page.h"
#include "widgets/page/layer_view.h"
#include "widgets/tensor/mosaic.h"
#include "widgets/tensor/value_map.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QTest>

#include <cstdio>

namespace {

struct Scene {
    QString name;
    engine::Tensor tensor;
    int wordBits = 8;
    widgets::MapMode mode = widgets::MapMode::Sparsity;
    int channel = 0;
    double zoomSteps = 0; ///< in the middle of the map
    std::optional<widgets::MapCell> cell = {};
};

std::vector<Scene> scenes()
{
    using engine::Role;
    using widgets::MapMode;
    const engine::Tensor maps = tensors::relu({ 1, 16, 32, 32 });
    const engine::Tensor wide = tensors::relu({ 2, 256, 56, 56 });
    engine::Random random(3);
    const auto noise = [&random](std::size_t) { return random.normal() * 0.05; };
    const engine::Tensor kernels = tensors::fill({ 64, 32, 3, 3 }, Role::Weight, "OIHW", noise);
    const engine::Tensor matrix = tensors::fill({ 512, 1024 }, Role::Weight, "OI", noise);
    const engine::Tensor bias = tensors::fill({ 64 }, Role::Weight, "", noise);
    const engine::Tensor holes = tensors::fill({ 1, 4, 12, 12 }, Role::Activation, "NCHW", [](std::size_t i) {
        return i % 7 == 0 ? std::nan("") : static_cast<double>(i % 30) / 10;
    });
    return { { QStringLiteral("sparsity"), maps, 8, MapMode::Sparsity, 6, 0, {} },
             { QStringLiteral("zoomed"), maps, 8, MapMode::Sparsity, 6, 3, widgets::MapCell { 19, 25 } },
             { QStringLiteral("bits-in-cells"), maps, 8, MapMode::Sparsity, 6, 6,
               widgets::MapCell { 15, 15 } },
             { QStringLiteral("bits"), maps, 8, MapMode::Bits, 6, 3, {} },
             { QStringLiteral("value-float"), maps, 0, MapMode::Value, 6, 3, {} },
             { QStringLiteral("many-channels"), wide, 8, MapMode::Sparsity, 40, 0, {} },
             { QStringLiteral("kernels"), kernels, 8, MapMode::Value, 5, 0, {} },
             { QStringLiteral("matrix"), matrix, 4, MapMode::Value, 0, 0, {} },
             { QStringLiteral("bias"), bias, 8, MapMode::Value, 0, 0, {} },
             { QStringLiteral("holes"), holes, 0, MapMode::Value, 1, 0, {} } };
}

void waitFor(const std::function<bool()>& done)
{
    QElapsedTimer clock;
    clock.start();
    while (!done() && clock.elapsed() < 20000)
        QTest::qWait(10);
}

void render(const Scene& scene, widgets::ThemeChoice theme, const QString& file)
{
    auto dataset = std::make_shared<analysis::Dataset>();
    dataset->path = QStringLiteral("/example/example.h5");
    dataset->content.tensors.push_back(scene.tensor);
    widgets::SelectionModel selection;
    analysis::JobQueue jobs;
    widgets::LayerPage page(selection, jobs);
    page.resize(1044, 815);
    page.setWordBits(scene.wordBits);
    page.header().setMode(scene.mode);
    widgets::ThemeManager::instance().apply(theme);
    page.show();
    widgets::Selection chosen { .dataset = dataset, .layer = 0, .tensor = 0 };
    chosen.channel = scene.channel;
    selection.select(chosen);
    waitFor([&] { return page.view().map().pyramid() && !page.isLoading(); });
    QTest::qWait(50);
    for (int i = 0; i < static_cast<int>(scene.zoomSteps); ++i)
        QTest::keyClick(&page.view().map(), Qt::Key_Plus);
    if (scene.cell) {
        chosen.row = scene.cell->row;
        chosen.column = scene.cell->column;
        selection.select(chosen);
        const QRectF area = page.view().map().mapArea();
        const QRect pixels = page.view().map().view().rectOf(*scene.cell);
        QTest::mouseMove(&page.view().map(), (area.topLeft() + pixels.center()).toPoint());
    }
    waitFor([&] { return page.view().mosaic().isComplete(); });
    QTest::qWait(50);
    page.grab().save(file);
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    if (argc < 2) {
        std::fprintf(stderr, "usage: tensor_gallery FOLDER\n");
        return 2;
    }
    const QDir folder(QString::fromLocal8Bit(argv[1]));
    folder.mkpath(QStringLiteral("."));
    for (const Scene& scene : scenes()) {
        render(scene, widgets::ThemeChoice::Light,
               folder.filePath(scene.name + QStringLiteral("-light.png")));
        render(scene, widgets::ThemeChoice::Dark, folder.filePath(scene.name + QStringLiteral("-dark.png")));
    }
    return 0;
}
