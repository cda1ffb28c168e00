#include "analysis/dram/memory.h"
#include "engine/dram/trace/generator.h"
#include "tests/widgets/widget_test.h"
#include "widgets/dram/command_stepper.h"
#include "widgets/dram/step_banks.h"
#include "widgets/dram/step_rules.h"
#include "widgets/parts/empty_state.h"
#include "widgets/parts/stepper_bar.h"
#include "widgets/theme/theme.h"

#include <QDir>
#include <QElapsedTimer>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>

using namespace widgets;
using analysis::DramRun;
using engine::dram::Command;
using engine::dram::CommandKind;

namespace {

analysis::Memory memoryOf(const char* preset)
{
    const std::vector<analysis::Parameter> parameters = analysis::memoryParameters();
    analysis::Values values(parameters);
    values.set(parameters, QStringLiteral("device"), QString::fromLatin1(preset));
    return analysis::makeMemory(values);
}

std::shared_ptr<const DramRun> makeRun(const char* preset, std::uint64_t requests)
{
    auto run = std::make_shared<DramRun>();
    run->memory = memoryOf(preset);
    engine::dram::Pattern pattern;
    pattern.requests = requests;
    const auto source = engine::dram::makeGenerator("random", pattern);
    analysis::CommandRecorder recorder;
    engine::dram::RunOptions options;
    options.wrapAddresses = true;
    options.sink = &recorder;
    options.powerCommands = true;
    run->result = run->memory.simulate(*source, options, {});
    run->commands = recorder.take();
    return run;
}

/// Ten million commands that keep no rule: for size alone.
std::shared_ptr<const DramRun> longRun(std::size_t commands)
{
    auto run = std::make_shared<DramRun>();
    run->memory = memoryOf("DDR3_micron_32M_8B_x8_sg15");
    run->commands.resize(commands);
    for (std::size_t i = 0; i < commands; ++i) {
        Command& command = run->commands[i];
        command.cycle = i * 7;
        command.bank = static_cast<std::uint8_t>(i / 3 % 8);
        constexpr std::array kinds = { CommandKind::Activate, CommandKind::Read, CommandKind::Precharge };
        command.kind = kinds[i % 3];
    }
    return run;
}

QString labels(const CommandStepper& stepper)
{
    QStringList all;
    for (const QLabel* label : stepper.findChildren<QLabel*>()) {
        if (label->isVisible())
            all << label->text();
    }
    return all.join(QLatin1Char('|'));
}

} // namespace

class CommandStepperTest : public QObject {
    Q_OBJECT

private slots:
    void init() { failOnWarnings(); }

    void withoutCommands();
    void walks();
    void told();
    void keys();
    void ruleGoesToItsCause();
    void tenMillionCommands();
    void banksWrap();
    void pictures();
};

void CommandStepperTest::withoutCommands()
{
    CommandStepper stepper;
    QVERIFY(showActive(stepper));
    QSignalSpy asked(&stepper, &CommandStepper::keepCommandsRequested);
    auto* empty = stepper.findChild<NothingYet*>();
    QVERIFY(empty->isVisible());
    QTest::mouseClick(empty->findChild<QPushButton*>(), Qt::LeftButton);
    QCOMPARE(asked.size(), 1);
    stepper.showCommand(7);
    QVERIFY(!stepper.isReady());
    stepper.setRun(std::make_shared<DramRun>());
    QVERIFY(empty->isVisible());
}

void CommandStepperTest::walks()
{
    CommandStepper stepper;
    stepper.resize(1100, 500);
    QVERIFY(showActive(stepper));
    stepper.setRun(makeRun("DDR3_micron_32M_8B_x8_sg15", 200));
    QTRY_VERIFY(stepper.isReady());
    QCOMPARE(stepper.command(), std::size_t { 0 });
    QVERIFY2(labels(stepper).contains(QStringLiteral("ACT bank ")), qPrintable(labels(stepper)));
    QSignalSpy chosen(&stepper, &CommandStepper::commandChosen);
    auto* bar = stepper.findChild<StepperBar*>();
    for (int i = 1; i < bar->count(); ++i) {
        bar->setPosition(i);
        QCOMPARE(chosen.takeFirst().front().value<std::size_t>(), static_cast<std::size_t>(i));
    }
    stepper.setRun(nullptr);
    QVERIFY(!stepper.isReady());
}

void CommandStepperTest::told()
{
    CommandStepper stepper;
    const auto run = makeRun("DDR4_8Gb_x8_3200", 200);
    stepper.setRun(run);
    stepper.showCommand(17); // before it is ready
    QSignalSpy chosen(&stepper, &CommandStepper::commandChosen);
    QTRY_VERIFY(stepper.isReady());
    QCOMPARE(stepper.command(), std::size_t { 17 });
    stepper.showCommand(33);
    QCOMPARE(stepper.command(), std::size_t { 33 });
    stepper.showCommand(run->commands.size() + 5);
    QCOMPARE(stepper.command(), run->commands.size() - 1);
    QCOMPARE(chosen.size(), 0);
}

void CommandStepperTest::keys()
{
    CommandStepper stepper;
    QVERIFY(showActive(stepper));
    stepper.setRun(makeRun("DDR3_micron_32M_8B_x8_sg15", 50));
    QTRY_VERIFY(stepper.isReady());
    stepper.setFocus();
    QTest::keyClick(&stepper, Qt::Key_Period);
    QTest::keyClick(&stepper, Qt::Key_Period);
    QCOMPARE(stepper.command(), std::size_t { 2 });
    QTest::keyClick(&stepper, Qt::Key_Comma);
    QCOMPARE(stepper.command(), std::size_t { 1 });
}

void CommandStepperTest::ruleGoesToItsCause()
{
    CommandStepper stepper;
    stepper.resize(1100, 600);
    QVERIFY(showActive(stepper));
    const auto run = makeRun("DDR3_micron_32M_8B_x8_sg15", 50);
    stepper.setRun(run);
    QTRY_VERIFY(stepper.isReady());
    const auto read = std::find_if(run->commands.begin(), run->commands.end(),
                                   [](const Command& c) { return c.kind == CommandKind::Read; });
    stepper.showCommand(static_cast<std::size_t>(read - run->commands.begin()));
    auto* rules = stepper.findChild<StepRules*>();
    QVERIFY(rules->rows() > 0);
    analysis::CommandSteps steps(run, {});
    const analysis::CommandStep step = steps.at(stepper.command());
    QTest::mouseClick(rules, Qt::LeftButton, {}, QPoint(20, 24 + 11));
    QCOMPARE(stepper.command(), step.rules.front().from);
}

void CommandStepperTest::tenMillionCommands()
{
    CommandStepper stepper;
    QVERIFY(showActive(stepper));
    const auto run = longRun(10'000'000);
    CpuTime time;
    stepper.setRun(run);
    QVERIFY2(time.restart() < 100, "setting the run blocks");
    QTRY_VERIFY_WITH_TIMEOUT(stepper.isReady(), 20'000);
    qInfo("ten million commands prepared in %.0f ms of processor time", time.restart());
    for (int i = 0; i < 100; ++i)
        stepper.showCommand(static_cast<std::size_t>(i) * 99'991 % run->commands.size());
    const double jump = time.restart() / 100;
    qInfo("a jump takes %.3f ms", jump);
    QVERIFY(jump < 16);
}

void CommandStepperTest::banksWrap()
{
    StepBanks banks;
    analysis::CommandStep step;
    step.banks.resize(32);
    banks.setStep(step, 16);
    QVERIFY(banks.heightForWidth(700) > banks.heightForWidth(1600));
    analysis::StepBank bank;
    bank.next.fill(analysis::StepBank::closed);
    QVERIFY(StepBanks::counters(bank, 5).isEmpty());
    bank.next = { analysis::StepBank::closed, 9, 3, 20 };
    QCOMPARE(
        StepBanks::counters(bank, 5),
        QStringList({ QStringLiteral("RD in 4"), QStringLiteral("WR now"), QStringLiteral("PRE in 15") }));
}

// Kept for looking at where TESSERA_PICTURES names a folder.
void CommandStepperTest::pictures()
{
    const QString folder = qEnvironmentVariable("TESSERA_PICTURES");
    for (const ThemeChoice choice : { ThemeChoice::Light, ThemeChoice::Dark }) {
        ThemeManager::instance().apply(choice);
        for (const char* preset : { "DDR3_micron_32M_8B_x8_sg15", "DDR4_8Gb_x8_3200" }) {
            CommandStepper stepper;
            stepper.resize(1100, 460);
            QVERIFY(showActive(stepper));
            stepper.setRun(makeRun(preset, 400));
            QTRY_VERIFY(stepper.isReady());
            stepper.showCommand(300);
            QTest::qWait(50);
            const QImage picture = stepper.grab().toImage();
            QSet<QRgb> colours;
            for (int y = 0; y < picture.height(); ++y)
                for (int x = 0; x < picture.width(); ++x)
                    colours.insert(picture.pixel(x, y));
            QVERIFY(colours.contains(Theme::current().accent.rgb()));
            QVERIFY(colours.contains(Theme::current().text.rgb()));
            if (folder.isEmpty())
                continue;
            picture.save(QDir(folder).filePath(
                QStringLiteral("stepper-%1-%2.png")
                    .arg(QString::fromLatin1(preset).left(4))
                    .arg(choice == ThemeChoice::Dark ? QStringLiteral("dark") : QStringLiteral("light"))));
        }
    }
}

QTEST_MAIN(CommandStepperTest)
#include "command_stepper_test.moc"
