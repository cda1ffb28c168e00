#include "analysis/json_writer.h"

#include "analysis/number.h"

#include <cmath>

namespace analysis {

namespace {

QByteArray escaped(const QString& text)
{
    QByteArray result = "\"";
    for (const char c : text.toUtf8()) {
        if (c == '"' || c == '\\')
            result += '\\';
        if (static_cast<unsigned char>(c) < 0x20)
            result += "\\u00" + QByteArray(1, c).toHex();
        else
            result += c;
    }
    return result + '"';
}

} // namespace

void JsonWriter::separate()
{
    if (m_comma)
        m_bytes += ',';
    if (m_newLine)
        m_bytes += '\n';
    m_comma = false;
    m_newLine = false;
}

JsonWriter& JsonWriter::raw(const QByteArray& text)
{
    separate();
    m_bytes += text;
    m_comma = true;
    return *this;
}

JsonWriter& JsonWriter::open(char bracket)
{
    raw(QByteArray(1, bracket));
    m_comma = false;
    return *this;
}

JsonWriter& JsonWriter::close(char bracket)
{
    m_comma = false;
    return raw(QByteArray(1, bracket));
}

JsonWriter& JsonWriter::key(const QString& name)
{
    raw(escaped(name) + ':');
    m_comma = false;
    return *this;
}

JsonWriter& JsonWriter::value(const QString& text)
{
    return raw(escaped(text));
}

JsonWriter& JsonWriter::value(double number)
{
    return std::isfinite(number) ? raw(shortest(number)) : null();
}

JsonWriter& JsonWriter::value(qint64 number)
{
    return raw(QByteArray::number(number));
}

JsonWriter& JsonWriter::value(bool flag)
{
    return raw(flag ? QByteArrayLiteral("true") : QByteArrayLiteral("false"));
}

JsonWriter& JsonWriter::value(const Value& parameter)
{
    return std::visit([this](const auto& held) -> JsonWriter& { return value(held); }, parameter);
}

JsonWriter& JsonWriter::null()
{
    return raw(QByteArrayLiteral("null"));
}

JsonWriter& JsonWriter::newLine()
{
    m_newLine = true;
    return *this;
}

} // namespace analysis
