#pragma once

#include "widgets/page/page.h"
#include "widgets/session/session.h"

class QComboBox;
class QSplitter;
class QStackedWidget;

namespace widgets {

class Badge;
class ChartView;
class MessageBar;
class NothingYet;
class PanelHeader;
class TableView;

/// The page of any analysis: its scalars, charts, tables and remarks. Which parameters it has is the
/// inspector's business.
class AnalysisPage : public Page {
    Q_OBJECT

public:
    AnalysisPage(Session& session, const analysis::Analysis& row, QWidget* parent = nullptr);

    void setItem(int id); ///< of an AnalysisItem of this kind; 0 = none
    int item() const { return m_item; }

    QString pageId() const override { return m_row.id; }
    std::optional<PageChart> currentChart() const override;
    bool canCopyTable() const override;
    void copyTable() override;

signals:
    void exportRequested();
    void runRequested();

protected:
    Session& session() const { return m_session; }
    const analysis::ReportPtr& report() const { return m_report; }
    PanelHeader& header() const { return *m_header; }
    QSplitter& body() const { return *m_body; } ///< chart panel, then table panel
    ChartView& chartView() const { return *m_chart; }
    QString chartId() const; ///< of the chart shown; empty for none
    void selectChart(const QString& id);
    /// A new report, or none; shows it in chart and table.
    virtual void showReport(const analysis::ReportPtr& report);
    virtual QString summary(const analysis::Report& report) const; ///< behind the title
    PageChart pageChart(const analysis::Chart& chart) const;
    void selectLayer(const QString& name); ///< of the report's subject, where it has one of that name

private:
    QWidget* buildChartPanel();
    QWidget* buildTablePanel();
    void refresh();
    void refreshState(const AnalysisItem& item);
    void showChart(int index);
    void showTable(int index);
    void followSelection(const Selection& now);

    Session& m_session;
    const analysis::Analysis& m_row;
    int m_item = 0;
    analysis::ReportPtr m_report;
    PanelHeader* m_header;
    Badge* m_badge;
    MessageBar* m_messages;
    QStackedWidget* m_stack;
    QSplitter* m_body;
    NothingYet* m_nothing;
    PanelHeader* m_chartHeader = nullptr;
    QComboBox* m_charts = nullptr;
    ChartView* m_chart = nullptr;
    PanelHeader* m_tableHeader = nullptr;
    QComboBox* m_tables = nullptr;
    TableView* m_table = nullptr;
};

} // namespace widgets
