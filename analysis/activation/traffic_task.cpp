#include "analysis/activation/traffic_task.h"

#include "engine/base/error.h"
#include "engine/base/parallel.h"
#include "engine/network/cost.h"

#include <algorithm>

namespace analysis {

namespace {

/// Sizes of the tiles of one map, by picture and method [bit].
using TileSizes = std::vector<std::vector<std::vector<std::uint64_t>>>;

/// A map as stored: words as they come from the tensor, band by band.
struct CodedMap {
    WordSource source;
    TileShape shape;
    bool channelsLast = false;
};

std::vector<std::int32_t> tileWords(const CodedMap& map, std::span<const std::int32_t> words,
                                    std::size_t tile)
{
    // Channels last, a row holds all channels, so that a band lies in one piece.
    const std::int64_t planes = map.channelsLast ? 1 : map.shape.channels;
    const std::int64_t rowWords = map.shape.columns * (map.channelsLast ? map.shape.channels : 1);
    const std::int64_t first = static_cast<std::int64_t>(tile) * map.shape.tileRows * rowWords;
    const std::int64_t length = map.shape.rowsOf(tile) * rowWords;
    std::vector<std::int32_t> band;
    band.reserve(static_cast<std::size_t>(planes * length));
    for (std::int64_t plane = 0; plane < planes; ++plane) {
        const auto start = words.begin() + plane * map.shape.rows * rowWords + first;
        band.insert(band.end(), start, start + length);
    }
    return band;
}

engine::codec::Options optionsOf(const CodingMethod& method, const CodedMap& map, std::size_t tile)
{
    engine::codec::Options options = method.options;
    if (!method.entry->usesMap || map.channelsLast)
        return options;
    options.mapRows = static_cast<int>(map.shape.rowsOf(tile));
    options.mapColumns = static_cast<int>(map.shape.columns);
    return options;
}

std::vector<std::vector<std::uint64_t>> codePicture(const TrafficTask& task, const CodedMap& map,
                                                    std::int64_t picture)
{
    const std::vector<std::int32_t> words = streamWords(*map.source.tensor, map.source.quantiser, picture);
    std::vector<std::vector<std::uint64_t>> sizes(task.methods.size());
    for (std::size_t tile = 0; tile < map.shape.tiles(); ++tile) {
        const std::vector<std::int32_t> band = tileWords(map, words, tile);
        for (std::size_t m = 0; m < task.methods.size(); ++m) {
            const CodingMethod& method = task.methods[m];
            const engine::codec::Words stream { band, task.wordBits, map.source.quantiser.isSigned };
            sizes[m].push_back(method.codec->count(stream, optionsOf(method, map, tile)).total());
        }
    }
    return sizes;
}

/// Empty when stopped.
TileSizes codeMap(const TrafficTask& task, const CodedMap& map, std::size_t pictures,
                  const engine::Control& control)
{
    TileSizes sizes(pictures);
    const bool done = engine::parallelFor(pictures, control, [&](std::size_t i, unsigned) {
        sizes[i] = codePicture(task, map, static_cast<std::int64_t>(i));
    });
    return done ? sizes : TileSizes {};
}

std::vector<std::uint64_t> rawTiles(const TileShape& shape, int wordBits)
{
    std::vector<std::uint64_t> bits;
    for (std::size_t tile = 0; tile < shape.tiles(); ++tile)
        bits.push_back(shape.wordsOf(tile) * static_cast<std::uint64_t>(wordBits));
    return bits;
}

/// No stream of the map can take more [byte].
std::uint64_t worstBytes(const CodingMethod& method, const TileShape& shape, int wordBits)
{
    std::vector<std::uint64_t> bits;
    for (std::size_t tile = 0; tile < shape.tiles(); ++tile)
        bits.push_back(method.codec->worstCaseBits(shape.wordsOf(tile), wordBits, method.options));
    const StoredStream stream = storedStream(bits, true);
    return (stream.bits() + stream.indexBits) / 8 + 1;
}

/// Puts the plans together: regions and layers first, then the streams map by map.
class Planner {
public:
    Planner(const TrafficTask& task, const MapSet& set)
        : m_task(task)
        , m_set(set)
    {
        m_made.maps = set.maps.size();
        m_made.plans.resize(task.plans());
        for (std::size_t map = 0; map < set.maps.size(); ++map)
            addRegion(set.layerOf(map), mapShape(map));
        m_made.coded.assign(set.maps.size(), false);
        addLayers();
        m_made.coded.resize(m_made.shapes.size(), false);
        for (TrafficPlan& plan : m_made.plans) {
            plan.layers = m_layers;
            plan.lineBytes = std::max<std::uint64_t>(plan.lineBytes, task.memory.burstBytes());
            plan.images.assign(set.images, std::vector<StoredStream>(m_made.shapes.size()));
        }
        for (std::size_t region = 0; region < m_made.shapes.size(); ++region)
            storeRaw(region);
    }

    TrafficPlans run(const engine::Control& control)
    {
        const double share = 1.0 / static_cast<double>(std::max<std::size_t>(1, m_set.data.size()));
        for (std::size_t i = 0; i < m_set.data.size(); ++i) {
            const MapData& data = m_set.data[i];
            control.report(static_cast<double>(i) * share, data.layer.toStdString());
            const CodedMap map { wordSource(*data.tensor, m_task.wordBits, control, m_task.percentile),
                                 m_made.shapes[*data.map], data.tensor->layout == "NHWC" };
            const TileSizes sizes =
                control.stopped() ? TileSizes {} : codeMap(m_task, map, m_set.images, control);
            if (sizes.empty())
                return {};
            store(*data.map, sizes);
        }
        layOut();
        return std::move(m_made);
    }

private:
    TileShape mapShape(std::size_t map) const
    {
        const std::optional<CapturedNode> node = capturedNode(*m_set.graph(), m_set.maps[map].node);
        if (!node)
            throw engine::FormatError(m_set.network->content.title + ": the shape of "
                                      + m_set.layerOf(map).toStdString() + " is not known before running");
        return tileShape(node->shape, m_task.tileRows);
    }

    std::size_t addRegion(const QString& layer, const TileShape& shape)
    {
        for (TrafficPlan& plan : m_made.plans)
            plan.regions.push_back({ layer, 0, 0 });
        m_made.shapes.push_back(shape);
        m_made.readers.push_back(0);
        return m_made.shapes.size() - 1;
    }

    std::optional<std::size_t> pictureRegion()
    {
        std::int64_t words = 0;
        TileShape shape;
        for (const engine::GraphValue& input : m_set.graph()->inputs) {
            const engine::Shape* known = m_set.graph()->shape(input.name);
            if (known == nullptr || known->rank() == 0)
                continue;
            const std::vector<std::int64_t>& all = known->extents();
            shape = tileShape(engine::Shape(std::vector<std::int64_t>(all.begin() + 1, all.end())),
                              m_task.tileRows);
            words += static_cast<std::int64_t>(shape.words());
        }
        if (words != static_cast<std::int64_t>(shape.words())) // several inputs: one row of words
            shape = { 1, 1, words, 1 };
        return words == 0 ? std::nullopt : std::optional(addRegion(QStringLiteral("input"), shape));
    }

    void addLayers()
    {
        const bool readsInput = std::ranges::any_of(m_set.maps, &engine::FeatureMap::readsInput);
        m_made.picture = readsInput ? pictureRegion() : std::nullopt;
        const std::vector<engine::Cost> costs =
            m_task.weights ? engine::costs(*m_set.graph()) : std::vector<engine::Cost> {};
        for (std::size_t map = 0; map < m_set.maps.size(); ++map) {
            const engine::FeatureMap& made = m_set.maps[map];
            TrafficPlan::Layer layer { .weights = {}, .reads = made.reads, .writes = map };
            if (made.readsInput && m_made.picture)
                layer.reads.push_back(*m_made.picture);
            std::uint64_t parameters = 0;
            for (const std::size_t node : m_task.weights ? made.nodes : std::vector<std::size_t> {})
                parameters += costs[node].parameters;
            if (parameters > 0)
                layer.weights =
                    addRegion(m_set.layerOf(map), { 1, 1, static_cast<std::int64_t>(parameters), 1 });
            for (const std::size_t region : layer.reads)
                ++m_made.readers[region];
            if (layer.weights)
                ++m_made.readers[*layer.weights];
            m_layers.push_back(std::move(layer));
        }
    }

    void storeRaw(std::size_t region)
    {
        const StoredStream stream = storedStream(rawTiles(m_made.shapes[region], m_task.wordBits), false);
        for (TrafficPlan& plan : m_made.plans) {
            plan.regions[region].bytes = stream.bits() / 8 + 1;
            for (std::vector<StoredStream>& image : plan.images)
                image[region] = stream;
        }
    }

    void store(std::size_t map, const TileSizes& sizes)
    {
        m_made.coded[map] = true;
        for (std::size_t m = 0; m < m_task.methods.size(); ++m) {
            TrafficPlan& plan = m_made.plans[m + 1];
            plan.regions[map].bytes = worstBytes(m_task.methods[m], m_made.shapes[map], m_task.wordBits);
            for (std::size_t picture = 0; picture < sizes.size(); ++picture)
                plan.images[picture][map] = storedStream(sizes[picture][m], true);
        }
    }

    void layOut()
    {
        const engine::dram::AddressMap map = m_task.memory.addressMap();
        const std::uint64_t rowBytes =
            (std::uint64_t { m_task.memory.burstBytes() } << map.column.bits) * m_task.memory.channels();
        for (TrafficPlan& plan : m_made.plans) {
            plan.layOut(rowBytes);
            if (map.addressBits < 64 && plan.bytes() > std::uint64_t { 1 } << map.addressBits)
                throw engine::ParameterError("device: the feature maps take "
                                             + std::to_string(plan.bytes() >> 20) + " MiB, the memory has "
                                             + std::to_string((std::uint64_t { 1 } << map.addressBits) >> 20)
                                             + " MiB; see capacity");
        }
    }

    const TrafficTask& m_task;
    const MapSet& m_set;
    TrafficPlans m_made;
    std::vector<TrafficPlan::Layer> m_layers;
};

} // namespace

QString TrafficTask::idOf(std::size_t plan) const
{
    const std::string_view id = plan == 0 ? std::string_view("raw") : methods[plan - 1].entry->id;
    return QString::fromLatin1(id.data(), static_cast<qsizetype>(id.size()));
}

TrafficPlans trafficPlans(const TrafficTask& task, const MapSet& set, const engine::Control& control)
{
    return Planner(task, set).run(control);
}

} // namespace analysis
