#include "analysis/activation/budget_front.h"

#include "engine/base/error.h"
#include "engine/codec/knapsack.h"
#include "engine/codec/peak_front.h"

#include <algorithm>
#include <cmath>

namespace analysis {

namespace {

using engine::codec::BudgetFront;
using engine::codec::Selection;

/// Makes a run of a problem. The programme counts bits of all pictures, or femtojoules.
class Maker {
public:
    explicit Maker(const BudgetProblem& problem)
        : m_problem(problem)
        , m_subject(*problem.subject)
    {
        m_run.unit = problem.unit;
        m_run.countsAccuracy = problem.countsAccuracy;
        m_run.lossBefore = problem.lossBefore;
        m_run.accuracyBefore = problem.accuracyBefore;
        m_run.curve = problem.curve;
    }

    BudgetRun make(const engine::Control& control)
    {
        for (std::size_t map = 0; map < m_subject.maps(); ++map)
            addLayer(map);
        if (m_problem.unit == BudgetUnit::Peak)
            findPeaks(control);
        else
            findSums(control);
        return std::move(m_run);
    }

private:
    double images() const { return static_cast<double>(std::max<std::size_t>(1, m_subject.set.images)); }

    /// What a bit of a map counts: itself, or the energy of writing it once and reading it for each reader.
    double weight(std::size_t map) const
    {
        if (m_problem.unit != BudgetUnit::Energy)
            return 1;
        constexpr double femtojoules = 1000; // of a picojoule
        return femtojoules * (m_problem.energy.write + readers(map) * m_problem.energy.read);
    }

    /// Without a network every map is read once.
    double readers(std::size_t map) const
    {
        const auto index = m_subject.set.data[map].map;
        return index ? static_cast<double>(m_subject.set.maps[*index].readers.size()) : 1;
    }

    std::uint64_t counted(double bits, std::size_t map) const
    {
        return static_cast<std::uint64_t>(std::llround(bits * weight(map)));
    }

    /// In the unit of the run, per picture.
    double costOf(std::uint64_t count) const
    {
        constexpr double microjoule = 1e9; // femtojoules
        const double each = static_cast<double>(count) / images();
        return m_problem.unit == BudgetUnit::Energy ? each / microjoule : each / 8;
    }

    void addLayer(std::size_t map)
    {
        std::vector<BudgetOption> options;
        std::vector<engine::codec::LayerOption> counts;
        for (std::size_t m = 0; m < m_problem.methods.size(); ++m) {
            const CodingMethod& method = m_problem.methods[m];
            const auto k = static_cast<std::size_t>(method.options.lossyBits);
            const auto bits = static_cast<double>(m_problem.sizes[map][m].bits.total());
            options.push_back({ QString::fromLatin1(method.entry->id.data(),
                                                    static_cast<qsizetype>(method.entry->id.size())),
                                method.entry->usesBlocks ? method.options.blockWords : 0,
                                method.options.lossyBits, bits / images(), m_problem.losses[map][k] });
            counts.push_back({ counted(bits, map), m_problem.losses[map][k] });
        }
        m_run.layers << m_subject.layer(map);
        m_run.rawBits.push_back(static_cast<double>(m_subject.rawBits(map)) / images());
        m_run.options.push_back(std::move(options));
        m_raw.push_back(counted(static_cast<double>(m_subject.rawBits(map)), map));
        m_layers.push_back(std::move(counts));
    }

    void findSums(const engine::Control& control)
    {
        std::uint64_t raw = 0;
        for (const std::uint64_t each : m_raw)
            raw += each;
        m_run.rawCost = costOf(raw);
        const BudgetFront front(m_layers, engine::codec::usualQuantum(raw), control);
        addPoints(m_run.points, front.points());
        addPoints(m_run.hull, front.hull());
    }

    void findPeaks(const engine::Control& control)
    {
        if (m_subject.set.graph() == nullptr)
            throw engine::ParameterError("unit: a peak buffer wants a network, which says what is read "
                                         "together; name it with network");
        const std::vector<std::vector<std::size_t>> reads = readsOfMaps();
        BudgetFront::Layers raw;
        for (const std::uint64_t each : m_raw)
            raw.push_back({ { each, 0 } });
        m_run.rawCost = costOf(engine::codec::peakBits(raw, reads, std::vector<std::size_t>(raw.size(), 0)));
        addPoints(m_run.points, engine::codec::peakFront(m_layers, reads, control));
    }

    /// Which of the maps looked at each of them reads.
    std::vector<std::vector<std::size_t>> readsOfMaps() const
    {
        std::vector<std::vector<std::size_t>> reads(m_subject.maps());
        for (std::size_t map = 0; map < m_subject.maps(); ++map)
            for (std::size_t other = 0; other < map; ++other)
                if (std::ranges::count(m_subject.set.maps[*m_subject.set.data[map].map].reads,
                                       *m_subject.set.data[other].map)
                    > 0)
                    reads[map].push_back(other);
        return reads;
    }

    void addPoints(std::vector<BudgetPoint>& points, std::span<const Selection> found) const
    {
        for (const Selection& selection : found) {
            BudgetPoint point { selection.options, costOf(selection.bits), 0, selection.loss };
            for (std::size_t layer = 0; layer < m_run.options.size(); ++layer)
                point.bits += m_run.options[layer][selection.options[layer]].bits;
            points.push_back(std::move(point));
        }
    }

    const BudgetProblem& m_problem;
    const LossySubject& m_subject;
    BudgetFront::Layers m_layers;
    std::vector<std::uint64_t> m_raw; ///< counted like the options, by layer
    BudgetRun m_run;
};

} // namespace

BudgetRun budgetRun(const BudgetProblem& problem, const engine::Control& control)
{
    return Maker(problem).make(control);
}

} // namespace analysis
