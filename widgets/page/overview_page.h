#pragma once

#include "widgets/page/page.h"
#include "widgets/session/session.h"

class QStackedWidget;

namespace widgets {

class NothingYet;
class PanelHeader;
class PicturesPane;
class TableView;

/// Where are the parameters, the work, the bytes and the zeros? One sortable row per layer of a data set;
/// the pictures of one that has no layers.
class OverviewPage : public Page {
    Q_OBJECT

public:
    explicit OverviewPage(Session& session, QWidget* parent = nullptr);

    void setDataset(int id); ///< 0 = the one with most to show
    int dataset() const { return m_dataset; }

    QString pageId() const override { return QStringLiteral("overview"); }
    std::optional<PageChart> currentChart() const override;
    bool canCopyTable() const override;
    void copyTable() override;

signals:
    void layerActivated(); ///< the selection has been set to it
    void runRequested(const QString& analysis); ///< on the data set shown, which is now selected

private:
    int bestDataset() const;
    void refresh();
    void showTable(const DatasetItem& item);
    void showOther(const DatasetItem& item);
    void followSelection(const Selection& now);
    void chooseRow(int row, bool activate);
    void choosePicture(qint64 picture);

    Session& m_session;
    int m_dataset = 0;
    bool m_chosen = false; ///< by the user
    PanelHeader* m_header;
    TableView* m_table;
    QStackedWidget* m_stack;
    PicturesPane* m_pictures; ///< of a data set that has no layers
    NothingYet* m_trace; ///< of a trace of requests
    NothingYet* m_nothing;
};

} // namespace widgets
