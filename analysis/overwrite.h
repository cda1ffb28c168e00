#pragma once

#include <QString>
#include <QStringList>

namespace analysis {

/// Stops what would write over its own input, however the two paths are spelled.
///
/// Errors  engine::ParameterError: "requests.trc: is read by this run and would be written over; give
///         --command-log another name".
void requireOtherFile(const QString& output, const QString& what, const QStringList& inputs);

} // namespace analysis
