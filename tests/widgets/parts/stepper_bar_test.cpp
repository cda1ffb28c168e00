#include "tests/widgets/widget_test.h"
#include "widgets/parts/stepper_bar.h"

#include <QComboBox>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QSlider>
#include <QToolButton>

using widgets::StepperBar;

namespace {

QToolButton* button(const StepperBar& bar, const QString& name)
{
    for (QToolButton* each : bar.findChildren<QToolButton*>()) {
        if (each->accessibleName().startsWith(name))
            return each;
    }
    return nullptr;
}

} // namespace

class StepperBarTest : public QObject {
    Q_OBJECT

private slots:
    void init() { failOnWarnings(); }

    void emptyIsDisabled();
    void buttonsMove();
    void keysMove();
    void sliderMoves();
    void staysInside();
    void playsToTheEnd();
    void hidingStops();
    void everythingHasAName();
};

void StepperBarTest::emptyIsDisabled()
{
    StepperBar bar(QStringLiteral("Command"));
    QVERIFY(showActive(bar));
    for (const QToolButton* each : bar.findChildren<QToolButton*>())
        QVERIFY(!each->isEnabled());
    QSignalSpy moved(&bar, &StepperBar::moved);
    QTest::keyClick(&bar, Qt::Key_Period);
    bar.setPosition(3);
    bar.setPlaying(true);
    QVERIFY(!bar.isPlaying());
    QCOMPARE(bar.position(), 0);
    QCOMPARE(moved.size(), 0);
}

void StepperBarTest::buttonsMove()
{
    StepperBar bar(QStringLiteral("Command"));
    bar.setCount(5);
    QVERIFY(showActive(bar));
    const std::vector<std::pair<QString, int>> steps = { { QStringLiteral("Forward"), 1 },
                                                         { QStringLiteral("Last"), 4 },
                                                         { QStringLiteral("Back"), 3 },
                                                         { QStringLiteral("First"), 0 } };
    QSignalSpy moved(&bar, &StepperBar::moved);
    for (const auto& [name, position] : steps) {
        QTest::mouseClick(button(bar, name), Qt::LeftButton);
        QCOMPARE(bar.position(), position);
        QCOMPARE(moved.takeFirst().front().toInt(), position);
    }
    QVERIFY(!button(bar, QStringLiteral("Back"))->isEnabled());
    QVERIFY(button(bar, QStringLiteral("Forward"))->isEnabled());
}

void StepperBarTest::keysMove()
{
    StepperBar bar(QStringLiteral("Command"));
    bar.setCount(5);
    QVERIFY(showActive(bar));
    bar.setFocus();
    const std::vector<std::pair<Qt::Key, int>> steps = {
        { Qt::Key_Period, 1 }, { Qt::Key_End, 4 }, { Qt::Key_Comma, 3 }, { Qt::Key_Home, 0 }
    };
    for (const auto& [key, position] : steps) {
        QTest::keyClick(&bar, key);
        QCOMPARE(bar.position(), position);
    }
    QTest::keyClick(&bar, Qt::Key_Space);
    QVERIFY(bar.isPlaying());
    QTest::keyClick(&bar, Qt::Key_Space);
    QVERIFY(!bar.isPlaying());
    QTest::keyClick(&bar, Qt::Key_Period, Qt::ControlModifier);
    QCOMPARE(bar.position(), 0);
}

void StepperBarTest::sliderMoves()
{
    StepperBar bar(QStringLiteral("Command"));
    bar.setCount(20'000'000);
    QSignalSpy moved(&bar, &StepperBar::moved);
    auto* slider = bar.findChild<QSlider*>();
    slider->setValue(12'345'678);
    QCOMPARE(bar.position(), 12'345'678);
    QCOMPARE(moved.size(), 1);
    bar.setPosition(7);
    QCOMPARE(slider->value(), 7);
    QCOMPARE(moved.size(), 2);
}

void StepperBarTest::staysInside()
{
    StepperBar bar(QStringLiteral("Command"));
    bar.setCount(3);
    bar.setPosition(99);
    QCOMPARE(bar.position(), 2);
    QSignalSpy moved(&bar, &StepperBar::moved);
    bar.setPosition(2);
    QCOMPARE(moved.size(), 0);
    bar.setPosition(-1);
    QCOMPARE(bar.position(), 0);
    bar.setCount(2);
    QCOMPARE(bar.position(), 0);
}

void StepperBarTest::playsToTheEnd()
{
    StepperBar bar(QStringLiteral("Command"));
    bar.setCount(3);
    bar.setSpeed(50); // the fastest offered is 10
    QVERIFY(showActive(bar));
    QSignalSpy playing(&bar, &StepperBar::playingChanged);
    QElapsedTimer clock;
    clock.start();
    bar.setPlaying(true);
    QVERIFY(button(bar, QStringLiteral("Play"))->isChecked());
    QTRY_COMPARE(bar.position(), 2);
    QVERIFY(clock.elapsed() >= 180);
    QTRY_VERIFY(!bar.isPlaying());
    QVERIFY(!button(bar, QStringLiteral("Play"))->isChecked());
    QCOMPARE(playing.size(), 2);
    bar.setPlaying(true);
    QCOMPARE(bar.position(), 0);
}

void StepperBarTest::hidingStops()
{
    StepperBar bar(QStringLiteral("Command"));
    bar.setCount(100);
    QVERIFY(showActive(bar));
    bar.setPlaying(true);
    QVERIFY(bar.isPlaying());
    bar.hide();
    QVERIFY(!bar.isPlaying());
}

void StepperBarTest::everythingHasAName()
{
    StepperBar bar(QStringLiteral("Command"));
    for (const QToolButton* each : bar.findChildren<QToolButton*>()) {
        QVERIFY(!each->accessibleName().isEmpty());
        QVERIFY(each->width() >= 24 && each->height() >= 24);
    }
    QVERIFY(!bar.findChild<QSlider*>()->accessibleName().isEmpty());
    QVERIFY(!bar.findChild<QComboBox*>()->accessibleName().isEmpty());
}

QTEST_MAIN(StepperBarTest)
#include "stepper_bar_test.moc"
