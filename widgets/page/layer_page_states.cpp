#include "widgets/page/layer_header.h"
#include "widgets/page/layer_page.h"
#include "widgets/page/layer_panels.h"
#include "widgets/page/layer_view.h"
#include "widgets/parts/empty_state.h"
#include "widgets/parts/message_bar.h"
#include "widgets/tensor/axes_selector.h"

#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>

namespace widgets {

void LayerPage::clear()
{
    m_shown = {};
    m_view->clear();
    m_histogram->setFacts(nullptr);
    m_channels->setFacts(nullptr);
    m_header->axes().clear();
    m_header->setControlsEnabled(false);
    m_selection.hover(std::nullopt);
}

void LayerPage::showLoading()
{
    m_view->setLoading(m_loader.isLoading());
    const engine::Tensor* tensor = m_selection.current().tensorInfo();
    if (!m_loader.isLoading() || m_shown.facts || tensor == nullptr)
        return; // the old picture stays
    m_nothing->setSentence(tr("Reading %1…").arg(QString::fromStdString(tensor->name)));
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

void LayerPage::showNothing(const Selection& now)
{
    clear();
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
