#include "widgets/page/layer_charts.h"

#include "widgets/tensor/axis_plan.h"
#include "widgets/theme/theme.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace widgets {
namespace {

constexpr std::size_t mostBins = 96;
constexpr std::size_t mostBars = 192; ///< thinner ones cannot be told apart

QString translated(const char* text)
{
    return QCoreApplication::translate("widgets::LayerPage", text);
}

QString significant(double value)
{
    return QString::number(value, 'g', 4).replace(QLatin1Char('-'), QChar(0x2212));
}

/// "Code (1 LSB = 0.01400)".
analysis::Axis codeAxis(const engine::Quantiser& quantiser)
{
    const QString scale = quantiser.isWhole && quantiser.scale == 1
        ? QString()
        : translated(QT_TRANSLATE_NOOP("widgets::LayerPage", "1 LSB = %1")).arg(significant(quantiser.scale));
    return { translated(QT_TRANSLATE_NOOP("widgets::LayerPage", "Code")), scale, false };
}

/// Bins of whole words with an edge right above zero: the one that holds zero besides negative words leaves
/// it out.
void fillWords(analysis::HistogramChart& chart, const WordCounts& words)
{
    std::int32_t low = words.lowest;
    const std::int32_t high = words.lowest + static_cast<std::int32_t>(words.counts.size()) - 1;
    const auto count = [&words](std::int32_t word) {
        return static_cast<double>(words.counts[static_cast<std::size_t>(word - words.lowest)]);
    };
    while (low < 0 && count(low) == 0)
        ++low;
    // The largest word is always shown, so that the axis says how long words are.
    const int width = std::max(1, static_cast<int>(std::ceil((high - low) / static_cast<double>(mostBins))));
    const int below = low < 0 ? (1 - low + width - 1) / width : 0;
    const int above = (high + width - 1) / width;
    chart.width = width;
    chart.first = 0.5 - below * width;
    chart.counts.assign(static_cast<std::size_t>(below + above), 0);
    for (std::int32_t word = low; word <= high; ++word) {
        if (word != 0)
            chart.counts[static_cast<std::size_t>(binOf(chart, word))] += count(word);
    }
    chart.zeros = static_cast<double>(words.zeros());
}

void fillValues(analysis::HistogramChart& chart, const engine::Histogram& histogram)
{
    const std::size_t joined = std::max<std::size_t>(1, (histogram.bins.size() + mostBins - 1) / mostBins);
    chart.first = histogram.first;
    chart.width = histogram.bins.empty() ? 1 : histogram.width() * static_cast<double>(joined);
    chart.counts.assign((histogram.bins.size() + joined - 1) / joined, 0);
    for (std::size_t i = 0; i < histogram.bins.size(); ++i)
        chart.counts[i / joined] += static_cast<double>(histogram.bins[i]);
    chart.zeros = static_cast<double>(histogram.zeros);
}

std::vector<std::int64_t> channelOrder(const TensorFacts& facts, bool byValue)
{
    std::vector<std::int64_t> order(facts.channels());
    std::iota(order.begin(), order.end(), 0);
    if (byValue)
        std::ranges::stable_sort(order, std::greater<> {}, [&facts](std::int64_t channel) {
            return facts.channelZeroFraction(static_cast<std::size_t>(channel));
        });
    return order;
}

analysis::LineChart asLine(const analysis::BarChart& bars)
{
    analysis::LineChart line;
    line.x = bars.category;
    line.y = bars.value;
    line.reference = bars.reference;
    line.series.push_back({ bars.series[0].name, {}, bars.series[0].values });
    for (std::size_t i = 0; i < line.series[0].y.size(); ++i)
        line.series[0].x.push_back(static_cast<double>(i));
    return line;
}

} // namespace

analysis::Chart valueHistogram(const TensorFacts& facts)
{
    analysis::HistogramChart histogram;
    histogram.zeroKind = facts.zeroKind();
    histogram.count = { translated(QT_TRANSLATE_NOOP("widgets::LayerPage", "Values")), {}, true };
    if (facts.quantiser) {
        histogram.value = codeAxis(*facts.quantiser);
        fillWords(histogram, facts.words);
    } else {
        histogram.value = { translated(QT_TRANSLATE_NOOP("widgets::LayerPage", "Value")), {}, false };
        fillValues(histogram, facts.histogram);
    }
    return { QStringLiteral("histogram"), translated(QT_TRANSLATE_NOOP("widgets::LayerPage", "Histogram")),
             histogram };
}

QString histogramRemark(const analysis::HistogramChart& histogram, const TensorFacts& facts)
{
    if (histogram.counts.empty())
        return {};
    QString text = facts.quantiser
        ? translated(QT_TRANSLATE_NOOP("widgets::LayerPage", "bin %1 LSB, %2 apart"))
              .arg(formatCount(static_cast<qint64>(histogram.width)))
        : translated(QT_TRANSLATE_NOOP("widgets::LayerPage", "bin %1, %2 apart"))
              .arg(significant(histogram.width));
    text = text.arg(zerosWord(facts.zeroKind()));
    const int batch = planAxes(facts.tensor).batch;
    if (const std::int64_t images = extentOf(facts.tensor, batch); images > 1)
        text +=
            translated(QT_TRANSLATE_NOOP("widgets::LayerPage", "; all %1 images")).arg(formatCount(images));
    return text;
}

int binOf(const analysis::HistogramChart& histogram, double value)
{
    if (value == 0 || std::isnan(value) || histogram.counts.empty())
        return -1;
    const double last = histogram.first + histogram.width * static_cast<double>(histogram.counts.size());
    if (value < histogram.first || value > last)
        return -1;
    const double bin = std::floor((value - histogram.first) / histogram.width);
    return static_cast<int>(std::min(bin, static_cast<double>(histogram.counts.size()) - 1));
}

int ChannelZeros::barOf(std::int64_t channel) const
{
    const auto found = std::ranges::find(order, channel);
    return found == order.end() ? -1 : static_cast<int>(found - order.begin());
}

QString channelZerosTitle(analysis::ZeroKind kind)
{
    return translated(QT_TRANSLATE_NOOP("widgets::LayerPage", "%1 per channel")).arg(zerosTitle(kind));
}

std::optional<ChannelZeros> channelZeros(const TensorFacts& facts, bool byValue)
{
    if (facts.channels() == 0 || isSpatial(facts.tensor, engine::channelAxis(facts.tensor)))
        return std::nullopt; // rows of grey pictures are no channels
    ChannelZeros result;
    result.order = channelOrder(facts, byValue);
    analysis::BarChart bars;
    bars.category.title = byValue
        ? translated(QT_TRANSLATE_NOOP("widgets::LayerPage", "Channel, sorted by %1"))
              .arg(zerosWord(facts.zeroKind()))
        : translated(QT_TRANSLATE_NOOP("widgets::LayerPage", "Channel"));
    bars.value = { zerosTitle(facts.zeroKind()), QStringLiteral("%"), false };
    analysis::BarChart::Series series;
    series.name = bars.value.title;
    for (const std::int64_t channel : result.order) {
        bars.categories.append(QString::number(channel));
        series.values.push_back(100 * facts.channelZeroFraction(static_cast<std::size_t>(channel)));
    }
    bars.series.push_back(series);
    bars.reference = analysis::Reference { 100 * facts.zeroFraction(),
                                           translated(QT_TRANSLATE_NOOP("widgets::LayerPage", "mean %1"))
                                               .arg(formatPercent(facts.zeroFraction())) };
    result.chart.id = QStringLiteral("channel-zeros");
    result.chart.title = channelZerosTitle(facts.zeroKind());
    if (result.order.size() > mostBars)
        result.chart.kind = asLine(bars);
    else
        result.chart.kind = bars;
    return result;
}

} // namespace widgets
