#include "engine/dram/trace/text_trace.h"

#include "engine/base/error.h"
#include "engine/base/file.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace engine::dram {

namespace {

constexpr std::size_t bufferBytes = 1U << 18;
constexpr std::size_t longestLine = 1U << 16; ///< data of a whole burst included

} // namespace

TextTrace::TextTrace(const std::filesystem::path& path, const TraceFormat& format, const AddressMap& map)
    : m_path(path)
    , m_format(format)
    , m_map(map)
    , m_buffer(bufferBytes)
{
    readHead(path, 1); // Says what is wrong with the path.
    std::error_code error;
    m_size = std::filesystem::file_size(path, error);
    m_file.open(path, std::ios::binary);
    if (error || !m_file)
        throw IoError(path.string() + ": cannot be read");
}

bool TextTrace::fill()
{
    std::memmove(m_buffer.data(), m_buffer.data() + m_first, m_last - m_first);
    m_last -= m_first;
    m_first = 0;
    m_file.read(m_buffer.data() + m_last, static_cast<std::streamsize>(m_buffer.size() - m_last));
    const auto count = static_cast<std::size_t>(m_file.gcount());
    if (m_file.bad())
        throw IoError(m_path.string() + ": reading it failed after " + std::to_string(m_read) + " bytes");
    m_last += count;
    m_read += count;
    return count > 0;
}

bool TextTrace::nextLine(std::string_view& line)
{
    while (true) {
        const char* const first = m_buffer.data() + m_first;
        const std::size_t length = m_last - m_first;
        const void* const end = std::memchr(first, '\n', length);
        if (end != nullptr) {
            line = { first, static_cast<std::size_t>(static_cast<const char*>(end) - first) };
            m_first += line.size() + 1;
            break;
        }
        if (length > longestLine)
            throw FormatError(placeOfLine(m_line + 1) + " is longer than " + std::to_string(longestLine)
                              + " characters");
        if (!fill()) {
            if (length == 0)
                return false;
            line = { m_buffer.data() + m_first, length };
            m_first = m_last;
            break;
        }
    }
    ++m_line;
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return true;
}

std::size_t TextTrace::read(std::span<Request> block)
{
    std::size_t count = 0;
    m_lines.resize(block.size());
    std::string_view line;
    while (count < block.size() && nextLine(line)) {
        if (isTraceComment(line))
            continue;
        try {
            Cursor cursor(line);
            block[count] = m_format.parse(cursor, m_map);
            m_lines[count++] = m_line;
        } catch (const LineError& error) {
            throw FormatError(placeOfLine(m_line) + ", column " + std::to_string(error.column) + ": "
                              + error.what);
        }
    }
    return count;
}

std::string TextTrace::placeOfLine(std::uint64_t line) const
{
    return m_path.string() + ": line " + std::to_string(line);
}

std::string TextTrace::placeOf(std::size_t index) const
{
    return placeOfLine(m_lines[index]);
}

double TextTrace::fraction() const
{
    return m_size > 0 ? std::min(1.0, static_cast<double>(m_read) / static_cast<double>(m_size)) : -1;
}

std::uint64_t writeTrace(RequestSource& source, const TraceFormat& format, const AddressMap& map,
                         const std::filesystem::path& path, const Control& control)
{
    AtomicFile file(path);
    std::array<Request, 1024> block;
    std::string text;
    std::uint64_t written = 0;
    while (const std::size_t count = source.read(block)) {
        if (control.stopped())
            return written;
        text.clear();
        for (std::size_t i = 0; i < count; ++i)
            text += format.format(block[i], map) + '\n';
        file.write(text);
        written += count;
        control.report(source.fraction(), std::to_string(written) + " requests");
    }
    file.commit();
    return written;
}

} // namespace engine::dram
