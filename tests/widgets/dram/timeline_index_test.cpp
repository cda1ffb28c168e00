#include "tests/widgets/dram/sample_run.h"
#include "widgets/dram/timeline_index.h"
#include "widgets/dram/timeline_search.h"

#include <QTest>

#include <algorithm>

using engine::dram::Command;
using engine::dram::CommandKind;
using widgets::TimelineColumn;
using widgets::TimelineIndex;

namespace {

bool isColumn(CommandKind kind)
{
    return kind >= CommandKind::Read && kind <= CommandKind::WriteAutoPrecharge;
}

} // namespace

/// The commands of a run by bank and time, against the counts the engine kept and a plain count.
class TimelineIndexTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void initTestCase()
    {
        add("dramsim2", {});
        add("dramsim3", QStringLiteral("DDR4_8Gb_x8_3200"));
    }

    void banksHoldWhatTheEngineCounted_data() { rows(); }
    void banksHoldWhatTheEngineCounted()
    {
        const auto& [run, index] = current();
        std::size_t all = 0;
        for (std::size_t r = 0; r < index->ranks(); ++r) {
            for (std::size_t b = 0; b < index->banks(); ++b) {
                const engine::dram::BankCounts& counts = run->result.channels[0].banks[r][b];
                std::uint64_t conflicts = 0;
                std::uint64_t open = 0;
                for (const TimelineIndex::OpenRow& row : index->openRows({ 0, r }, b)) {
                    // A refresh may close a row before it was used: the engine counts accesses.
                    const auto list = index->bank({ 0, r }, b);
                    const auto next = std::ranges::upper_bound(list, row.activate);
                    const bool used = next != list.end() && isColumn(index->command(*next).kind);
                    conflicts += row.conflict && used ? 1 : 0;
                    open += index->closed(row) - index->opened(row);
                }
                QCOMPARE(index->openRows({ 0, r }, b).size(), counts.activates);
                QCOMPARE(conflicts, counts.conflicts);
                if (counts.openCycles > 0) // the engine leaves out rows that are still open
                    QVERIFY(open >= counts.openCycles);
                all += index->bank({ 0, r }, b).size();
            }
            all += index->wholeRank({ 0, r }).size();
        }
        QCOMPARE(all, run->commands.size());
    }

    void columnsAddUpAtEveryScale_data() { rows(); }
    void columnsAddUpAtEveryScale()
    {
        const auto& [run, index] = current();
        for (const std::size_t width : { 1U, 3U, 17U, 200U, 1000U, 5000U }) {
            std::vector<TimelineColumn> columns(width);
            const double cycles = double(index->cycles()) / double(width);
            index->columns({ 0, 0 }, 2, 0, cycles, columns);
            double activates = 0;
            double bursts = 0;
            double open = 0;
            for (const TimelineColumn& column : columns) {
                QVERIFY(column.open >= 0 && column.open <= 1.0001F);
                activates += double(column.activates);
                bursts += double(column.reads + column.writes);
                open += double(column.open) * cycles;
            }
            const engine::dram::BankCounts& counts = run->result.channels[0].banks[0][2];
            QCOMPARE(activates, double(counts.activates));
            QCOMPARE(bursts, double(counts.reads + counts.writes));
            QVERIFY(open >= 0.98 * double(counts.openCycles));
        }
    }

    void everyColumnCommandFindsItsRow_data() { rows(); }
    void everyColumnCommandFindsItsRow()
    {
        const auto& [run, index] = current();
        for (std::size_t i = 0; i < run->commands.size(); i += 7) {
            const Command& command = run->commands[i];
            if (!isColumn(command.kind))
                continue;
            const TimelineIndex::OpenRow* row = index->rowOf(i);
            QVERIFY(row != nullptr);
            QVERIFY(index->opened(*row) < command.cycle && command.cycle <= index->closed(*row));
        }
    }

    void theNextOfAKindIsTheNext()
    {
        const auto& [run, index] = m_runs.front();
        std::size_t at = 0;
        const auto found = widgets::nextCommand(*index, {}, 0, true, at, CommandKind::Precharge);
        while (run->commands[at].kind != CommandKind::Precharge)
            ++at;
        QCOMPARE(found, std::optional(at));
        QCOMPARE(widgets::nextCommand(*index, {}, 0, false, at, std::nullopt), std::optional(at - 1));
        const auto refresh = widgets::nextCommand(*index, {}, 0, true, std::nullopt, CommandKind::Refresh);
        QVERIFY(refresh && run->commands[*refresh].kind == CommandKind::Refresh);
    }

private:
    using Made = std::pair<std::shared_ptr<const analysis::DramRun>, std::shared_ptr<const TimelineIndex>>;

    void add(const char* name, const QString& device)
    {
        const SampleRun sample(device);
        m_names.push_back(name);
        m_runs.emplace_back(sample.report->dram, TimelineIndex::make(sample.report->dram, {}));
    }
    void rows() const
    {
        QTest::addColumn<int>("run");
        for (std::size_t i = 0; i < m_names.size(); ++i)
            QTest::newRow(m_names[i]) << static_cast<int>(i);
    }
    const Made& current() const
    {
        QFETCH(int, run);
        return m_runs[static_cast<std::size_t>(run)];
    }

    std::vector<const char*> m_names;
    std::vector<Made> m_runs;
};

QTEST_GUILESS_MAIN(TimelineIndexTest)
#include "timeline_index_test.moc"
