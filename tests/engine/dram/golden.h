#pragma once

#include "engine/dram/presets.h"

#include <QJsonObject>
#include <QString>

/// The golden figures of the reference simulators, and their configurations as our file readers see them.
namespace dramgolden {

/// "dramsim2" or "dramsim3". Empty when the file cannot be read.
QJsonObject file(const QString& model);

/// Both files of a configuration, read as the program would.
engine::dram::Read<engine::dram::dramsim2::Config> dramsim2Config(const QJsonObject& file,
                                                                  const QString& name);
engine::dram::Read<engine::dram::dramsim3::Config> dramsim3Config(const QJsonObject& file,
                                                                  const QString& name);

/// A number as the JSON writes it, to that many significant digits.
QString digits(double value, int count);

} // namespace dramgolden
