#include "widgets/page/page_host.h"

#include "widgets/network/first_look.h"
#include "widgets/page/analysis_page.h"
#include "widgets/page/analysis_pages.h"
#include "widgets/page/layer_page.h"
#include "widgets/page/overview_page.h"
#include "widgets/page/packing_page.h"

#include <QTabBar>

#include <algorithm>

namespace widgets {

namespace {

constexpr int leastWidth = 640; ///< [px]

} // namespace

PageHost::PageHost(Session& session, QWidget* parent)
    : QTabWidget(parent)
    , m_session(session)
    , m_overview(new OverviewPage(session))
    , m_layer(new LayerPage(session.selection(), session.jobs()))
    , m_packing(new PackingPage(session.selection()))
{
    setDocumentMode(true);
    setTabsClosable(true);
    setMovable(false);
    addPage(m_overview, tr("Overview"));
    addPage(m_layer, tr("Layer"));
    addPage(m_packing, tr("Packing"));
    for (int permanent = 0; permanent < count(); ++permanent)
        for (const auto side : { QTabBar::LeftSide, QTabBar::RightSide })
            if (QWidget* button = tabBar()->tabButton(permanent, side)) {
                button->hide();
                tabBar()->setTabButton(permanent, side, nullptr);
            }
    connect(this, &QTabWidget::tabCloseRequested, this, &PageHost::closeTab);
    connect(this, &QTabWidget::currentChanged, this, &PageHost::pageChanged);
    connect(m_overview, &OverviewPage::layerActivated, this, &PageHost::showLayer);
    connect(m_overview, &OverviewPage::runRequested, this, &PageHost::runRequested);
    connect(m_packing, &PackingPage::blockWordsChanged, m_layer, &LayerPage::setBlockWords);
    connect(m_layer, &LayerPage::exportRequested, this, &PageHost::exportRequested);
    connect(m_layer, &LayerPage::captureRequested, this,
            [this] { emit runRequested(QStringLiteral("capture")); });
    connect(&session, &Session::analysesChanged, this, &PageHost::dropUnused);
}

void PageHost::addPage(Page* page, const QString& title)
{
    page->setObjectName(page->pageId());
    addTab(page, title);
    connect(page, &Page::contentChanged, this, [this, page] {
        if (page == currentPage())
            emit pageChanged();
    });
}

QSize PageHost::minimumSizeHint() const
{
    const QSize least = QTabWidget::minimumSizeHint();
    return { std::min(least.width(), leastWidth), least.height() };
}

Page* PageHost::currentPage() const
{
    return qobject_cast<Page*>(currentWidget());
}

int PageHost::currentAnalysis() const
{
    const auto* page = qobject_cast<AnalysisPage*>(currentWidget());
    return page != nullptr ? page->item() : 0;
}

bool PageHost::isBusy() const
{
    return m_layer->isBusy() || m_packing->isBusy();
}

int PageHost::overviewDataset() const
{
    return m_overview->dataset();
}

void PageHost::setOverviewDataset(int dataset)
{
    m_overview->setDataset(dataset);
}

void PageHost::showOverview(int dataset)
{
    setOverviewDataset(dataset);
    setCurrentWidget(m_overview);
}

void PageHost::showLayer()
{
    setCurrentWidget(m_layer);
}

void PageHost::showAnalysis(int id)
{
    const AnalysisItem* item = m_session.analysisItem(id);
    if (item == nullptr)
        return;
    AnalysisPage*& page = m_analyses[item->row];
    if (page == nullptr) {
        page = makeAnalysisPage(m_session, *item->row);
        addPage(page, item->row->title);
        connect(page, &AnalysisPage::exportRequested, this, &PageHost::exportRequested);
        connect(page, &AnalysisPage::runRequested, this,
                [this, page = page] { m_session.run(page->item()); });
    }
    page->setItem(id);
    setCurrentWidget(page);
    emit pageChanged();
}

bool PageHost::showPage(const QString& id)
{
    for (Page* page :
         { static_cast<Page*>(m_overview), static_cast<Page*>(m_layer), static_cast<Page*>(m_packing) })
        if (page->pageId() == id) {
            setCurrentWidget(page);
            return true;
        }
    for (const AnalysisItem& item : m_session.analyses())
        if (item.row->id == id) {
            showAnalysis(item.id);
            return true;
        }
    return false;
}

void PageHost::closeTab(int index)
{
    auto* page = qobject_cast<AnalysisPage*>(widget(index));
    if (page == nullptr)
        return;
    removeTab(index);
    std::erase_if(m_analyses, [page](const auto& entry) { return entry.second == page; });
    page->deleteLater();
}

void PageHost::dropUnused()
{
    for (int index = count(); index-- > 0;) {
        auto* page = qobject_cast<AnalysisPage*>(widget(index));
        if (page == nullptr || m_session.analysisItem(page->item()) != nullptr)
            continue;
        const auto other =
            std::find_if(m_session.analyses().begin(), m_session.analyses().end(),
                         [page](const AnalysisItem& item) { return item.row->id == page->pageId(); });
        if (other == m_session.analyses().end())
            closeTab(index);
        else
            page->setItem(other->id);
    }
}

} // namespace widgets
