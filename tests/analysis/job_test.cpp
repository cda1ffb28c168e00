#include "analysis/failure.h"
#include "analysis/job.h"
#include "engine/base/error.h"
#include "engine/base/parallel.h"

#include <QPointer>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <thread>

using namespace analysis;

namespace {

using namespace std::chrono_literals;

/// Works until it is told to stop, then returns what it has.
int untilStopped(const engine::Control& control)
{
    int rounds = 0;
    while (!control.stopped()) {
        std::this_thread::sleep_for(1ms);
        ++rounds;
    }
    return rounds;
}

class JobTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void finishes()
    {
        Job job(QStringLiteral("sum"), [](const engine::Control& control) {
            control.report(0.5, "half");
            return std::any(42);
        });
        QSignalSpy started(&job, &Job::started);
        QSignalSpy finished(&job, &Job::finished);
        QSignalSpy ended(&job, &Job::ended);
        QCOMPARE(job.state(), JobState::Queued);
        job.start();
        job.start();
        QTRY_COMPARE(ended.count(), 1);
        QCOMPARE(started.count(), 1);
        QCOMPARE(finished.count(), 1);
        QCOMPARE(job.state(), JobState::Done);
        QCOMPARE(job.result<int>(), 42);
        QCOMPARE(job.item(), QStringLiteral("half"));
        QCOMPARE(job.fraction(), 1.0);
        QVERIFY(job.elapsedSeconds() >= 0 && job.elapsedSeconds() < 5);
        QVERIFY(job.remainingSeconds() < 0);
        job.cancel();
        QCOMPARE(job.state(), JobState::Done);
    }

    void failures_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("engine") << 0 << "a.onnx: is cut off at byte 7";
        QTest::newRow("memory") << 1 << "not enough memory for \"task\"";
        QTest::newRow("standard") << 2 << "\"task\" failed: odd";
        QTest::newRow("unknown") << 3 << "\"task\" failed for a reason that is not known";
    }

    void failures()
    {
        QFETCH(int, kind);
        QFETCH(QString, sentence);
        Job job(QStringLiteral("task"), [kind](const engine::Control&) -> std::any {
            if (kind == 0)
                throw engine::FormatError("a.onnx: is cut off at byte 7", 7);
            if (kind == 1)
                throw std::bad_alloc();
            if (kind == 2)
                throw std::runtime_error("odd");
            throw 5; // NOLINT: what a foreign library might do
        });
        QSignalSpy failed(&job, &Job::failed);
        QSignalSpy finished(&job, &Job::finished);
        job.start();
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(failed[0][0].toString(), sentence);
        QCOMPARE(job.error(), sentence);
        QCOMPARE(job.state(), JobState::Failed);
        QCOMPARE(finished.count(), 0);
        QCOMPARE(job.result<int>(), 0);
    }

    void exceptionOfAParallelBody()
    {
        Job job(QStringLiteral("task"), [](const engine::Control& control) {
            return std::any(engine::parallelFor(100, control, [](std::size_t i, unsigned) {
                if (i == 17)
                    throw engine::ShapeError("layer 17: does not fit");
            }));
        });
        QSignalSpy failed(&job, &Job::failed);
        job.start();
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(job.error(), QStringLiteral("layer 17: does not fit"));
    }

    void cancelKeepsThePartialResult()
    {
        Job job(QStringLiteral("long"), [](const engine::Control& control) {
            control.report(-1, "running");
            return std::any(untilStopped(control) + 1);
        });
        QSignalSpy progressed(&job, &Job::progressed);
        QSignalSpy cancelled(&job, &Job::cancelled);
        QSignalSpy finished(&job, &Job::finished);
        job.start();
        QTRY_COMPARE(progressed.count(), 1);
        QCOMPARE(job.state(), JobState::Running);
        QVERIFY(job.fraction() < 0);
        QElapsedTimer clock;
        clock.start();
        job.cancel();
        job.cancel();
        QTRY_COMPARE(cancelled.count(), 1);
        QVERIFY2(clock.elapsed() < 1000, "a cancelled job must stop soon");
        QCOMPARE(finished.count(), 0);
        QCOMPARE(job.state(), JobState::Cancelled);
        QVERIFY(job.result<int>() > 0);
    }

    void cancelBeforeStart()
    {
        bool ran = false;
        Job job(QStringLiteral("never"), [&ran](const engine::Control&) {
            ran = true;
            return std::any();
        });
        QSignalSpy ended(&job, &Job::ended);
        job.cancel();
        QCOMPARE(ended.count(), 1);
        job.start();
        QTest::qWait(20);
        QVERIFY(!ran);
        QCOMPARE(job.state(), JobState::Cancelled);
        QCOMPARE(ended.count(), 1);
    }

    void cancelRightAfterStart()
    {
        for (int i = 0; i < 50; ++i) {
            Job job(QStringLiteral("early"), [](const engine::Control&) { return std::any(7); });
            QSignalSpy cancelled(&job, &Job::cancelled);
            QSignalSpy finished(&job, &Job::finished);
            job.start();
            job.cancel();
            QTRY_COMPARE(cancelled.count(), 1);
            QCOMPARE(finished.count(), 0);
        }
    }

    void failureAfterCancelIsNoFailure()
    {
        Job job(QStringLiteral("torn"), [](const engine::Control& control) -> std::any {
            untilStopped(control);
            throw engine::IoError("the file is gone");
        });
        QSignalSpy ended(&job, &Job::ended);
        job.start();
        job.cancel();
        QTRY_COMPARE(ended.count(), 1);
        QCOMPARE(job.state(), JobState::Cancelled);
        QCOMPARE(job.error(), QString());
    }

    void destructorStopsAndWaits()
    {
        std::atomic<bool> begun = false;
        std::atomic<bool> over = false;
        {
            Job job(QStringLiteral("running"), [&](const engine::Control& control) {
                begun = true;
                untilStopped(control);
                over = true;
                return std::any();
            });
            job.start();
            QTRY_VERIFY(begun);
        }
        QVERIFY(over);
    }

    void destructorAfterAnUnseenException()
    {
        std::atomic<bool> thrown = false;
        {
            Job job(QStringLiteral("lost"), [&](const engine::Control&) -> std::any {
                thrown = true;
                throw engine::Error("nobody listens");
            });
            job.start();
            while (!thrown)
                std::this_thread::yield();
        }
    }

    void deletedByItsOwnSignal()
    {
        auto* job = new Job(QStringLiteral("self"), [](const engine::Control&) { return std::any(1); });
        const QPointer<Job> guard(job);
        connect(job, &Job::finished, this, [job] { delete job; });
        job->start();
        QTRY_VERIFY(guard.isNull());
    }

    void progressIsThrottled()
    {
        Job job(QStringLiteral("chatty"), [](const engine::Control& control) {
            QElapsedTimer clock;
            clock.start();
            qint64 calls = 0;
            while (clock.elapsed() < 400) {
                control.report(static_cast<double>(clock.elapsed()) / 400, "item " + std::to_string(calls));
                ++calls;
            }
            control.report(1, "last");
            return std::any(calls);
        });
        QSignalSpy progressed(&job, &Job::progressed);
        QSignalSpy ended(&job, &Job::ended);
        job.start();
        QTRY_COMPARE(ended.count(), 1);
        QVERIFY(job.result<qint64>() > 100);
        QVERIFY2(progressed.count() <= 12, qPrintable(QString::number(progressed.count())));
        QVERIFY(progressed.count() >= 2);
        QCOMPARE(progressed.back()[1].toString(), QStringLiteral("last"));
    }

    void remainingTime()
    {
        RemainingTime remaining;
        QVERIFY(remaining.seconds(0) < 0);
        remaining.update(1.9, 0.5);
        QVERIFY(remaining.seconds(1.9) < 0);
        remaining.update(10, 0.02);
        QVERIFY(remaining.seconds(10) < 0);
        remaining.update(10, -1);
        QVERIFY(remaining.seconds(10) < 0);
        remaining.update(4, 0.4);
        QCOMPARE(remaining.seconds(4), 6.0);
        QCOMPARE(remaining.seconds(6.2), 4.0);
        QCOMPARE(remaining.seconds(60), 1.0);
        for (double elapsed = 4; elapsed < 60; elapsed += 0.04)
            remaining.update(elapsed, 0.4); // stuck
        QVERIFY(remaining.seconds(60) >= 60);
        RemainingTime slow;
        slow.update(100, 0.1);
        QCOMPARE(slow.seconds(100), 900.0);
    }

    void hundredQuickJobs()
    {
        JobQueue queue;
        QSignalSpy changed(&queue, &JobQueue::changed);
        std::atomic<int> sum = 0;
        int finished = 0;
        for (int i = 0; i < 100; ++i) {
            Job* job = queue.start(QStringLiteral("quick"), [i, &sum](const engine::Control&) {
                sum += i;
                return std::any(i);
            });
            connect(job, &Job::finished, this, [&finished] { ++finished; });
        }
        QTRY_COMPARE(finished, 100);
        QCOMPARE(sum.load(), 4950);
        QCOMPARE(queue.activeCount(), 0);
        QCOMPARE(queue.jobs().size(), std::size_t { 100 });
        for (std::size_t i = 0; i < 100; ++i)
            QCOMPARE(queue.jobs()[i]->result<int>(), static_cast<int>(i));
        queue.start(QStringLiteral("one more"), [](const engine::Control&) { return std::any(); });
        QCOMPARE(queue.jobs().size(), std::size_t { 100 });
        QVERIFY(changed.count() >= 200);
    }

    void newestWinsPerKey()
    {
        JobQueue queue;
        const auto work = [](const engine::Control& control) { return std::any(untilStopped(control)); };
        Job* old = queue.start(QStringLiteral("old"), work, QStringLiteral("view"));
        Job* other = queue.start(QStringLiteral("other"), work, QStringLiteral("elsewhere"));
        Job* loose = queue.start(QStringLiteral("loose"), work);
        QSignalSpy cancelled(old, &Job::cancelled);
        Job* fresh = queue.start(QStringLiteral("new"), work, QStringLiteral("view"));
        QTRY_COMPARE(cancelled.count(), 1);
        QVERIFY(fresh->isActive() && other->isActive() && loose->isActive());
        QCOMPARE(queue.activeCount(), 3);
        queue.cancelAll();
        QTRY_COMPARE(queue.activeCount(), 0);
    }

    void supersededJobNeverFinishes()
    {
        JobQueue queue;
        int finished = 0;
        for (int i = 0; i < 50; ++i) {
            Job* job = queue.start(
                QStringLiteral("step"), [i](const engine::Control&) { return std::any(i); },
                QStringLiteral("key"));
            connect(job, &Job::finished, this, [&finished] { ++finished; });
        }
        QTRY_COMPARE(queue.activeCount(), 0);
        QCOMPARE(finished, 1);
        QCOMPARE(queue.jobs().back()->state(), JobState::Done);
    }

    void queueDestroyedWhileRunning()
    {
        std::atomic<int> over = 0;
        {
            JobQueue queue;
            for (int i = 0; i < 3; ++i)
                queue.start(QStringLiteral("running"), [&over](const engine::Control& control) {
                    untilStopped(control);
                    ++over;
                    return std::any();
                });
            QTRY_VERIFY(queue.jobs()[2]->state() == JobState::Running);
        }
        QCOMPARE(over.load(), 3);
    }
};

} // namespace

QTEST_GUILESS_MAIN(JobTest)
#include "job_test.moc"
