#pragma once

#include "widgets/page/page.h"
#include "widgets/session/session.h"

#include <QTabWidget>

#include <map>

namespace widgets {

class AnalysisPage;
class LayerPage;
class OverviewPage;
class PackingPage;

/// The tabs in the middle of the window: overview, layer, and one page per kind of analysis that is in use.
class PageHost : public QTabWidget {
    Q_OBJECT

public:
    explicit PageHost(Session& session, QWidget* parent = nullptr);

    LayerPage& layerPage() { return *m_layer; }
    PackingPage& packingPage() { return *m_packing; }
    bool isBusy() const; ///< any of the pages
    Page* currentPage() const;
    int overviewDataset() const; ///< id of the data set the overview is about
    int currentAnalysis() const; ///< id of the item whose page is in front; 0 for none

    void setOverviewDataset(int dataset); ///< without changing the page
    void showOverview(int dataset);
    void showLayer();
    void showAnalysis(int id);
    /// By page id. False when there is no such page, or no data set it could be about.
    bool showPage(const QString& id);

    /// Never so wide that the docks at the sides would be squeezed.
    QSize minimumSizeHint() const override;

signals:
    void pageChanged(); ///< another page, or what the page can export
    void exportRequested();
    void runRequested(const QString& analysis); ///< from a page that has nothing to show yet

private:
    void addPage(Page* page, const QString& title);
    void closeTab(int index);
    void dropUnused();

    Session& m_session;
    OverviewPage* m_overview;
    LayerPage* m_layer;
    PackingPage* m_packing;
    std::map<const analysis::Analysis*, AnalysisPage*> m_analyses;
};

} // namespace widgets
