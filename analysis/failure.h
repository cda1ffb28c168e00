#pragma once

#include <QString>

#include <exception>

namespace analysis {

/// Any exception as one sentence for the user. `task` names the work: "codec" or "Open vgg16.onnx".
QString failureSentence(const std::exception_ptr& error, const QString& task);

} // namespace analysis
