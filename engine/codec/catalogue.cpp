#include "engine/base/error.h"
#include "engine/codec/block_code.h"
#include "engine/codec/block_zvc.h"
#include "engine/codec/codec.h"
#include "engine/codec/ebpc.h"
#include "engine/codec/grlc.h"
#include "engine/codec/huffman.h"
#include "engine/codec/lane.h"
#include "engine/codec/raw.h"
#include "engine/codec/run_pairs.h"
#include "engine/codec/zero_rle.h"

#include <algorithm>
#include <array>
#include <string>

namespace engine::codec {

namespace {

using Head = BlockZvc::Head;

template <typename Codec>
std::unique_ptr<ActivationCodec> make()
{
    return std::make_unique<Codec>();
}

template <Head head>
std::unique_ptr<ActivationCodec> makeBlockZvc()
{
    return std::make_unique<BlockZvc>(head);
}

template <unsigned runBits, RunPairs::Tail tail>
std::unique_ptr<ActivationCodec> makeRunPairs()
{
    return std::make_unique<RunPairs>(runBits, tail);
}

constexpr auto entries = std::to_array<Entry>({
    { .id = "raw",
      .title = "Uncompressed words",
      .source = "the reference of every ratio",
      .usesBlocks = false,
      .usesLossyBits = false,
      .usesMap = false,
      .make = make<Raw> },
    { .id = "zvc",
      .title = "Zero-value compression",
      .source = "cDMA; compared with in [Wang 2022]",
      .usesBlocks = true,
      .usesLossyBits = true,
      .usesMap = false,
      .make = makeBlockZvc<Head::Mask> },
    { .id = "zrle16",
      .title = "Zero run length coding, runs of up to 16",
      .source = "zero_rle16_spec; compared with in EBPC",
      .usesBlocks = false,
      .usesLossyBits = true,
      .usesMap = false,
      .make = make<ZeroRleCodec> },
    { .id = "rlc5",
      .title = "Run length coding of Eyeriss",
      .source = "Eyeriss, runs of up to 31 zeros, not packed into 64-bit words",
      .usesBlocks = false,
      .usesLossyBits = true,
      .usesMap = false,
      .make = makeRunPairs<5, RunPairs::Tail::Pair> },
    { .id = "csc",
      .title = "Zeros and word in pairs, as in compressed sparse columns",
      .source = "EIE, runs of up to 15 zeros, without column pointers",
      .usesBlocks = false,
      .usesLossyBits = true,
      .usesMap = false,
      .make = makeRunPairs<4, RunPairs::Tail::Nothing> },
    { .id = "huffman",
      .title = "Canonical Huffman code of whole words",
      .source = "[Han 2017] 4; one table a stream is Tessera's definition",
      .usesBlocks = false,
      .usesLossyBits = true,
      .usesMap = false,
      .make = make<Huffman> },
    { .id = "bpc",
      .title = "Bit plane compression of all words",
      .source = "EBPC, Cavigelli et al. 2019; Tessera's definition for words of other than 8 and 16 bit",
      .usesBlocks = false,
      .usesLossyBits = true,
      .usesMap = false,
      .make = make<BpcCodec> },
    { .id = "ebpc",
      .title = "Extended bit plane compression",
      .source = "EBPC, Cavigelli et al. 2019; Tessera's definition for words of other than 8 and 16 bit",
      .usesBlocks = false,
      .usesLossyBits = true,
      .usesMap = false,
      .make = make<Ebpc> },
    { .id = "lane",
      .title = "Bit planes, raw or as zero run lengths",
      .source = "Tessera's definition after Lane Compression",
      .usesBlocks = false,
      .usesLossyBits = true,
      .usesMap = false,
      .make = make<Lane> },
    { .id = "grlc",
      .title = "Zero run lengths in grid cells of 4 x 4",
      .source = "Tessera's definition after GRLC",
      .usesBlocks = false,
      .usesLossyBits = true,
      .usesMap = true,
      .make = make<Grlc> },
    { .id = "bzvc",
      .title = "Bit-level zero-value compression",
      .source = "[Wang 2022] 3; Tessera's definition",
      .usesBlocks = true,
      .usesLossyBits = true,
      .usesMap = false,
      .make = makeBlockZvc<Head::Width> },
    { .id = "bzvc-bypass",
      .title = "Bit-level zero-value compression with bypass",
      .source = "[Wang 2022] 3; Tessera's definition",
      .usesBlocks = true,
      .usesLossyBits = true,
      .usesMap = false,
      .make = makeBlockZvc<Head::WidthAndBypass> },
    { .id = "bzvc-x",
      .title = "Bit-level zero-value compression with a block code",
      .source = "Tessera's extension of [Wang 2022] 3; words of 3..8 bit",
      .usesBlocks = true,
      .usesLossyBits = true,
      .usesMap = false,
      .make = make<BlockCode>,
      .leastWordBits = 3,
      .mostCodeBits = 8 },
});

} // namespace

std::span<const Entry> catalogue()
{
    return entries;
}

const Entry& find(std::string_view id)
{
    const auto found = std::ranges::find(entries, id, &Entry::id);
    if (found != entries.end())
        return *found;
    std::string known;
    for (const Entry& entry : entries)
        known += (known.empty() ? "" : ", ") + std::string(entry.id);
    throw ParameterError("codec: \"" + std::string(id) + "\" is none of " + known);
}

} // namespace engine::codec
