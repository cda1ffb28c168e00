#include "widgets/page/map_export.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFileInfo>
#include <QRegularExpression>

#include <cmath>

namespace widgets {
namespace {

constexpr std::int64_t mostCells = 2048; ///< each way

QString translated(const char* text)
{
    return QCoreApplication::translate("widgets::LayerPage", text);
}

/// As the map says it: words, or values.
float shownNumber(float stored, const ColourSpec& spec)
{
    if (std::isnan(stored) || spec.statistic == CellStatistic::Nonzero)
        return stored;
    if (spec.quantiser && (spec.mode != MapMode::Value || spec.quantiser->isWhole))
        return static_cast<float>((*spec.quantiser)(static_cast<double>(stored)));
    return stored;
}

analysis::MapColours coloursOf(const ColourSpec& spec)
{
    if (spec.mode != MapMode::Value)
        return analysis::MapColours::Sparsity;
    return spec.hasNegatives() ? analysis::MapColours::Diverging : analysis::MapColours::Magnitude;
}

} // namespace

analysis::Chart mapChart(const TensorPlane& plane, const ColourSpec& spec)
{
    analysis::MapChart map;
    map.x = { translated(QT_TRANSLATE_NOOP("widgets::LayerPage", "Column")), {}, false };
    map.y = { translated(QT_TRANSLATE_NOOP("widgets::LayerPage", "Row")), {}, false };
    const bool words = spec.quantiser && (spec.mode != MapMode::Value || spec.quantiser->isWhole);
    map.value.title = words ? translated(QT_TRANSLATE_NOOP("widgets::LayerPage", "Code"))
                            : translated(QT_TRANSLATE_NOOP("widgets::LayerPage", "Value"));
    map.colours = coloursOf(spec);
    const engine::Pyramid& pyramid = *plane.pyramid;
    std::size_t level = 0;
    for (std::int64_t rows = pyramid.rows(), columns = pyramid.columns();
         std::max(rows, columns) > mostCells && level < pyramid.levels().size(); ++level) {
        rows = pyramid.levels()[level].rows;
        columns = pyramid.levels()[level].columns;
    }
    if (level == 0) {
        map.rows = static_cast<int>(pyramid.rows());
        map.columns = static_cast<int>(pyramid.columns());
        map.values = pyramid.values(0, 0, pyramid.rows(), pyramid.columns());
    } else {
        const engine::Pyramid::Level& cells = pyramid.levels()[level - 1];
        map.rows = static_cast<int>(cells.rows);
        map.columns = static_cast<int>(cells.columns);
        for (const engine::CellSummary& cell : cells.cells)
            map.values.push_back(reduced(cell, reductionFor(spec)));
    }
    for (float& value : map.values)
        value = shownNumber(value, spec);
    return { QStringLiteral("map"), translated(QT_TRANSLATE_NOOP("widgets::LayerPage", "Map")), map };
}

PageChart describeLayer(const analysis::Dataset& dataset, const TensorFacts& facts, const QString& caption)
{
    PageChart page;
    const QString name =
        QString::fromStdString(facts.tensor.layer.empty() ? facts.tensor.name : facts.tensor.layer);
    const QString words = facts.quantiser
        ? translated(QT_TRANSLATE_NOOP("widgets::LayerPage", "%1-bit words")).arg(facts.quantiser->bits)
        : translated(QT_TRANSLATE_NOOP("widgets::LayerPage", "values as stored"));
    page.provenance.program = QStringLiteral("Tessera " TESSERA_VERSION);
    page.provenance.analysis = QStringList { name, caption, words }.join(QStringLiteral(", "));
    page.provenance.inputs = { QFileInfo(dataset.path).fileName() + QStringLiteral(" sha256 ")
                               + dataset.sha256 };
    page.provenance.digest = QString::fromLatin1(
        QCryptographicHash::hash(page.provenance.analysis.toUtf8(), QCryptographicHash::Sha256).toHex());
    static const QRegularExpression unfit(QStringLiteral("[^A-Za-z0-9._-]+"));
    page.fileName = QString(name).replace(unfit, QStringLiteral("_"));
    return page;
}

} // namespace widgets
