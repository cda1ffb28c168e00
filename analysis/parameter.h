#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <limits>
#include <map>
#include <span>
#include <variant>
#include <vector>

namespace analysis {

using Value = std::variant<bool, qint64, double, QString>;

enum class ParameterType {
    Integer,
    Real,
    Choice, ///< one of `choices`
    Choices, ///< some of `choices`, comma-separated in the order given
    Flag,
    Text,
    Input, ///< a file to read, or a data set of the workspace
    Output ///< a file to write; empty = none
};

struct Choice {
    QString id = {}; ///< stable, as on the command line
    QString title = {};
};

/// One parameter of an analysis. Makes the form row, the command-line option, the check of a workspace file
/// and the axis of a sweep.
struct Parameter {
    QString id = {}; ///< as on the command line without dashes: "lossy-bits"
    QString title; ///< "K (lossy)"
    ParameterType type = ParameterType::Integer;
    QString unit = {}; ///< empty for none
    Value fallback; ///< the default; its alternative is the type's: bool, qint64, double or QString
    double minimum = -std::numeric_limits<double>::infinity();
    double maximum = std::numeric_limits<double>::infinity();
    QString help = {}; ///< one line
    std::vector<Choice> choices = {};

    /// Errors  engine::ParameterError, one sentence with value and limits ("K (lossy): 9 is outside 0..7").
    Value parse(const QString& text) const;
    void check(const Value& value) const;
};

/// As it is typed on a command line; numbers in the C locale.
QString toText(const Value& value);

/// A complete, checked set of values for a list of parameters.
class Values {
public:
    Values() = default;
    explicit Values(std::span<const Parameter> parameters); ///< the defaults

    /// Errors  engine::ParameterError for an unknown id or a value outside its range.
    void set(std::span<const Parameter> parameters, const QString& id, const Value& value);

    bool flag(const QString& id) const;
    qint64 integer(const QString& id) const;
    double real(const QString& id) const;
    QString text(const QString& id) const;
    QStringList list(const QString& id) const; ///< a comma-separated text, without empty parts

    const std::map<QString, Value>& all() const { return m_values; }
    QJsonObject toJson() const;
    /// Unknown ids are refused, missing ones take their default. Errors  engine::ParameterError.
    static Values fromJson(std::span<const Parameter> parameters, const QJsonObject& object);

    bool operator==(const Values& other) const { return m_values == other.m_values; }

private:
    std::map<QString, Value> m_values;
};

} // namespace analysis
