#include "analysis/activation/budget_run.h"
#include "analysis/dataset/example.h"
#include "tests/widgets/widget_test.h"
#include "widgets/chart/aligned_charts.h"
#include "widgets/chart/chart_grip.h"
#include "widgets/chart/chart_view.h"
#include "widgets/page/budget_page.h"
#include "widgets/page/lossy_page.h"

#include <QTest>
#include <QToolButton>

using analysis::ReportPtr;
using widgets::AnalysisState;
using widgets::Session;

/// The pages on which K and a budget are chosen, on the activations of the example.
class ChoicePagesTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        failOnWarnings();
        m_session = std::make_unique<Session>();
        m_session->open(analysis::exampleFile(QStringLiteral("digits-activations.h5")));
        QTRY_VERIFY(!m_session->datasets().empty() && m_session->datasets().front().dataset);
    }

    void cleanup()
    {
        m_page.reset();
        m_session.reset();
    }

    void theGripMovesAlongTheFront()
    {
        auto& page = show<widgets::BudgetPage>(QStringLiteral("budget"));
        const ReportPtr report = m_session->analysisItem(page.item())->report;
        QVERIFY(report->budget != nullptr);
        const analysis::BudgetRun& run = *report->budget;
        QVERIFY(run.points.size() > 2);
        QCOMPARE(page.point(), run.chosen);
        auto* grip = page.findChild<widgets::ChartGrip*>();
        QVERIFY(grip != nullptr);
        emit grip->dragged({ run.points.front().cost, 0 });
        QCOMPARE(page.point(), std::size_t { 0 });
        QCOMPARE(grip->place(), QPointF(run.points[0].cost, run.predicted(run.points[0])));
        // Left of the cheapest there is nothing: it stays there.
        emit grip->dragged({ 0, 0 });
        QCOMPARE(page.point(), std::size_t { 0 });
        emit grip->stepped(1, 0);
        QCOMPARE(page.point(), std::size_t { 1 });
        emit grip->dragged({ 1e30, 0 });
        QCOMPARE(page.point(), run.points.size() - 1);
    }

    void whatALayerGetsFollowsThePoint()
    {
        auto& page = show<widgets::BudgetPage>(QStringLiteral("budget"));
        const ReportPtr report = m_session->analysisItem(page.item())->report;
        const analysis::BudgetRun& run = *report->budget;
        page.choosePoint(0);
        widgets::ChartView* chosen = nullptr;
        for (auto* view : page.findChildren<widgets::ChartView*>())
            if (view->chart().id == QLatin1String("chosen"))
                chosen = view;
        QVERIFY(chosen != nullptr);
        const auto& bars = std::get<analysis::BarChart>(chosen->chart().kind);
        for (std::size_t layer = 0; layer < run.options.size(); ++layer)
            QCOMPARE(bars.series.front().values[layer],
                     double(run.options[layer][run.points[0].options[layer]].lossyBits));
        // What the inspector shows of the run is of that point too, and what was measured elsewhere is gone.
        const ReportPtr shown = m_session->analysisItem(page.item())->report;
        QCOMPARE(shown->scalar(QStringLiteral("ratio"))->value, run.ratio(run.points[0]));
        for (const analysis::Scalar& scalar : shown->scalars)
            QVERIFY(!scalar.name.endsWith(QLatin1String("_measured")));
        // The chart that is exported shows the point as well.
        const auto exported = page.currentChart();
        QVERIFY(exported.has_value());
        const auto& front = std::get<analysis::LineChart>(exported->chart.kind);
        QCOMPARE(front.series.back().x.front(), run.points[0].cost);
    }

    /// A run with the budget of a point chooses that point.
    void measuringRunsWithTheBudget()
    {
        auto& page = show<widgets::BudgetPage>(QStringLiteral("budget"));
        const std::size_t wanted = m_session->analysisItem(page.item())->report->budget->points.size() / 2;
        page.choosePoint(wanted);
        QToolButton* measure = nullptr;
        for (auto* button : page.findChildren<QToolButton*>())
            if (button->accessibleName().startsWith(QStringLiteral("Measure")))
                measure = button;
        QVERIFY(measure != nullptr && measure->isEnabled());
        measure->click();
        QTRY_COMPARE(m_session->analysisItem(page.item())->state, AnalysisState::Done);
        QCOMPARE(page.point(), wanted);
        QCOMPARE(m_session->analysisItem(page.item())->report->budget->chosen, wanted);
        QVERIFY(!measure->isEnabled());
    }

    void sizeStandsOverWhatItCosts()
    {
        auto& page = show<widgets::LossyPage>(QStringLiteral("k-lossy"));
        QCOMPARE(page.sweep().upper().chart().id, QStringLiteral("bits"));
        QCOMPARE(page.sweep().lower().chart().id, QStringLiteral("accuracy"));
        QTRY_COMPARE(page.sweep().upper().leftMargin(), page.sweep().lower().leftMargin());
        const auto& lines = std::get<analysis::LineChart>(page.sweep().upper().chart().kind);
        QVERIFY(!lines.series.empty());
        // A click on a line selects its layer.
        emit page.sweep().upper().clicked(static_cast<int>(lines.series.front().x.size()));
        const engine::Tensor* tensor = m_session->selection().current().tensorInfo();
        QVERIFY(tensor != nullptr);
        QCOMPARE(QString::fromStdString(tensor->layer), lines.series[1].name);
    }

private:
    template <typename Page>
    Page& show(const QString& id)
    {
        const analysis::Analysis& row = analysis::findAnalysis(id);
        const int item = m_session->analysisFor(row, m_session->datasets().front().id);
        auto page = std::make_unique<Page>(*m_session, row);
        Page& shown = *page;
        m_page = std::move(page);
        shown.resize(1000, 800);
        shown.show();
        shown.setItem(item);
        m_session->run(item);
        [&] {
            QTRY_COMPARE_WITH_TIMEOUT(m_session->analysisItem(item)->state, AnalysisState::Done, 60000);
        }();
        return shown;
    }

    std::unique_ptr<Session> m_session;
    std::unique_ptr<widgets::AnalysisPage> m_page;
};

QTEST_MAIN(ChoicePagesTest)

#include "choice_pages_test.moc"
