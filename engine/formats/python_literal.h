#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace engine::formats {

/// A Python literal as NumPy writes it in a header: dict, tuple, list, string, whole number, True and False.
struct PythonLiteral {
    using List = std::vector<PythonLiteral>; ///< tuples too

    struct Dict {
        std::vector<std::string> keys;
        List values; ///< as many

        const PythonLiteral* find(std::string_view key) const; ///< null when it is not there
    };

    std::variant<bool, std::int64_t, std::string, List, Dict> value;

    const std::string* text() const { return std::get_if<std::string>(&value); }
    const std::int64_t* number() const { return std::get_if<std::int64_t>(&value); }
    const bool* flag() const { return std::get_if<bool>(&value); }
    const List* list() const { return std::get_if<List>(&value); }
    const Dict* dict() const { return std::get_if<Dict>(&value); }
};

/// Reads one literal with nothing but white space after it; nothing is evaluated.
/// Errors  FormatError with the position for anything else, deeper than 16 levels, or a key given twice.
PythonLiteral parsePythonLiteral(std::string_view text);

} // namespace engine::formats
