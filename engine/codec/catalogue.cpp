#include "engine/base/error.h"
#include "engine/codec/block_zvc.h"
#include "engine/codec/codec.h"
#include "engine/codec/raw.h"

#include <algorithm>
#include <array>
#include <string>

namespace engine::codec {

namespace {

using Head = BlockZvc::Head;

std::unique_ptr<ActivationCodec> makeRaw()
{
    return std::make_unique<Raw>();
}

template <Head head>
std::unique_ptr<ActivationCodec> makeBlockZvc()
{
    return std::make_unique<BlockZvc>(head);
}

constexpr auto entries = std::to_array<Entry>({
    { .id = "raw",
      .title = "Uncompressed words",
      .source = "the reference of every ratio",
      .usesBlocks = false,
      .usesLossyBits = false,
      .usesMap = false,
      .make = makeRaw },
    { .id = "zvc",
      .title = "Zero-value compression",
      .source = "cDMA; compared with in [Wang 2022]",
      .usesBlocks = true,
      .usesLossyBits = true,
      .usesMap = false,
      .make = makeBlockZvc<Head::Mask> },
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
