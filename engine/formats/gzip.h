#pragma once

#include "engine/base/control.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace engine::formats {

bool isGzip(std::string_view head);

/// The first bytes of what is packed, at most `count`, as far as `head` reaches; empty when it is no gzip.
std::string gunzipHead(std::string_view head, std::size_t count);

/// Unpacks a gzip stream (all its members) of at most `limit` bytes; memory grows with what really comes out.
/// Returns what there is when stopped.
/// Errors  FormatError naming `place`: damaged, cut off, longer than the limit, or bytes after the end.
std::vector<std::byte> gunzip(std::span<const std::byte> packed, std::uint64_t limit, const Control& control,
                              const std::string& place);

} // namespace engine::formats
