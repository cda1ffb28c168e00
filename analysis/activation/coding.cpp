#include "analysis/activation/coding.h"

#include "engine/base/parallel.h"

#include <QCryptographicHash>

#include <algorithm>

namespace analysis {

namespace {

/// Streams coded at once; bounds what hashing keeps in memory.
constexpr std::int64_t groupStreams = 64;

struct CodedStream {
    engine::codec::BitCount bits;
    std::uint64_t elements = 0;
    std::vector<std::byte> bytes; ///< only for hashing
};

/// All codecs on one stream.
std::vector<CodedStream> codeStream(const CodingTask& task, const WordSource& source, std::int64_t stream)
{
    const std::vector<std::int32_t> values = streamWords(*source.tensor, source.quantiser, stream);
    const engine::codec::Words words { values, task.wordBits, source.quantiser.isSigned };
    std::vector<CodedStream> coded;
    for (const CodingMethod& method : task.methods) {
        if (task.hash) {
            engine::codec::Encoded encoded = method.codec->encode(words, task.options);
            coded.push_back({ encoded.count, values.size(), std::move(encoded.bytes) });
        } else {
            coded.push_back({ method.codec->count(words, task.options), values.size(), {} });
        }
    }
    return coded;
}

/// Sums streams in the order of the images, so that hashes do not depend on threads.
class Totals {
public:
    explicit Totals(std::size_t methods)
        : m_layers(methods)
    {
        for (std::size_t m = 0; m < methods; ++m)
            m_hashes.push_back(std::make_unique<QCryptographicHash>(QCryptographicHash::Sha256));
    }

    void add(const std::vector<CodedStream>& coded)
    {
        for (std::size_t m = 0; m < coded.size(); ++m) {
            m_layers[m].elements += coded[m].elements;
            m_layers[m].bits.payload += coded[m].bits.payload;
            m_layers[m].bits.header += coded[m].bits.header;
            m_layers[m].bits.nonzeros += coded[m].bits.nonzeros;
            m_hashes[m]->addData(
                QByteArrayView(coded[m].bytes.data(), static_cast<qsizetype>(coded[m].bytes.size())));
        }
    }

    std::vector<CodedLayer> finish(bool hash)
    {
        for (std::size_t m = 0; hash && m < m_layers.size(); ++m)
            m_layers[m].sha256 = m_hashes[m]->result().toHex();
        return std::move(m_layers);
    }

private:
    std::vector<CodedLayer> m_layers;
    std::vector<std::unique_ptr<QCryptographicHash>> m_hashes;
};

} // namespace

std::vector<CodedLayer> codeLayer(const CodingTask& task, const WordSource& source,
                                  const engine::Control& control)
{
    std::int64_t streams = streamCount(*source.tensor);
    if (task.streamLimit > 0)
        streams = std::min(streams, task.streamLimit);
    Totals totals(task.methods.size());
    for (std::int64_t first = 0; first < streams; first += groupStreams) {
        const auto count = static_cast<std::size_t>(std::min(groupStreams, streams - first));
        std::vector<std::vector<CodedStream>> coded(count);
        const bool done = engine::parallelFor(count, control, [&](std::size_t i, unsigned) {
            coded[i] = codeStream(task, source, first + static_cast<std::int64_t>(i));
        });
        if (!done)
            return {};
        for (const std::vector<CodedStream>& stream : coded)
            totals.add(stream);
        control.report(static_cast<double>(first) / static_cast<double>(streams), source.tensor->name);
    }
    return totals.finish(task.hash);
}

} // namespace analysis
