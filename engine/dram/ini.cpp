#include "engine/dram/ini.h"

#include "engine/base/error.h"
#include "engine/dram/printable.h"

namespace engine::dram {

namespace {

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\f\v";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

[[noreturn]] void refuse(const std::string& place, std::size_t line, std::size_t column,
                         const std::string& what)
{
    throw FormatError(place + ": line " + std::to_string(line) + ", column " + std::to_string(column) + ": "
                      + what);
}

} // namespace

std::vector<IniEntry> parseIni(std::string_view text, const std::string& place)
{
    std::vector<IniEntry> entries;
    std::string section;
    std::size_t number = 0;
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    while (!text.empty()) {
        ++number;
        const std::size_t end = text.find('\n');
        const std::string_view whole = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        const std::string_view line = trimmed(whole.substr(0, whole.find_first_of(";#")));
        if (line.empty())
            continue;
        const std::size_t column = static_cast<std::size_t>(line.data() - whole.data()) + 1;
        if (line.front() == '[') {
            if (line.back() != ']')
                refuse(place, number, column, "the section has no closing bracket");
            section = std::string(trimmed(line.substr(1, line.size() - 2)));
            continue;
        }
        const std::size_t equals = line.find('=');
        if (equals == std::string_view::npos || trimmed(line.substr(0, equals)).empty())
            refuse(place, number, column, printable(line) + " is not KEY = VALUE");
        entries.push_back({ section, std::string(trimmed(line.substr(0, equals))),
                            std::string(trimmed(line.substr(equals + 1))), number });
    }
    return entries;
}

} // namespace engine::dram
