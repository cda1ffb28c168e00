#include "tests/widgets/widget_test.h"
#include "widgets/parts/buttons.h"
#include "widgets/theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFocusFrame>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollBar>
#include <QSlider>
#include <QSpinBox>
#include <QTabBar>
#include <QToolButton>

using namespace widgets;

class StyleTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void targetsAreLargeEnough();
    void ringComesByKeyboardOnly();
    void ringIsAlwaysAroundFields();
    void ringOutlivesItsWindow();
    void primaryIsAccented();
    void invalidFieldIsOutlined();
    void outlinesAreCtl_data();
    void outlinesAreCtl();
    void scrollBarFollowsItsHandle();
    void activeTabHasRoom();
};

namespace {

QImage drawn(QWidget& widget)
{
    return widget.grab().toImage();
}

QColor edge(QWidget& widget)
{
    return drawn(widget).pixelColor(widget.width() / 2, 0);
}

QFocusFrame* frameOf(const QWidget& window)
{
    return window.findChild<QFocusFrame*>();
}

} // namespace

void StyleTest::init()
{
    failOnWarnings();
    ThemeManager::instance().apply(ThemeChoice::Light);
}

void StyleTest::targetsAreLargeEnough()
{
    QWidget window;
    auto* row = new QHBoxLayout(&window);
    QList<QWidget*> targets { plainButton(QStringLiteral("Copy")),
                              compactButton(QStringLiteral("Sort")),
                              primaryButton(QStringLiteral("Run"), QStringLiteral("run")),
                              iconButton(QStringLiteral("lock"), QStringLiteral("Lock")),
                              new QLineEdit,
                              new QComboBox,
                              new QSpinBox,
                              new QSlider(Qt::Horizontal) };
    for (QWidget* target : targets)
        row->addWidget(target);
    QVERIFY(showActive(window));
    for (const QWidget* target : targets) {
        QVERIFY2(target->height() >= 24, target->metaObject()->className());
        QVERIFY2(target->width() >= 24, target->metaObject()->className());
    }
    QCOMPARE(targets[0]->sizeHint().height(), 28);
    QCOMPARE(targets[1]->sizeHint().height(), 24);
    QCOMPARE(targets[4]->sizeHint().height(), 26);
}

void StyleTest::ringComesByKeyboardOnly()
{
    QWidget window;
    auto* row = new QHBoxLayout(&window);
    auto* first = new QPushButton(QStringLiteral("first"));
    auto* second = new QPushButton(QStringLiteral("second"));
    row->addWidget(first);
    row->addWidget(second);
    QVERIFY(showActive(window));
    QTest::mouseClick(first, Qt::LeftButton);
    QVERIFY(frameOf(window) == nullptr || frameOf(window)->isHidden());
    QTest::keyClick(first, Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget(), second);
    QVERIFY(frameOf(window) != nullptr);
    QVERIFY(frameOf(window)->isVisible());
    QCOMPARE(frameOf(window)->widget(), second);
    QCOMPARE(frameOf(window)->geometry(), second->geometry().adjusted(-3, -3, 3, 3));
    const QImage image = drawn(window);
    QCOMPARE(image.pixelColor(second->geometry().center().x(), second->y() - 2), Theme::light().accent);
}

void StyleTest::ringIsAlwaysAroundFields()
{
    QWidget window;
    auto* row = new QHBoxLayout(&window);
    auto* spin = new QSpinBox;
    auto* edit = new QLineEdit;
    row->addWidget(edit);
    row->addWidget(spin);
    QVERIFY(showActive(window));
    QTest::mouseClick(spin, Qt::LeftButton, {}, QPoint(10, 10));
    spin->setFocus(Qt::MouseFocusReason);
    QVERIFY(frameOf(window) != nullptr && frameOf(window)->isVisible());
    QCOMPARE(frameOf(window)->widget(), spin);
    edit->setFocus(Qt::MouseFocusReason);
    QCOMPARE(frameOf(window)->widget(), edit);
    window.setFocus();
    QVERIFY(frameOf(window)->isHidden());
}

void StyleTest::ringOutlivesItsWindow()
{
    for (int i = 0; i < 3; ++i) {
        auto window = std::make_unique<QWidget>();
        auto* edit = new QLineEdit(window.get());
        QVERIFY(showActive(*window));
        edit->setFocus(Qt::TabFocusReason);
        QTRY_VERIFY(frameOf(*window) != nullptr && frameOf(*window)->isVisible());
    }
}

void StyleTest::primaryIsAccented()
{
    QPushButton* button = primaryButton(QStringLiteral("Run"), QStringLiteral("run"));
    button->resize(80, 28);
    QCOMPARE(drawn(*button).pixelColor(40, 3), Theme::light().accent);
    button->setEnabled(false);
    QCOMPARE(drawn(*button).pixelColor(40, 3), Theme::light().btn);
    delete button;
}

void StyleTest::invalidFieldIsOutlined()
{
    QSpinBox spin;
    spin.resize(80, 26);
    QCOMPARE(edge(spin), Theme::light().ctl);
    spin.setProperty("invalid", true);
    spin.update();
    QCOMPARE(edge(spin), Theme::light().err);
    QCOMPARE(drawn(spin).pixelColor(40, 1), Theme::light().err);
}

void StyleTest::outlinesAreCtl_data()
{
    QTest::addColumn<ThemeChoice>("choice");
    QTest::newRow("light") << ThemeChoice::Light;
    QTest::newRow("dark") << ThemeChoice::Dark;
}

void StyleTest::outlinesAreCtl()
{
    QFETCH(ThemeChoice, choice);
    ThemeManager::instance().apply(choice);
    QLineEdit edit;
    QComboBox combo;
    QSpinBox spin;
    QPushButton button(QStringLiteral("Copy"));
    for (QWidget* widget : { static_cast<QWidget*>(&edit), static_cast<QWidget*>(&combo),
                             static_cast<QWidget*>(&spin), static_cast<QWidget*>(&button) }) {
        widget->resize(100, 28);
        QCOMPARE(edge(*widget), Theme::current().ctl);
        widget->setEnabled(false);
        QCOMPARE(edge(*widget), Theme::current().border);
    }
}

void StyleTest::scrollBarFollowsItsHandle()
{
    QScrollBar bar(Qt::Vertical);
    bar.setRange(0, 1000);
    bar.setPageStep(100);
    bar.resize(12, 300);
    bar.show();
    const QImage top = drawn(bar);
    QCOMPARE(top.pixelColor(6, 14), Theme::light().ctl);
    QCOMPARE(top.pixelColor(6, 290), Theme::light().alt);
    QTest::mouseClick(&bar, Qt::LeftButton, {}, QPoint(6, 280));
    QCOMPARE(bar.value(), 100);
    bar.setValue(1000);
    QCOMPARE(drawn(bar).pixelColor(6, 290), Theme::light().ctl);
}

void StyleTest::activeTabHasRoom()
{
    QTabBar tabs;
    tabs.setDocumentMode(true);
    tabs.setExpanding(false);
    tabs.addTab(QStringLiteral("Network overview"));
    tabs.addTab(QStringLiteral("Layer"));
    tabs.show();
    QCOMPARE(tabs.height(), 34);
    const QFontMetrics bold(uiFont(13, true));
    QVERIFY(tabs.tabRect(0).width() >= bold.horizontalAdvance(QStringLiteral("Network overview")) + 16);
    QCOMPARE(drawn(tabs).pixelColor(tabs.tabRect(0).center().x(), 0), Theme::light().accent);
}

QTEST_MAIN(StyleTest)
#include "style_test.moc"
