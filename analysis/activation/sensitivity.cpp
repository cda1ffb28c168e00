#include "analysis/activation/sensitivity.h"

#include "analysis/activation/lossy_maps.h"
#include "engine/codec/lossy.h"
#include "engine/nn/what_if.h"

#include <algorithm>
#include <map>
#include <mutex>

namespace analysis {

namespace {

/// A map with a K that differs from the base run's.
struct LossyTrial {
    std::size_t map = 0;
    int lossyBits = 0;
};

/// Scores of all trials, by the batch they are of.
class ScoreBook {
public:
    explicit ScoreBook(std::size_t trials)
        : m_trials(trials)
    {
    }

    void add(const engine::nn::Trial& trial, std::size_t firstImage, const Score& score)
    {
        const std::scoped_lock lock(m_mutex);
        std::vector<Score>& batch = m_batches.try_emplace(firstImage, m_trials + 1).first->second;
        batch[trial.index ? *trial.index + 1 : 0] = score;
    }

    /// Of the first `images` pictures: the base run, then the trials.
    std::vector<Score> sums(std::size_t images) const
    {
        std::vector<Score> all(m_trials + 1);
        for (const auto& [firstImage, batch] : m_batches)
            for (std::size_t i = 0; firstImage < images && i < all.size(); ++i)
                all[i] += batch[i];
        return all;
    }

private:
    std::size_t m_trials;
    std::mutex m_mutex;
    std::map<std::size_t, std::vector<Score>> m_batches; ///< by first image
};

} // namespace

std::optional<double> Score::accuracy() const
{
    if (labelled == 0)
        return std::nullopt;
    return 100.0 * static_cast<double>(right) / static_cast<double>(labelled);
}

double Score::sqnr() const
{
    return decibels(signal, noise);
}

double Score::noiseShare() const
{
    return signal > 0 ? noise / signal : 0;
}

Score& Score::operator+=(const Score& other)
{
    images += other.images;
    labelled += other.labelled;
    right += other.right;
    signal += other.signal;
    noise += other.noise;
    return *this;
}

LossyNetwork::LossyNetwork(const MapSet& set, std::vector<engine::Quantiser> quantisers, bool midpoint)
    : m_set(set)
    , m_quantisers(std::move(quantisers))
    , m_midpoint(midpoint)
    , m_runner(set.network->content.graph)
{
    for (const MapData& data : set.data)
        m_nodes.push_back(set.maps[*data.map].node);
}

std::size_t LossyNetwork::mapOf(std::size_t node) const
{
    return static_cast<std::size_t>(std::ranges::find(m_nodes, node) - m_nodes.begin());
}

void LossyNetwork::drop(std::size_t map, int lossyBits, std::span<float> values) const
{
    engine::codec::LossyStep(m_quantisers[map], lossyBits, m_midpoint).values(values);
}

Score LossyNetwork::scoreOf(const engine::nn::NodeOutput& output) const
{
    Score score { .images = output.images };
    const std::size_t classes = output.values.size() / std::max<std::size_t>(1, output.images);
    for (std::size_t i = 0; i < output.images; ++i) {
        const std::size_t image = output.firstImage + i;
        const auto scores = output.values.subspan(i * classes, classes);
        const auto wanted = std::span(m_set.result.outputs).subspan(image * classes, classes);
        for (std::size_t c = 0; c < classes; ++c) {
            const auto exact = static_cast<double>(wanted[c]);
            const double error = static_cast<double>(scores[c]) - exact;
            score.signal += exact * exact;
            score.noise += error * error;
        }
        const std::optional<int> label = m_set.run->images->label(image);
        if (!label || *label < 0 || static_cast<std::size_t>(*label) >= classes)
            continue;
        ++score.labelled;
        score.right += std::ranges::max_element(scores) - scores.begin() == *label ? 1U : 0U;
    }
    return score;
}

Sensitivities LossyNetwork::sensitivities(const engine::Control& control) const
{
    std::vector<LossyTrial> trials;
    engine::nn::WhatIfOptions options;
    options.limit = m_set.images;
    options.edited = { m_nodes.begin(), m_nodes.end() };
    options.editsAnyOrder = true;
    for (std::size_t map = 0; map < m_nodes.size(); ++map)
        for (int k = 1; k < m_quantisers[map].bits; ++k) {
            trials.push_back({ map, k });
            options.trials.push_back({ m_nodes[map] });
        }
    options.edit = [&](const engine::nn::Trial& trial, const engine::nn::NodeOutput& output,
                       std::span<float> values) {
        const std::size_t map = mapOf(output.node);
        const bool isLossy = trial.index && trials[*trial.index].map == map;
        drop(map, isLossy ? trials[*trial.index].lossyBits : 0, values);
    };
    ScoreBook book(trials.size());
    options.result = [&](const engine::nn::Trial& trial, const engine::nn::NodeOutput& output) {
        book.add(trial, output.firstImage, scoreOf(output));
    };
    const std::size_t images =
        engine::nn::whatIf(*m_set.graph(), *m_set.run->images, m_set.run->recipe, options, control);

    const std::vector<Score> sums = book.sums(images);
    Sensitivities found { .quantised = sums.front(), .complete = images == m_set.images };
    const auto classes = m_set.result.outputShape.elements();
    found.floating = scoreOf({ .firstImage = 0,
                               .images = images,
                               .values = std::span(m_set.result.outputs).first(images * classes) });
    found.layers.assign(m_nodes.size(), { sums.front() });
    for (std::size_t i = 0; i < trials.size(); ++i)
        found.layers[trials[i].map].push_back(sums[i + 1]);
    return found;
}

std::optional<Score> LossyNetwork::score(std::span<const int> lossyBits, const engine::Control& control) const
{
    engine::nn::RunOptions options;
    options.limit = m_set.images;
    options.edited = { m_nodes.begin(), m_nodes.end() };
    options.editsAnyOrder = true;
    options.edit = [&](unsigned, const engine::nn::NodeOutput& output, std::span<float> values) {
        const std::size_t map = mapOf(output.node);
        drop(map, lossyBits[map], values);
    };
    const engine::nn::RunResult result =
        m_runner.run(*m_set.run->images, m_set.run->recipe, options, control);
    if (result.images < m_set.images)
        return std::nullopt;
    return scoreOf({ .firstImage = 0, .images = result.images, .values = result.outputs });
}

} // namespace analysis
