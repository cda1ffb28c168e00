#include "engine/formats/python_literal.h"

#include "engine/base/error.h"

#include <algorithm>
#include <charconv>

namespace engine::formats {

namespace {

constexpr int deepest = 16;

class Parser {
public:
    explicit Parser(std::string_view text)
        : m_text(text)
    {
    }

    PythonLiteral whole()
    {
        PythonLiteral result = value(0);
        if (peek() != '\0' || m_at != m_text.size())
            fail("more text after the end");
        return result;
    }

private:
    [[noreturn]] void fail(const std::string& what) const
    {
        throw FormatError(what + " at character " + std::to_string(m_at), m_at);
    }

    /// The next character that is not white space; NUL at the end.
    char peek()
    {
        while (m_at < m_text.size()
               && std::string_view(" \t\r\n").find(m_text[m_at]) != std::string_view::npos)
            ++m_at;
        return m_at < m_text.size() ? m_text[m_at] : '\0';
    }

    bool accept(char wanted)
    {
        if (peek() != wanted || m_at == m_text.size())
            return false;
        ++m_at;
        return true;
    }

    void expect(char wanted)
    {
        if (!accept(wanted))
            fail(std::string("'") + wanted + "' is missing");
    }

    PythonLiteral value(int depth)
    {
        if (depth > deepest)
            fail("brackets deeper than " + std::to_string(deepest));
        const char next = peek();
        if (next == '{')
            return { dict(depth) };
        if (next == '(')
            return { sequence('(', ')', depth) };
        if (next == '[')
            return { sequence('[', ']', depth) };
        if (next == '\'' || next == '"')
            return { string() };
        if (next == '-' || (next >= '0' && next <= '9'))
            return { number() };
        return { keyword() };
    }

    PythonLiteral::Dict dict(int depth)
    {
        PythonLiteral::Dict result;
        expect('{');
        while (!accept('}')) {
            std::string key = string();
            if (result.find(key) != nullptr)
                fail("key '" + key + "' stands twice");
            expect(':');
            result.keys.push_back(std::move(key));
            result.values.push_back(value(depth + 1));
            if (!accept(',') && peek() != '}')
                fail("',' or '}' is missing");
        }
        return result;
    }

    PythonLiteral::List sequence(char open, char close, int depth)
    {
        PythonLiteral::List result;
        expect(open);
        while (!accept(close)) {
            result.push_back(value(depth + 1));
            if (!accept(',') && peek() != close)
                fail(std::string("',' or '") + close + "' is missing");
        }
        return result;
    }

    std::string string()
    {
        const char quote = peek();
        if (quote != '\'' && quote != '"')
            fail("a string is missing");
        std::string result;
        for (++m_at; m_at < m_text.size() && m_text[m_at] != quote; ++m_at) {
            const char c = m_text[m_at];
            if (static_cast<unsigned char>(c) < ' ')
                fail("a control character in a string");
            result += c == '\\' ? escaped() : c;
        }
        if (m_at == m_text.size())
            fail("a string does not end");
        ++m_at;
        return result;
    }

    char escaped()
    {
        ++m_at;
        const char c = m_at < m_text.size() ? m_text[m_at] : '\0';
        if (c != '\\' && c != '\'' && c != '"')
            fail("an escape that is not known");
        return c;
    }

    std::int64_t number()
    {
        std::int64_t result = 0;
        const char* first = m_text.data() + m_at;
        const auto [end, status] = std::from_chars(first, m_text.data() + m_text.size(), result);
        if (status != std::errc())
            fail("a number beyond 64 bits");
        m_at += static_cast<std::size_t>(end - first);
        // Python 2 wrote long integers as 10L.
        if (m_at < m_text.size() && m_text[m_at] == 'L')
            ++m_at;
        return result;
    }

    bool keyword()
    {
        for (const std::string_view word : { std::string_view("True"), std::string_view("False") }) {
            if (m_text.substr(m_at).starts_with(word)) {
                m_at += word.size();
                return word == "True";
            }
        }
        fail("a value is missing");
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

} // namespace

const PythonLiteral* PythonLiteral::Dict::find(std::string_view key) const
{
    const auto found = std::ranges::find(keys, key);
    return found == keys.end() ? nullptr : &values[static_cast<std::size_t>(found - keys.begin())];
}

PythonLiteral parsePythonLiteral(std::string_view text)
{
    return Parser(text).whole();
}

} // namespace engine::formats
