#include "tests/widgets/widget_test.h"
#include "widgets/parts/badge.h"
#include "widgets/parts/elided_label.h"
#include "widgets/parts/empty_state.h"
#include "widgets/parts/link_button.h"
#include "widgets/parts/panel_header.h"
#include "widgets/parts/readout_bar.h"
#include "widgets/parts/section.h"
#include "widgets/parts/segmented.h"
#include "widgets/parts/value_tip.h"
#include "widgets/theme/theme.h"

#include <QDropEvent>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

using namespace widgets;

class PartsTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void segmentedByMouseAndKeys();
    void segmentedProgramIsQuiet();
    void emptyStateLinks();
    void emptyStateTakesFiles();
    void readout_data();
    void readout();
    void readoutRestsOnThePath();
    void memoryIsMeasured();
    void tipKeepsOffTheCell_data();
    void tipKeepsOffTheCell();
    void badgeKeepsItsRoom();
    void sectionReusesItsRows();
    void elidedLabelGivesWay();
    void headerHeights();
};

namespace {

template <typename Button>
Button* buttonWith(const QWidget& parent, const QString& text)
{
    for (auto* button : parent.findChildren<Button*>()) {
        if (button->text() == text)
            return button;
    }
    return nullptr;
}

} // namespace

void PartsTest::init()
{
    failOnWarnings();
    ThemeManager::instance().apply(ThemeChoice::Light);
}

void PartsTest::segmentedByMouseAndKeys()
{
    QWidget window;
    auto* column = new QVBoxLayout(&window);
    auto* mode = new Segmented(QStringLiteral("Mode"));
    for (const char* word : { "Sparsity", "Value", "Bits" })
        mode->add(QLatin1String(word));
    column->addWidget(mode);
    QVERIFY(showActive(window));
    QSignalSpy chosen(mode, &Segmented::chosen);
    QCOMPARE(mode->current(), 0);
    auto* value = buttonWith<QToolButton>(*mode, QStringLiteral("Value"));
    QVERIFY(value->height() >= 24);
    QTest::mouseClick(value, Qt::LeftButton);
    QCOMPARE(mode->current(), 1);
    QCOMPARE(chosen.count(), 1);
    value->setFocus(Qt::TabFocusReason);
    QTest::keyClick(value, Qt::Key_Right);
    QCOMPARE(mode->current(), 2);
    QCOMPARE(chosen.last()[0].toInt(), 2);
}

void PartsTest::segmentedProgramIsQuiet()
{
    Segmented mode(QStringLiteral("Mode"));
    mode.add(QStringLiteral("lin"));
    mode.add(QStringLiteral("log"));
    QSignalSpy chosen(&mode, &Segmented::chosen);
    mode.setCurrent(1);
    QCOMPARE(mode.current(), 1);
    QCOMPARE(chosen.count(), 0);
    mode.setSegmentEnabled(0, false, QStringLiteral("has zeros"));
    QCOMPARE(buttonWith<QToolButton>(mode, QStringLiteral("lin"))->toolTip(), QStringLiteral("has zeros"));
    mode.resize(mode.sizeHint());
    const QImage image = mode.grab().toImage();
    QCOMPARE(image.pixelColor(mode.width() - 4, 3), Theme::light().sel);
}

void PartsTest::emptyStateLinks()
{
    EmptyState state;
    state.setFormats(QStringLiteral("ONNX, HDF5"));
    state.setRecent({ { QStringLiteral("resnet20"), QStringLiteral("/data/resnet20.onnx") } });
    state.setExamples({ { QStringLiteral("Small trained net"), QStringLiteral("example") } });
    state.resize(800, 500);
    QVERIFY(showActive(state));
    QSignalSpy open(&state, &EmptyState::openRequested);
    QSignalSpy recent(&state, &EmptyState::recentChosen);
    QSignalSpy example(&state, &EmptyState::exampleChosen);
    QTest::mouseClick(buttonWith<QPushButton>(state, QStringLiteral("Open...")), Qt::LeftButton);
    QTest::mouseClick(buttonWith<LinkButton>(state, QStringLiteral("resnet20")), Qt::LeftButton);
    auto* link = buttonWith<LinkButton>(state, QStringLiteral("Small trained net"));
    link->setFocus(Qt::TabFocusReason);
    QTest::keyClick(link, Qt::Key_Space);
    QCOMPARE(open.count(), 1);
    QCOMPARE(recent.value(0).value(0).toString(), QStringLiteral("/data/resnet20.onnx"));
    QCOMPARE(example.value(0).value(0).toString(), QStringLiteral("example"));
    const auto titled = [&](const QString& title) {
        for (const auto* label : state.findChildren<QLabel*>()) {
            if (label->text() == title)
                return label->isVisible();
        }
        return false;
    };
    QVERIFY(titled(QStringLiteral("Recent")));
    QVERIFY2(!titled(QStringLiteral("Lessons")), "what is not there yet is not shown");
    state.setRecent({});
    QVERIFY(!titled(QStringLiteral("Recent")));
}

void PartsTest::emptyStateTakesFiles()
{
    EmptyState state;
    state.resize(600, 400);
    state.show();
    QSignalSpy dropped(&state, &EmptyState::filesDropped);
    const auto frame = [&] { return state.grab().toImage().pixelColor(13, 12) == Theme::light().ctl; };
    QMimeData data;
    data.setUrls({ QUrl::fromLocalFile(QStringLiteral("/tmp/\u00FC.onnx")),
                   QUrl(QStringLiteral("https://example.org/a")) });
    QVERIFY(!frame());
    QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&state, &enter);
    QVERIFY(enter.isAccepted());
    QVERIFY(frame());
    QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&state, &drop);
    QCOMPARE(dropped.value(0).value(0).toStringList(), QStringList { QStringLiteral("/tmp/\u00FC.onnx") });
    QVERIFY(!frame());
}

void PartsTest::readout_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<qint64>("code");
    QTest::addColumn<int>("bits");
    QTest::addColumn<QString>("text");
    QTest::newRow("unsigned") << 1.3996 << qint64(100) << 8
                              << QStringLiteral("1.3996   uint8 100   0x64   0110 0100b");
    QTest::newRow("negative") << -0.0312 << qint64(-4) << 8
                              << QStringLiteral("\u22120.0312   int8 \u22124   0xFC   1111 1100b");
    QTest::newRow("six bits") << 0.0 << qint64(5) << 6 << QStringLiteral("0   uint6 5   0x05   00 0101b");
    QTest::newRow("small") << 1.5e-7 << qint64(0) << 4
                           << QStringLiteral("1.5000e\u221207   uint4 0   0x0   0000b");
    QTest::newRow("whole") << 12345.0 << qint64(1) << 1 << QStringLiteral("12\u2009345   uint1 1   0x1   1b");
    QTest::newRow("float32") << double(0.1F) << qint64(0) << 1 << QStringLiteral("0.1   uint1 0   0x0   0b");
}

void PartsTest::readout()
{
    QFETCH(double, value);
    QFETCH(qint64, code);
    QFETCH(int, bits);
    QFETCH(QString, text);
    ReadoutBar bar;
    bar.setHover(
        Hover { QStringLiteral("conv1 > (r19, c25)"), value, code, bits, QStringLiteral("block 423") });
    QCOMPARE(bar.text(), QStringLiteral("conv1 > (r19, c25)   ") + text + QStringLiteral("   block 423"));
    QCOMPARE(bar.accessibleDescription(), bar.text());
}

void PartsTest::readoutRestsOnThePath()
{
    ReadoutBar bar;
    bar.setPath(QStringLiteral("conv1"));
    bar.setHover(Hover { QStringLiteral("conv1 > (r1, c1)"), 2.5, {}, 8, {} });
    QCOMPARE(bar.text(), QStringLiteral("conv1 > (r1, c1)   2.5"));
    bar.setHover({});
    QCOMPARE(bar.text(), QStringLiteral("conv1"));
}

void PartsTest::memoryIsMeasured()
{
    const Memory memory = Memory::now();
    QVERIFY(memory.used > 1e6 && memory.used < memory.total);
    QCOMPARE((Memory { 412e6, 8e9 }).text(), QStringLiteral("Memory 412 MB of 8.0 GB"));
    QCOMPARE(Memory {}.text(), QString());
    ReadoutBar bar;
    bar.show();
    QVERIFY(bar.findChildren<QLabel*>().last()->text().startsWith(QStringLiteral("Memory ")));
}

void PartsTest::tipKeepsOffTheCell_data()
{
    QTest::addColumn<QPoint>("pointer");
    QTest::newRow("middle") << QPoint(200, 150);
    QTest::newRow("right edge") << QPoint(390, 150);
    QTest::newRow("bottom edge") << QPoint(200, 295);
    QTest::newRow("corner") << QPoint(395, 297);
    QTest::newRow("top left") << QPoint(2, 2);
}

void PartsTest::tipKeepsOffTheCell()
{
    QFETCH(QPoint, pointer);
    QWidget view;
    view.resize(400, 300);
    view.show();
    ValueTip tip(&view);
    const QRect cell(pointer - QPoint(14, 14), QSize(29, 29));
    tip.showAt(pointer, cell,
               { QStringLiteral("1.3996"), QStringLiteral("100 = 0110 0100b"), QStringLiteral("row 19") });
    QVERIFY(tip.isVisible());
    QVERIFY2(view.rect().contains(tip.geometry()), "inside the view");
    QVERIFY2(!tip.geometry().intersects(cell), "not over the cell");
    QVERIFY(tip.testAttribute(Qt::WA_TransparentForMouseEvents));
    QCOMPARE(tip.grab().toImage().pixelColor(tip.width() / 2, 1), Theme::light().text);
}

void PartsTest::badgeKeepsItsRoom()
{
    Badge badge;
    badge.reserve(QStringLiteral("partial"));
    const QSize room = badge.sizeHint();
    badge.setBadge(QStringLiteral("stale"), BadgeKind::Warn);
    QCOMPARE(badge.sizeHint(), room);
    badge.resize(room);
    QCOMPARE(badge.grab().toImage().pixelColor(4, room.height() / 2), Theme::light().warnGround);
    badge.clear();
    QCOMPARE(badge.sizeHint(), room);
}

void PartsTest::sectionReusesItsRows()
{
    Section section(QStringLiteral("Facts"));
    section.setFacts({ { QStringLiteral("Zeros"), QStringLiteral("48.5 %"), QStringLiteral("7 of 16"), true },
                       { QStringLiteral("Range"), QStringLiteral("0 ... 3.5") } });
    section.resize(284, section.sizeHint().height());
    section.show();
    const auto labels = section.findChildren<QLabel*>().size();
    section.setFacts({ { QStringLiteral("Zeros"), QStringLiteral("10.0 %") } });
    QCOMPARE(section.findChildren<QLabel*>().size(), labels);
    int visible = 0;
    for (const auto* label : section.findChildren<QLabel*>())
        visible += label->isVisible() ? 1 : 0;
    QCOMPARE(visible, 3);
    section.setFacts({ { QStringLiteral("File"), QString(200, QLatin1Char('x')) } });
    QVERIFY2(section.minimumSizeHint().width() <= 284, "a long value does not widen the inspector");
}

void PartsTest::elidedLabelGivesWay()
{
    const ElidedLabel label(QStringLiteral("a rather long name of a layer"));
    QVERIFY(label.minimumSizeHint().width() < label.sizeHint().width() / 2);
    QCOMPARE(label.accessibleName(), label.text());
}

void PartsTest::headerHeights()
{
    QCOMPARE(PanelHeader(QStringLiteral("Histogram"), HeaderKind::Panel).height(), 32);
    QCOMPARE(PanelHeader(QStringLiteral("Layer"), HeaderKind::View).height(), 38);
    QCOMPARE(PanelHeader(QStringLiteral("Workspace"), HeaderKind::Dock).height(), 30);
}

QTEST_MAIN(PartsTest)
#include "parts_test.moc"
