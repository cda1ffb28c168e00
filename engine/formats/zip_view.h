#pragma once

#include <zip.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace engine::formats {

/// Bytes in memory as libzip's source. It notes where libzip reads, which is how the place of a stored entry
/// is learned without a second parser of the directory.
class ZipView {
public:
    explicit ZipView(std::span<const std::byte> bytes);
    ZipView(const ZipView&) = delete;
    ZipView& operator=(const ZipView&) = delete;
    ~ZipView();

    /// A new source over this view, which must outlive it; null when there is no memory.
    zip_source_t* source();

    /// Forgets; after the next read firstRead() is the offset at which it began.
    void watch() { m_firstRead.reset(); }
    std::optional<std::uint64_t> firstRead() const { return m_firstRead; }

private:
    static zip_int64_t answer(void* self, void* data, zip_uint64_t length, zip_source_cmd_t command);
    zip_int64_t read(void* data, zip_uint64_t length);
    zip_int64_t seek(void* data, zip_uint64_t length);
    zip_int64_t fillStat(void* data, zip_uint64_t length) const;

    std::span<const std::byte> m_bytes;
    std::uint64_t m_position = 0;
    std::optional<std::uint64_t> m_firstRead;
    zip_error_t m_error {};
};

} // namespace engine::formats
