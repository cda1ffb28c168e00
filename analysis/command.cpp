#include "analysis/catalogue.h"

#include <algorithm>

namespace analysis {

namespace {

/// As a POSIX shell reads it back.
QString quoted(const QString& word)
{
    static const QString plain = QStringLiteral("_@%+=:,./-");
    const bool safe = !word.isEmpty() && std::ranges::all_of(word, [](QChar c) {
        return (c < u'\x80' && c.isLetterOrNumber()) || plain.contains(c);
    });
    if (safe)
        return word;
    QString inner = word;
    inner.replace(u'\'', QStringLiteral("'\\''"));
    return u'\'' + inner + u'\'';
}

QString option(const Parameter& parameter, const Value& value)
{
    const QString name = QStringLiteral("--") + parameter.id;
    if (const auto* flag = std::get_if<bool>(&value))
        return *flag ? name : QStringLiteral("--no-") + parameter.id;
    const QString text = toText(value);
    // A value that looks like an option, or like none at all, is tied to its name.
    const bool tied = text.isEmpty() || text.startsWith(u'-');
    return tied ? quoted(name + u'=' + text) : name + u' ' + quoted(text);
}

} // namespace

QString asCommand(const Analysis& row, const QStringList& paths, const Values& values)
{
    QStringList words = { QStringLiteral("tessera-cli"), row.id };
    for (const QString& path : paths)
        words += quoted(path.startsWith(u'-') ? QStringLiteral("./") + path : path);
    for (const Parameter& parameter : row.parameters) {
        const auto value = values.all().find(parameter.id);
        if (value != values.all().end() && value->second != parameter.fallback)
            words += option(parameter, value->second);
    }
    return words.join(u' ');
}

} // namespace analysis
