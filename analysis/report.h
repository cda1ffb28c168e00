#pragma once

#include "analysis/chart.h"
#include "analysis/parameter.h"

#include <QString>

#include <memory>
#include <variant>
#include <vector>

namespace analysis {

struct Dataset;
struct DramRun;
struct BudgetRun;

/// A cell of a table; monostate = no value.
using Cell = std::variant<std::monostate, qint64, double, QString>;

enum class ColumnKind {
    Text,
    Count, ///< whole number, thousands grouped on screen
    Real, ///< fixed decimals within the column
    Fraction, ///< 0..1, shown as percent on screen, written as it is
    Ratio, ///< "1.80 x"
    Bytes, ///< shown as KiB, MiB; written in bytes
    Bits ///< written in bits
};

struct Column {
    QString name = {}; ///< stable, as in JSON and CSV: "zero_fraction"
    QString title = {}; ///< as the user reads it: "Zeros"
    QString unit = {}; ///< "bit"; empty for none
    ColumnKind kind = ColumnKind::Text;
    bool bar = false; ///< with an inline bar
    int decimals = 2; ///< of Real, Fraction and Ratio
    QString overhead = {}; ///< name of the column drawn hatched behind this one's inline bar
};

struct Table {
    QString id = {};
    QString title = {};
    std::vector<Column> columns = {};
    std::vector<std::vector<Cell>> rows = {};
    bool partial = false; ///< stopped before its last row

    int column(const QString& name) const; ///< -1 when there is none
};

struct Scalar {
    QString name = {}; ///< stable: "zero_fraction"
    QString title = {};
    double value = 0;
    QString unit = {};
    int decimals = 3; ///< on screen; a whole number shows none
    QString text = {}; ///< in place of a number: a digest, a name
    bool none = false; ///< there was nothing to measure: a dash on screen
};

enum class Level { Note, Warning, Problem };

struct Remark {
    Level level = Level::Note;
    QString layer = {}; ///< empty: concerns the whole
    QString text = {};
};

/// An input as it is written into every export.
struct InputRecord {
    QString path = {};
    QString sha256 = {};
};

/// What an analysis found. Immutable once made; shared as std::shared_ptr<const Report>.
struct Report {
    QString analysis = {}; ///< id
    QString title = {};
    QString version = {};
    std::vector<InputRecord> inputs = {};
    Values parameters = {};
    std::vector<Scalar> scalars = {};
    std::vector<Table> tables = {};
    std::vector<Chart> charts = {};
    std::vector<Remark> remarks = {};
    std::shared_ptr<const Dataset>
        derived = {}; ///< a data set it made, to appear under its input; may be null
    std::shared_ptr<const DramRun>
        dram = {}; ///< a simulated memory, to be re-costed and looked into; may be null
    std::shared_ptr<const BudgetRun>
        budget = {}; ///< every budget at once, to choose another point of; may be null
    bool partial = false; ///< stopped; finished rows are kept

    const Table* table(const QString& id) const;
    const Chart* chart(const QString& id) const;
    const Scalar* scalar(const QString& name) const;
};

using ReportPtr = std::shared_ptr<const Report>;

} // namespace analysis
