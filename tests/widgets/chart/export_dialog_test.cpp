#include "tests/widgets/chart/sample_charts.h"
#include "tests/widgets/widget_test.h"
#include "widgets/chart/export_dialog.h"
#include "widgets/chart/export_options.h"
#include "widgets/chart/figure_preview.h"
#include "widgets/parts/message_bar.h"
#include "widgets/parts/segmented.h"
#include "widgets/theme/theme.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRadioButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace widgets;

namespace {

analysis::Provenance made()
{
    return { QStringLiteral("Tessera 0.1.0"),
             QStringLiteral("codec, S = 16"),
             { QStringLiteral("acts.h5 sha256 5e1f") },
             QStringLiteral("c07a"),
             false };
}

QByteArray headOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(8) : QByteArray();
}

} // namespace

class ExportDialogTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup() { m_dialog.reset(); }

    void fitsSmallScreens();
    void exports();
    void suffixFollowsFormat();
    void formatFollowsSuffix();
    void suffixIsAdded_data();
    void suffixIsAdded();
    void presetSetsTheSize();
    void keepsTheRatio();
    void previewFollows();
    void previewAtTrueSize();
    void previewIsQuick();
    void checksFollow();
    void writtenFollows();
    void fieldsOfTheFormat();
    void askBeforeReplacing();
    void errorStaysInside();
    void command();
    void remembers();
    void brokenSettings();
    void cancelWritesNothing();
    void keyboardReachesEverything();

private:
    void open(const QString& file = QStringLiteral("fig2"));
    QPushButton* exportButton() const { return m_dialog->findChild<QPushButton*>(QStringLiteral("export")); }
    QLineEdit* fileField() const { return m_dialog->findChild<QLineEdit*>(QStringLiteral("file")); }
    QDoubleSpinBox* number(const char* name) const;
    QComboBox* choice(const char* name) const;
    QCheckBox* flag(const char* text) const;
    QRadioButton* format(const char* text) const;
    QString checks() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ExportDialog> m_dialog;
};

void ExportDialogTest::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("tessera-test"));
    QCoreApplication::setApplicationName(QStringLiteral("export"));
    QSettings::setDefaultFormat(QSettings::IniFormat);
}

void ExportDialogTest::init()
{
    failOnWarnings();
    m_folder = std::make_unique<QTemporaryDir>();
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope,
                       m_folder->filePath(QStringLiteral("settings")));
    setExportFolder(m_folder->path());
    ThemeManager::instance().apply(ThemeChoice::Light);
}

void ExportDialogTest::open(const QString& file)
{
    m_dialog = std::make_unique<ExportDialog>(samples::ratios(), made(), file,
                                              QStringLiteral("tessera-cli codec acts.h5"));
    m_dialog->open();
    QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
}

QDoubleSpinBox* ExportDialogTest::number(const char* name) const
{
    for (auto* field : m_dialog->findChildren<QDoubleSpinBox*>()) {
        if (field->accessibleName() == QLatin1String(name))
            return field;
    }
    return nullptr;
}

QComboBox* ExportDialogTest::choice(const char* name) const
{
    for (auto* field : m_dialog->findChildren<QComboBox*>()) {
        if (field->accessibleName() == QLatin1String(name))
            return field;
    }
    return nullptr;
}

QCheckBox* ExportDialogTest::flag(const char* text) const
{
    for (auto* field : m_dialog->findChildren<QCheckBox*>()) {
        if (field->text() == QLatin1String(text))
            return field;
    }
    return nullptr;
}

QRadioButton* ExportDialogTest::format(const char* text) const
{
    for (auto* field : m_dialog->findChildren<QRadioButton*>()) {
        if (field->text() == QLatin1String(text))
            return field;
    }
    return nullptr;
}

QString ExportDialogTest::checks() const
{
    const auto* list = m_dialog->findChild<QListWidget*>(QStringLiteral("checks"));
    QStringList texts;
    for (int i = 0; i < list->count(); ++i)
        texts << list->item(i)->text();
    return texts.join(QLatin1Char('|'));
}

void ExportDialogTest::fitsSmallScreens()
{
    open();
    QVERIFY(m_dialog->width() <= 1280 && m_dialog->height() <= 760);
    QVERIFY(m_dialog->minimumSizeHint().width() <= 1280 && m_dialog->minimumSizeHint().height() <= 720);
}

void ExportDialogTest::exports()
{
    open();
    QSignalSpy exported(m_dialog.get(), &ExportDialog::exported);
    QTest::mouseClick(exportButton(), Qt::LeftButton);
    QCOMPARE(exported.size(), 1);
    QCOMPARE(exported[0][0].toString(), m_folder->filePath(QStringLiteral("fig2.pdf")));
    QVERIFY(headOf(exported[0][0].toString()).startsWith("%PDF"));
    QVERIFY(!m_dialog->isVisible());
}

void ExportDialogTest::suffixFollowsFormat()
{
    open();
    QCOMPARE(fileField()->text(), QStringLiteral("fig2.pdf"));
    format("PNG")->click();
    QCOMPARE(fileField()->text(), QStringLiteral("fig2.png"));
    format("PGFPlots + CSV")->click();
    QCOMPARE(fileField()->text(), QStringLiteral("fig2.tex"));
}

void ExportDialogTest::formatFollowsSuffix()
{
    open();
    fileField()->setFocus();
    fileField()->selectAll();
    QTest::keyClicks(fileField(), QStringLiteral("other.svg"));
    QSignalSpy exported(m_dialog.get(), &ExportDialog::exported);
    QTest::mouseClick(exportButton(), Qt::LeftButton);
    QCOMPARE(exported.size(), 1);
    QVERIFY(headOf(m_folder->filePath(QStringLiteral("other.svg"))).startsWith("<?xml"));
}

void ExportDialogTest::suffixIsAdded_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("written");
    QTest::newRow("none") << QStringLiteral("fig") << QStringLiteral("fig.pdf");
    QTest::newRow("a point of its own") << QStringLiteral("fig.v2") << QStringLiteral("fig.v2.pdf");
    QTest::newRow("upper case") << QStringLiteral("FIG.PDF") << QStringLiteral("FIG.pdf");
    QTest::newRow("spaces") << QStringLiteral("  my fig ") << QStringLiteral("my fig.pdf");
}

void ExportDialogTest::suffixIsAdded()
{
    QFETCH(const QString, typed);
    QFETCH(const QString, written);
    open();
    fileField()->setText(typed);
    QCOMPARE(m_dialog->targetPath(), m_folder->filePath(written));
}

void ExportDialogTest::presetSetsTheSize()
{
    open();
    choice("Preset")->setCurrentIndex(1);
    emit choice("Preset")->activated(1);
    QCOMPARE(number("Width")->value(), 182.0);
    QCOMPARE(number("Height")->value(), 75.0);
}

void ExportDialogTest::keepsTheRatio()
{
    open();
    number("Width")->setValue(80);
    number("Height")->setValue(60);
    flag("Keep the ratio")->click();
    number("Width")->setValue(120);
    QCOMPARE(number("Height")->value(), 90.0);
    number("Height")->setValue(30);
    QCOMPARE(number("Width")->value(), 40.0);
    flag("Keep the ratio")->click();
    number("Width")->setValue(100);
    QCOMPARE(number("Height")->value(), 30.0);
}

void ExportDialogTest::previewFollows()
{
    open();
    const auto* measures = m_dialog->findChild<QLabel*>(QStringLiteral("measures"));
    QCOMPARE(measures->text(), QStringLiteral("88.9 \u00D7 60.0 mm, page 252 \u00D7 170 pt"));
    auto* sheet = m_dialog->findChild<FigureSheet*>();
    const QImage before = sheet->grab().toImage();
    number("Text")->setValue(12);
    QTRY_VERIFY(sheet->grab().toImage() != before);
    number("Width")->setValue(70);
    QTRY_COMPARE(measures->text(), QStringLiteral("70.0 \u00D7 60.0 mm, page 198 \u00D7 170 pt"));
}

void ExportDialogTest::previewAtTrueSize()
{
    open();
    auto* preview = m_dialog->findChild<FigurePreview*>();
    auto* sheet = m_dialog->findChild<FigureSheet*>();
    auto* zoom = preview->findChild<Segmented*>();
    zoom->setCurrent(0);
    emit zoom->chosen(0);
    QCOMPARE(preview->zoom(), 1.0);
    // 88.9 mm at 96 dpi beside the ruler
    QVERIFY(std::abs(sheet->width() - (336 + FigureSheet::rulerSize)) <= 3);
    zoom->setCurrent(1);
    emit zoom->chosen(1);
    QVERIFY(std::abs(sheet->width() - (672 + FigureSheet::rulerSize)) <= 3);
}

/// Every change shows at once; generous here for a busy machine.
void ExportDialogTest::previewIsQuick()
{
    open();
    auto* sheet = m_dialog->findChild<FigureSheet*>();
    const QImage before = sheet->grab().toImage();
    QElapsedTimer timer;
    timer.start();
    number("Lines")->setValue(2);
    flag("Hatches for black and white")->click();
    while (sheet->grab().toImage() == before && timer.elapsed() < 2000)
        QTest::qWait(1);
    qInfo("preview after %lld ms", static_cast<long long>(timer.elapsed()));
    QVERIFY(timer.elapsed() < 1000);
}

void ExportDialogTest::checksFollow()
{
    open();
    QVERIFY(checks().contains(QLatin1String("Smallest text 8.0 pt; preset asks for 8 pt or more")));
    QVERIFY(checks().contains(QLatin1String("Fonts embedded: Liberation Sans, subset")));
    QVERIFY(checks().contains(QLatin1String("only the hatch tells them apart")));
    number("Text")->setValue(5);
    QTRY_VERIFY(checks().contains(QLatin1String("Smallest text 5.0 pt")));
    format("PNG")->click();
    QTRY_VERIFY(checks().contains(QLatin1String("Raster 600 dpi")));
    flag("Hatches for black and white")->click();
    QTRY_VERIFY(checks().contains(QLatin1String("nothing tells them apart")));
}

void ExportDialogTest::writtenFollows()
{
    open();
    const auto* written = m_dialog->findChild<QLabel*>(QStringLiteral("written"));
    QCOMPARE(written->text(), QStringLiteral("Tessera 0.1.0, codec, S = 16\nacts.h5 sha256 5e1f"));
    flag("Embed version and digests")->click();
    QTRY_COMPARE(written->text(), QStringLiteral("Nothing but the chart"));
    QTest::mouseClick(exportButton(), Qt::LeftButton);
    QFile file(m_folder->filePath(QStringLiteral("fig2.pdf")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("5e1f"));
}

void ExportDialogTest::fieldsOfTheFormat()
{
    open();
    QVERIFY(flag("Hatches for black and white")->isEnabled());
    QVERIFY(!flag("Text as outlines, SVG only")->isEnabled());
    format("SVG")->click();
    QVERIFY(flag("Text as outlines, SVG only")->isEnabled());
    format("CSV")->click();
    QVERIFY(!number("Width")->isEnabled());
    format("PGFPlots + CSV")->click();
    QVERIFY(number("Width")->isEnabled() && number("Text")->isEnabled());
    QVERIFY(!choice("Palette")->isEnabled());
}

void ExportDialogTest::askBeforeReplacing()
{
    QFile old(m_folder->filePath(QStringLiteral("fig2.pdf")));
    QVERIFY(old.open(QIODevice::WriteOnly));
    old.write("precious");
    old.close();
    open();
    QSignalSpy exported(m_dialog.get(), &ExportDialog::exported);
    QTest::mouseClick(exportButton(), Qt::LeftButton);
    QCOMPARE(exported.size(), 0);
    QCOMPARE(headOf(old.fileName()), QByteArray("precious"));
    QCOMPARE(m_dialog->findChild<MessageBar*>()->messages().size(), 1);
    QTest::mouseClick(exportButton(), Qt::LeftButton);
    QCOMPARE(exported.size(), 1);
    QVERIFY(headOf(old.fileName()).startsWith("%PDF"));
}

void ExportDialogTest::errorStaysInside()
{
    open(m_folder->filePath(QStringLiteral("none/fig2")));
    QSignalSpy exported(m_dialog.get(), &ExportDialog::exported);
    QTest::mouseClick(exportButton(), Qt::LeftButton);
    QCOMPARE(exported.size(), 0);
    QVERIFY(m_dialog->isVisible());
    const auto* messages = m_dialog->findChild<MessageBar*>();
    QCOMPARE(messages->messages().size(), 1);
    QVERIFY(messages->isVisible());
    QVERIFY(messages->messages().front().sentence.contains(QLatin1String("none")));
    fileField()->setText(QStringLiteral("fig2.pdf"));
    QTest::mouseClick(exportButton(), Qt::LeftButton);
    QCOMPARE(exported.size(), 1);
}

void ExportDialogTest::command()
{
    open(QStringLiteral("my fig"));
    for (auto* button : m_dialog->findChildren<QPushButton*>()) {
        if (button->text() == QLatin1String("Copy as command"))
            button->click();
    }
    QCOMPARE(QGuiApplication::clipboard()->text(),
             QStringLiteral("tessera-cli codec acts.h5 --chart 'ratio=%1'")
                 .arg(m_folder->filePath(QStringLiteral("my fig.pdf"))));
}

void ExportDialogTest::remembers()
{
    open();
    number("Text")->setValue(9);
    flag("Grid lines")->click();
    format("SVG")->click();
    choice("Palette")->setCurrentIndex(1);
    const ExportSettings used = m_dialog->findChild<ExportOptions*>()->settings();
    QTest::mouseClick(exportButton(), Qt::LeftButton);
    QCOMPARE(QSettings().value(QStringLiteral("export/text")).toDouble(), 9.0);
    open();
    QVERIFY(m_dialog->findChild<ExportOptions*>()->settings() == used);
    QCOMPARE(fileField()->text(), QStringLiteral("fig2.svg"));
}

void ExportDialogTest::brokenSettings()
{
    QSettings store;
    store.setValue(QStringLiteral("export/width"), QStringLiteral("wide"));
    store.setValue(QStringLiteral("export/height"), -4);
    store.setValue(QStringLiteral("export/preset"), QStringLiteral("no such"));
    store.setValue(QStringLiteral("export/format"), QStringLiteral("jpg"));
    store.setValue(QStringLiteral("export/dpi"), 7);
    store.setValue(QStringLiteral("export/palette"), 99);
    const ExportSettings settings = loadExportSettings();
    QCOMPARE(settings.style.size.widthMm, 88.9);
    QCOMPARE(settings.style.size.heightMm, 60.0);
    QCOMPARE(settings.preset, QStringLiteral("ieee-column"));
    QCOMPARE(settings.format, FigureFormat::Pdf);
    QCOMPARE(settings.style.rasterDpi, 72);
    open();
}

void ExportDialogTest::cancelWritesNothing()
{
    open();
    QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
    QVERIFY(!m_dialog->isVisible());
    QVERIFY(!QFileInfo::exists(m_folder->filePath(QStringLiteral("fig2.pdf"))));
}

void ExportDialogTest::keyboardReachesEverything()
{
    open();
    QVERIFY(showActive(*m_dialog));
    QSet<QWidget*> reached;
    for (int i = 0; i < 60; ++i) {
        QTest::keyClick(m_dialog.get(), Qt::Key_Tab);
        reached << QApplication::focusWidget();
    }
    for (QWidget* field : std::initializer_list<QWidget*> { number("Width"), number("Axes"), choice("Preset"),
                                                            choice("Palette"), flag("Grid lines"),
                                                            fileField(), exportButton() })
        QVERIFY2(reached.contains(field), qPrintable(field->accessibleName() + field->objectName()));
}

QTEST_MAIN(ExportDialogTest)
#include "export_dialog_test.moc"
