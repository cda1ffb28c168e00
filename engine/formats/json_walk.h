#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace engine::formats {

using JsonScalar = std::variant<std::nullptr_t, bool, std::int64_t, double, std::string>;
/// Keys from the root; elements of an array have the path of the array.
using JsonPath = std::vector<std::string>;

/// Hears what a JSON text holds, in order. Nothing is kept, so that memory is bounded by what the visitor
/// keeps.
class JsonVisitor {
public:
    virtual ~JsonVisitor() = default;

    virtual void enter(const JsonPath& path, bool isArray) = 0;
    virtual void scalar(const JsonPath& path, JsonScalar value) = 0;
};

/// Errors  FormatError naming `place` and the byte: not valid JSON or UTF-8, a key given twice, brackets
/// deeper than `deepest`; and what the visitor throws.
void walkJson(std::string_view text, std::size_t deepest, const std::string& place, JsonVisitor& visitor);

} // namespace engine::formats
