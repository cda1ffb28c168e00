#include "engine/dram/trace/cursor.h"

#include <limits>

namespace engine::dram {

namespace {

// Above any base for what is no digit.
unsigned digitOf(char character)
{
    if (character >= '0' && character <= '9')
        return static_cast<unsigned>(character - '0');
    if (character >= 'a' && character <= 'f')
        return static_cast<unsigned>(character - 'a') + 10;
    if (character >= 'A' && character <= 'F')
        return static_cast<unsigned>(character - 'A') + 10;
    return 99;
}

} // namespace

std::string_view Cursor::word()
{
    skipBlanks();
    m_word = m_at;
    while (m_at < m_line.size() && m_line[m_at] != ' ' && m_line[m_at] != '\t')
        ++m_at;
    return m_line.substr(m_word, m_at - m_word);
}

std::uint64_t Cursor::digits(unsigned base, const char* what)
{
    const std::size_t first = m_at;
    std::uint64_t value = 0;
    while (m_at < m_line.size()) {
        const unsigned digit = digitOf(m_line[m_at]);
        if (digit >= base)
            break;
        if (value > (std::numeric_limits<std::uint64_t>::max() - digit) / base)
            fail("the number is above 64 bits");
        value = value * base + digit;
        ++m_at;
    }
    if (m_at == first)
        fail(what);
    return value;
}

std::uint64_t Cursor::hexadecimal()
{
    skipBlanks();
    if (!m_line.substr(m_at).starts_with("0x"))
        fail("an address in the form 0x1F40 is expected");
    m_at += 2;
    return digits(16, "a hexadecimal digit is expected");
}

std::uint64_t Cursor::decimal()
{
    skipBlanks();
    return digits(10, "a whole number is expected");
}

std::uint64_t Cursor::number()
{
    skipBlanks();
    return m_line.substr(m_at).starts_with("0x") ? hexadecimal() : decimal();
}

void Cursor::expect(char character)
{
    if (peek() != character)
        fail(std::string("\"") + character + "\" is expected");
    ++m_at;
}

void Cursor::expectEnd()
{
    if (!atEnd())
        fail("the line should end here");
}

void Cursor::fail(const std::string& what) const
{
    throw LineError { m_at + 1, what };
}

void Cursor::failAtWord(const std::string& what)
{
    m_at = m_word;
    fail(what);
}

} // namespace engine::dram
