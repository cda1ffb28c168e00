#include "widgets/page/layer_header.h"
#include "widgets/page/layer_page.h"
#include "widgets/page/layer_panels.h"
#include "widgets/page/layer_view.h"
#include "widgets/page/loading_veil.h"
#include "widgets/page/pictures_pane.h"
#include "widgets/parts/empty_state.h"
#include "widgets/parts/message_bar.h"
#include "widgets/tensor/axes_selector.h"
#include "widgets/tensor/picture_grid.h"

#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>

namespace widgets {

bool LayerPage::showsSelection() const
{
    const Selection& now = m_selection.current();
    return m_shown.facts && now.dataset && m_shownDataset.lock() == now.dataset
        && m_shownTensor == now.tensor;
}

LayerView::Content LayerPage::content() const
{
    const analysis::DatasetPtr& dataset = m_selection.current().dataset;
    const engine::Tensor& tensor = m_shown.facts->tensor;
    const bool arePictures = tensor.role == engine::Role::Image && m_plan.batch >= 0
        && dataset->content.images
        && static_cast<std::int64_t>(dataset->content.images->size()) == extentOf(tensor, m_plan.batch);
    return { m_shown, m_plan, m_index, arePictures ? dataset : nullptr };
}

void LayerPage::clear()
{
    m_shown = {};
    m_veil->hide();
    m_view->clear();
    m_pictures->grid().clear();
    m_histogram->setFacts(nullptr);
    m_channels->setFacts(nullptr);
    m_header->axes().clear();
    m_header->setMode(m_header->mode());
    m_header->setControlsEnabled(false);
    m_selection.hover(std::nullopt);
}

QString LayerPage::readingSentence() const
{
    const engine::Tensor* tensor = m_selection.current().tensorInfo();
    return tensor == nullptr ? QString() : tr("Reading %1…").arg(QString::fromStdString(tensor->name));
}

void LayerPage::startLoading()
{
    m_loadingDelay->start();
    if (!m_shown.facts || showsSelection())
        return; // the old plane of the same tensor stays
    const bool isLate = !m_veil->isHidden() && !m_veil->sentence().isEmpty();
    m_veil->cover(isLate ? readingSentence() : QString());
    m_selection.hover(std::nullopt);
    emit contentChanged();
}

void LayerPage::showLoading()
{
    m_view->setLoading(m_loader.isLoading() && showsSelection());
    if (!m_loader.isLoading() || showsSelection())
        return;
    if (m_shown.facts) {
        m_veil->cover(readingSentence());
        return;
    }
    m_nothing->setSentence(readingSentence());
    m_stack->setCurrentWidget(m_nothing);
}

void LayerPage::showFailure(const QString& sentence)
{
    m_loadingDelay->stop();
    m_view->setLoading(false);
    clear();
    m_messages->post({ analysis::Level::Problem, sentence });
    m_nothing->setSentence(tr("This tensor could not be read."));
    m_stack->setCurrentWidget(m_nothing);
    emit contentChanged();
}

void LayerPage::showPictures(const Selection& now)
{
    m_pictures->grid().setDataset(now.dataset);
    m_pictures->grid().setSelected(now.batch);
    m_header->setTitle(tr("Pictures"));
    m_stack->setCurrentWidget(m_pictures);
    emit contentChanged();
}

void LayerPage::showNothing(const Selection& now)
{
    clear();
    if (now.dataset && now.dataset->content.images && now.dataset->content.tensors.empty()) {
        showPictures(now);
        return;
    }
    const engine::Tensor* tensor = now.tensorInfo();
    const bool canRun = now.dataset && now.dataset->content.graph;
    if (tensor != nullptr)
        m_nothing->setSentence(tr("%1 holds no values: its shape is %2.")
                                   .arg(QString::fromStdString(tensor->name),
                                        QString::fromStdString(engine::toString(tensor->shape))));
    else if (now.dataset)
        m_nothing->setSentence(tr("This layer has no tensor to show. Choose another one on the left."));
    else
        m_nothing->setSentence(tr("Choose a layer or tensor on the left."));
    m_stack->setCurrentWidget(tensor == nullptr && canRun ? m_capture : m_nothing);
    emit contentChanged();
}

} // namespace widgets
