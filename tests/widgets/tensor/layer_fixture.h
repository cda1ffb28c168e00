#pragma once

#include "tests/widgets/tensor/tensors.h"
#include "tests/widgets/tensor/views.h"
#include "tests/widgets/widget_test.h"
#include "widgets/page/layer_page.h"
#include "widgets/page/layer_view.h"
#include "widgets/parts/empty_state.h"
#include "widgets/tensor/mosaic.h"
#include "widgets/tensor/value_map.h"

#include <QLabel>
#include <QTest>

#include <cmath>
#include <memory>
#include <optional>

/// A layer page over tensors of every rank.
namespace layer {

using engine::Role;
using widgets::Hover;
using widgets::LayerPage;
using widgets::MapCell;
using widgets::Selection;

enum Known { Maps, Kernels, Matrix, Bias, Scalar, Empty, Video, Signal, Holes, Stored, Zeros };

inline analysis::DatasetPtr example()
{
    auto made = std::make_shared<analysis::Dataset>();
    made->path = QStringLiteral("/example/acts.h5");
    engine::Random random(3);
    const auto noise = [&random](std::size_t) { return random.normal(); };
    auto& content = made->content.tensors;
    content.push_back(tensors::fill({ 2, 16, 32, 32 }, Role::Activation, "NCHW",
                                    [](std::size_t i) { return static_cast<double>(i % 256) * 0.014; }));
    content.push_back(tensors::fill({ 8, 3, 5, 5 }, Role::Weight, "OIHW", noise));
    content.push_back(tensors::fill({ 10, 84 }, Role::Weight, "OI", noise));
    content.push_back(tensors::fill({ 64 }, Role::Weight, "", noise));
    content.push_back(tensors::make({}, Role::Other, "", { 2.5F }));
    content.push_back(tensors::make({ 1, 0, 32 }, Role::Activation, "", {}));
    content.push_back(tensors::fill({ 2, 3, 4, 5, 6 }, Role::Activation, "NCDHW", noise));
    content.push_back(tensors::fill({ 4, 16, 100 }, Role::Activation, "", noise));
    content.push_back(tensors::fill({ 1, 2, 4, 4 }, Role::Activation, "NCHW",
                                    [](std::size_t i) { return i == 5 ? std::nan("") : 1.0; }));
    content.push_back(tensors::integers<std::uint8_t>({ 1, 2, 1, 2 }, engine::DType::U8, { 0, 7, 255, 0 }));
    content.push_back(
        tensors::fill({ 1, 4, 6, 6 }, Role::Activation, "NCHW", [](std::size_t) { return 0.0; }));
    return made;
}

/// A page over the example, with the last hover it reported.
struct Fixture {
    analysis::JobQueue jobs;
    widgets::SelectionModel selection;
    analysis::DatasetPtr data = example();
    LayerPage page { selection, jobs };
    std::optional<Hover> hover;

    Fixture()
    {
        QObject::connect(&selection, &widgets::SelectionModel::hovered, &page,
                         [this](const std::optional<Hover>& now) { hover = now; });
        page.resize(1044, 778);
        page.show();
    }

    void choose(Known tensor, qint64 channel = -1)
    {
        Selection next { .dataset = data, .layer = 0, .tensor = tensor };
        next.channel = channel;
        selection.select(next);
        settle();
    }

    void settle()
    {
        QTRY_VERIFY(!page.isLoading());
        QTest::qWait(10);
        page.grab();
    }

    widgets::ValueMap& map() { return page.view().map(); }
    widgets::Mosaic& mosaic() { return page.view().mosaic(); }

    QPointF middleOf(const MapCell& cell)
    {
        return map().mapArea().topLeft() + QRectF(map().view().rectOf(cell)).center();
    }

    QString sentence() const
    {
        QString text;
        for (const auto* nothing : page.findChildren<widgets::NothingYet*>()) {
            for (const auto* label : nothing->findChildren<QLabel*>())
                text += nothing->isVisible() ? label->text() : QString();
        }
        return text;
    }
};

} // namespace layer
