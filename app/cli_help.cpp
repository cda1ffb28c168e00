#include "app/cli_help.h"

#include "analysis/number.h"

#include <cmath>

namespace app {

namespace {

using analysis::Parameter;
using analysis::ParameterType;

QString choiceText(const Parameter& parameter)
{
    QStringList ids;
    for (const analysis::Choice& choice : parameter.choices)
        ids += choice.id;
    return ids.join(QStringLiteral(", "));
}

} // namespace

QString placeholder(ParameterType type)
{
    switch (type) {
    case ParameterType::Integer:
        return QStringLiteral("N");
    case ParameterType::Real:
        return QStringLiteral("X");
    case ParameterType::Choice:
        return QStringLiteral("ID");
    case ParameterType::Choices:
        return QStringLiteral("ID,ID");
    case ParameterType::Input:
    case ParameterType::Output:
        return QStringLiteral("FILE");
    default:
        return QStringLiteral("TEXT");
    }
}

QString rangeText(const Parameter& parameter)
{
    const QString low = QString::fromLatin1(analysis::shortest(parameter.minimum));
    const QString high = QString::fromLatin1(analysis::shortest(parameter.maximum));
    if (std::isfinite(parameter.minimum) && std::isfinite(parameter.maximum))
        return low + QStringLiteral("..") + high;
    if (std::isfinite(parameter.minimum))
        return QStringLiteral("at least ") + low;
    return std::isfinite(parameter.maximum) ? QStringLiteral("at most ") + high : QString();
}

QString helpText(const Parameter& parameter)
{
    QString text = parameter.help.isEmpty() ? parameter.title : parameter.help;
    if (!parameter.unit.isEmpty())
        text += QStringLiteral(" [") + parameter.unit + u']';
    const QString limits = parameter.choices.empty() ? rangeText(parameter) : choiceText(parameter);
    if (!limits.isEmpty())
        text += (parameter.choices.empty() ? QStringLiteral(", ") : QStringLiteral(": ")) + limits;
    const QString fallback = analysis::toText(parameter.fallback);
    if (!fallback.isEmpty())
        text += QStringLiteral(" (default ") + fallback + u')';
    return text;
}

} // namespace app
