#include "resources/example/trainer.h"

#include "resources/example/matrix.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

namespace example {

BatchNorm::BatchNorm(std::size_t channels)
    : m_scale(channels, 1)
    , m_shift(channels, 0)
    , m_mean(channels, 0)
    , m_variance(channels, 1)
    , m_inverse(channels, 1)
{
}

Batch BatchNorm::forward(const Batch& input)
{
    constexpr float keep = 0.95F;
    m_normalised = input;
    Batch output = input;
    const std::size_t plane = input.plane();
    const double count = static_cast<double>(input.images * plane);
    for (std::size_t c = 0; c < input.channels; ++c) {
        double sum = 0;
        double squares = 0;
        for (std::size_t n = 0; n < input.images; ++n)
            for (std::size_t i = 0; i < plane; ++i) {
                const double value = static_cast<double>(input.image(n)[c * plane + i]);
                sum += value;
                squares += value * value;
            }
        const double mean = sum / count;
        const double variance = std::max(0.0, squares / count - mean * mean);
        m_inverse[c] = static_cast<float>(1 / std::sqrt(variance + static_cast<double>(epsilon)));
        m_mean[c] = keep * m_mean[c] + (1 - keep) * static_cast<float>(mean);
        m_variance[c] = keep * m_variance[c] + (1 - keep) * static_cast<float>(variance);
        for (std::size_t n = 0; n < input.images; ++n)
            for (std::size_t i = c * plane; i < (c + 1) * plane; ++i) {
                float& normalised = m_normalised.image(n)[i];
                normalised = (normalised - static_cast<float>(mean)) * m_inverse[c];
                output.image(n)[i] = normalised * m_scale.value[c] + m_shift.value[c];
            }
    }
    return output;
}

Batch BatchNorm::backward(const Batch& gradient)
{
    Batch back = gradient;
    const std::size_t plane = gradient.plane();
    const double count = static_cast<double>(gradient.images * plane);
    for (std::size_t c = 0; c < gradient.channels; ++c) {
        double sum = 0;
        double product = 0;
        for (std::size_t n = 0; n < gradient.images; ++n)
            for (std::size_t i = c * plane; i < (c + 1) * plane; ++i) {
                const double above = static_cast<double>(gradient.image(n)[i]);
                sum += above;
                product += above * static_cast<double>(m_normalised.image(n)[i]);
            }
        m_shift.gradient[c] += static_cast<float>(sum);
        m_scale.gradient[c] += static_cast<float>(product);
        const float factor = m_scale.value[c] * m_inverse[c];
        const auto meanSum = static_cast<float>(sum / count);
        const auto meanProduct = static_cast<float>(product / count);
        for (std::size_t n = 0; n < gradient.images; ++n)
            for (std::size_t i = c * plane; i < (c + 1) * plane; ++i)
                back.image(n)[i] =
                    factor * (gradient.image(n)[i] - meanSum - m_normalised.image(n)[i] * meanProduct);
    }
    return back;
}

Batch Relu::forward(const Batch& input)
{
    m_output = input;
    for (float& value : m_output.values)
        value = std::max(value, 0.0F);
    return m_output;
}

Batch Relu::backward(const Batch& gradient)
{
    Batch back = gradient;
    for (std::size_t i = 0; i < back.values.size(); ++i)
        if (m_output.values[i] <= 0)
            back.values[i] = 0;
    return back;
}

Batch MaxPool::forward(const Batch& input)
{
    m_shape = input;
    Batch output(input.images, input.channels, input.height / 2, input.width / 2);
    m_winners.resize(output.values.size());
    for (std::size_t i = 0; i < output.values.size(); ++i) {
        const std::size_t x = i % output.width;
        const std::size_t y = i / output.width % output.height;
        const std::size_t corner = i / output.plane() * input.plane() + 2 * y * input.width + 2 * x;
        std::size_t winner = corner;
        for (const std::size_t other : { corner + 1, corner + input.width, corner + input.width + 1 })
            if (input.values[other] > input.values[winner])
                winner = other;
        m_winners[i] = winner;
        output.values[i] = input.values[winner];
    }
    return output;
}

Batch MaxPool::backward(const Batch& gradient)
{
    Batch back(m_shape.images, m_shape.channels, m_shape.height, m_shape.width);
    for (std::size_t i = 0; i < m_winners.size(); ++i)
        back.values[m_winners[i]] += gradient.values[i];
    return back;
}

Batch GlobalAverage::forward(const Batch& input)
{
    m_shape = input;
    Batch output(input.images, input.channels, 1, 1);
    const std::size_t plane = input.plane();
    for (std::size_t i = 0; i < input.values.size(); ++i)
        output.values[i / plane] += input.values[i] / static_cast<float>(plane);
    return output;
}

Batch GlobalAverage::backward(const Batch& gradient)
{
    Batch back(m_shape.images, m_shape.channels, m_shape.height, m_shape.width);
    for (std::size_t i = 0; i < back.values.size(); ++i)
        back.values[i] = gradient.values[i / back.plane()] / static_cast<float>(back.plane());
    return back;
}

Linear::Linear(std::size_t inputs, std::size_t outputs, engine::Random& random)
    : m_inputs(inputs)
    , m_outputs(outputs)
    , m_weights(inputs * outputs)
    , m_bias(outputs)
{
    m_weights.value = startWeights(inputs * outputs, inputs, random);
}

Batch Linear::forward(const Batch& input)
{
    m_input = input;
    Batch output(input.images, m_outputs, 1, 1);
    auto result = view(output.values.data(), input.images, m_outputs);
    result.noalias() = view(input.values.data(), input.images, m_inputs)
        * view(std::as_const(m_weights.value).data(), m_outputs, m_inputs).transpose();
    result.rowwise() += view(std::as_const(m_bias.value).data(), 1, m_outputs).row(0);
    return output;
}

Batch Linear::backward(const Batch& gradient)
{
    Batch back(gradient.images, m_inputs, 1, 1);
    const auto above = view(gradient.values.data(), gradient.images, m_outputs);
    view(m_weights.gradient.data(), m_outputs, m_inputs).noalias() +=
        above.transpose() * view(std::as_const(m_input.values).data(), gradient.images, m_inputs);
    view(m_bias.gradient.data(), 1, m_outputs) += above.colwise().sum();
    view(back.values.data(), gradient.images, m_inputs).noalias() =
        above * view(std::as_const(m_weights.value).data(), m_outputs, m_inputs);
    return back;
}

void adam(const std::vector<Parameter*>& parameters, double rate, double decay, int step)
{
    constexpr float first = 0.9F;
    constexpr float second = 0.999F;
    const double scale = rate * std::sqrt(1 - std::pow(second, step)) / (1 - std::pow(first, step));
    for (Parameter* parameter : parameters)
        for (std::size_t i = 0; i < parameter->value.size(); ++i) {
            const float gradient = parameter->gradient[i];
            float& momentum = parameter->momentum[i];
            float& square = parameter->square[i];
            momentum = first * momentum + (1 - first) * gradient;
            square = second * square + (1 - second) * gradient * gradient;
            parameter->value[i] -= static_cast<float>(
                scale * static_cast<double>(momentum) / (std::sqrt(static_cast<double>(square)) + 1e-8)
                + rate * decay * static_cast<double>(parameter->value[i]));
            parameter->gradient[i] = 0;
        }
}

Loss crossEntropy(const Batch& logits, const std::vector<int>& labels)
{
    Loss loss;
    loss.gradient = logits;
    const auto images = static_cast<float>(logits.images);
    for (std::size_t n = 0; n < logits.images; ++n) {
        const auto row = std::span(loss.gradient.values).subspan(n * logits.channels, logits.channels);
        const auto label = static_cast<std::size_t>(labels[n]);
        const auto best = std::ranges::max_element(row);
        loss.correct += static_cast<std::size_t>(best - row.begin()) == label ? 1 : 0;
        const float highest = *best;
        float sum = 0;
        for (float& value : row) {
            value = std::exp(value - highest);
            sum += value;
        }
        loss.value -= std::log(static_cast<double>(row[label] / sum)) / static_cast<double>(images);
        for (float& value : row)
            value /= sum * images;
        row[label] -= 1 / images;
    }
    return loss;
}

} // namespace example
