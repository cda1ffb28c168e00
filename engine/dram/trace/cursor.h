#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace engine::dram {

/// What is wrong with a line, and where.
struct LineError {
    std::size_t column = 0; ///< counts from 1
    std::string what;
};

/// Walks over one line of a trace. Throws LineError.
class Cursor {
public:
    explicit Cursor(std::string_view line)
        : m_line(line)
    {
    }

    void skipBlanks()
    {
        while (m_at < m_line.size() && (m_line[m_at] == ' ' || m_line[m_at] == '\t'))
            ++m_at;
    }

    bool atEnd()
    {
        skipBlanks();
        return m_at == m_line.size();
    }

    char peek() const { return m_at < m_line.size() ? m_line[m_at] : '\0'; }
    std::string_view word(); ///< up to the next blank; empty at the end
    std::uint64_t hexadecimal(); ///< with its 0x
    std::uint64_t decimal();
    std::uint64_t number(); ///< hexadecimal when it starts with 0x, else decimal
    void expect(char character);
    void expectEnd();
    [[noreturn]] void fail(const std::string& what) const;
    [[noreturn]] void failAtWord(const std::string& what); ///< the column of the word read last

private:
    std::uint64_t digits(unsigned base, const char* what);

    std::string_view m_line;
    std::size_t m_at = 0;
    std::size_t m_word = 0;
};

} // namespace engine::dram
