#include "tests/widgets/dram/sample_run.h"
#include "tests/widgets/widget_test.h"
#include "widgets/dram/currents_panel.h"
#include "widgets/form/number_edit.h"
#include "widgets/page/dram_page.h"
#include "widgets/page/inspector.h"

#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSlider>
#include <QTest>
#include <QWheelEvent>

using widgets::AnalysisState;
using widgets::CurrentsPanel;
using widgets::Session;

/// Currents changed by hand in the inspector, with the page beside it.
class CurrentsPanelTest : public QObject {
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
        m_page->resize(1050, 820);
        m_page->show();
        m_page->setItem(m_id);
        m_session->run(m_id);
        QTRY_COMPARE(item().state, AnalysisState::Done);
        m_inspector = std::make_unique<widgets::Inspector>(*m_session);
        m_inspector->resize(320, 600);
        m_inspector->show();
        m_inspector->showAnalysis(m_id);
        m_panel = m_inspector->findChild<CurrentsPanel*>();
        QVERIFY(m_panel != nullptr && m_panel->isVisible());
    }

    void cleanup()
    {
        m_inspector.reset();
        m_page.reset();
        m_session.reset();
    }

    void theWheelChangesNothing()
    {
        QVERIFY(showActive(*m_inspector));
        QSlider* slider = sliderOf("IDD0");
        QVERIFY(!turnWheel(slider)); // so the form behind it scrolls
        QVERIFY(item().supplies.empty());
        QCOMPARE(slider->value(), 130);
        slider->setFocus();
        turnWheel(slider);
        QVERIFY(!item().supplies.empty()); // it was asked for
    }

    void aRefusedValueIsMarkedAndTheSliderGoesBack()
    {
        QSlider* slider = sliderOf("IDD4R");
        slider->setValue(20);
        QCOMPARE(slider->value(), 255);
        QVERIFY(item().supplies.empty());
        QVERIFY(editOf("IDD4R")->property("invalid").toBool());
        QVERIFY(!editOf("IDD0")->property("invalid").toBool());
        QVERIFY(sentence().startsWith(QStringLiteral("IDD4R: 20 mA is too low beside IDD3N = 90 mA")));
        slider->setValue(300);
        QCOMPARE(item().supplies.at(QStringLiteral("IDD4R")), 300.0);
        QVERIFY(!editOf("IDD4R")->property("invalid").toBool());
        QCOMPARE(sentence(), QString());
    }

    void theClockIsAmongThem()
    {
        sliderOf("tCK")->setValue(125);
        QCOMPARE(item().supplies.at(QStringLiteral("tCK")), 1.25);
        const double before = item().simulated->scalar(QStringLiteral("bandwidth"))->value;
        const double now = item().report->scalar(QStringLiteral("bandwidth"))->value;
        QVERIFY(qAbs(now / before - 1.5 / 1.25) < 1e-9);
    }

    void factsSayWhichRunTheyAreOf()
    {
        QCOMPARE(labels(QStringLiteral("µJ (B, changed)")), 0);
        sliderOf("IDD0")->setValue(150);
        QCOMPARE(labels(QStringLiteral("µJ (B, changed)")), 2); // activates and the total
    }

    void resetKeepsItsPlace()
    {
        QVERIFY(showActive(*m_inspector));
        sliderOf("IDD0")->setValue(150);
        auto* reset = m_panel->findChild<QPushButton*>();
        scrollTo(reset);
        const int before = bar()->value();
        reset->setFocus();
        QTest::keyClick(reset, Qt::Key_Space);
        QVERIFY(item().supplies.empty());
        QCoreApplication::processEvents();
        QCOMPARE(bar()->value(), before);
        QVERIFY(reset->hasFocus());
    }

    void aMoveIsDrawnWithinAFrame()
    {
        QSlider* slider = sliderOf("IDD0");
        slider->setValue(140);
        m_page->grab();
        CpuTime clock;
        constexpr int steps = 20;
        for (int i = 1; i <= steps; ++i) {
            slider->setValue(140 + i);
            QCoreApplication::processEvents();
            m_page->repaint();
        }
        const double each = clock.restart() / steps;
        QVERIFY2(each < 16, qPrintable(QStringLiteral("%1 ms").arg(each)));
        QCOMPARE(item().supplies.at(QStringLiteral("IDD0")), 140.0 + steps);
    }

private:
    const widgets::AnalysisItem& item() const { return *m_session->analysisItem(m_id); }

    template <typename Widget>
    Widget* named(const char* key) const
    {
        for (Widget* widget : m_panel->findChildren<Widget*>())
            if (widget->accessibleName() == QLatin1String(key))
                return widget;
        return nullptr;
    }
    QSlider* sliderOf(const char* key) const { return named<QSlider>(key); }
    widgets::NumberEdit* editOf(const char* key) const { return named<widgets::NumberEdit>(key); }

    QScrollArea* area() const
    {
        QWidget* at = m_panel;
        while (qobject_cast<QScrollArea*>(at) == nullptr)
            at = at->parentWidget();
        return qobject_cast<QScrollArea*>(at);
    }
    QScrollBar* bar() const { return area()->verticalScrollBar(); }
    void scrollTo(QWidget* widget)
    {
        QCoreApplication::processEvents();
        area()->ensureWidgetVisible(widget);
    }

    /// True when the widget took it for itself.
    static bool turnWheel(QWidget* widget)
    {
        const QPointF place = QRectF(widget->rect()).center();
        QWheelEvent event(place, widget->mapToGlobal(place), {}, QPoint(0, -120), Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(widget, &event);
        return event.isAccepted();
    }

    QString sentence() const
    {
        for (const QLabel* label : m_panel->findChildren<QLabel*>())
            if (label->wordWrap() && label->isVisible())
                return label->text();
        return {};
    }

    qsizetype labels(const QString& text) const
    {
        const auto all = m_inspector->findChildren<QLabel*>();
        return std::count_if(all.begin(), all.end(), [&](const QLabel* label) {
            return label->isVisible() && label->text() == text;
        });
    }

    SampleRun m_sample;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<widgets::DramPage> m_page;
    std::unique_ptr<widgets::Inspector> m_inspector;
    CurrentsPanel* m_panel = nullptr;
    int m_id = 0;
};

QTEST_MAIN(CurrentsPanelTest)
#include "currents_panel_test.moc"
