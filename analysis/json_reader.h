#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <vector>

namespace analysis {

/// The members of a JSON object with the type they must have. `file` and `place` ("datasets[3]") name the
/// object in error sentences.
///
/// Errors  engine::FormatError: "my.tessera: datasets[3].path: a text is wanted".
class JsonReader {
public:
    JsonReader(QJsonObject object, QString file, QString place = {})
        : m_object(std::move(object))
        , m_file(std::move(file))
        , m_place(std::move(place))
    {
    }

    /// The whole document. Errors  FormatError with the offset for what is no JSON object, or too deep.
    static JsonReader parse(const QByteArray& json, const QString& file);

    bool has(const QString& key) const { return m_object.contains(key); }
    const QJsonObject& object() const { return m_object; }

    // A missing member is the fallback, or an error where there is none.
    QString text(const QString& key) const;
    QString text(const QString& key, const QString& fallback) const;
    QStringList texts(const QString& key) const; ///< a missing one is empty
    bool flag(const QString& key, bool fallback) const;
    double number(const QString& key) const;
    int integer(const QString& key, int minimum, int maximum) const;
    JsonReader child(const QString& key) const; ///< a missing one is empty
    std::vector<JsonReader> children(const QString& key) const; ///< a missing one is empty
    QJsonArray array(const QString& key) const; ///< a missing one is empty

    /// Members that are not in `known`, to be written back as they were.
    QJsonObject others(const QStringList& known) const;

    [[noreturn]] void refuse(const QString& key, const QString& what) const;

private:
    QJsonValue need(const QString& key, QJsonValue::Type type, const char* wanted) const;

    QString placeOf(const QString& key) const;

    QJsonObject m_object;
    QString m_file;
    QString m_place;
};

} // namespace analysis
