#include "engine/codec/peak_front.h"

#include "engine/base/error.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <string>

namespace engine::codec {

namespace {

using Reads = std::span<const std::vector<std::size_t>>;

/// Options of the layers that wait to be read, in the order of those layers.
using Waiting = std::vector<std::uint16_t>;

constexpr std::size_t mostStates = 100'000;

/// How a state was reached.
struct Origin {
    std::size_t before = 0; ///< index into the origins
    std::size_t option = 0;
};

struct State {
    double loss = 0;
    std::size_t origin = 0;
};

class PeakSearch {
public:
    PeakSearch(const BudgetFront::Layers& layers, Reads reads)
        : m_layers(layers)
        , m_reads(reads)
        , m_lastReader(layers.size(), 0)
    {
        for (std::size_t layer = 0; layer < layers.size(); ++layer) {
            m_options.push_back(undominated(layers[layer]));
            for (const std::size_t read : reads[layer]) {
                if (read >= layer)
                    throw ParameterError("layer " + std::to_string(layer) + ": reads layer "
                                         + std::to_string(read) + ", which does not come before it");
                m_lastReader[read] = layer;
            }
        }
    }

    /// The least loss with a peak of at most `limit`; nothing when there is none or when stopped.
    std::optional<Selection> within(std::uint64_t limit, const Control& control)
    {
        m_origins.clear();
        m_waiting.clear();
        std::map<Waiting, State> states = { { {}, {} } };
        for (std::size_t layer = 0; layer < m_layers.size(); ++layer) {
            if (control.stopped())
                return std::nullopt;
            states = next(layer, limit, states);
        }
        if (states.empty())
            return std::nullopt;
        return selectionOf(states.begin()->second);
    }

private:
    /// Nobody reads the last layers; they wait for nothing.
    bool waits(std::size_t layer, std::size_t now) const { return m_lastReader[layer] > now; }

    std::map<Waiting, State> next(std::size_t layer, std::uint64_t limit,
                                  const std::map<Waiting, State>& states)
    {
        std::map<Waiting, State> after;
        for (const auto& [waiting, state] : states) {
            const std::uint64_t read = sizeRead(layer, waiting);
            for (const std::size_t option : m_options[layer])
                if (read + m_layers[layer][option].bits <= limit)
                    take(after, layer, option, waiting, state);
        }
        if (after.size() > mostStates)
            throw ParameterError("peak: before layer " + std::to_string(layer)
                                 + " too many maps wait at once to be read for an exact search; offer fewer "
                                   "codecs, block sizes or K");
        std::vector<std::size_t> waitingNow;
        for (const std::size_t each : m_waiting)
            if (waits(each, layer))
                waitingNow.push_back(each);
        if (waits(layer, layer))
            waitingNow.push_back(layer);
        m_waiting = std::move(waitingNow);
        return after;
    }

    std::uint64_t sizeRead(std::size_t layer, const Waiting& waiting) const
    {
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < m_waiting.size(); ++i)
            if (std::ranges::count(m_reads[layer], m_waiting[i]) > 0)
                bits += m_layers[m_waiting[i]][waiting[i]].bits;
        return bits;
    }

    void take(std::map<Waiting, State>& after, std::size_t layer, std::size_t option, const Waiting& waiting,
              const State& state)
    {
        Waiting left;
        for (std::size_t i = 0; i < m_waiting.size(); ++i)
            if (waits(m_waiting[i], layer))
                left.push_back(waiting[i]);
        if (waits(layer, layer))
            left.push_back(static_cast<std::uint16_t>(option));
        const double loss = state.loss + m_layers[layer][option].loss;
        const auto [known, isNew] = after.try_emplace(std::move(left), State { loss, 0 });
        if (!isNew && known->second.loss <= loss)
            return;
        m_origins.push_back({ state.origin, option });
        known->second = { loss, m_origins.size() };
    }

    Selection selectionOf(const State& state) const
    {
        Selection made { std::vector<std::size_t>(m_layers.size()), 0, state.loss };
        std::size_t origin = state.origin;
        for (std::size_t layer = m_layers.size(); layer-- > 0;) {
            made.options[layer] = m_origins[origin - 1].option;
            origin = m_origins[origin - 1].before;
        }
        made.bits = peakBits(m_layers, m_reads, made.options);
        return made;
    }

    const BudgetFront::Layers& m_layers;
    Reads m_reads;
    std::vector<std::size_t> m_lastReader; ///< by layer; 0 when nobody reads it
    std::vector<std::vector<std::size_t>> m_options; ///< by layer, undominated
    std::vector<std::size_t> m_waiting; ///< layers whose options are in a state
    std::vector<Origin> m_origins; ///< counted from 1; 0 is the beginning
};

} // namespace

std::uint64_t peakBits(const BudgetFront::Layers& layers, Reads reads, std::span<const std::size_t> options)
{
    std::uint64_t most = 0;
    for (std::size_t layer = 0; layer < layers.size(); ++layer) {
        std::uint64_t bits = layers[layer][options[layer]].bits;
        for (const std::size_t read : reads[layer])
            bits += layers[read][options[read]].bits;
        most = std::max(most, bits);
    }
    return most;
}

std::vector<Selection> peakFront(const BudgetFront::Layers& layers, Reads reads, const Control& control)
{
    PeakSearch search(layers, reads);
    std::vector<Selection> points;
    std::uint64_t limit = std::numeric_limits<std::uint64_t>::max();
    while (const auto found = search.within(limit, control)) {
        if (!points.empty() && points.back().loss >= found->loss)
            points.pop_back();
        points.push_back(*found);
        if (found->bits == 0)
            break;
        limit = found->bits - 1;
    }
    if (control.stopped())
        return {};
    std::ranges::reverse(points);
    return points;
}

} // namespace engine::codec
