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

struct Look {
    QString trace;
    QString folder;
    QString device; ///< empty = the default
    widgets::ThemeChoice theme = widgets::ThemeChoice::Light;
    QSize size; ///< of page and inspector
    QString suffix;
};

void openStrip(widgets::DramPage& page)
{
    for (auto* button : page.timelinePanel().findChildren<QToolButton*>())
        if (button->isCheckable() && button->accessibleName().startsWith(QStringLiteral("Show")))
            button->click();
}

void draw(const Look& look)
{
    widgets::ThemeManager::instance().apply(look.theme);
    widgets::Session session;
    session.open(look.trace);
    const analysis::Analysis& row = analysis::findAnalysis(QStringLiteral("dram"));
    while (!session.datasets().front().dataset)
        QTest::qWait(20);
    const int id = session.analysisFor(row, session.datasets().front().id);
    analysis::Values values = session.analysisItem(id)->values;
    values.set(row.parameters, QStringLiteral("timeline"), true);
    if (!look.device.isEmpty())
        values.set(row.parameters, QStringLiteral("device"), look.device);
    session.setValues(id, values);
    QSplitter window;
    auto* page = new widgets::DramPage(session, row);
    auto* inspector = new widgets::Inspector(session);
    window.addWidget(page);
    window.addWidget(inspector);
    window.resize(look.size);
    window.setSizes({ look.size.width() - 290, 284 });
    window.show();
    page->setItem(id);
    inspector->showAnalysis(id);
    session.run(id);
    widgets::CommandTimeline& timeline = page->timelinePanel().timeline();
    while (!timeline.index())
        QTest::qWait(20);
    const QString name = look.folder + QLatin1Char('/');
    save(window, name + QStringLiteral("plain") + look.suffix);
    session.setSupplies(id, { { QStringLiteral("IDD4R"), 180 }, { QStringLiteral("tCK"), 1.35 } });
    timeline.jumpTo(CommandKind::Refresh);
    QTest::keyClick(&timeline, Qt::Key_Left);
    save(window, name + QStringLiteral("changed") + look.suffix);
    openStrip(*page);
    save(*page, name + QStringLiteral("steps") + look.suffix);
}

} // namespace

/// dram_gallery TRACE FOLDER [DEVICE]: the DRAM page in its states, both themes and two sizes of the window,
/// for looking at.
int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() < 3 || arguments.size() > 4)
        return 2;
    const std::pair<QSize, QString> sizes[] = { { QSize(1018, 640), QStringLiteral("-small") },
                                                { QSize(1338, 840), QStringLiteral("-large") } };
    for (const auto& [size, name] : sizes) {
        Look look { arguments[1],
                    arguments[2],
                    arguments.value(3),
                    widgets::ThemeChoice::Light,
                    size,
                    name + QStringLiteral("-light") };
        draw(look);
        look.theme = widgets::ThemeChoice::Dark;
        look.suffix = name + QStringLiteral("-dark");
        draw(look);
    }
    return 0;
}
