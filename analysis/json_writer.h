#pragma once

#include "analysis/parameter.h"

#include <QByteArray>
#include <QString>

namespace analysis {

/// Writes JSON in the order of the calls: what QJsonDocument cannot do (it sorts keys). Numbers as
/// shortest(), non-finite ones as null. Commas come by themselves.
class JsonWriter {
public:
    JsonWriter& beginObject() { return open('{'); }
    JsonWriter& endObject() { return close('}'); }
    JsonWriter& beginArray() { return open('['); }
    JsonWriter& endArray() { return close(']'); }

    JsonWriter& key(const QString& name);
    JsonWriter& value(const QString& text);
    JsonWriter& value(double number);
    JsonWriter& value(qint64 number);
    JsonWriter& value(bool flag);
    JsonWriter& value(const char* text) = delete; ///< would become a flag
    JsonWriter& value(const Value& parameter);
    JsonWriter& null();

    template <typename T>
    JsonWriter& member(const QString& name, const T& held)
    {
        return key(name).value(held);
    }

    JsonWriter& newLine(); ///< white space before the next thing, after its comma

    const QByteArray& bytes() const { return m_bytes; }

private:
    JsonWriter& open(char bracket);
    JsonWriter& close(char bracket);
    JsonWriter& raw(const QByteArray& text);
    void separate();

    QByteArray m_bytes;
    bool m_comma = false;
    bool m_newLine = false;
};

} // namespace analysis
