#include "engine/formats/zip_view.h"

#include <algorithm>
#include <cstring>

namespace engine::formats {

ZipView::ZipView(std::span<const std::byte> bytes)
    : m_bytes(bytes)
{
    zip_error_init(&m_error);
}

ZipView::~ZipView()
{
    zip_error_fini(&m_error);
}

zip_source_t* ZipView::source()
{
    return zip_source_function_create(&ZipView::answer, this, nullptr);
}

zip_int64_t ZipView::answer(void* self, void* data, zip_uint64_t length, zip_source_cmd_t command)
{
    auto* view = static_cast<ZipView*>(self);
    switch (command) {
    case ZIP_SOURCE_OPEN:
        view->m_position = 0;
        return 0;
    case ZIP_SOURCE_READ:
        return view->read(data, length);
    case ZIP_SOURCE_SEEK:
        return view->seek(data, length);
    case ZIP_SOURCE_TELL:
        return static_cast<zip_int64_t>(view->m_position);
    case ZIP_SOURCE_STAT:
        return view->fillStat(data, length);
    case ZIP_SOURCE_ERROR:
        return zip_error_to_data(&view->m_error, data, length);
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_FREE:
        return 0;
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE,
                                              ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE,
                                              ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, ZIP_SOURCE_SUPPORTS, -1);
    default:
        zip_error_set(&view->m_error, ZIP_ER_OPNOTSUPP, 0);
        return -1;
    }
}

zip_int64_t ZipView::read(void* data, zip_uint64_t length)
{
    if (!m_firstRead)
        m_firstRead = m_position;
    const std::uint64_t count = std::min<std::uint64_t>(length, m_bytes.size() - m_position);
    if (count > 0)
        std::memcpy(data, m_bytes.data() + m_position, count);
    m_position += count;
    return static_cast<zip_int64_t>(count);
}

zip_int64_t ZipView::seek(void* data, zip_uint64_t length)
{
    const zip_int64_t target =
        zip_source_seek_compute_offset(m_position, m_bytes.size(), data, length, &m_error);
    if (target < 0)
        return -1;
    m_position = static_cast<std::uint64_t>(target);
    return 0;
}

zip_int64_t ZipView::fillStat(void* data, zip_uint64_t length) const
{
    zip_stat_t status;
    if (length < sizeof(status))
        return -1;
    zip_stat_init(&status);
    status.size = m_bytes.size();
    status.valid = ZIP_STAT_SIZE;
    std::memcpy(data, &status, sizeof(status));
    return sizeof(status);
}

} // namespace engine::formats
