#include "analysis/export/chart_table.h"
#include "analysis/export/writers.h"
#include "widgets/chart/chart_motion.h"
#include "widgets/chart/chart_view.h"
#include "widgets/chart/factory.h"
#include "widgets/theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <qcustomplot.h>

#include <memory>

namespace widgets {

namespace {

constexpr double pictureScale = 2;

} // namespace

void ChartView::copyPicture() const
{
    QCustomPlot plot;
    const std::unique_ptr<KindView> drawn = makeView(m_chart, PlotFrame(plot, screenLook(Theme::light())));
    showRanges(*drawn, m_view->frame().rangeX(), m_view->frame().rangeY());
    drawn->setHighlight(m_highlight);
    plot.toPixmap(width(), height(), pictureScale); // the first layout finds the widths of the labels
    QGuiApplication::clipboard()->setImage(plot.toPixmap(width(), height(), pictureScale).toImage());
}

void ChartView::copyData() const
{
    auto mime = std::make_unique<QMimeData>();
    mime->setText(analysis::toClipboardText(analysis::toTable(m_chart)));
    mime->setData(QStringLiteral("text/csv"), analysis::toCsv(m_chart));
    QGuiApplication::clipboard()->setMimeData(mime.release()); // takes it
}

} // namespace widgets
