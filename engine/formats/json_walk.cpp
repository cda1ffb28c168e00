#include "engine/formats/json_walk.h"

#include "engine/base/error.h"
#include "engine/formats/guard.h"

#include <nlohmann/json.hpp>

#include <limits>
#include <unordered_set>

namespace engine::formats {

namespace {

using Json = nlohmann::json;

/// Turns the parser's events into those of a visitor, keeping the path.
class Walker final : public nlohmann::json_sax<Json> {
public:
    Walker(std::size_t deepest, const std::string& place, JsonVisitor& visitor)
        : m_deepest(deepest)
        , m_place(place)
        , m_visitor(visitor)
    {
    }

    bool null() override { return pass(nullptr); }
    bool boolean(bool value) override { return pass(value); }
    bool number_integer(std::int64_t value) override { return pass(value); }
    bool number_float(double value, const std::string&) override { return pass(value); }
    bool string(std::string& value) override { return pass(std::move(value)); }
    bool binary(Json::binary_t&) override { return false; }

    bool number_unsigned(std::uint64_t value) override
    {
        if (value > std::uint64_t { std::numeric_limits<std::int64_t>::max() })
            return pass(static_cast<double>(value));
        return pass(static_cast<std::int64_t>(value));
    }

    bool start_object(std::size_t) override
    {
        open(false);
        return true;
    }

    bool start_array(std::size_t) override
    {
        open(true);
        return true;
    }

    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(std::string& name) override
    {
        Level& level = m_levels.back();
        if (!level.keys.insert(name).second)
            throw FormatError(m_place + ": " + shown(name) + " stands twice in the JSON text");
        if (level.hasKey)
            m_path.pop_back();
        level.hasKey = true;
        m_path.push_back(name);
        return true;
    }

    bool parse_error(std::size_t position, const std::string&, const Json::exception&) override
    {
        throw FormatError(m_place + ": is not valid JSON at byte " + std::to_string(position), position);
    }

private:
    struct Level {
        std::unordered_set<std::string> keys;
        bool hasKey = false;
    };

    bool pass(JsonScalar value)
    {
        m_visitor.scalar(m_path, std::move(value));
        return true;
    }

    void open(bool isArray)
    {
        if (m_levels.size() >= m_deepest)
            throw FormatError(m_place + ": JSON brackets are deeper than " + std::to_string(m_deepest));
        m_visitor.enter(m_path, isArray);
        m_levels.emplace_back();
    }

    bool close()
    {
        if (m_levels.back().hasKey)
            m_path.pop_back();
        m_levels.pop_back();
        return true;
    }

    std::size_t m_deepest;
    const std::string& m_place;
    JsonVisitor& m_visitor;
    JsonPath m_path;
    std::vector<Level> m_levels;
};

} // namespace

void walkJson(std::string_view text, std::size_t deepest, const std::string& place, JsonVisitor& visitor)
{
    Walker walker(deepest, place, visitor);
    Json::sax_parse(text.begin(), text.end(), &walker);
}

} // namespace engine::formats
