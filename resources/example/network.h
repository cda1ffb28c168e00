#pragma once

#include "resources/example/trainer.h"

#include <filesystem>

namespace example {

/// The example network: a stem, a residual block of a depthwise and a pointwise convolution, a classifier.
class Network {
public:
    explicit Network(engine::Random& random);

    Loss train(const Batch& images, const std::vector<int>& labels);
    std::vector<Parameter*> parameters();

    /// ONNX, operator set 13, BatchNorm kept separate. Errors  engine::IoError.
    void write(const std::filesystem::path& path) const;

private:
    Convolution m_conv1, m_conv2, m_depthwise, m_pointwise, m_conv3;
    BatchNorm m_bn1, m_bn2, m_depthwiseBn, m_pointwiseBn, m_bn3;
    Relu m_relu1, m_relu2, m_depthwiseRelu, m_blockRelu, m_relu3;
    MaxPool m_pool;
    GlobalAverage m_average;
    Linear m_classifier;

    std::vector<Layer*> stem();
    std::vector<Layer*> branch();
    std::vector<Layer*> tail();
};

} // namespace example
