#pragma once

#include "engine/base/random.h"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

/// The smallest trainer that makes the example network: float32, one thread, backward passes by hand.
namespace example {

/// Activations of a batch, row-major (N, C, H, W).
struct Batch {
    std::size_t images = 0;
    std::size_t channels = 0;
    std::size_t height = 0;
    std::size_t width = 0;
    std::vector<float> values;

    Batch() = default;
    Batch(std::size_t n, std::size_t c, std::size_t h, std::size_t w)
        : images(n)
        , channels(c)
        , height(h)
        , width(w)
        , values(n * c * h * w)
    {
    }
    std::size_t plane() const { return height * width; }
    float* image(std::size_t n) { return values.data() + n * channels * plane(); }
    const float* image(std::size_t n) const { return values.data() + n * channels * plane(); }
};

/// Values that are learned, and what Adam keeps about them.
struct Parameter {
    std::vector<float> value;
    std::vector<float> gradient;
    std::vector<float> momentum;
    std::vector<float> square;

    explicit Parameter(std::size_t count, float start = 0)
        : value(count, start)
        , gradient(count, 0)
        , momentum(count, 0)
        , square(count, 0)
    {
    }
};

/// A layer remembers of its last forward() what backward() needs.
class Layer {
public:
    virtual ~Layer() = default;
    virtual Batch forward(const Batch& input) = 0;
    virtual Batch backward(const Batch& gradient) = 0;
    virtual std::vector<Parameter*> parameters() { return {}; }
};

struct ConvolutionShape {
    std::size_t inputs = 1;
    std::size_t outputs = 1;
    std::size_t kernel = 3;
    std::size_t stride = 1;
    std::size_t groups = 1;
};

/// Square kernel, padding kernel / 2, no bias (BatchNorm follows).
class Convolution : public Layer {
public:
    Convolution(const ConvolutionShape& shape, engine::Random& random);
    Batch forward(const Batch& input) override;
    Batch backward(const Batch& gradient) override;
    std::vector<Parameter*> parameters() override { return { &m_weights }; }

    const ConvolutionShape& shape() const { return m_shape; }
    const std::vector<float>& weights() const { return m_weights.value; } ///< (out, in / groups, k, k)

private:
    ConvolutionShape m_shape;
    Parameter m_weights;
    Batch m_input;
};

class BatchNorm : public Layer {
public:
    explicit BatchNorm(std::size_t channels);
    Batch forward(const Batch& input) override;
    Batch backward(const Batch& gradient) override;
    std::vector<Parameter*> parameters() override { return { &m_scale, &m_shift }; }

    static constexpr float epsilon = 1e-5F;
    const std::vector<float>& scale() const { return m_scale.value; }
    const std::vector<float>& shift() const { return m_shift.value; }
    const std::vector<float>& mean() const { return m_mean; } ///< running
    const std::vector<float>& variance() const { return m_variance; } ///< running

private:
    Parameter m_scale;
    Parameter m_shift;
    std::vector<float> m_mean;
    std::vector<float> m_variance;
    Batch m_normalised;
    std::vector<float> m_inverse; ///< 1 / deviation of the last batch
};

class Relu : public Layer {
public:
    Batch forward(const Batch& input) override;
    Batch backward(const Batch& gradient) override;

private:
    Batch m_output;
};

/// Maximum of 2 x 2, stride 2.
class MaxPool : public Layer {
public:
    Batch forward(const Batch& input) override;
    Batch backward(const Batch& gradient) override;

private:
    Batch m_shape; ///< of the input, without values
    std::vector<std::size_t> m_winners;
};

class GlobalAverage : public Layer {
public:
    Batch forward(const Batch& input) override;
    Batch backward(const Batch& gradient) override;

private:
    Batch m_shape;
};

class Linear : public Layer {
public:
    Linear(std::size_t inputs, std::size_t outputs, engine::Random& random);
    Batch forward(const Batch& input) override;
    Batch backward(const Batch& gradient) override;
    std::vector<Parameter*> parameters() override { return { &m_weights, &m_bias }; }

    const std::vector<float>& weights() const { return m_weights.value; } ///< (out, in)
    const std::vector<float>& bias() const { return m_bias.value; }

private:
    std::size_t m_inputs;
    std::size_t m_outputs;
    Parameter m_weights;
    Parameter m_bias;
    Batch m_input;
};

/// One step of Adam on all parameters; gradients are cleared. `step` counts from 1.
void adam(const std::vector<Parameter*>& parameters, double rate, double decay, int step);

/// Mean cross-entropy of the softmax of `logits`, and its gradient.
struct Loss {
    double value = 0;
    std::size_t correct = 0;
    Batch gradient;
};
Loss crossEntropy(const Batch& logits, const std::vector<int>& labels);

} // namespace example
