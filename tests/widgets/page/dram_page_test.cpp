#include "tests/widgets/dram/sample_run.h"
#include "tests/widgets/widget_test.h"
#include "widgets/chart/chart_view.h"
#include "widgets/dram/command_timeline.h"
#include "widgets/dram/timeline_panel.h"
#include "widgets/page/dram_page.h"

#include <QSignalSpy>
#include <QTest>

using analysis::ReportPtr;
using widgets::AnalysisState;
using widgets::Session;

/// The page of a simulated memory: from a trace to its charts, its timeline and other currents.
class DramPageTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        failOnWarnings();
        m_session = std::make_unique<Session>();
        const analysis::Analysis& row = analysis::findAnalysis(QStringLiteral("dram"));
        m_session->open(m_sample.path());
        QTRY_VERIFY(!m_session->datasets().empty() && m_session->datasets().front().dataset);
        m_id = m_session->analysisFor(row, m_session->datasets().front().id);
        m_page = std::make_unique<widgets::DramPage>(*m_session, row);
        m_page->resize(1000, 800);
        m_page->show();
        m_page->setItem(m_id);
        m_session->run(m_id);
        QTRY_COMPARE(item().state, AnalysisState::Done);
    }

    void cleanup()
    {
        m_page.reset();
        m_session.reset();
    }

    void theTimelineFillsByItself()
    {
        QVERIFY(item().values.flag(QStringLiteral("timeline"))); // kept by default for a small trace
        widgets::CommandTimeline& timeline = m_page->timelinePanel().timeline();
        QTRY_VERIFY(timeline.index() != nullptr);
        QCOMPARE(timeline.index()->size(), item().report->dram->commands.size());
        QSignalSpy chosen(&timeline, &widgets::CommandTimeline::commandChosen);
        timeline.jumpTo(engine::dram::CommandKind::Refresh);
        QCOMPARE(chosen.size(), 1);
        QVERIFY(timeline.describe(*timeline.chosen()).contains(QStringLiteral("REF")));
        QTest::keyClick(&timeline, Qt::Key_Right);
        QCOMPARE(chosen.size(), 2);
        const QPointF place = widgets::markRect({ *timeline.index(), timeline.layoutNow(), timeline.rank() },
                                                timeline.index()->command(*timeline.chosen()))
                                  .center();
        QCOMPARE(timeline.commandAt(place), timeline.chosen());
        QTest::keyClick(&timeline, Qt::Key_Home);
        QVERIFY(timeline.layoutNow().isFitted());
    }

    void otherCurrentsCostAtOnceAndComeBack()
    {
        const ReportPtr simulated = item().report;
        const double before = simulated->scalar(QStringLiteral("total"))->value;
        QCOMPARE(m_session->setSupplies(m_id, { { QStringLiteral("IDD4R"), 400 } }), QString());
        QVERIFY(item().report->scalar(QStringLiteral("total"))->value > before);
        QVERIFY(item().report->remarks.back().text.contains(QStringLiteral("IDD4R 400 instead of 255 mA")));
        QCOMPARE(item().report->scalar(QStringLiteral("refresh"))->value,
                 simulated->scalar(QStringLiteral("refresh"))->value);
        QCOMPARE(m_page->currentChart()->command, QString());
        m_session->setSupplies(m_id, {});
        QCOMPARE(item().report, simulated);
    }

    void recostingEqualsAFreshRun()
    {
        m_session->setSupplies(m_id, { { QStringLiteral("Vdd"), 1.5 }, { QStringLiteral("IDD0"), 130 } });
        for (const analysis::Scalar& scalar : item().simulated->scalars)
            QCOMPARE(item().report->scalar(scalar.name)->value, scalar.value);
    }

    void impossibleCurrentsAreRefused()
    {
        const ReportPtr simulated = item().report;
        QVERIFY(m_session->setSupplies(m_id, { { QStringLiteral("IDD4R"), 20 } })
                    .startsWith(QStringLiteral("IDD4R: 20 mA is too low beside IDD3N = 90 mA")));
        QCOMPARE(item().report, simulated);
    }

private:
    const widgets::AnalysisItem& item() const { return *m_session->analysisItem(m_id); }

    SampleRun m_sample;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<widgets::DramPage> m_page;
    int m_id = 0;
};

QTEST_MAIN(DramPageTest)
#include "dram_page_test.moc"
