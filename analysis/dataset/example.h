#pragma once

#include <QString>

namespace analysis {

/// The example workspace that comes with the program; empty when it is not there.
QString exampleWorkspace();

/// A file beside it: "digits.onnx". Empty when the example is not there.
QString exampleFile(const QString& name);

} // namespace analysis
