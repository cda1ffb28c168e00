#include "analysis/export/writers.h"
#include "tests/widgets/chart/sample_charts.h"
#include "widgets/chart/chart_view.h"
#include "widgets/chart/export_dialog.h"
#include "widgets/chart/render.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QPixmap>

/// Pictures of every chart kind in light, dark and on paper, for looking at: gallery DIRECTORY.
int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const QDir folder(application.arguments().value(1, QStringLiteral(".")));
    folder.mkpath(QStringLiteral("."));
    for (const auto choice : { widgets::ThemeChoice::Light, widgets::ThemeChoice::Dark }) {
        widgets::ThemeManager::instance().apply(choice);
        int number = 0;
        for (const analysis::Chart& chart : samples::all()) {
            widgets::ChartView view;
            view.resize(640, 340);
            view.setChart(chart);
            if (number % 3 == 0)
                view.setHighlight(5);
            view.show();
            QApplication::processEvents();
            const QString theme =
                choice == widgets::ThemeChoice::Light ? QStringLiteral("light") : QStringLiteral("dark");
            view.grab().save(folder.filePath(QStringLiteral("%1-%2-%3.png")
                                                 .arg(theme)
                                                 .arg(number, 2, 10, QLatin1Char('0'))
                                                 .arg(chart.id)));
            ++number;
        }
    }
    const analysis::Provenance made { QStringLiteral("Tessera 0.1.0"),
                                      QStringLiteral("codec, S = 16, w = 8, K = 0"),
                                      { QStringLiteral("resnet20_cifar10.onnx sha256 5e1f") },
                                      QStringLiteral("c07a") };
    for (const auto choice : { widgets::ThemeChoice::Dark, widgets::ThemeChoice::Light }) {
        widgets::ThemeManager::instance().apply(choice);
        widgets::ExportDialog dialog(samples::ratios(), made, QStringLiteral("fig2_ratio"),
                                     QStringLiteral("tessera-cli codec acts.h5"));
        dialog.show();
        for (int i = 0; i < 5; ++i)
            QApplication::processEvents();
        dialog.grab().save(folder.filePath(choice == widgets::ThemeChoice::Light
                                               ? QStringLiteral("dialog-light.png")
                                               : QStringLiteral("dialog-dark.png")));
    }
    int number = 0;
    const analysis::Provenance provenance { QStringLiteral("Tessera"), QStringLiteral("gallery"), {}, {} };
    for (const analysis::Chart& chart : samples::all()) {
        widgets::FigureStyle style;
        style.legendOnTop = number % 2 == 0;
        const QString base =
            folder.filePath(QStringLiteral("paper-%1-%2").arg(number, 2, 10, QLatin1Char('0')).arg(chart.id));
        widgets::renderFigure(chart, style, 192).save(base + QStringLiteral(".png"));
        widgets::exportChart(chart, base + QStringLiteral(".pdf"), style, provenance);
        widgets::exportChart(chart, base + QStringLiteral(".svg"), style, provenance);
        style.textAsOutlines = true;
        widgets::exportChart(chart, base + QStringLiteral("-outlines.svg"), style, provenance);
        ++number;
    }
    return 0;
}
