#include "engine/base/error.h"
#include "tests/widgets/widget_test.h"
#include "widgets/job/job_bar.h"
#include "widgets/job/job_list.h"
#include "widgets/job/job_strip.h"
#include "widgets/job/job_text.h"
#include "widgets/job/strip_notice.h"
#include "widgets/parts/elided_label.h"
#include "widgets/parts/link_button.h"
#include "widgets/theme/theme.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QDir>
#include <QGuiApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QThread>
#include <QTimer>
#include <QToolButton>
#include <QUrl>

#include <atomic>

using namespace widgets;

class JobStripTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void idle();
    void shortJobsDoNotAppear();
    void runningJob();
    void unknownTotal();
    void cancelButton();
    void lastJobStaysForSomeSeconds();
    void failedJobStaysUntilSeen();
    void failedJobIsForgottenWhenTriedAgain();
    void writtenFileIsAnnounced();
    void warningsAndLog();
    void clickOpensTheList();
    void listShowsEveryState();
    void listCancels();
    void roughTimes_data();
    void roughTimes();
    void blockMovesInSteps();

public slots:
    void takeUrl(const QUrl& url) { m_opened = url; }

private:
    QUrl m_opened;
};

namespace {

/// Runs until it is told to go on or to stop.
struct Held {
    std::atomic<bool> free = false;
    double fraction = 0.61;

    analysis::Job::Work work()
    {
        return [this](const engine::Control& control) -> std::any {
            while (!free && !control.stop.stop_requested()) {
                if (control.progress)
                    control.progress(fraction, "layer 12 of 19");
                QThread::msleep(5);
            }
            return {};
        };
    }
};

struct Fixture {
    explicit Fixture()
        : strip(&queue)
    {
        strip.resize(1200, 32);
        strip.show();
    }

    /// Every text of the strip that is on screen, from left to right.
    QString text() const
    {
        QList<QPair<int, QString>> parts;
        for (const auto* label : strip.findChildren<ElidedLabel*>()) {
            if (label->isVisible() && !label->text().isEmpty())
                parts.append({ label->x(), label->text() });
        }
        for (const auto* label : strip.findChildren<QLabel*>()) {
            if (label->isVisible() && !label->text().isEmpty())
                parts.append({ label->x(), label->text() });
        }
        std::ranges::sort(parts);
        QStringList words;
        for (const auto& part : parts)
            words.append(part.second);
        return words.join(QStringLiteral(" | "));
    }

    QToolButton* button(const QString& tip) const
    {
        for (auto* found : strip.findChildren<QToolButton*>()) {
            if (found->toolTip() == tip || found->text() == tip)
                return found;
        }
        return nullptr;
    }

    analysis::JobQueue queue;
    JobStrip strip;
};

QString title()
{
    return QStringLiteral("Mixed-K");
}

} // namespace

void JobStripTest::init()
{
    failOnWarnings();
    ThemeManager::instance().apply(ThemeChoice::Light);
}

void JobStripTest::idle()
{
    const Fixture it;
    QCOMPARE(it.text(), QStringLiteral("nothing runs"));
    QVERIFY(it.strip.findChild<JobBar*>()->isHidden());
    QVERIFY(it.button(QStringLiteral("Cancel this job"))->isHidden());
}

void JobStripTest::shortJobsDoNotAppear()
{
    Fixture it;
    Held held;
    analysis::Job* job = it.queue.start(title(), held.work());
    QTest::qWait(100);
    QVERIFY(it.strip.findChild<JobBar*>()->isHidden());
    held.free = true;
    QTRY_VERIFY(!job->isActive());
    QTest::qWait(JobStrip::appearsAfter);
    QCOMPARE(it.text(), QStringLiteral("nothing runs"));
}

void JobStripTest::runningJob()
{
    Fixture it;
    Held held;
    Held second;
    it.queue.start(title(), held.work());
    QTRY_VERIFY(it.strip.findChild<JobBar*>()->isVisible());
    QTRY_COMPARE(it.strip.findChild<JobBar*>()->fraction(), 0.61);
    QTRY_VERIFY(it.text().startsWith(QStringLiteral("Mixed-K | 61 % | layer 12 of 19 | ")));
    QVERIFY2(it.text().contains(QStringLiteral("elapsed")), qPrintable(it.text()));
    QCOMPARE(it.strip.findChild<JobBar*>()->size(), QSize(190, 10));
    it.queue.start(QStringLiteral("Second"), second.work());
    QTRY_VERIFY(it.text().startsWith(QStringLiteral("Second, 1 more")));
    held.free = true;
    second.free = true;
    QTRY_COMPARE(it.queue.activeCount(), 0);
}

void JobStripTest::unknownTotal()
{
    Fixture it;
    Held held;
    held.fraction = -1;
    it.queue.start(title(), held.work());
    QTRY_VERIFY(it.strip.findChild<JobBar*>()->isVisible());
    QTRY_VERIFY(it.text().contains(QStringLiteral("layer 12 of 19")));
    QVERIFY(!it.text().contains(QLatin1Char('%')));
    QVERIFY(it.strip.findChild<JobBar*>()->fraction() < 0);
    it.queue.cancelAll();
}

void JobStripTest::cancelButton()
{
    Fixture it;
    Held held;
    analysis::Job* job = it.queue.start(title(), held.work());
    QToolButton* cancel = it.button(QStringLiteral("Cancel this job"));
    QTRY_VERIFY(cancel->isVisible());
    QVERIFY(cancel->width() >= 24 && cancel->height() >= 24);
    QTest::mouseClick(cancel, Qt::LeftButton);
    QTRY_COMPARE(job->state(), analysis::JobState::Cancelled);
    QTRY_VERIFY(it.text().startsWith(QStringLiteral("Mixed-K | cancelled, ")));
}

void JobStripTest::lastJobStaysForSomeSeconds()
{
    Fixture it;
    for (QTimer* timer : it.strip.findChildren<QTimer*>())
        if (timer->interval() == JobStrip::staysFor)
            timer->setInterval(400);
    Held held;
    it.queue.start(title(), held.work());
    QTRY_VERIFY(it.strip.findChild<JobBar*>()->isVisible());
    held.free = true;
    QTRY_VERIFY(it.text().startsWith(QStringLiteral("Mixed-K | done, ")));
    QVERIFY(it.strip.findChild<JobBar*>()->isHidden());
    QTRY_COMPARE(it.text(), QStringLiteral("nothing runs"));
}

void JobStripTest::failedJobStaysUntilSeen()
{
    Fixture it;
    analysis::Job* job = it.queue.start(title(), [](const engine::Control&) -> std::any {
        throw engine::Error("The cap of 6 GB is too low.");
    });
    QTRY_COMPARE(job->state(), analysis::JobState::Failed);
    QTRY_COMPARE(it.text(), QStringLiteral("Mixed-K failed | The cap of 6 GB is too low."));
    Held held;
    it.queue.start(QStringLiteral("Second"), held.work());
    QTRY_VERIFY(it.text().startsWith(QStringLiteral("Second | ")));
    held.free = true;
    QTRY_VERIFY(it.text().startsWith(QStringLiteral("Mixed-K failed")));
    QTest::mouseClick(it.button(QStringLiteral("Jobs")), Qt::LeftButton);
    QVERIFY(!it.text().contains(QStringLiteral("failed")));
}

void JobStripTest::failedJobIsForgottenWhenTriedAgain()
{
    Fixture it;
    it.queue.start(title(), [](const engine::Control&) -> std::any { throw engine::Error("No."); });
    QTRY_VERIFY(it.text().startsWith(QStringLiteral("Mixed-K failed")));
    it.queue.start(title(), [](const engine::Control&) { return std::any(); });
    QTRY_COMPARE(it.queue.activeCount(), 0);
    QCOMPARE(it.text(), QStringLiteral("nothing runs"));
}

void JobStripTest::writtenFileIsAnnounced()
{
    Fixture it;
    const QString path = QDir::tempPath() + QStringLiteral("/figures/ratio.pdf");
    const QString sentence = QStringLiteral("Exported ratio.pdf, 88.9 \u00D7 60 mm, PDF");
    it.strip.announce(sentence, path);
    const auto* notice = it.strip.findChild<StripNotice*>();
    QVERIFY(notice->isVisible());
    QCOMPARE(notice->findChild<ElidedLabel*>()->text(), sentence);
    const QList<LinkButton*> links = notice->findChildren<LinkButton*>();
    QTest::mouseClick(links[1], Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), path);
    QDesktopServices::setUrlHandler(QStringLiteral("file"), this, "takeUrl");
    QTest::mouseClick(links[0], Qt::LeftButton);
    QDesktopServices::unsetUrlHandler(QStringLiteral("file"));
    QCOMPARE(m_opened, QUrl::fromLocalFile(QFileInfo(path).path()));
    Held held;
    it.queue.start(title(), held.work());
    QTRY_VERIFY(notice->isHidden());
    held.free = true;
    QTRY_COMPARE(it.queue.activeCount(), 0);
    it.strip.announce(sentence, path);
    QTest::mouseClick(it.button(QStringLiteral("Close this message")), Qt::LeftButton);
    QVERIFY(notice->isHidden());
}

void JobStripTest::warningsAndLog()
{
    Fixture it;
    QSignalSpy warnings(&it.strip, &JobStrip::warningsRequested);
    QSignalSpy log(&it.strip, &JobStrip::logRequested);
    QVERIFY(it.button(QStringLiteral("0 warnings"))->isHidden());
    it.strip.setWarnings(2);
    QToolButton* button = it.button(QStringLiteral("2 warnings"));
    QVERIFY(button->isVisible());
    QTest::mouseClick(button, Qt::LeftButton);
    QTest::mouseClick(it.button(QStringLiteral("Log")), Qt::LeftButton);
    QCOMPARE(warnings.count(), 1);
    QCOMPARE(log.count(), 1);
    it.strip.setWarnings(1);
    QVERIFY(it.button(QStringLiteral("1 warning")) != nullptr);
    it.strip.setWarnings(0, 1);
    QVERIFY(it.button(QStringLiteral("1 error"))->isVisible());
    it.strip.setWarnings(1, 3);
    QVERIFY(it.button(QStringLiteral("3 errors, 1 warning"))->isVisible());
}

void JobStripTest::clickOpensTheList()
{
    Fixture it;
    QSignalSpy list(&it.strip, &JobStrip::listRequested);
    QTest::mouseClick(&it.strip, Qt::LeftButton, {}, QPoint(600, 16));
    QCOMPARE(list.count(), 1);
    QToolButton* jobs = it.button(QStringLiteral("Jobs"));
    jobs->setFocus(Qt::TabFocusReason);
    QTest::keyClick(jobs, Qt::Key_Space);
    QCOMPARE(list.count(), 2);
}

void JobStripTest::listShowsEveryState()
{
    analysis::JobQueue queue;
    JobList list(&queue);
    list.resize(600, 300);
    list.show();
    Held held;
    queue.start(QStringLiteral("runs"), held.work());
    analysis::Job* done =
        queue.start(QStringLiteral("done"), [](const engine::Control&) { return std::any(); });
    analysis::Job* failed = queue.start(QStringLiteral("failed"), [](const engine::Control&) -> std::any {
        throw engine::Error("The cap of 6 GB is too low.");
    });
    QTRY_COMPARE(done->state(), analysis::JobState::Done);
    QTRY_COMPARE(failed->state(), analysis::JobState::Failed);
    const auto says = [&](qsizetype index, const QString& name) {
        const QList<JobRow*> rows = list.findChildren<JobRow*>();
        return rows.size() > index && rows[index]->accessibleName() == name;
    };
    QTRY_VERIFY(says(0, QStringLiteral("failed, failed")));
    QTRY_VERIFY(says(1, QStringLiteral("done, done")));
    QTRY_VERIFY(says(2, QStringLiteral("runs, running")));
    const JobRow* first = list.findChildren<JobRow*>().first();
    QVERIFY(first->findChildren<ElidedLabel*>().last()->text().contains(
        QStringLiteral("The cap of 6 GB is too low.")));
    held.free = true;
    QTRY_VERIFY(says(2, QStringLiteral("runs, done")));
}

void JobStripTest::listCancels()
{
    analysis::JobQueue queue;
    JobList list(&queue);
    list.resize(600, 300);
    list.show();
    Held held;
    analysis::Job* job = queue.start(title(), held.work());
    QTRY_COMPARE(job->state(), analysis::JobState::Running);
    auto* cancel = list.findChild<JobRow*>()->findChild<QToolButton*>();
    QTRY_VERIFY(cancel->isVisible());
    QTest::mouseClick(cancel, Qt::LeftButton);
    QTRY_COMPARE(job->state(), analysis::JobState::Cancelled);
    QTRY_VERIFY(cancel->isHidden());
}

void JobStripTest::roughTimes_data()
{
    QTest::addColumn<double>("seconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("at least one") << 0.2 << QStringLiteral("~1 s");
    QTest::newRow("seconds") << 8.4 << QStringLiteral("~8 s");
    QTest::newRow("fives") << 43.0 << QStringLiteral("~45 s");
    QTest::newRow("minutes") << 130.0 << QStringLiteral("~2 min");
    QTest::newRow("hours") << 7300.0 << QStringLiteral("~2 h");
}

void JobStripTest::roughTimes()
{
    QFETCH(double, seconds);
    QFETCH(QString, text);
    QCOMPARE(roughTime(seconds), text);
}

void JobStripTest::blockMovesInSteps()
{
    JobBar bar(190);
    bar.setFraction(-1);
    bar.resize(190, 10);
    bar.show();
    const QImage first = bar.grab().toImage();
    QCOMPARE(first.pixelColor(20, 5), Theme::light().accent);
    QCOMPARE(first.pixelColor(60, 5), Theme::light().panel);
    QTRY_COMPARE(bar.grab().toImage().pixelColor(60, 5), Theme::light().accent);
    bar.setFraction(0.5);
    const QImage half = bar.grab().toImage();
    QCOMPARE(half.pixelColor(90, 5), Theme::light().accent);
    QCOMPARE(half.pixelColor(100, 5), Theme::light().panel);
}

QTEST_MAIN(JobStripTest)
#include "job_strip_test.moc"
