#pragma once

#include "analysis/chart.h"
#include "analysis/report.h"

#include <QByteArray>
#include <QString>

namespace analysis {

class JsonWriter;

/// The object of `--json`, as architecture.md fixes it: one line per table row, C locale, non-finite numbers
/// as null.
QByteArray toJson(const Report& report);

/// RFC 4180 with a header row; column headers carry the unit ("payload [bit]"), no comment lines, C locale.
QByteArray toCsv(const Table& table);
/// The chart's data, tidy: one column per series.
QByteArray toCsv(const Chart& chart);
/// Tab-separated, as spreadsheets paste it.
QString toClipboardText(const Table& table);
/// The whole report for a terminal: scalars and aligned tables, C locale. Remarks are not in it.
QByteArray toText(const Report& report);
/// Aligned columns under a line of names.
QByteArray toText(const Table& table);
/// booktabs tabular.
QByteArray toLatex(const Table& table);

/// Who made a figure and from what: version, analysis, parameters, inputs with digests. Goes into every
/// export.
struct Provenance {
    QString program; ///< "Tessera 0.1.0"
    QString analysis; ///< "codec, S = 16, w = 8"
    QStringList inputs; ///< "acts.h5 sha256 5e1f..."
    QString digest; ///< SHA-256 of the analysis JSON [hex]
    bool partial = false; ///< made from a run that was stopped

    QString oneLine() const;
};

Provenance provenance(const Report& report);
/// The analysis JSON whose SHA-256 is the digest: id, digests of the inputs, parameters; keys sorted, one
/// line.
QByteArray canonicalJson(const Report& report);
/// The object written beside a CSV export as FILE.csv.json (the CSV itself has no comment lines).
QByteArray toJson(const Provenance& provenance);
void write(JsonWriter& json, const Provenance& provenance);

/// Size and looks of an exported chart that every format shares.
struct FigureSize {
    double widthMm = 88.9;
    double heightMm = 60;
    double textPt = 8;
    double linePt = 1;
};

/// A pgfplots figure that reads `csvName` (the file toCsv(chart) was written to, beside it); provenance in
/// comments.
QByteArray toPgfplots(const Chart& chart, const FigureSize& size, const QString& csvName,
                      const Provenance& provenance);

/// The file a .tex figure reads its data from: FILE.csv beside FILE.tex.
QString pgfplotsDataPath(const QString& texPath);
/// Writes the .tex and its data. Errors  engine::IoError.
void writePgfplots(const Chart& chart, const QString& texPath, const FigureSize& size,
                   const Provenance& provenance);

/// Writes bytes to a file that appears whole or not at all. Errors  engine::IoError.
void writeFile(const QString& path, const QByteArray& bytes);
/// Writes the CSV and its provenance beside it as `path` + ".json". Errors  engine::IoError.
void writeCsvFile(const QString& path, const QByteArray& csv, const Provenance& provenance);

} // namespace analysis
