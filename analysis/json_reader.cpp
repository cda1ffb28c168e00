#include "analysis/json_reader.h"

#include "engine/base/error.h"

#include <QJsonDocument>

#include <algorithm>
#include <cmath>

namespace analysis {

JsonReader JsonReader::parse(const QByteArray& json, const QString& file)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    const auto offset = static_cast<std::uint64_t>(std::max(0, error.offset));
    if (error.error != QJsonParseError::NoError) {
        const QString sentence =
            QStringLiteral("%1: is not JSON, at byte %2: %3").arg(file).arg(offset).arg(error.errorString());
        throw engine::FormatError(sentence.toStdString(), offset);
    }
    if (!document.isObject())
        throw engine::FormatError(QString(file + QStringLiteral(": is not a JSON object")).toStdString());
    return { document.object(), file };
}

QString JsonReader::placeOf(const QString& key) const
{
    return m_place.isEmpty() ? key : m_place + u'.' + key;
}

void JsonReader::refuse(const QString& key, const QString& what) const
{
    const QString sentence = m_file + QStringLiteral(": ") + placeOf(key) + QStringLiteral(": ") + what;
    throw engine::FormatError(sentence.toStdString());
}

QJsonValue JsonReader::need(const QString& key, QJsonValue::Type type, const char* wanted) const
{
    QJsonValue value = m_object.value(key);
    if (value.type() != type)
        refuse(key, QLatin1String(wanted) + QStringLiteral(" is wanted"));
    return value;
}

QString JsonReader::text(const QString& key) const
{
    return need(key, QJsonValue::String, "a text").toString();
}

QString JsonReader::text(const QString& key, const QString& fallback) const
{
    return has(key) ? text(key) : fallback;
}

QStringList JsonReader::texts(const QString& key) const
{
    QStringList result;
    for (const auto item : array(key)) {
        if (!item.isString())
            refuse(key, QStringLiteral("a list of texts is wanted"));
        result += item.toString();
    }
    return result;
}

bool JsonReader::flag(const QString& key, bool fallback) const
{
    return has(key) ? need(key, QJsonValue::Bool, "true or false").toBool() : fallback;
}

double JsonReader::number(const QString& key) const
{
    return need(key, QJsonValue::Double, "a number").toDouble();
}

int JsonReader::integer(const QString& key, int minimum, int maximum) const
{
    const double value = number(key);
    if (value < minimum || value > maximum || value != std::trunc(value))
        refuse(key,
               QStringLiteral("%1 is not a whole number in %2..%3").arg(value).arg(minimum).arg(maximum));
    return static_cast<int>(value);
}

JsonReader JsonReader::child(const QString& key) const
{
    return { has(key) ? need(key, QJsonValue::Object, "an object").toObject() : QJsonObject(), m_file,
             placeOf(key) };
}

QJsonArray JsonReader::array(const QString& key) const
{
    return has(key) ? need(key, QJsonValue::Array, "a list").toArray() : QJsonArray();
}

std::vector<JsonReader> JsonReader::children(const QString& key) const
{
    std::vector<JsonReader> result;
    const QJsonArray items = array(key);
    for (qsizetype i = 0; i < items.size(); ++i) {
        const QString item = QStringLiteral("%1[%2]").arg(key).arg(i);
        if (!items[i].isObject())
            refuse(item, QStringLiteral("an object is wanted"));
        result.emplace_back(items[i].toObject(), m_file, placeOf(item));
    }
    return result;
}

QJsonObject JsonReader::others(const QStringList& known) const
{
    QJsonObject result = m_object;
    for (const QString& key : known)
        result.remove(key);
    return result;
}

} // namespace analysis
