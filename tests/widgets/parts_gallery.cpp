// Renders every small part in both themes, as the design's sheet of parts shows them: for looking at our own
// work. Usage: parts_gallery DIR writes DIR/parts-light.png and DIR/parts-dark.png.

#include "tests/widgets/parts_sheet.h"

using namespace widgets;
using gallery::Sheet;

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    if (argc != 2) {
        QTextStream(stderr) << "usage: parts_gallery DIR\n";
        return 2;
    }
    const double scale = qEnvironmentVariable("GALLERY_SCALE", QStringLiteral("1")).toDouble();
    for (const ThemeChoice choice : { ThemeChoice::Light, ThemeChoice::Dark }) {
        ThemeManager::instance().apply(choice);
        Sheet sheet;
        sheet.resize(1900, 1000);
        sheet.show();
        sheet.activateWindow();
        QTest::qWait(600);
        sheet.findChild<QPushButton*>(QStringLiteral("focused"))->setFocus(Qt::TabFocusReason);
        QTest::qWait(50);
        QImage image(sheet.size() * scale, QImage::Format_RGB32);
        image.setDevicePixelRatio(scale);
        sheet.render(&image);
        const bool dark = choice == ThemeChoice::Dark;
        image.save(
            QDir(QString::fromLocal8Bit(argv[1]))
                .filePath(dark ? QStringLiteral("parts-dark.png") : QStringLiteral("parts-light.png")));
    }
    return 0;
}
