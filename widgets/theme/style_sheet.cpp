#include "widgets/theme/style_sheet.h"

#include "widgets/theme/theme.h"

#include <QHash>
#include <QRegularExpression>

namespace widgets {

namespace {

const QString& sheet()
{
    static const QString text = QStringLiteral(R"(
QMainWindow, QDialog { background: @win; }
QMainWindow::separator { background: @win; width: 5px; height: 5px; }
QToolBar { background: @win; border: 0; border-bottom: 1px solid @border; padding: 0 8px; spacing: 6px; }
QToolBar::separator { background: @border; width: 1px; margin: 8px 6px; }
QDockWidget::title { background: @alt; border-bottom: 1px solid @border; padding: 7px 10px; text-align: left; }
QSplitter::handle { background: @win; }
QSplitter::handle:horizontal { border-left: 1px solid @border; border-right: 1px solid @border; width: 3px; }
QSplitter::handle:vertical { border-top: 1px solid @border; border-bottom: 1px solid @border; height: 3px; }
QStatusBar { background: @win; border-top: 1px solid @border; }
QStatusBar::item { border: 0; }
QToolTip { background: @text; color: @panel; border: 0; padding: 4px 6px; }
)");
    return text;
}

} // namespace

QString styleSheet(const Theme& theme)
{
    const QHash<QString, QColor> tokens { { QStringLiteral("win"), theme.win },
                                          { QStringLiteral("alt"), theme.alt },
                                          { QStringLiteral("border"), theme.border },
                                          { QStringLiteral("text"), theme.text },
                                          { QStringLiteral("panel"), theme.panel } };
    static const QRegularExpression token(QStringLiteral("@([a-z]+)"));
    QString result;
    qsizetype from = 0;
    for (auto found = token.globalMatch(sheet()); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        result += sheet().mid(from, match.capturedStart() - from) + tokens.value(match.captured(1)).name();
        from = match.capturedEnd();
    }
    return result + sheet().mid(from);
}

} // namespace widgets
