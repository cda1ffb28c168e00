#pragma once

#include <span>
#include <vector>

namespace engine::nn {

/// A place on the paper: x to the right, y down; a digit fills 0..1 on both axes.
struct PenPoint {
    double x = 0;
    double y = 0;
};

/// Points the pen passes without a corner; two points are a straight line.
using PenStroke = std::vector<PenPoint>;

/// One way to write a digit. Strokes that meet share a point.
using DigitStyle = std::vector<PenStroke>;

/// The ways to write a digit 0..9.
std::span<const DigitStyle> digitStyles(int digit);

} // namespace engine::nn
