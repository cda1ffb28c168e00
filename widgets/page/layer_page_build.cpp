#include "widgets/chart/chart_view.h"
#include "widgets/page/layer_header.h"
#include "widgets/page/layer_page.h"
#include "widgets/page/layer_panels.h"
#include "widgets/page/layer_view.h"
#include "widgets/page/pictures_pane.h"
#include "widgets/parts/empty_state.h"
#include "widgets/parts/message_bar.h"
#include "widgets/tensor/axes_selector.h"
#include "widgets/tensor/mosaic.h"
#include "widgets/tensor/picture_grid.h"
#include "widgets/tensor/value_map.h"

#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

namespace widgets {

void LayerPage::build()
{
    auto* charts = new QSplitter(Qt::Horizontal);
    charts->addWidget(m_histogram);
    charts->addWidget(m_channels);
    charts->setSizes({ 500, 500 });
    charts->setChildrenCollapsible(false);
    for (QWidget* panel : { static_cast<QWidget*>(m_histogram), static_cast<QWidget*>(m_channels) }) {
        panel->setAutoFillBackground(true);
        panel->setBackgroundRole(QPalette::Base);
    }
    m_splitter->addWidget(m_view);
    m_splitter->addWidget(charts);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_splitter->setSizes({ 500, 296 });
    m_splitter->setChildrenCollapsible(false);
    m_stack->addWidget(m_nothing);
    m_stack->addWidget(m_capture);
    m_stack->addWidget(m_splitter);
    m_stack->addWidget(m_pictures);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_messages);
    column->addWidget(m_stack, 1);
}

void LayerPage::connectHeader()
{
    connect(m_header, &LayerHeader::lookChanged, this, &LayerPage::applyColours);
    connect(m_header, &LayerHeader::homeRequested, this, [this] { m_view->map().resetView(); });
    connect(m_header, &LayerHeader::exportRequested, this, [this] {
        setSubject(Subject::Map);
        emit exportRequested();
    });
    connect(m_header, &LayerHeader::bitChosen, this, [this](int bit) {
        Selection next = m_selection.current();
        next.bit = bit;
        m_selection.select(next);
    });
    connect(&m_header->axes(), &AxesSelector::indexChosen, this, &LayerPage::chooseIndex);
    connect(&m_header->axes(), &AxesSelector::axesChosen, this, [this](int row, int column) {
        m_axesChoice = std::pair(row, column);
        startTensor(m_selection.current());
    });
}

void LayerPage::connectViews()
{
    connect(&m_selection, &SelectionModel::changed, this, &LayerPage::follow);
    connect(&m_loader, &TensorLoader::started, this, &LayerPage::startLoading);
    connect(m_loadingDelay, &QTimer::timeout, this, &LayerPage::showLoading);
    connect(&m_loader, &TensorLoader::ready, this, &LayerPage::accept);
    connect(&m_loader, &TensorLoader::failed, this, &LayerPage::showFailure);
    connect(&m_view->map(), &ValueMap::failed, this, &LayerPage::showFailure);
    connect(&m_view->mosaic(), &Mosaic::failed, this, &LayerPage::showFailure);
    connect(&m_view->map(), &ValueMap::cellClicked, this, &LayerPage::chooseCell);
    connect(&m_view->map(), &ValueMap::selectionMoved, this,
            [this](const MapCell& cell) { chooseCell(cell, -1); });
    connect(&m_view->map(), &ValueMap::channelStep, this, [this](int step) {
        if (m_plan.channel >= 0)
            chooseChannel(m_index[static_cast<std::size_t>(m_plan.channel)] + step);
    });
    connect(&m_view->mosaic(), &Mosaic::channelClicked, this, &LayerPage::chooseChannel);
    connect(m_channels, &ChannelPanel::channelClicked, this, &LayerPage::chooseChannel);
    const auto choosePicture = [this](qint64 picture) {
        Selection next = m_selection.current();
        next.batch = picture;
        m_selection.select(next);
    };
    connect(&m_view->pictures(), &PictureGrid::pictureClicked, this, choosePicture);
    connect(&m_pictures->grid(), &PictureGrid::pictureClicked, this, choosePicture);
    connect(m_view, &LayerView::hovered, &m_selection, &SelectionModel::hover);
    connect(m_capture, &NothingYet::actionRequested, this, &LayerPage::captureRequested);
    for (ChartPanel* panel :
         { static_cast<ChartPanel*>(m_histogram), static_cast<ChartPanel*>(m_channels) }) {
        const Subject subject = panel == m_histogram ? Subject::Histogram : Subject::Channels;
        connect(panel, &ChartPanel::exportRequested, this, [this, subject] {
            setSubject(subject);
            emit exportRequested();
        });
        connect(&panel->chart(), &ChartView::clicked, this, [this, subject] { setSubject(subject); });
    }
}

} // namespace widgets
