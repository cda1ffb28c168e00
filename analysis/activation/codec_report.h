#pragma once

#include "analysis/activation/codec_speed.h"
#include "analysis/activation/coding.h"
#include "analysis/report.h"

namespace analysis {

/// Gathers what a comparison of codecs found, layer by layer.
class CodecReport {
public:
    /// `task` must outlive it.
    explicit CodecReport(const CodingTask& task);

    void add(const QString& layer, const std::vector<CodedLayer>& outcomes);
    /// `speeds` is empty, or holds one a method.
    Report finish(const std::vector<CodecSpeed>& speeds, bool stopped);

private:
    QString label(std::size_t method) const; ///< for legends: "bzvc, S = 8, K = 2 (lossy)"
    QString suffix(std::size_t method) const; ///< for names of scalars: "bzvc_s8_k2"
    std::vector<Column> columns(bool hash) const;
    std::vector<Cell> cells(std::size_t method, const CodedLayer& outcome) const;
    void addHashes(std::vector<Cell>& row, const CodedLayer& outcome) const;
    bool isDrawn(std::size_t method) const;
    Chart speedChart(const std::vector<CodecSpeed>& speeds) const;

    const CodingTask& m_task;
    bool m_manyBlocks = false;
    bool m_manyLossy = false;
    Table m_layers;
    std::vector<CodedLayer> m_totals;
    BarChart m_ratios;
    BarChart m_sizes;
    std::vector<Remark> m_remarks;
};

} // namespace analysis
