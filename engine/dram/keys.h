#pragma once

#include "engine/base/error.h"
#include "engine/dram/ini.h"
#include "engine/dram/printable.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace engine::dram {

/// What was read, and what the reader wants the user to know about it: one sentence each.
template <typename T>
struct Read {
    T value = {};
    std::vector<std::string> remarks;
    std::vector<std::string> warnings; ///< keys and words that are missing, unknown or there twice
};

enum class Missing : std::uint8_t { Refused, Told, Silent };

/// A key of a configuration file and where its value goes.
template <typename T>
struct Key {
    using Member = std::variant<std::monostate, std::uint32_t T::*, std::int32_t T::*, float T::*,
                                double T::*, bool T::*>;
    using Set = bool (*)(T&, std::string_view); ///< false = not one of the words

    Key(std::string_view name_, Member member_ = {}, Missing missing_ = Missing::Silent)
        : name(name_)
        , member(member_)
        , missing(missing_)
    {
    }

    Key(std::string_view name_, Set set_, Missing missing_ = Missing::Silent, std::string_view choices_ = {},
        std::string_view fallback_ = {})
        : name(name_)
        , set(set_)
        , missing(missing_)
        , choices(choices_)
        , fallback(fallback_)
    {
    }

    std::string_view name;
    Member member;
    Set set = nullptr; ///< for words
    Missing missing; ///< what the absence of the key is
    std::string_view choices; ///< the words of `set`
    std::string_view fallback; ///< the word that stands for the default of `set`
};

/// "file.ini: line 7", or the place alone for an entry that comes from no file.
inline std::string placeOf(const IniEntry& entry, const std::string& place)
{
    return entry.line > 0 ? place + ": line " + std::to_string(entry.line) : place;
}

/// Text as a number of the member's type; false when it is none or out of range.
template <typename Number>
bool parseNumber(std::string_view text, Number& number)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc {} || end != text.data() + text.size() || !std::isfinite(value))
        return false;
    if constexpr (std::is_integral_v<Number>) {
        if (value < static_cast<double>(std::numeric_limits<Number>::min())
            || value > static_cast<double>(std::numeric_limits<Number>::max()) || value != std::floor(value))
            return false;
    } else if (std::abs(value) > static_cast<double>(std::numeric_limits<Number>::max())) {
        return false;
    }
    number = static_cast<Number>(value);
    return true;
}

inline bool parseNumber(std::string_view text, bool& flag)
{
    flag = text == "true" || text == "True" || text == "TRUE" || text == "1";
    return flag || text == "false" || text == "False" || text == "FALSE" || text == "0";
}

/// Gives one entry to its key. Errors  FormatError naming place, line, key and value.
template <typename T>
void assign(T& target, const Key<T>& key, const IniEntry& entry, const std::string& place)
{
    bool fits = true;
    if (key.set != nullptr) {
        fits = key.set(target, entry.value);
    } else {
        std::visit(
            [&](auto member) {
                if constexpr (!std::is_same_v<decltype(member), std::monostate>)
                    fits = parseNumber(entry.value, target.*member);
            },
            key.member);
    }
    if (fits)
        return;
    const bool isFlag = std::holds_alternative<bool T::*>(key.member);
    const std::string expected = !key.choices.empty() ? "one of " + std::string(key.choices)
        : isFlag                                      ? "true or false"
                                                      : "a number in its range";
    throw FormatError(placeOf(entry, place) + ": " + printable(entry.key) + ": \"" + printable(entry.value)
                      + "\" is not " + expected);
}

/// What `value` holds for a key, as a file would say it.
template <typename T>
std::string valueText(const T& value, const Key<T>& key)
{
    if (key.set != nullptr)
        return std::string(key.fallback);
    std::ostringstream text;
    text << std::boolalpha;
    std::visit(
        [&](auto member) {
            if constexpr (!std::is_same_v<decltype(member), std::monostate>)
                text << value.*member;
        },
        key.member);
    return text.str();
}

/// Fills `value` from the entries: every key of the table at most once, unknown ones told, missing ones as
/// the table says.
template <typename T>
Read<T> readKeys(T value, std::span<const Key<T>> keys, std::span<const IniEntry> entries,
                 const std::string& place)
{
    Read<T> result { std::move(value), {}, {} };
    std::map<std::string_view, std::size_t> seen; // key -> line
    for (const IniEntry& entry : entries) {
        const auto key =
            std::find_if(keys.begin(), keys.end(), [&](const Key<T>& k) { return k.name == entry.key; });
        if (key == keys.end()) {
            result.warnings.push_back(placeOf(entry, place) + ": " + printable(entry.key)
                                      + " is not a key of this format and has no effect");
            continue;
        }
        const auto [earlier, isNew] = seen.emplace(key->name, entry.line);
        if (!isNew)
            result.warnings.push_back(
                placeOf(entry, place) + ": " + entry.key + " stands "
                + (entry.line > 0 ? "in line " + std::to_string(earlier->second) : "there")
                + " already; the later value is used");
        assign(result.value, *key, entry, place);
    }
    for (const Key<T>& key : keys) {
        if (key.missing == Missing::Silent || seen.count(key.name) > 0)
            continue;
        if (key.missing == Missing::Refused)
            throw FormatError(place + ": the key " + std::string(key.name) + " is missing");
        result.warnings.push_back(place + ": the key " + std::string(key.name) + " is missing; "
                                  + valueText(result.value, key) + " is used");
    }
    return result;
}

} // namespace engine::dram
