#include "analysis/dram/grouped.h"
#include "analysis/dram/report_parts.h"
#include "engine/dram/drampower/from_config.h"

namespace analysis {

namespace dram = engine::dram;

namespace {

class Remarks {
public:
    explicit Remarks(std::vector<Remark> first)
        : m_list(std::move(first))
    {
    }

    void note(const QString& text) { m_list.push_back({ Level::Note, {}, text }); }
    void warn(const QString& text) { m_list.push_back({ Level::Warning, {}, text }); }
    std::vector<Remark> take() { return std::move(m_list); }

private:
    std::vector<Remark> m_list;
};

void tellEnd(Remarks& remarks, const DramRun& run, const DramTotals& sum)
{
    const dram::RunResult& result = run.result;
    if (result.stopped)
        remarks.warn(QStringLiteral("stopped after %1 cycles").arg(grouped(result.cycles)));
    else if (result.stuck)
        remarks.warn(
            QStringLiteral("given up at cycle %1: %2 has stopped serving, its queues wait for each other; "
                           "%3 requests were accepted, %4 of them not carried out")
                .arg(grouped(result.cycles), run.memory.modelName(), grouped(result.requests),
                     grouped(sum.waiting)));
    else if (!result.drained)
        remarks.warn(QStringLiteral("the run ended before the trace: %1 requests were accepted, %2 of them "
                                    "not carried out")
                         .arg(grouped(result.requests), grouped(sum.waiting)));
    else if (sum.waiting > 0)
        remarks.note(QStringLiteral("%1 writes stayed in the write buffer, as the controller leaves them; "
                                    "their energy is not counted")
                         .arg(grouped(sum.waiting)));
}

void tellWindows(Remarks& remarks, const dram::Windows& windows)
{
    if (windows.asked() == 0 || windows.length() == windows.asked())
        return;
    remarks.warn(
        QStringLiteral("window: %1 cycles would make more than %2 windows; %3 cycles are used")
            .arg(grouped(windows.asked()), grouped(dram::Windows::mostFixed), grouped(windows.length())));
}

} // namespace

std::vector<Remark> dramRemarks(const DramRun& run, const Memory& memory, const DramTotals& sum)
{
    Remarks remarks(remarksOf(memory));
    if (run.energy == EnergyModel::DramPower) {
        for (const std::string& line : dram::drampower::assumptions(memory.supplement))
            remarks.note(QString::fromStdString(line));
    }
    tellEnd(remarks, run, sum);
    tellWindows(remarks, windowsOf(run));
    if (sum.merged > 0)
        remarks.note(
            QStringLiteral("%1 requests were merged with one to the same address").arg(grouped(sum.merged)));
    return remarks.take();
}

} // namespace analysis
