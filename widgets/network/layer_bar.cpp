#include "widgets/network/layer_bar.h"

#include "widgets/network/first_look.h"
#include "widgets/parts/segmented.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>

namespace widgets {

namespace {

enum Segment { Activation, Weight };

QLabel* buddyLabel(const QString& text, QWidget* buddy, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setBuddy(buddy);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

} // namespace

LayerBar::LayerBar(SelectionModel& selection, QWidget* parent)
    : QWidget(parent)
    , m_selection(selection)
    , m_layers(new QComboBox(this))
    , m_tensor(new Segmented(tr("Tensor"), this))
    , m_quantised(new QComboBox(this))
{
    m_layers->setMinimumWidth(190);
    m_layers->setMaxVisibleItems(24);
    m_layers->setAccessibleName(tr("Layer"));
    m_tensor->add(tr("Activation"));
    m_tensor->add(tr("Weight"));
    m_quantised->setAccessibleName(tr("Quantised"));
    m_quantised->setToolTip(
        tr("Words that float values are shown as: quantised by the maximum of the tensor"));
    m_quantised->addItem(tr("float"), 0);
    for (const int bits : { 4, 6, 8, 12, 16 })
        m_quantised->addItem(tr("%1 bit").arg(bits), bits);
    m_quantised->setCurrentIndex(m_quantised->findData(8));

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 0, 8, 0);
    row->setSpacing(8);
    row->addWidget(buddyLabel(tr("&Layer"), m_layers, this));
    row->addWidget(m_layers);
    row->addSpacing(4);
    row->addWidget(buddyLabel(tr("Tensor"), m_tensor, this));
    row->addWidget(m_tensor);
    row->addSpacing(4);
    row->addWidget(buddyLabel(tr("&Quantised"), m_quantised, this));
    row->addWidget(m_quantised);

    connect(m_layers, &QComboBox::activated, this, &LayerBar::chooseLayer);
    connect(m_tensor, &Segmented::chosen, this, &LayerBar::chooseTensor);
    connect(m_quantised, &QComboBox::currentIndexChanged, this, [this] { emit wordBitsChanged(wordBits()); });
    connect(&selection, &SelectionModel::changed, this, [this](const Selection& now) { follow(now); });
    follow(selection.current());
}

int LayerBar::wordBits() const
{
    return m_quantised->currentData().toInt();
}

void LayerBar::setWordBits(int bits)
{
    if (const int row = m_quantised->findData(bits); row >= 0)
        m_quantised->setCurrentIndex(row);
}

void LayerBar::fillLayers()
{
    m_layers->clear();
    if (!m_listed)
        return;
    const engine::Dataset& content = m_listed->content;
    for (std::size_t i = 0; i < content.layers.size(); ++i) {
        const LayerTensors tensors = layerTensors(content, static_cast<int>(i));
        if (tensors.activation >= 0 || tensors.weight >= 0)
            m_layers->addItem(QString::fromStdString(content.layers[i].name), static_cast<int>(i));
    }
}

void LayerBar::follow(const Selection& now)
{
    if (now.dataset != m_listed) {
        m_listed = now.dataset;
        fillLayers();
    }
    setEnabled(m_listed != nullptr);
    if (!m_listed)
        return;
    const int layer = now.layer >= 0 ? now.layer : layerOf(m_listed->content, now.tensor);
    m_layers->setCurrentIndex(m_layers->findData(layer));
    const LayerTensors tensors = layerTensors(m_listed->content, layer);
    m_tensor->setSegmentEnabled(Activation, tensors.activation >= 0,
                                tr("No activations of this layer: capture them first"));
    m_tensor->setSegmentEnabled(Weight, tensors.weight >= 0, tr("This layer has no weights"));
    const engine::Tensor* tensor = now.tensorInfo();
    m_tensor->setCurrent(tensor != nullptr && tensor->role == engine::Role::Weight ? Weight : Activation);
}

void LayerBar::chooseLayer(int row)
{
    const int layer = m_layers->itemData(row).toInt();
    const LayerTensors tensors = layerTensors(m_listed->content, layer);
    const bool weightFirst = m_tensor->current() == Weight;
    const int wanted = weightFirst ? tensors.weight : tensors.activation;
    const int other = weightFirst ? tensors.activation : tensors.weight;
    m_selection.select({ .dataset = m_listed, .layer = layer, .tensor = wanted >= 0 ? wanted : other });
    emit chosen();
}

void LayerBar::chooseTensor(int segment)
{
    const LayerTensors tensors = layerTensors(m_listed->content, m_layers->currentData().toInt());
    const int tensor = segment == Weight ? tensors.weight : tensors.activation;
    if (tensor < 0)
        return;
    m_selection.select({ .dataset = m_listed, .layer = m_layers->currentData().toInt(), .tensor = tensor });
    emit chosen();
}

} // namespace widgets
