#pragma once

#include "analysis/report.h"
#include "engine/network/image_set.h"
#include "engine/nn/runner.h"

#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace analysis {

/// Pictures with labels from elsewhere put over their own.
/// Errors  engine::FormatError when there are fewer labels than pictures.
std::shared_ptr<const engine::ImageSet> withLabels(std::shared_ptr<const engine::ImageSet> images,
                                                   std::vector<int> labels);

/// How often the right class came first, and among the first five, over the pictures that have a label.
struct Accuracy {
    std::size_t labelled = 0;
    double top1 = 0; ///< [%]
    std::optional<double> top5; ///< [%]; only with more than five classes
    Table predictions = {}; ///< one row per picture
};

Accuracy accuracy(const engine::nn::RunResult& result, const engine::ImageSet& images,
                  const std::vector<std::string>& classNames);

} // namespace analysis
