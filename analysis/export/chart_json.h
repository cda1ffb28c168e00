#pragma once

#include "analysis/chart.h"
#include "analysis/export/writers.h"

#include <QByteArray>

#include <array>

namespace analysis {

/// A chart and where it came from: what tessera-cli hands to `tessera --render`.
struct ChartFile {
    Chart chart;
    Provenance provenance;
};

inline constexpr const char* chartSchema = "tessera-chart/1";
/// In the order of MapColours.
inline constexpr std::array mapColourNames = { "magnitude", "sparsity", "entropy", "diverging" };

/// Schema "tessera-chart/1". Lossless: missing numbers are null, infinite ones the texts "inf" and "-inf",
/// the cells of a map base64 of little-endian float32.
QByteArray chartToJson(const Chart& chart, const Provenance& provenance);

/// Errors  engine::FormatError naming the place and what is wrong there.
ChartFile chartFromJson(const QByteArray& json);

} // namespace analysis
