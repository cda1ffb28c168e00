#pragma once

#include "analysis/catalogue.h"
#include "engine/tensor/quantise.h"

#include <QRegularExpression>
#include <QString>

#include <span>
#include <vector>

namespace analysis {

/// Which tensors of a data set an analysis looks at.
enum class Subject {
    Automatic, ///< activations, else weights, else everything that is not a label
    Activations,
    Weights
};

/// The `tensor`, `layers`, `word` and `percentile` parameters that several analyses share.
Parameter subjectParameter();
Parameter layersParameter();
Parameter wordParameter();
Parameter percentileParameter();

/// "conv*" as a whole-name pattern: * any text, ? one character; several patterns apart by commas.
QRegularExpression globPattern(const QString& glob);

/// The tensors that `subject` and `glob` name, in the file's order.
/// Errors  engine::ParameterError naming the pattern when none is left, engine::FormatError when there are
/// none at all.
std::vector<const engine::Tensor*> subjectTensors(const Dataset& dataset, Subject subject,
                                                  const QString& glob);
/// The same from the parameters `tensor` and `layers`, of the first input.
std::vector<const engine::Tensor*> subjectTensors(const Inputs& inputs, const Values& values);

/// What the table calls a tensor: its layer, with the tensor's own name where one layer has several.
QString subjectName(const engine::Tensor& tensor);

/// Streams a tensor is coded as: one per image for (N, F) and (N, C, H, W) activations, else one.
std::int64_t streamCount(const engine::Tensor& tensor);

/// The values of one stream, as they are stored.
std::vector<float> streamFloats(const engine::Tensor& tensor, std::int64_t stream);
/// The words of one stream.
std::vector<std::int32_t> streamWords(const engine::Tensor& tensor, const engine::Quantiser& quantiser,
                                      std::int64_t stream);

} // namespace analysis
