#include "widgets/packing/packed_stream.h"

#include "analysis/activation/subject.h"
#include "analysis/activation/words.h"

#include <algorithm>

namespace widgets {
namespace {

/// The first words of an image that is too large to be packed whole.
std::vector<std::int32_t> firstWords(const engine::Tensor& tensor, const engine::Quantiser& quantiser,
                                     std::uint64_t count)
{
    std::vector<float> values;
    values.reserve(count);
    std::stop_source enough;
    engine::forEachPiece(
        tensor, { .stop = enough.get_token(), .progress = {} },
        [&](std::uint64_t, std::span<const float> piece) {
            const std::size_t taken = std::min<std::size_t>(piece.size(), count - values.size());
            values.insert(values.end(), piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(taken));
            if (values.size() == count)
                enough.request_stop();
        });
    std::vector<std::int32_t> words(values.size());
    quantiser(values, words);
    return words;
}

} // namespace

std::shared_ptr<const StreamWords> readStreamWords(const analysis::DatasetPtr& dataset, int tensor,
                                                   std::int64_t image, int wordBits,
                                                   const engine::Control& control)
{
    const engine::Tensor& info = dataset->content.tensors[static_cast<std::size_t>(tensor)];
    const analysis::WordSource source = analysis::wordSource(info, wordBits, control);
    if (source.facts.count == 0 || control.stopped())
        return nullptr;
    auto words = std::make_shared<StreamWords>();
    words->dataset = dataset;
    words->tensor = tensor;
    const std::int64_t streams = analysis::streamCount(info);
    words->image = std::clamp<std::int64_t>(image, 0, streams - 1);
    words->quantiser = source.quantiser;
    words->quantiser.bits = wordBits;
    words->elements = info.shape.elements() / static_cast<std::uint64_t>(streams);
    if (words->elements <= mostStreamWords) {
        words->values = analysis::streamWords(info, source.quantiser, words->image);
    } else {
        words->values = firstWords(info, source.quantiser, mostStreamWords);
        words->image = 0;
    }
    return words;
}

std::uint64_t PackedStream::rawBits() const
{
    return source->values.size() * static_cast<std::uint64_t>(source->quantiser.bits);
}

bool PackedStream::bit(std::uint64_t at) const
{
    const auto byte = static_cast<unsigned>(bytes[static_cast<std::size_t>(at / 8)]);
    return (byte >> (at % 8) & 1U) != 0;
}

engine::codec::PackedBlock PackedStream::block(std::uint64_t number) const
{
    return engine::codec::traceBlock(format, index, source->words(), number);
}

std::uint64_t PackedStream::firstLook() const
{
    struct Wanted {
        unsigned least;
        unsigned most;
    };
    constexpr std::uint64_t mostLooks = 4096;
    const unsigned words = format.blockWords;
    const std::uint64_t blocks = std::min(index.blocks(), mostLooks);
    for (const Wanted wanted :
         { Wanted { words / 4, words * 5 / 8 }, { words / 8, words - 1 }, { 1, words } })
        for (std::uint64_t i = 0; i < blocks; ++i) {
            if (index.forms[i] != engine::codec::BlockForm::Masked)
                continue;
            const unsigned nonzeros = block(i).nonzeros;
            if (nonzeros >= std::max(1U, wanted.least) && nonzeros <= wanted.most)
                return i;
        }
    return 0;
}

std::shared_ptr<const PackedStream> packStream(const std::shared_ptr<const StreamWords>& source,
                                               const PackingChoice& choice)
{
    auto packed = std::make_shared<PackedStream>();
    const std::string codec = choice.codec.toStdString();
    const engine::codec::Words words = source->words();
    packed->source = source;
    packed->choice = choice;
    packed->format = engine::codec::packingFormat(codec, words.format(), choice.options);
    packed->index = engine::codec::indexBlocks(packed->format, words);
    packed->bytes = engine::codec::find(codec).make()->encode(words, choice.options).bytes;
    return packed;
}

} // namespace widgets
