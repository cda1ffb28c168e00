#include "analysis/parameter.h"

#include "analysis/number.h"
#include "engine/base/error.h"

#include <QJsonValue>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

namespace analysis {

namespace {

[[noreturn]] void refuse(const Parameter& parameter, const QString& text)
{
    const QString name = parameter.title.isEmpty() ? parameter.id : parameter.title;
    const QString sentence = name + QStringLiteral(": ") + text;
    throw engine::ParameterError(sentence.toStdString());
}

QString withUnit(const Parameter& parameter, const QString& text)
{
    return parameter.unit.isEmpty() ? text : text + QLatin1Char(' ') + parameter.unit;
}

QString limits(const Parameter& parameter)
{
    const QString low = QString::fromLatin1(shortest(parameter.minimum));
    const QString high = QString::fromLatin1(shortest(parameter.maximum));
    if (std::isinf(parameter.maximum))
        return QStringLiteral("below ") + withUnit(parameter, low);
    if (std::isinf(parameter.minimum))
        return QStringLiteral("above ") + withUnit(parameter, high);
    return QStringLiteral("outside ") + withUnit(parameter, low + QStringLiteral("..") + high);
}

void checkRange(const Parameter& parameter, double number, const QString& shown)
{
    if (!std::isfinite(number))
        refuse(parameter, shown + QStringLiteral(" is not a finite number"));
    if (number < parameter.minimum || number > parameter.maximum)
        refuse(parameter, shown + QStringLiteral(" is ") + limits(parameter));
}

QString choiceIds(const Parameter& parameter)
{
    QStringList ids;
    for (const Choice& choice : parameter.choices)
        ids += choice.id;
    return ids.join(QStringLiteral(", "));
}

void checkChoice(const Parameter& parameter, const QString& id)
{
    if (std::ranges::find(parameter.choices, id, &Choice::id) == parameter.choices.end())
        refuse(parameter, QStringLiteral("\"%1\" is not one of %2").arg(id, choiceIds(parameter)));
}

QStringList parts(const QString& text)
{
    QStringList result;
    for (const QString& part : text.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        const QString trimmed = part.trimmed();
        if (!trimmed.isEmpty())
            result += trimmed;
    }
    return result;
}

void checkChoices(const Parameter& parameter, const QString& text)
{
    QStringList seen;
    for (const QString& id : parts(text)) {
        checkChoice(parameter, id);
        if (seen.contains(id))
            refuse(parameter, QStringLiteral("\"%1\" is given twice").arg(id));
        seen += id;
    }
    const auto* fallback = std::get_if<QString>(&parameter.fallback);
    const bool mayBeEmpty = fallback != nullptr && fallback->isEmpty();
    if (seen.isEmpty() && !mayBeEmpty)
        refuse(parameter, QStringLiteral("nothing is chosen of ") + choiceIds(parameter));
}

Value parseFlag(const Parameter& parameter, const QString& text)
{
    const QString lower = text.toLower();
    static const QStringList yes = { QStringLiteral("true"), QStringLiteral("1"), QStringLiteral("yes"),
                                     QStringLiteral("on") };
    static const QStringList no = { QStringLiteral("false"), QStringLiteral("0"), QStringLiteral("no"),
                                    QStringLiteral("off") };
    if (!yes.contains(lower) && !no.contains(lower))
        refuse(parameter, QStringLiteral("\"%1\" is neither true nor false").arg(text));
    return yes.contains(lower);
}

Value parseInteger(const Parameter& parameter, const QString& text)
{
    bool good = false;
    const qint64 number = text.toLongLong(&good);
    if (good)
        return number;
    // A whole number beyond 64 bit is a matter of range, not of spelling.
    const double real = text.toDouble(&good);
    const bool digits =
        std::ranges::all_of(text, [](QChar c) { return c.isDigit() || c == u'-' || c == u'+'; });
    if (good && digits && (std::isfinite(parameter.minimum) || std::isfinite(parameter.maximum)))
        checkRange(parameter, real, text);
    if (good && digits)
        refuse(parameter, text + QStringLiteral(" does not fit into 64 bits"));
    refuse(parameter, QStringLiteral("\"%1\" is not a whole number").arg(text));
}

Value parseReal(const Parameter& parameter, const QString& text)
{
    bool good = false;
    const double number = text.toDouble(&good);
    if (!good)
        refuse(parameter, QStringLiteral("\"%1\" is not a number").arg(text));
    return number;
}

/// The alternative of Value that a type of parameter holds.
std::size_t alternative(ParameterType type)
{
    switch (type) {
    case ParameterType::Flag:
        return 0;
    case ParameterType::Integer:
        return 1;
    case ParameterType::Real:
        return 2;
    default:
        return 3;
    }
}

const char* alternativeName(ParameterType type)
{
    static constexpr std::array names = { "true or false", "a whole number", "a number", "a text" };
    return names.at(alternative(type));
}

Value spelled(const Parameter& parameter, const QString& text)
{
    switch (parameter.type) {
    case ParameterType::Flag:
        return parseFlag(parameter, text.trimmed());
    case ParameterType::Integer:
        return parseInteger(parameter, text.trimmed());
    case ParameterType::Real:
        return parseReal(parameter, text.trimmed());
    case ParameterType::Choice:
        return text.trimmed();
    case ParameterType::Choices:
        return parts(text).join(QLatin1Char(','));
    default:
        return text;
    }
}

const Parameter& findParameter(std::span<const Parameter> parameters, const QString& id)
{
    const auto found = std::ranges::find(parameters, id, &Parameter::id);
    if (found != parameters.end())
        return *found;
    QStringList ids;
    for (const Parameter& parameter : parameters)
        ids += parameter.id;
    throw engine::ParameterError(
        QStringLiteral("\"%1\" is not a parameter; there are: %2")
            .arg(id, ids.isEmpty() ? QStringLiteral("none") : ids.join(QStringLiteral(", ")))
            .toStdString());
}

/// JSON has one kind of number: a whole one may stand for a real one and the other way round.
Value fromJsonValue(const Parameter& parameter, const QJsonValue& json)
{
    if (json.isBool())
        return json.toBool();
    if (json.isString())
        return json.toString();
    if (!json.isDouble())
        refuse(parameter, QStringLiteral("%1 is wanted").arg(QLatin1String(alternativeName(parameter.type))));
    const bool isChoice = parameter.type == ParameterType::Choice || parameter.type == ParameterType::Choices;
    if (isChoice) // among numbers; once it was one
        return QString::fromLatin1(shortest(json.toDouble()));
    if (parameter.type != ParameterType::Integer)
        return json.toDouble();
    constexpr qint64 none = std::numeric_limits<qint64>::min();
    const qint64 whole = json.toInteger(none);
    if (whole == none)
        return parseInteger(parameter, QString::fromLatin1(shortest(json.toDouble())));
    return whole;
}

} // namespace

Value Parameter::parse(const QString& text) const
{
    Value value = spelled(*this, text);
    check(value);
    return value;
}

void Parameter::check(const Value& value) const
{
    if (value.index() != alternative(type))
        refuse(*this,
               QStringLiteral("%1 is not %2").arg(toText(value), QLatin1String(alternativeName(type))));
    if (type == ParameterType::Integer)
        checkRange(*this, static_cast<double>(std::get<qint64>(value)), toText(value));
    else if (type == ParameterType::Real)
        checkRange(*this, std::get<double>(value), toText(value));
    else if (type == ParameterType::Choice)
        checkChoice(*this, std::get<QString>(value));
    else if (type == ParameterType::Choices)
        checkChoices(*this, std::get<QString>(value));
}

QString toText(const Value& value)
{
    if (const auto* flag = std::get_if<bool>(&value))
        return *flag ? QStringLiteral("true") : QStringLiteral("false");
    if (const auto* integer = std::get_if<qint64>(&value))
        return QString::number(*integer);
    if (const auto* real = std::get_if<double>(&value))
        return QString::fromLatin1(shortest(*real));
    return std::get<QString>(value);
}

Values::Values(std::span<const Parameter> parameters)
{
    for (const Parameter& parameter : parameters) {
        assert(parameter.fallback.index() == alternative(parameter.type));
        m_values.insert_or_assign(parameter.id, parameter.fallback);
    }
}

void Values::set(std::span<const Parameter> parameters, const QString& id, const Value& value)
{
    const Parameter& parameter = findParameter(parameters, id);
    const auto* whole = std::get_if<qint64>(&value);
    const bool widen = whole != nullptr && parameter.type == ParameterType::Real;
    const Value wanted = widen ? Value(static_cast<double>(*whole)) : value;
    parameter.check(wanted);
    m_values.insert_or_assign(id, wanted);
}

bool Values::flag(const QString& id) const
{
    return std::get<bool>(m_values.at(id));
}

qint64 Values::integer(const QString& id) const
{
    return std::get<qint64>(m_values.at(id));
}

double Values::real(const QString& id) const
{
    return std::get<double>(m_values.at(id));
}

QString Values::text(const QString& id) const
{
    return std::get<QString>(m_values.at(id));
}

QStringList Values::list(const QString& id) const
{
    return parts(text(id));
}

QJsonObject Values::toJson() const
{
    QJsonObject object;
    for (const auto& [id, value] : m_values)
        object.insert(id, std::visit([](const auto& held) { return QJsonValue(held); }, value));
    return object;
}

Values Values::fromJson(std::span<const Parameter> parameters, const QJsonObject& object)
{
    Values values(parameters);
    for (auto entry = object.begin(); entry != object.end(); ++entry) {
        const Parameter& parameter = findParameter(parameters, entry.key());
        values.set(parameters, entry.key(), fromJsonValue(parameter, entry.value()));
    }
    return values;
}

} // namespace analysis
