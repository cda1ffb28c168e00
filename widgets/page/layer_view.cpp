#include "widgets/page/layer_view.h"

#include "widgets/page/pane.h"
#include "widgets/page/pictures_pane.h"
#include "widgets/parts/elided_label.h"
#include "widgets/tensor/colour_bar.h"
#include "widgets/tensor/mosaic.h"
#include "widgets/tensor/picture_grid.h"
#include "widgets/tensor/value_map.h"
#include "widgets/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSplitter>
#include <QVBoxLayout>

#include <cmath>

namespace widgets {
namespace {

/// "14-26" with an en dash; one number alone.
QString rangeText(std::int64_t first, std::int64_t count)
{
    if (count <= 1)
        return formatCount(first);
    return formatCount(first) + QChar(0x2013) + formatCount(first + count - 1);
}

QString statisticName(CellStatistic statistic)
{
    switch (statistic) {
    case CellStatistic::Maximum:
        return LayerView::tr("maximum");
    case CellStatistic::Mean:
        return LayerView::tr("mean");
    case CellStatistic::Minimum:
        return LayerView::tr("minimum");
    case CellStatistic::Nonzero:
        return LayerView::tr("non-zero share");
    }
    return {};
}

bool sameSlices(const LayerView::Content& one, const LayerView::Content& other)
{
    if (one.plane.facts->tensor.source != other.plane.facts->tensor.source || one.plan != other.plan
        || one.plan.channel < 0)
        return false;
    std::vector<std::int64_t> index = one.index;
    index[static_cast<std::size_t>(one.plan.channel)] =
        other.index[static_cast<std::size_t>(one.plan.channel)];
    return index == other.index;
}

} // namespace

LayerView::LayerView(QWidget* parent)
    : QWidget(parent)
    , m_splitter(new QSplitter(Qt::Horizontal))
    , m_pictures(new PicturesPane)
    , m_mosaic(new Mosaic)
    , m_mosaicCaption(new QLabel)
    , m_mosaicDetail(new ElidedLabel)
    , m_mosaicNote(new ElidedLabel(tr("Box: the region on the right. Click a channel to open it.")))
    , m_map(new ValueMap)
    , m_bar(new ColourBar)
    , m_mapCaption(new QLabel)
    , m_mapRemark(new ElidedLabel)
{
    m_mosaicPane = buildMosaicPane();
    m_splitter->addWidget(m_pictures);
    m_splitter->addWidget(m_mosaicPane);
    m_splitter->addWidget(buildMapPane());
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setStretchFactor(2, 3);
    m_splitter->setSizes({ 424, 424, 600 });
    m_pictures->hide();
    m_splitter->setChildrenCollapsible(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_splitter);
    connectViews();
}

QWidget* LayerView::buildMosaicPane()
{
    auto* pane = new QWidget;
    m_mosaicNote->setFont(uiFont(12));
    m_mosaicNote->setForegroundRole(QPalette::PlaceholderText);
    QVBoxLayout* column = makePane(*pane);
    column->addLayout(captionRow(m_mosaicCaption, m_mosaicDetail));
    column->addWidget(m_mosaic, 1);
    column->addWidget(m_mosaicNote);
    return pane;
}

QWidget* LayerView::buildMapPane()
{
    auto* pane = new QWidget;
    QVBoxLayout* column = makePane(*pane);
    column->addLayout(captionRow(m_mapCaption, m_mapRemark));
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_map, 1);
    row->addWidget(m_bar);
    column->addLayout(row, 1);
    return pane;
}

void LayerView::connectViews()
{
    m_map->setTipText([this](const MapCell& cell) { return m_probe.tip(cell, m_map->valueAt(cell)); });
    m_mosaic->setTipText([this](std::int64_t channel) {
        const auto& facts = m_content.plane.facts;
        if (!facts || static_cast<std::size_t>(channel) >= facts->channels())
            return QString();
        return tr("Channel %1: %2 %3")
            .arg(channel)
            .arg(zerosWord(facts->zeroKind()))
            .arg(formatPercent(facts->channelZeroFraction(static_cast<std::size_t>(channel))));
    });
    connect(m_map, &ValueMap::viewChanged, this, [this] {
        linkBox();
        showCaptions();
    });
    connect(m_map, &ValueMap::coloursChanged, this, &LayerView::shareColours);
    connect(m_map, &ValueMap::cellHovered, this, [this](const MapCell& cell) { emitHover(cell); });
    connect(m_map, &ValueMap::hoverLeft, this, [this] { emitHover(m_selected); });
    connect(m_mosaic, &Mosaic::boxMoved, m_map, &ValueMap::moveTo);
    connect(m_mosaic, &Mosaic::captionChanged, this, [this] {
        m_mosaicCaption->setText(m_mosaic->caption());
        m_mosaicDetail->setText(m_mosaic->detail());
    });
}

void LayerView::setContent(const Content& content, int blockWords)
{
    const bool keepMosaic = m_content.plane.facts && sameSlices(m_content, content);
    m_content = content;
    m_blockWords = blockWords;
    m_probe = ElementProbe(content.plane.facts, content.plan, content.index, blockWords);
    if (!keepMosaic)
        showMosaic(content);
    showPictures(content);
    if (content.plan.channel >= 0)
        m_mosaic->setSelected(content.index[static_cast<std::size_t>(content.plan.channel)]);
    m_map->setPyramid(content.plane.pyramid);
    m_map->setStretchable(!isPicture(content.plane.facts->tensor, content.plan));
    setSelected(m_selected, m_bit);
}

void LayerView::clear()
{
    m_content = {};
    m_probe = {};
    m_selected.reset();
    m_mosaic->clear();
    m_pictures->grid().clear();
    m_map->setPyramid(nullptr);
    m_map->setOutlines({});
}

void LayerView::showMosaic(const Content& content)
{
    const engine::Tensor& tensor = content.plane.facts->tensor;
    const bool wanted =
        !content.pictures && extentOf(tensor, content.plan.channel) > 1 && !tensor.source->mapped().empty();
    m_mosaicPane->setVisible(wanted);
    if (wanted)
        m_mosaic->setSource({ tensor, content.plan, content.index });
    else
        m_mosaic->clear();
}

void LayerView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    constexpr int roomForNote = 340; // in a low view the channels need the line more
    m_mosaicNote->setVisible(height() >= roomForNote);
}

void LayerView::showPictures(const Content& content)
{
    m_pictures->setVisible(content.pictures != nullptr);
    m_pictures->grid().setDataset(content.pictures);
    if (content.pictures)
        m_pictures->grid().setSelected(content.index[static_cast<std::size_t>(content.plan.batch)]);
}

PictureGrid& LayerView::pictures()
{
    return m_pictures->grid();
}

void LayerView::setColours(const ColourSpec& spec)
{
    m_map->setColours(spec);
    showCaptions();
}

void LayerView::shareColours()
{
    m_bar->setScale(m_map->colours());
    m_mosaic->setColours(m_map->colours(), reductionFor(m_map->colourSpec()));
}

void LayerView::setSelected(const std::optional<MapCell>& cell, int bit)
{
    const bool moved = cell != m_selected;
    m_selected = cell;
    m_bit = bit;
    m_map->setSelected(cell, bit);
    m_map->setOutlines(cell ? m_probe.blockCells(*cell) : std::vector<CellRange> {});
    if (cell && moved)
        m_map->reveal(*cell);
    showCaptions();
    emitHover(cell);
}

void LayerView::setLoading(bool loading)
{
    m_map->setLoading(loading);
}

void LayerView::emitHover(const std::optional<MapCell>& cell)
{
    emit hovered(cell ? m_probe.hover(*cell, m_map->valueAt(*cell)) : std::nullopt);
}

void LayerView::linkBox()
{
    const CellRange shown = m_map->view().visible();
    const QPointF origin = m_map->view().origin();
    const MapViewport& view = m_map->view();
    if (shown.isEmpty() || view.isFitted()) {
        m_mosaic->setBox({});
        return;
    }
    m_mosaic->setBox(
        { origin, QSizeF(view.area().width() / view.scaleX(), view.area().height() / view.scaleY()) });
}

QString LayerView::caption() const
{
    const CellRange shown = m_map->view().visible();
    QString text = m_content.plan.row < 0
        ? tr("values %1").arg(rangeText(shown.column, shown.columns))
        : tr("rows %1, columns %2")
              .arg(rangeText(shown.row, shown.rows), rangeText(shown.column, shown.columns));
    if (m_content.plan.channel < 0) {
        text[0] = text[0].toUpper();
        return text;
    }
    const int axis = m_content.plan.channel;
    return axisTitle(m_content.plane.facts->tensor, axis)
        + QStringLiteral(" %1, ").arg(m_content.index[static_cast<std::size_t>(axis)]) + text;
}

QString LayerView::remark() const
{
    const TensorFacts& facts = *m_content.plane.facts;
    QStringList parts;
    if (facts.quantiser)
        parts << tr("%1%2 codes")
                     .arg(facts.quantiser->isSigned ? QStringLiteral("int") : QStringLiteral("uint"))
                     .arg(facts.quantiser->bits);
    else
        parts << tr("%1 values")
                     .arg(QString::fromUtf8(engine::name(facts.tensor.type).data(),
                                            static_cast<qsizetype>(engine::name(facts.tensor.type).size())));
    if (m_map->colourSpec().mode == MapMode::Sparsity)
        parts << tr("0 = %1").arg(zerosWord(facts.zeroKind()));
    const int level = m_map->view().level(static_cast<int>(m_content.plane.pyramid->levels().size()));
    if (level > 0)
        parts << tr("%1 of %2 × %2 values a cell")
                     .arg(statisticName(m_map->colourSpec().statistic))
                     .arg(1 << (2 * level));
    else if (m_selected && !m_probe.blockCells(*m_selected).empty())
        parts << tr("outlined = one block of %1").arg(m_blockWords);
    return parts.join(QStringLiteral("; "));
}

void LayerView::showCaptions()
{
    if (!m_content.plane.pyramid || !m_content.plane.facts)
        return;
    m_mapCaption->setText(caption());
    m_mapRemark->setText(remark());
}

} // namespace widgets
