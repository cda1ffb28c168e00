#include "widgets/dram/command_timeline.h"
#include "widgets/dram/timeline_panel.h"
#include "widgets/page/dram_page.h"
#include "widgets/page/inspector.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QSplitter>
#include <QTest>
#include <QToolButton>

using engine::dram::CommandKind;

namespace {

void save(QWidget& widget, const QString& name)
{
    QTest::qWait(200);
    widget.grab().save(name + QStringLiteral(".png"));
}

void draw(const QString& trace, const QString& folder, widgets::ThemeChoice theme, const QString& suffix)
{
    widgets::ThemeManager::instance().apply(theme);
    widgets::Session session;
    session.open(trace);
    const analysis::Analysis& row = analysis::findAnalysis(QStringLiteral("dram"));
    while (!session.datasets().front().dataset)
        QTest::qWait(20);
    const int id = session.analysisFor(row, session.datasets().front().id);
    QSplitter window;
    auto* page = new widgets::DramPage(session, row);
    auto* inspector = new widgets::Inspector(session);
    window.addWidget(page);
    window.addWidget(inspector);
    window.resize(1340, 900);
    window.setSizes({ 1000, 340 });
    window.show();
    page->setItem(id);
    inspector->showAnalysis(id);
    session.run(id);
    widgets::CommandTimeline& timeline = page->timelinePanel().timeline();
    while (!timeline.index())
        QTest::qWait(20);
    const QString name = folder + QLatin1Char('/');
    session.setSupplies(id, { { QStringLiteral("IDD4R"), 180 }, { QStringLiteral("Vdd"), 1.35 } });
    timeline.jumpTo(CommandKind::Refresh);
    QTest::keyClick(&timeline, Qt::Key_Left);
    save(window, name + QStringLiteral("changed") + suffix);
    for (int i = 0; i < 8; ++i)
        QTest::keyClick(&timeline, Qt::Key_Plus);
    save(timeline, name + QStringLiteral("close") + suffix);
    timeline.resetView();
    for (auto* button : page->timelinePanel().findChildren<QToolButton*>())
        if (button->isCheckable() && button->accessibleName().startsWith(QStringLiteral("Show")))
            button->click();
    save(*page, name + QStringLiteral("steps") + suffix);
}

} // namespace

/// dram_gallery TRACE FOLDER: the DRAM page in its states and both themes, for looking at.
int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() != 3)
        return 2;
    draw(arguments[1], arguments[2], widgets::ThemeChoice::Light, QStringLiteral("-light"));
    draw(arguments[1], arguments[2], widgets::ThemeChoice::Dark, QStringLiteral("-dark"));
    return 0;
}
