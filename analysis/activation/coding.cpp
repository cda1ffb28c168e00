#include "analysis/activation/coding.h"

#include "engine/base/parallel.h"
#include "engine/codec/section.h"

#include <QCryptographicHash>

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

namespace analysis {

namespace {

/// Streams coded at once; bounds what hashing keeps in memory.
constexpr std::int64_t groupStreams = 64;

struct CodedStream {
    engine::codec::BitCount bits;
    std::uint64_t elements = 0;
    engine::codec::Encoded encoded; ///< only for hashing
};

void requireRoundTrip(const CodingMethod& method, const engine::codec::Options& options,
                      const engine::codec::Words& words, const engine::codec::Encoded& encoded)
{
    std::vector<std::int32_t> back(words.values.size());
    method.codec->decode(encoded.bytes, encoded.count.total(), words.format(), options, back);
    if (options.lossyBits == 0 && !std::ranges::equal(back, words.values))
        throw std::logic_error("codec " + std::string(method.entry->id) + ": a stream gave other words back");
}

/// All codecs on one stream.
std::vector<CodedStream> codeStream(const CodingTask& task, const WordSource& source, std::int64_t stream)
{
    const std::vector<std::int32_t> values = streamWords(*source.tensor, source.quantiser, stream);
    const engine::codec::Words words { values, task.wordBits, source.quantiser.isSigned };
    std::vector<CodedStream> coded;
    for (const CodingMethod& method : task.methods) {
        const engine::codec::Options options = optionsFor(method, *source.tensor);
        if (task.hash) {
            engine::codec::Encoded encoded = method.codec->encode(words, options);
            requireRoundTrip(method, options, words, encoded);
            coded.push_back({ encoded.count, values.size(), std::move(encoded) });
        } else {
            coded.push_back({ method.codec->count(words, options), values.size(), {} });
        }
    }
    return coded;
}

/// The digests of one method's streams.
class Digests {
public:
    Digests()
        : m_whole(std::make_unique<QCryptographicHash>(QCryptographicHash::Sha256))
    {
    }

    void add(const engine::codec::Encoded& encoded, int codeBits)
    {
        const engine::codec::Section whole { "", 0, encoded.count.total() };
        add(*m_whole, encoded.highestFirst ? engine::codec::sectionBytes(encoded, whole, 8) : encoded.bytes);
        for (const engine::codec::Section& section : encoded.sections) {
            std::unique_ptr<QCryptographicHash>& hash = m_sections[std::string(section.name)];
            if (!hash)
                hash = std::make_unique<QCryptographicHash>(QCryptographicHash::Sha256);
            add(*hash, engine::codec::sectionBytes(encoded, section, codeBits));
        }
    }

    void writeTo(CodedLayer& layer) const
    {
        layer.sha256 = m_whole->result().toHex();
        for (const auto& [name, hash] : m_sections)
            layer.sections.push_back({ QByteArray::fromStdString(name), hash->result().toHex() });
    }

private:
    static void add(QCryptographicHash& hash, const std::vector<std::byte>& bytes)
    {
        hash.addData(QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())));
    }

    std::unique_ptr<QCryptographicHash> m_whole;
    std::map<std::string, std::unique_ptr<QCryptographicHash>> m_sections;
};

/// Sums streams in the order of the images, so that hashes do not depend on threads.
class Totals {
public:
    explicit Totals(const CodingTask& task)
        : m_task(task)
        , m_layers(task.methods.size())
        , m_digests(task.methods.size())
    {
    }

    void add(const std::vector<CodedStream>& coded)
    {
        for (std::size_t m = 0; m < coded.size(); ++m) {
            CodedLayer& layer = m_layers[m];
            const double ratio = compressionRatio(coded[m].elements, m_task.wordBits, coded[m].bits.total());
            layer.bits += coded[m].bits;
            layer.elements += coded[m].elements;
            ++layer.streams;
            layer.ratioSum += ratio;
            layer.ratioSquares += ratio * ratio;
            if (m_task.hash)
                m_digests[m].add(coded[m].encoded, m_task.wordBits - m_task.methods[m].options.lossyBits);
        }
    }

    std::vector<CodedLayer> finish()
    {
        for (std::size_t m = 0; m_task.hash && m < m_layers.size(); ++m)
            m_digests[m].writeTo(m_layers[m]);
        return std::move(m_layers);
    }

private:
    const CodingTask& m_task;
    std::vector<CodedLayer> m_layers;
    std::vector<Digests> m_digests;
};

} // namespace

CodingMethod codingMethod(std::string_view id, const engine::codec::Options& options)
{
    const engine::codec::Entry& entry = engine::codec::find(id);
    return { &entry, entry.make(), options };
}

double CodedLayer::ratioDeviation() const
{
    if (streams < 2)
        return 0;
    const auto n = static_cast<double>(streams);
    return std::sqrt(std::max(0.0, (ratioSquares - ratioSum * ratioSum / n) / (n - 1)));
}

CodedLayer& CodedLayer::operator+=(const CodedLayer& other)
{
    bits += other.bits;
    elements += other.elements;
    return *this;
}

double compressionRatio(std::uint64_t elements, int wordBits, std::uint64_t codedBits)
{
    const double raw = static_cast<double>(elements) * wordBits;
    return codedBits > 0 ? raw / static_cast<double>(codedBits) : 1;
}

engine::codec::Options optionsFor(const CodingMethod& method, const engine::Tensor& tensor)
{
    engine::codec::Options options = method.options;
    const std::size_t rank = tensor.shape.rank();
    const bool hasPlanes = rank > 2 || (rank == 2 && streamCount(tensor) == 1);
    if (!method.entry->usesMap || !hasPlanes || tensor.layout == "NHWC")
        return options;
    options.mapRows = static_cast<int>(tensor.shape[rank - 2]);
    options.mapColumns = static_cast<int>(tensor.shape[rank - 1]);
    return options;
}

std::vector<CodedLayer> codeLayer(const CodingTask& task, const WordSource& source,
                                  const engine::Control& control)
{
    std::int64_t streams = streamCount(*source.tensor);
    if (task.streamLimit > 0)
        streams = std::min(streams, task.streamLimit);
    Totals totals(task);
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
    return totals.finish();
}

} // namespace analysis
