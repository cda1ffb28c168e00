#include "widgets/tensor/tensor_facts.h"

#include "engine/base/error.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <span>

namespace widgets {
namespace {

constexpr std::size_t fineBins = 2048;
constexpr int longestWord = 16;

QString translated(const char* text)
{
    return QCoreApplication::translate("widgets::TensorFacts", text);
}

int storedBits(const engine::Tensor& tensor)
{
    if (tensor.type == engine::DType::Bool)
        return 1;
    if (tensor.quantisation && tensor.quantisation->bits >= 1)
        return tensor.quantisation->bits;
    return static_cast<int>(8 * engine::byteSize(tensor.type));
}

bool fits(const engine::Statistics& known, const engine::Quantiser& quantiser)
{
    const auto zero = static_cast<double>(quantiser.zeroPoint);
    return known.count == 0
        || (known.minimum - zero >= quantiser.lowest() && known.maximum - zero <= quantiser.highest());
}

/// Counts words of one piece; the words of a block are made first, so that the compiler can vectorise that.
class WordCounter {
public:
    WordCounter(const engine::Tensor& tensor, const engine::Quantiser& quantiser)
        : m_divisor(quantiser.isWhole ? 1 : quantiser.scale)
        , m_zero(quantiser.isWhole ? static_cast<double>(quantiser.zeroPoint) : 0)
        , m_low(quantiser.lowest())
        , m_high(quantiser.highest())
    {
        m_result.lowest = quantiser.lowest();
        m_result.counts.resize(static_cast<std::size_t>(quantiser.highest() - quantiser.lowest()) + 1);
        const int axis = engine::channelAxis(tensor);
        if (axis < 0 || tensor.shape.elements() == 0)
            return;
        m_result.channelZeros.resize(static_cast<std::size_t>(tensor.shape[static_cast<std::size_t>(axis)]));
        for (std::size_t i = static_cast<std::size_t>(axis) + 1; i < tensor.shape.rank(); ++i)
            m_inner *= static_cast<std::uint64_t>(tensor.shape[i]);
    }

    void add(std::uint64_t first, std::span<const float> values)
    {
        while (!values.empty()) {
            const std::uint64_t room = m_inner - first % m_inner;
            const auto run =
                static_cast<std::size_t>(std::min<std::uint64_t>({ room, values.size(), m_block.size() }));
            const std::uint64_t zeros = addBlock(values.first(run));
            if (!m_result.channelZeros.empty())
                m_result
                    .channelZeros[static_cast<std::size_t>(first / m_inner % m_result.channelZeros.size())] +=
                    zeros;
            first += run;
            values = values.subspan(run);
        }
    }

    WordCounts take() { return std::move(m_result); }

private:
    std::uint64_t addBlock(std::span<const float> values)
    {
        for (std::size_t i = 0; i < values.size(); ++i) {
            const double word = (static_cast<double>(values[i]) - m_zero) / m_divisor;
            const double clipped = word > m_low ? (word < m_high ? word : m_high) : m_low;
            m_block[i] = static_cast<std::int32_t>(std::nearbyint(clipped));
        }
        std::uint64_t& zero = m_result.counts[static_cast<std::size_t>(-m_result.lowest)];
        const std::uint64_t before = zero;
        for (std::size_t i = 0; i < values.size(); ++i)
            ++m_result.counts[static_cast<std::size_t>(m_block[i] - m_result.lowest)];
        return zero - before;
    }

    double m_divisor;
    double m_zero;
    double m_low;
    double m_high;
    std::uint64_t m_inner = 1;
    std::array<std::int32_t, 1024> m_block {};
    WordCounts m_result;
};

void addWords(TensorFacts& facts, int wordBits, const engine::Control& control)
{
    facts.wordBits = wordBits;
    facts.quantiser.reset();
    facts.words = {};
    facts.remark.clear();
    try {
        facts.quantiser = shownWords(facts.tensor, facts.statistics.whole, wordBits);
    } catch (const engine::ParameterError& error) {
        facts.remark = QString::fromUtf8(error.what());
    }
    if (facts.quantiser)
        facts.words = countWords(facts.tensor, *facts.quantiser, control);
}

} // namespace

std::uint64_t WordCounts::zeros() const
{
    return counts.empty() ? 0 : counts[static_cast<std::size_t>(-lowest)];
}

analysis::ZeroKind TensorFacts::zeroKind() const
{
    return quantiser && !quantiser->isWhole ? analysis::ZeroKind::Words : analysis::ZeroKind::Values;
}

QString zerosTitle(analysis::ZeroKind kind)
{
    return kind == analysis::ZeroKind::Words
        ? translated(QT_TRANSLATE_NOOP("widgets::TensorFacts", "Zero words"))
        : translated(QT_TRANSLATE_NOOP("widgets::TensorFacts", "Zeros"));
}

QString zerosWord(analysis::ZeroKind kind)
{
    return kind == analysis::ZeroKind::Words
        ? translated(QT_TRANSLATE_NOOP("widgets::TensorFacts", "zero words"))
        : translated(QT_TRANSLATE_NOOP("widgets::TensorFacts", "zeros"));
}

std::uint64_t TensorFacts::zeros() const
{
    return quantiser ? words.zeros() : statistics.whole.zeros;
}

double TensorFacts::zeroFraction() const
{
    const std::uint64_t count = statistics.whole.count;
    return count == 0 ? 0 : static_cast<double>(zeros()) / static_cast<double>(count);
}

double TensorFacts::channelZeroFraction(std::size_t channel) const
{
    const engine::Statistics& known = statistics.channels[channel];
    if (!quantiser || channel >= words.channelZeros.size() || known.count == 0)
        return known.zeroFraction();
    return static_cast<double>(words.channelZeros[channel]) / static_cast<double>(known.count);
}

std::optional<engine::Quantiser> shownWords(const engine::Tensor& tensor, const engine::Statistics& known,
                                            int wordBits)
{
    if (!engine::isInteger(tensor.type))
        return wordBits == 0 ? std::nullopt : std::optional(engine::quantiserFor(tensor, known, wordBits));
    for (int bits = storedBits(tensor); bits <= longestWord; ++bits) {
        const engine::Quantiser quantiser = engine::quantiserFor(tensor, known, bits);
        if (fits(known, quantiser))
            return quantiser;
    }
    return std::nullopt;
}

WordCounts countWords(const engine::Tensor& tensor, const engine::Quantiser& quantiser,
                      const engine::Control& control)
{
    WordCounter counter(tensor, quantiser);
    const auto all = static_cast<double>(std::max<std::uint64_t>(1, tensor.shape.elements()));
    engine::forEachPiece(tensor, control, [&](std::uint64_t first, std::span<const float> values) {
        counter.add(first, values);
        control.report(static_cast<double>(first + values.size()) / all, tensor.name);
    });
    return counter.take();
}

std::shared_ptr<const TensorFacts> gatherFacts(const engine::Tensor& tensor, int wordBits,
                                               const std::shared_ptr<const TensorFacts>& known,
                                               const engine::Control& control)
{
    auto facts = known ? std::make_shared<TensorFacts>(*known) : std::make_shared<TensorFacts>();
    facts->tensor = tensor;
    if (!known) {
        facts->statistics = engine::statistics(tensor, control.part(0, 0.3));
        if (control.stopped())
            return nullptr;
        facts->histogram =
            engine::histogram(tensor, facts->statistics.whole, fineBins, control.part(0.3, 0.6));
    }
    if (control.stopped())
        return nullptr;
    addWords(*facts, wordBits, control.part(0.6, 1));
    return control.stopped() ? nullptr : facts;
}

double magnitudePercentile(const TensorFacts& facts, double fraction)
{
    const engine::Histogram& histogram = facts.histogram;
    const auto zeroPoint =
        static_cast<double>(facts.quantiser && facts.quantiser->isWhole ? facts.quantiser->zeroPoint : 0);
    struct Bin {
        double magnitude;
        std::uint64_t count;
    };
    std::vector<Bin> bins { { std::abs(zeroPoint), histogram.zeros } };
    for (std::size_t i = 0; i < histogram.bins.size(); ++i) {
        const double low = histogram.first + static_cast<double>(i) * histogram.width() - zeroPoint;
        const double farther = std::max(std::abs(low), std::abs(low + histogram.width()));
        const double least = std::max(std::abs(facts.statistics.whole.minimum - zeroPoint),
                                      std::abs(facts.statistics.whole.maximum - zeroPoint));
        bins.push_back({ std::min(farther, least), histogram.bins[i] });
    }
    std::ranges::sort(bins, {}, &Bin::magnitude);
    const double all = static_cast<double>(histogram.zeros)
        + static_cast<double>(std::accumulate(histogram.bins.begin(), histogram.bins.end(),
                                              std::uint64_t { 0 }));
    double passed = 0;
    for (const Bin& bin : bins) {
        passed += static_cast<double>(bin.count);
        if (passed >= fraction * all)
            return bin.magnitude;
    }
    return bins.back().magnitude;
}

} // namespace widgets
