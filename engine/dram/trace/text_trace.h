#pragma once

#include "engine/base/control.h"
#include "engine/dram/trace/format.h"

#include <fstream>
#include <vector>

namespace engine::dram {

/// A trace file, read line by line in constant memory, however long it is.
///
/// Errors  IoError when it cannot be read; read() throws FormatError naming file, line and column.
class TextTrace : public RequestSource {
public:
    TextTrace(const std::filesystem::path& path, const TraceFormat& format, const AddressMap& map);

    std::size_t read(std::span<Request> block) override;
    double fraction() const override;
    std::string placeOf(std::size_t index) const override;

private:
    bool nextLine(std::string_view& line);
    bool fill();
    std::string placeOfLine(std::uint64_t line) const;

    std::filesystem::path m_path;
    const TraceFormat& m_format;
    AddressMap m_map;
    std::ifstream m_file;
    std::vector<char> m_buffer;
    std::size_t m_first = 0; ///< of what is in the buffer and not yet read
    std::size_t m_last = 0;
    std::uint64_t m_size = 0; ///< of the file [byte]
    std::uint64_t m_read = 0; ///< from the file [byte]
    std::uint64_t m_line = 0; ///< read last, counts from 1
    std::vector<std::uint64_t> m_lines; ///< of the block read last
};

/// Writes a source as a trace; the file appears whole or not at all.
///
/// Errors  IoError; what the source throws. A stopped write leaves no file.
/// Returns the number of requests.
std::uint64_t writeTrace(RequestSource& source, const TraceFormat& format, const AddressMap& map,
                         const std::filesystem::path& path, const Control& control);

} // namespace engine::dram
